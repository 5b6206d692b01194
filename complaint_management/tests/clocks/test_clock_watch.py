import contextlib
from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time
from psycopg2.errors import SerializationFailure

from odoo.tests import tagged
from odoo.tools import mute_logger

from .clock_common import MONDAY, ClockCommon

BATCHES = "odoo.addons.complaint_management.models.complaint.batches"


@tagged("post_install", "-at_install")
class TestClockWatch(ClockCommon):
    """The job that stamps warnings and breaches: each once, whatever happens (T14)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time(MONDAY):
            cls.complaints = cls.env["complaint.complaint"]
            for _number in range(4):
                cls.complaints += cls._complaint(category_id=cls.category_quality.id)
            cls.complaints.action_register()
        cls.responses = cls.complaints.clock_ids.filtered(lambda c: c.kind == "response")
        cls.cron = cls.env.ref("complaint_management.ir_cron_watch_clocks")

    def _trigger_at(self, moment):
        return self.env["ir.cron.trigger"].search(
            [("cron_id", "=", self.cron.id), ("call_at", "=", moment)]
        )

    def test_woken_at_the_next_moment(self):
        """Registering wakes the job when the first warning is due; the job wakes itself again."""
        warning = self.responses[0].date_warning
        self.assertTrue(MONDAY < warning < MONDAY + timedelta(minutes=15))
        self.assertTrue(self._trigger_at(warning))
        with freeze_time(warning):
            self._run_job()
        self.assertTrue(all(self.responses.mapped("date_warned")))
        self.assertEqual(set(self.responses.mapped("state")), {"running"})
        self.assertEqual(set(self.complaints.mapped("clock_state")), {"warning"})
        self.assertTrue(self._trigger_at(MONDAY + timedelta(minutes=15)))
        with freeze_time(MONDAY + timedelta(minutes=15)):
            self._run_job()
        self.assertEqual(set(self.responses.mapped("state")), {"breached"})
        self.assertEqual(set(self.complaints.mapped("clock_state")), {"breached"})

    def test_caught_up_after_an_outage(self):
        """Whatever came due meanwhile is done in one run, also years later."""
        with freeze_time("2028-01-01 00:00:00"):
            self._run_job()
        self.assertEqual(set(self.complaints.clock_ids.mapped("state")), {"breached"})

    def test_breached_once(self):
        with freeze_time(MONDAY + timedelta(hours=1)):
            self._run_job()
        noticed = self.responses.mapped("date_breached")
        with freeze_time(MONDAY + timedelta(hours=2)):
            self._run_job()
        self.assertEqual(self.responses.mapped("date_breached"), noticed)

    def test_killed_and_resumed(self):
        """Killed between two batches: what was committed stays, the rest is done later, once."""
        seen = []
        clocks = type(self.env["complaint.clock"])
        watch = clocks._watch

        def count(records):
            seen.extend(records.ids)
            return watch(records)

        def die(_crons, processed=0, **_kwargs):
            if processed:
                raise KeyboardInterrupt
            return 1

        with freeze_time(MONDAY + timedelta(hours=1)), patch.object(clocks, "_watch", count):
            # Not assertRaises: it would roll back what was committed
            with (
                patch.object(type(self.env["ir.cron"]), "_commit_progress", die),
                contextlib.suppress(KeyboardInterrupt),
            ):
                self.env["complaint.clock"]._cron_watch_clocks(batch_size=3)
            self.assertEqual(len(self.responses.filtered(lambda c: c.state == "breached")), 3)
            with patch.object(
                type(self.env["ir.cron"]), "_commit_progress", lambda *_args, **_kwargs: 1
            ):
                self.env["complaint.clock"]._cron_watch_clocks(batch_size=3)
        self.assertEqual(sorted(seen), sorted(self.responses.ids))
        self.assertEqual(set(self.responses.mapped("state")), {"breached"})

    def test_poison_record(self):
        """One that fails stops no other; its lead is told once, and it is tried again."""
        poison = self.responses[1]
        clocks = type(self.env["complaint.clock"])
        escalate = clocks._escalate_due

        def fail(records):
            if poison in records:
                raise ValueError("Bad row")
            return escalate(records)

        with patch.object(clocks, "_escalate_due", fail), mute_logger(BATCHES):
            for day in range(3):
                with freeze_time(MONDAY + timedelta(hours=1, days=day)):
                    self._run_job()
        others = self.responses - poison
        self.assertEqual(set(others.mapped("state")), {"breached"})
        self.assertEqual((poison.state, poison.watch_error), ("running", "Bad row"))
        told = poison.complaint_id.activity_ids.filtered(
            lambda a: "could not be watched" in (a.note or "")
        )
        self.assertEqual(len(told), 1)
        with freeze_time(MONDAY + timedelta(hours=2, days=3)):
            self._run_job()
        self.assertEqual((poison.state, poison.watch_error), ("breached", False))

    def test_stopped_meanwhile(self):
        """A clock that was stopped while the job was on its way is left alone."""
        with freeze_time(MONDAY + timedelta(hours=1)):
            self.complaints[0]._write_trusted({"date_responded": MONDAY + timedelta(minutes=1)})
            self.responses._watch()
        self.assertEqual(self.responses[0].state, "met")

    def test_constant_queries(self):
        """A batch costs the same number of queries for one clock and for many (T14)."""
        self.patch(type(self.env["complaint.clock"]), "_escalate_due", lambda _clocks: None)

        def count(clocks):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            clocks._watch()
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        with freeze_time(MONDAY):
            vals = self._prepare_complaint_vals(category_id=self.category_quality.id)
            more = self.complaints.create([dict(vals) for _number in range(10)])
            more.action_register()
        responses = more.clock_ids.filtered(lambda c: c.kind == "response")
        with freeze_time(MONDAY + timedelta(hours=1)):
            count(self.responses[0])  # what is configured is remembered now
            one, many = count(self.responses[1]), count(responses)
        self.assertNoQueryEach(one, many, further=9)

    def test_changed_by_somebody_at_the_same_moment(self):
        """What another transaction just changed is no error: the next run sees to it."""
        busy = self.responses[1]
        clocks = type(self.env["complaint.clock"])
        escalate = clocks._escalate_due

        def collide(records):
            if busy in records:
                raise SerializationFailure("could not serialize access")
            return escalate(records)

        now = MONDAY + timedelta(hours=1)
        with (
            freeze_time(now),
            patch.object(clocks, "_escalate_due", collide),
            mute_logger(BATCHES),
        ):
            self._run_job()
        others = self.responses - busy
        self.assertEqual(set(others.mapped("state")), {"breached"})
        self.assertEqual((busy.state, busy.watch_error), ("running", False))
        self.assertLessEqual(busy.date_next_step, now)

    def _watch_poisoned(self, poison):
        clocks = type(self.env["complaint.clock"])
        escalate = clocks._escalate_due

        def fail(records):
            if poison in records:
                raise ValueError("Bad row")
            return escalate(records)

        with (
            freeze_time(MONDAY + timedelta(hours=1)),
            patch.object(clocks, "_escalate_due", fail),
            mute_logger(BATCHES),
        ):
            self._run_job()

    def test_poison_of_somebody_who_left(self):
        """Where the lead left, whoever stands in for him is told."""
        poison = self.responses[1]
        poison.complaint_id.lead_user_id.action_archive()
        self._watch_poisoned(poison)
        told = poison.complaint_id.activity_ids.filtered(
            lambda a: "could not be watched" in (a.note or "")
        )
        self.assertEqual(told.user_id, self.user_manager, "the team leader")

    def test_poison_nobody_can_be_told_of(self):
        """A case on which not even a to-do can be made stops no other."""
        poison = self.responses[1]

        def refuse(*_args, **_kwargs):
            raise ValueError("No to-do here")

        with patch.object(type(self.complaints), "activity_schedule", refuse):
            self._watch_poisoned(poison)
        self.assertEqual(set((self.responses - poison).mapped("state")), {"breached"})
        self.assertEqual(poison.watch_error, "Bad row")
