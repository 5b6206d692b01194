from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import ComplaintCommon

NOW = fields.Datetime.to_datetime("2026-03-03 08:00:00")
DEADLINE = NOW + timedelta(hours=2)
CRON = "complaint_management.ir_cron_watch_promises"


@tagged("post_install", "-at_install")
class TestPromise(ComplaintCommon):
    """Promises: what, by when, kept or broken (R65)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.complaint = cls._registered_complaint()
        cls.promise = cls._promise()

    @classmethod
    def _promise(cls, complaint=None, user=None, **vals):
        with freeze_time(NOW):
            return (
                cls.env["complaint.promise"]
                .with_user(user or cls.user_sales)
                .create(
                    {
                        "complaint_id": (complaint or cls.complaint).id,
                        "name": "Call back",
                        "deadline": DEADLINE,
                        **vals,
                    }
                )
            )

    def _run_cron(self, moment):
        """Run the scheduled job at ``moment`` (UTC)."""
        with freeze_time(moment), self.enter_registry_test_mode():
            self.env.ref(CRON).method_direct_trigger()
        self.env.invalidate_all()

    def test_kept_in_time(self):
        with freeze_time(NOW + timedelta(hours=1)):
            self.promise.action_keep()
        self.assertEqual(self.promise.state, "kept")
        self.assertEqual(self.promise.date_kept, NOW + timedelta(hours=1))
        self._run_cron(DEADLINE + timedelta(days=1))
        self.assertEqual(self.promise.state, "kept")
        self.assertFalse(self.complaint.broken_promises)

    def test_broken_by_itself(self):
        self._run_cron(DEADLINE)
        self.assertEqual(self.promise.state, "open", "Its moment is not over yet")
        self._run_cron(DEADLINE + timedelta(minutes=1))
        self.assertEqual(self.promise.state, "broken")
        self.assertEqual(self.complaint.broken_promises, "Call back")
        found = self.env["complaint.complaint"].search([("promise_ids.state", "=", "broken")])
        self.assertIn(self.complaint, found)

    def test_kept_after_all_stays_broken(self):
        self._run_cron(DEADLINE + timedelta(minutes=1))
        with freeze_time(DEADLINE + timedelta(hours=1)):
            self.promise.action_keep()
        self.assertEqual(self.promise.state, "broken")
        self.assertEqual(self.promise.date_kept, DEADLINE + timedelta(hours=1))
        self.assertFalse(self.complaint.broken_promises, "Nothing is red any more")

    def test_kept_too_late_before_the_job_came(self):
        with freeze_time(DEADLINE + timedelta(hours=1)):
            self.promise.action_keep()
        self.assertEqual(self.promise.state, "broken")

    def test_broken_by_hand(self):
        self.promise.action_break("The carrier is on strike")
        self.assertEqual(self.promise.state, "broken")
        self.assertEqual(self.promise.note, "The carrier is on strike")

    def test_what_is_over_stays(self):
        with freeze_time(NOW):
            self.promise.action_keep()
        for verb in ("action_keep", "action_break"):
            with self.assertRaises(UserError):
                getattr(self.promise, verb)()
        with self.assertRaises(UserError):
            self.promise.write({"deadline": DEADLINE + timedelta(days=1)})
        self.promise.write({"note": "By phone", "deadline": DEADLINE})

    def test_open_one_may_be_moved_and_says_so(self):
        self.promise.write({"deadline": DEADLINE + timedelta(days=1), "name": "Call back"})
        self.assertIn("Promise changed", self.complaint.message_ids[0].body)
        count = len(self.complaint.message_ids)
        self.promise.write({"deadline": DEADLINE + timedelta(days=1), "name": "Call back"})
        self.assertEqual(len(self.complaint.message_ids), count, "Nothing changed, nothing said")
        self._run_cron(DEADLINE + timedelta(hours=1))
        self.assertEqual(self.promise.state, "open")

    def test_states_and_stamps_are_verbs(self):
        for vals in ({"state": "kept"}, {"date_kept": NOW}, {"date_broken": NOW}):
            with self.assertRaises(UserError):
                self.promise.write(vals)
        with self.assertRaises(UserError):
            self._promise(state="kept")

    def test_never_deleted_after_registration(self):
        with self.assertRaises(UserError):
            self.promise.with_user(self.user_sales).unlink()
        draft = self._complaint(user=self.user_sales)
        self._promise(draft).unlink()
        self.assertFalse(draft.promise_ids)

    def test_readers_keep_nothing(self):
        with self.assertRaises(AccessError):
            self.promise.with_user(self.user_leadership).action_keep()
        with self.assertRaises(AccessError):
            self.promise.with_user(self.user_purchasing).name  # ruff: ignore[useless-expression]

    def test_wakes_the_job_at_the_deadline(self):
        triggers = self.env["ir.cron.trigger"].search(
            [
                ("cron_id", "=", self.env.ref(CRON).id),
                ("call_at", "=", DEADLINE + timedelta(seconds=1)),
            ]
        )
        self.assertTrue(triggers)

    def test_owner_is_told(self):
        with patch.object(type(self.complaint), "_announce", autospec=True) as announce:
            self._run_cron(DEADLINE + timedelta(minutes=1))
        announce.assert_called_once()
        args, kwargs = announce.call_args
        self.assertEqual((args[0], args[1]), (self.complaint, "promise_broken"))
        self.assertEqual(list(kwargs["people"].values()), [self.user_sales])
        text = kwargs["text"](self.complaint, self.env)
        self.assertIn("Call back", text)
        self.assertIn(self.complaint.name, text)

    def test_told_once(self):
        self._run_cron(DEADLINE + timedelta(minutes=1))
        with patch.object(type(self.complaint), "_announce", autospec=True) as announce:
            self._run_cron(DEADLINE + timedelta(minutes=2))
        announce.assert_not_called()

    def test_one_broken_record_stops_no_other(self):
        other = self._promise(name="Send photos")
        poison = self._promise(name="Poison")
        original = type(self.promise)._break

        def fail(promises):
            if poison in promises:
                raise ValueError("Poison")
            return original(promises)

        with (
            patch.object(type(self.promise), "_break", fail),
            mute_logger("odoo.addons.complaint_management.models.complaint.batches"),
        ):
            self._run_cron(DEADLINE + timedelta(minutes=1))
        self.assertEqual((self.promise.state, other.state), ("broken", "broken"))
        self.assertEqual(poison.state, "open")

    def test_cancelled_cases_break_no_promise(self):
        self.complaint.action_cancel("Mistake")
        self._run_cron(DEADLINE + timedelta(minutes=1))
        self.assertEqual(self.promise.state, "open")
