"""Measures with a clean point, and complaints about goods before and behind it."""

from contextlib import contextmanager
from datetime import datetime, timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import Command

from ..common import ComplaintCommon

TODAY = datetime(2026, 6, 15, 12)
CLEAN = datetime(2026, 4, 1).date()


class Killed(BaseException):
    """What a process gets that is killed: nothing of ours may catch it."""


class LearningCommon(ComplaintCommon):
    """A quality case whose measure was done on the first of April."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.resource_calendar_id.tz = "UTC"
        cls.company.complaint_repetition_count = 0
        cls.category_quality.plan_id = False
        cls.Action = cls.env["complaint.action"]
        cls.Contradiction = cls.env["complaint.contradiction"]
        cls.Repetition = cls.env["complaint.repetition"]

    @classmethod
    def _about(cls, received=TODAY, line=None, **vals):
        """A registered complaint about rusty screwdrivers.

        :param received: ``datetime`` (UTC) it came in
        :param dict line: values of its goods beside the usual ones
        """
        line = {"lot_name": False, "date_shipped": False, **(line or {})}
        with freeze_time(received):
            return cls._registered_complaint(
                date_received=received,
                **{"line_ids": [Command.create(cls._prepare_line_vals(**line))], **vals},
            )

    @classmethod
    def _measure(cls, complaint=None, done=True, when=datetime(2026, 4, 1, 8), **vals):
        """A corrective action, done on the first of April; goods shipped from then on carry it."""
        complaint = complaint or cls._about(received=datetime(2026, 3, 1, 9))
        with freeze_time(when):
            measure = cls.Action.create(
                {
                    "complaint_id": complaint.id,
                    "name": "New film",
                    "kind": "corrective",
                    "user_id": cls.user_purchasing.id,
                    "deadline": when.date(),
                    "clean_date": CLEAN,
                    **vals,
                }
            )
            if done:
                measure.action_finish("Introduced on line 2")
        return measure

    @classmethod
    def _close(cls, complaint):
        """Close a case however it stands; what led there is not looked at."""
        complaint._write_trusted({"state": "closed", "outcome": "accepted"})

    def _learn(self, when=TODAY, **kwargs):
        """Run the job."""
        with freeze_time(when), self._committing():
            self.Action._cron_learn(**kwargs)
        self.env.invalidate_all()

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
                self.env.transaction.clear()
                savepoints[-1].rollback()
            finally:
                self.env.flush_all()
                savepoints[-1].close(rollback=False)

    def _told(self, measure):
        """:return: to-dos of quality saying that the measure does not work"""
        return measure.complaint_id.with_context(active_test=False).activity_ids.filtered(
            lambda a: a.user_id == self.user_quality and "does not work" in (a.note or "")
        )

    @staticmethod
    def _days(count):
        return timedelta(days=count)
