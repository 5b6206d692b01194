from datetime import timedelta
from unittest.mock import patch

from odoo import Command, fields
from odoo.tests import tagged

from .common import HandlingCommon


@tagged("post_install", "-at_install")
class TestActivityLost(HandlingCommon):
    """What the system deletes comes back for the next in line; the action goes on (T14)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.complaint = cls._bare_complaint()
        cls.action = cls._action(cls.complaint)
        cls.row = cls.team.function_ids.filtered(lambda f: f.function == "purchasing")
        cls.row.backup_user_id = cls.user_service

    def _assert_taken_over_by(self, user, action=None):
        action = action or self.action
        self.assertEqual(action.user_id, user)
        self.assertTrue(action.activity_id.active)
        self.assertEqual(action.activity_id.user_id, user)

    def test_archived_user_is_replaced_by_his_backup(self):
        self.user_purchasing.action_archive()
        self._assert_taken_over_by(self.user_service)
        notes = "".join(self.complaint.message_ids.mapped("body"))
        self.assertIn("takes over", notes)

    def test_without_backup_the_team_leader(self):
        self.row.backup_user_id = False
        self.user_purchasing.action_archive()
        self._assert_taken_over_by(self.user_manager)

    def test_holder_and_backup_archived_together(self):
        (self.user_purchasing | self.user_service).action_archive()
        self._assert_taken_over_by(self.user_manager)

    def test_backup_of_another_company_is_passed_over(self):
        company = self._second_company()
        self.user_service.write(
            {"company_id": company.id, "company_ids": [Command.set(company.ids)]}
        )
        self.user_purchasing.action_archive()
        self._assert_taken_over_by(self.user_manager)

    def test_login_archived_by_writing_the_field(self):
        self.user_purchasing.active = False
        self._assert_taken_over_by(self.user_service)

    def test_archived_user_without_function(self):
        action = self._action(self.complaint, self.user_stock)
        self.user_stock.action_archive()
        self._assert_taken_over_by(self.user_manager, action)

    def test_deleted_user_is_replaced_by_his_backup(self):
        self.user_purchasing.unlink()
        self.env.invalidate_all()
        self._assert_taken_over_by(self.user_service)
        notes = "".join(self.complaint.message_ids.mapped("body"))
        self.assertIn("Purchasing", notes)

    def test_deleted_user_without_anybody_behind_him(self):
        """He himself is no way out, as he is where only his activity was lost."""
        self.row.backup_user_id = False
        self.complaint.sudo().write({"team_id": False, "lead_user_id": False, "user_id": False})
        self.user_purchasing.unlink()
        self.env.invalidate_all()
        self.assertTrue(self.action.user_id)
        self._assert_taken_over_by(self.action.user_id)

    def _objection_to(self, lead):
        complaint, action = self._planned_complaint(self.user_purchasing)
        complaint.sudo().lead_user_id = lead
        action.with_user(self.user_purchasing).action_object("Not my supplier")
        self.assertEqual(action.activity_id.user_id, lead)
        return action

    def test_archived_lead_leaves_objections_to_their_owner(self):
        action = self._objection_to(self.user_stock)
        self.user_stock.active = False
        self._assert_taken_over_by(self.user_purchasing, action)

    def test_deleted_lead_leaves_objections_to_somebody(self):
        action = self._objection_to(self.user_stock)
        self.user_stock.unlink()
        self.env.invalidate_all()
        self._assert_taken_over_by(action.user_id, action)
        self.assertTrue(action.user_id)

    def test_many_actions_of_an_archived_user(self):
        actions = self.action | self._action(self._bare_complaint()) | self._action(self.complaint)
        self.user_purchasing.action_archive()
        for action in actions:
            self._assert_taken_over_by(self.user_service, action)

    def test_vacuum_of_old_activities(self):
        self.action.deadline = fields.Date.today() - timedelta(days=365 * 6)
        self.env["ir.config_parameter"].set_param("mail.activity.gc.delete_overdue_years", 3)
        self.Activity._gc_delete_old_overdue_activities()
        self._assert_taken_over_by(self.user_service)
        for _time in range(6):  # it goes round to the last of the line and stays there
            self.Activity._gc_delete_old_overdue_activities()
            self.assertTrue(self.action.activity_id.active)
            self.assertEqual(self.action.activity_id.user_id, self.action.user_id)

    def test_deleted_activity_types_leave_to_dos(self):
        done = self._action(self.complaint)
        done.action_finish("Done")
        activity_type = self.env.ref("complaint_management.mail_activity_type_action")
        templates = self.env["mail.activity.plan.template"]
        templates.search([("activity_type_id", "=", activity_type.id)]).unlink()
        activity_type.unlink()
        todo = self.env.ref("mail.mail_activity_data_todo")
        self.assertEqual((self.action | done).activity_id.activity_type_id, todo)

    def test_cron_repairs_what_sql_removed(self):
        others = self._action(self._bare_complaint(), self.user_contributor)
        activities = self.action.activity_id | others.activity_id
        self.env.flush_all()
        self.env.cr.execute("DELETE FROM mail_activity WHERE id IN %s", [tuple(activities.ids)])
        self.env.invalidate_all()
        self.assertFalse(self.action.activity_id)
        self._run_cron()
        self._assert_taken_over_by(self.user_purchasing)
        self._assert_taken_over_by(self.user_contributor, others)

    def test_cron_finds_new_owners(self):
        """A deleted user leaves neither owner nor activity behind."""
        self.env.flush_all()
        ids = [self.action.activity_id.id, self.action.id]
        self.env.cr.execute("DELETE FROM mail_activity WHERE id = %s", ids[:1])
        self.env.cr.execute("UPDATE complaint_action SET user_id = NULL WHERE id = %s", ids[1:])
        self.env.invalidate_all()
        self._run_cron()
        self.assertTrue(self.action.user_id)
        self._assert_taken_over_by(self.action.user_id)

    def test_cron_replaces_users_archived_behind_core(self):
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE res_users SET active = FALSE WHERE id = %s", [self.user_purchasing.id]
        )
        self.env.invalidate_all()
        self._run_cron()
        self._assert_taken_over_by(self.user_service)

    def test_cron_leaves_the_rest_alone(self):
        draft_action = self._action(self._complaint())
        done = self._action(self.complaint)
        done.action_finish("Done")
        before = self.action.activity_id
        self._run_cron()
        self.assertEqual(self.action.activity_id, before)
        self.assertFalse(draft_action.activity_id)
        self.assertFalse(done.activity_id.active)

    def test_one_broken_action_stops_no_other(self):
        other = self._action(self._bare_complaint())
        (self.action | other).activity_id._as_mirror().sudo().unlink()
        repair = type(self.Action)._repair_activities

        def poisoned(actions):
            if self.action in actions:
                raise ValueError("poison")
            return repair(actions)

        with (
            patch.object(type(self.Action), "_repair_activities", poisoned),
            self.assertLogs("odoo.addons.complaint_management.models.complaint.batches", "ERROR"),
        ):
            self._run_cron()
        self.assertTrue(other.activity_id.active)
        self.assertFalse(self.action.activity_id)
        self._run_cron()
        self.assertTrue(self.action.activity_id.active)

    def _run_cron(self):
        cron = self.env.ref("complaint_management.ir_cron_repair_activities")
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.env.invalidate_all()
