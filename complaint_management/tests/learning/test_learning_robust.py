from datetime import datetime, timedelta
from unittest.mock import patch

from psycopg2 import IntegrityError

from odoo.tests import tagged
from odoo.tools import mute_logger

from .learning_common import TODAY, Killed, LearningCommon

BATCHES = "odoo.addons.complaint_management.models.complaint.batches"
SHIPPED_AFTER = datetime(2026, 5, 1, 10)


@tagged("post_install", "-at_install")
class TestLearningRobust(LearningCommon):
    """Killed and resumed nothing is lost or told twice; one bad record stops no other (T14)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.products = [cls._product(name=f"Tool {index}") for index in range(4)]
        cls.measures = cls.Action.browse()
        for product in cls.products:
            case = cls._about(received=datetime(2026, 3, 1, 9), line={"product_id": product.id})
            cls.measures |= cls._measure(case)

    def _come(self):
        """:return: one complaint against each of the measures"""
        complaints = self.env["complaint.complaint"]
        for product in self.products:
            complaints |= self._about(
                line={"product_id": product.id, "date_shipped": SHIPPED_AFTER}
            )
        return complaints

    def _assert_all_told_once(self, without=()):
        for measure in self.measures:
            expected = 0 if measure in without else 1
            self.assertEqual(len(self._told(measure)), expected, measure)
            self.assertEqual(measure.is_refuted, bool(expected))

    def test_killed_and_resumed(self):
        model = type(self.Action)
        for method in ("_reopen_refuted", "_tell_refuted", "_compare"):
            with self.subTest(method):
                savepoint = self.env.cr.savepoint()
                self._come()
                self._kill_in(model, method, 2)
                self._learn(batch_size=1)
                self._assert_all_told_once()
                savepoint.rollback()
                savepoint.close(rollback=False)
                self.env.invalidate_all()

    def _kill_in(self, model, method, call):
        original, calls = getattr(model, method), []

        def die(records, *args, **kwargs):
            calls.append(records)
            if len(calls) == call:
                raise Killed
            return original(records, *args, **kwargs)

        with patch.object(model, method, die):
            self._learn(batch_size=1)
        self.assertEqual(len(calls), call, "It died where it should")

    def test_run_twice(self):
        self._come()
        self._learn()
        self._learn()
        self._assert_all_told_once()

    def test_one_bad_complaint_stops_no_other(self):
        self._learn()
        complaints = self._come()
        self._run_poisoned(complaints[1])
        self._assert_all_told_once(without=self.measures[1])
        notes = "".join(complaints[1].message_ids.mapped("body"))
        self.assertIn("Poison", notes)
        self.assertFalse(complaints[1].comparing_due, "It waits until it changes")
        complaints[1].validity = "justified"
        self._learn()
        self._assert_all_told_once()

    def _run_poisoned(self, poison, method="_compare_due", when=TODAY):
        model = type(poison)
        original = getattr(model, method)

        def work(records, *args, **kwargs):
            if poison in records:
                raise ValueError("Poison")
            return original(records, *args, **kwargs)

        with patch.object(model, method, work), mute_logger(BATCHES):
            self._learn(when)

    def _get_failures(self, complaint):
        return complaint.message_ids.filtered(lambda m: "Poison" in m.body)

    def test_one_bad_measure_stops_no_other(self):
        """Its windows grow each day: it is not tried and noted each day."""
        bad = self.measures[1]
        for days in range(3):
            self._run_poisoned(bad, when=TODAY + self._days(days))
        last = (TODAY + self._days(2)).date()
        self.assertEqual(set((self.measures - bad).mapped("date_compared")), {last})
        self.assertFalse(bad.date_compared)
        self.assertEqual(len(self._get_failures(bad.complaint_id)), 1)
        bad.clean_date = datetime(2026, 4, 2).date()
        self._learn(TODAY + self._days(3))
        self.assertEqual(bad.date_compared, (TODAY + self._days(3)).date(), "It changed")
        self._learn(TODAY + self._days(4))
        self.assertEqual(bad.date_compared, (TODAY + self._days(4)).date(), "And goes on")

    def test_one_bad_check_stops_no_other(self):
        self.measures.check_date = datetime(2026, 6, 1).date()
        bad = self.measures[1]
        for hours in range(3):
            self._run_poisoned(bad, "_make_checks", TODAY + timedelta(hours=hours))
        self.assertTrue(all(a.check_action_id for a in self.measures - bad))
        self.assertEqual(len(self._get_failures(bad.complaint_id)), 1)
        self._learn()
        self.assertFalse(bad.check_action_id, "It waits until it changes")
        bad.check_date = TODAY.date()
        self._learn()
        self.assertTrue(bad.check_action_id)

    def test_what_cannot_be_noted_stops_no_other(self):
        self._learn()
        complaints = self._come()
        with patch.object(type(complaints), "_note_learning_failure", side_effect=ValueError):
            self._run_poisoned(complaints[1])
        self._assert_all_told_once(without=self.measures[1])
        self.assertTrue(complaints[1].comparing_due, "Nobody was told, so it is tried again")
        self._learn()
        self._assert_all_told_once()

    def test_the_database_keeps_it_once(self):
        complaint = self._come()[:1]
        self._learn()
        pair = [(self.measures[:1], complaint)]
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.env.cr.savepoint(),
        ):
            self.Contradiction._record(pair)
            self.env.flush_all()

    def test_registering_wakes_the_job_where_something_waits(self):
        cron = self.env.ref("complaint_management.ir_cron_learn")
        triggers = self.env["ir.cron.trigger"]
        woken = [("cron_id", "=", cron.id)]
        triggers.search(woken).unlink()
        self._come()
        self.assertEqual(triggers.search_count(woken), len(self.products))
        triggers.search(woken).unlink()
        self.measures.clean_date = False
        self.env.registry.clear_cache()
        triggers.search(woken).unlink()
        self._come()
        self.assertFalse(triggers.search_count(woken))

    def test_queries(self):
        """Further complaints and measures cost the lookup no query."""
        self._come()
        self._learn()
        few, many = self.env["complaint.complaint"], self.env["complaint.complaint"]
        for index in range(14):
            complaint = self._about(line={"product_id": self.products[0].id})
            few |= complaint if index < 2 else few.browse()
            many |= complaint if index >= 2 else few.browse()
        measured = {}
        for name, complaints in (("few", few), ("many", many)):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.Action._confront(complaints=complaints)
            self.Repetition._find(complaints)
            measured[name] = self.env.cr.sql_log_count - before
        self.assertNoQueryEach(measured["few"], measured["many"], 10)

    def test_queries_of_what_is_withdrawn(self):
        """Why something speaks against a measure no more is looked up once for all of it."""
        measured = {}
        for name, measure, count in (("few", 0, 2), ("many", 1, 14)):
            for _index in range(count):
                product = self.products[measure]
                self._about(line={"product_id": product.id, "date_shipped": SHIPPED_AFTER})
            self._learn()
            self.assertEqual(len(self.measures[measure].contradiction_ids), count)
            self.measures[measure].clean_date = datetime(2026, 6, 1).date()
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.Action._confront(actions=self.measures[measure])
            self.env.flush_all()
            measured[name] = self.env.cr.sql_log_count - before
            rows = self.measures[measure].contradiction_ids
            self.assertEqual(set(rows.mapped("withdrawn_because")), {"goods"})
        self.assertNoQueryEach(measured["few"], measured["many"], 12)
