from contextlib import contextmanager
from unittest.mock import patch

from freezegun import freeze_time

from odoo import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .clock_common import MONDAY
from .escalation_common import TWO_DAYS_LATER, EscalationCommon

BATCHES = "odoo.addons.complaint_management.models.complaint.batches"
TELLING = "odoo.addons.complaint_management.models.clocks.complaint_escalation_telling"


class Killed(BaseException):
    """What a process gets that is killed: nothing of ours may catch it."""


@tagged("post_install", "-at_install")
class TestEscalationRobust(EscalationCommon):
    """Killed and resumed nothing is lost or told twice; one bad record stops no other (T14)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time(MONDAY):
            cls.complaints = cls.complaint + cls._more(5)
        cls.clocks = cls.complaints.clock_ids

    @classmethod
    def _more(cls, count):
        """:return: further late complaints"""
        complaints = cls.env["complaint.complaint"]
        return complaints.concat(*(cls._registered_complaint() for _number in range(count)))

    def _watch(self, batch_size=2):
        """Run the job over the late deadlines in small batches."""
        with freeze_time(TWO_DAYS_LATER), self._committing():
            self.env["complaint.clock"]._cron_watch_clocks(batch_size=batch_size)
        self.env.invalidate_all()

    def _levels(self, complaint):
        return sorted(complaint.escalation_ids.mapped("level"))

    def _check_complete(self, complaints):
        for complaint in complaints:
            self.assertEqual(self._levels(complaint), [0, 1, 2, 3])
            todos = self._todos(complaint.clock_ids)
            self.assertEqual(len(todos), len(complaint.escalation_ids.user_ids))
            self.assertEqual(len(todos), len(todos.user_id))

    @contextmanager
    def _committing(self):
        """Let each batch stay although the test's transaction never ends: a savepoint each.

        When the process is killed, what its last transaction had done is rolled back.
        """
        savepoints = [self.env.cr.savepoint(flush=False)]

        def commit(_cron, *args, **kwargs):
            self.env.flush_all()
            savepoints[-1].close(rollback=False)
            savepoints.append(self.env.cr.savepoint(flush=False))
            return float("inf")

        with patch.object(type(self.env["ir.cron"]), "_commit_progress", commit):
            try:
                yield
            except Killed:
                # Not by assertRaises, which would undo the earlier batches as well
                self.env.transaction.clear()
                savepoints[-1].rollback()
            finally:
                savepoints[-1].close(rollback=False)

    def _kill_in(self, method, call):
        """Run the job until ``method`` is called for the ``call``-th time; kill it then."""
        model = type(self.env["complaint.escalation"])
        calls = []

        def die(records, *args, **kwargs):
            calls.append(records)
            if len(calls) == call:
                raise Killed
            return method(records, *args, **kwargs)

        with (
            patch.object(model, method.__name__, die),
            self._committing(),
            freeze_time(TWO_DAYS_LATER),
        ):
            self.env["complaint.clock"]._cron_watch_clocks(batch_size=2)
        self.assertEqual(len(calls), call, "It died where it should")

    def test_killed_and_resumed(self):
        """Wherever it dies: what was committed stays, the rest is done when it runs again."""
        model = type(self.env["complaint.escalation"])
        for method in (model._raise_levels, model._make_activities, model._announce_all):
            with self.subTest(method.__name__):
                before = self.env["complaint.escalation"].search_count([])
                self._kill_in(method, 2)
                done = self.env["complaint.escalation"].search_count([]) - before
                self.assertEqual(done, 8, "The first batch of two stays, the second is undone")
                self._watch()
                self._check_complete(self.complaints)
            with freeze_time(MONDAY):
                self.complaints += self._more(4)

    def test_run_twice_tells_once(self):
        self._watch()
        self._watch()
        self._check_complete(self.complaints)

    def test_one_bad_record_stops_no_other(self):
        poison = self.clocks[3]
        original = type(self.clocks)._get_owner

        def get_owner(clock):
            if clock == poison:
                raise ValueError("Poison")
            return original(clock)

        with (
            patch.object(type(self.clocks), "_get_owner", get_owner),
            mute_logger(BATCHES),
        ):
            self._watch(batch_size=10)
        self._check_complete(self.complaints - poison.complaint_id)
        self.assertFalse(poison.escalation_ids)
        self.assertIn("Poison", poison.watch_error)

    def test_mended_record_is_caught_up(self):
        poison = self.clocks[3]
        original = type(self.clocks)._get_owner

        def get_owner(clock):
            if clock == poison:
                raise ValueError("Poison")
            return original(clock)

        with (
            patch.object(type(self.clocks), "_get_owner", get_owner),
            mute_logger(BATCHES),
        ):
            self._watch()
        with freeze_time(poison.date_next_step), self._committing():
            self.env["complaint.clock"]._cron_watch_clocks()
        self.env.invalidate_all()
        self._check_complete(self.complaints)

    def test_broken_mail_keeps_nobody_from_his_todo(self):
        """A template somebody edited to pieces breaks the mail, not the escalation."""

        def announce(*args, **kwargs):
            raise ValueError("No such field")

        with (
            patch.object(type(self.complaint), "_announce", announce),
            mute_logger(TELLING),
        ):
            self._watch()
        self._check_complete(self.complaints)

    def test_queries_do_not_grow(self):
        """A batch costs what it costs, however many deadlines are in it."""
        with freeze_time(MONDAY):
            more = self._more(16)
        few, many = self.clocks[:3], more.clock_ids
        warm_up = self.clocks[3:]
        with (
            freeze_time(TWO_DAYS_LATER),
            patch.object(type(self.complaint), "_tell_by_mail", lambda *args: None),
        ):
            counts = [self._count_queries(clocks) for clocks in (warm_up, few, many)]
        self.assertEqual((len(few), len(many)), (3, 16))
        self.assertNoQueryEach(*counts[1:], further=13)

    def _count_queries(self, clocks):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        clocks.with_user(self.env.ref("base.user_root"))._watch()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def test_a_new_step_is_climbed_by_what_is_late_already(self):
        """A step somebody adds is no dead letter for the deadlines that reached the top."""
        self._watch()
        self.assertFalse(any(self.clocks.mapped("date_next_step")))
        with freeze_time(TWO_DAYS_LATER):
            board = self.env["complaint.escalation.level"].create(
                {
                    "name": "Board",
                    "number": 4,
                    "delay": 3,
                    "recipient_ids": [Command.create({"recipient": "management"})],
                }
            )
        with freeze_time("2026-03-13 09:00:00"), self._committing():
            self.env["complaint.clock"]._cron_watch_clocks()
        self.env.invalidate_all()
        for complaint in self.complaints:
            self.assertEqual(self._levels(complaint), [0, 1, 2, 3, 4])
        self.assertEqual(self.complaint.escalation_ids.filtered("level").level_id[:1], board)
