from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests import tagged

from ..common import ComplaintCommon

JOB = "complaint_management.ir_cron_tell_progress"


@tagged("post_install", "-at_install")
class TestWaking(ComplaintCommon):
    """Jobs are woken without being read, and at once where they are due."""

    def _wake(self, *args):
        """:return: ``(moments of the new triggers, whether the workers are told, queries)``"""
        triggers = self.env["ir.cron.trigger"]
        known = triggers.search([])
        self.env.cr.postcommit.clear()
        self.env.invalidate_all()
        with patch.object(type(self.env["ir.cron"]), "_notifydb") as notify:
            before = self.env.cr.sql_log_count
            self.env["ir.cron"].with_user(self.user_sales)._wake_complaint_job(*args)
            queries = self.env.cr.sql_log_count - before
            self.env.cr.postcommit.run()
        new = triggers.search([]) - known
        self.assertLessEqual(set(new.cron_id.ids), {self.env.ref(JOB).id})
        return sorted(new.mapped("call_at")), notify.called, queries

    def setUp(self):
        super().setUp()
        self._wake(JOB)  # the job's number is known from here

    def test_later(self):
        now = fields.Datetime.now()
        moments = [now + timedelta(hours=1), now + timedelta(days=1)]
        self.assertEqual(self._wake(JOB, set(moments)), (moments, False, 1))

    def test_at_once(self):
        moments, told, queries = self._wake(JOB)
        self.assertEqual((len(moments), told, queries), (1, True, 1))

    def test_overdue(self):
        past = fields.Datetime.now() - timedelta(hours=1)
        self.assertEqual(self._wake(JOB, [past]), ([past], True, 1))

    def test_nothing_due(self):
        self.assertEqual(self._wake(JOB, ()), ([], False, 0))

    def test_deleted_job(self):
        self.env.ref(JOB).unlink()
        before = self.env["ir.cron.trigger"].search_count([])
        self.env["ir.cron"]._wake_complaint_job(JOB)
        self.assertEqual(self.env["ir.cron.trigger"].search_count([]), before)
