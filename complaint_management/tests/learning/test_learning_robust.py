from datetime import datetime
from unittest.mock import patch

from psycopg2 import IntegrityError

from odoo.tests import tagged
from odoo.tools import mute_logger

from .learning_common import Killed, LearningCommon

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

    def _run_poisoned(self, poison):
        model = type(poison)
        original = model._compare_due

        def compare(records):
            if poison in records:
                raise ValueError("Poison")
            return original(records)

        with patch.object(model, "_compare_due", compare), mute_logger(BATCHES):
            self._learn()

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
