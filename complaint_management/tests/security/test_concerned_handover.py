from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..handling.common import HandlingCommon

RULES = "odoo.addons.base.models.ir_rule"


@tagged("post_install", "-at_install")
class TestConcernedHandover(HandlingCommon):
    """Once somebody is named, his work goes to the next in line and nobody tells him (R73)."""

    def _name(self, complaint, user, by=None):
        complaint.with_user(by or self.user_service).write(
            {"concerned_user_ids": [Command.link(user.id)]}
        )
        self.env.flush_all()

    def _row(self, function):
        return self.team.function_ids.filtered(lambda f: f.function == function)

    def _notes(self, complaint):
        return "".join(complaint.message_ids.mapped("body"))

    # ------------------------------------------------------------
    # At the moment of naming
    # ------------------------------------------------------------
    def test_action_and_activity_go_on(self):
        complaint = self._bare_complaint().with_env(self.env)
        action = self._action(complaint, self.user_contributor)
        action.with_user(self.user_contributor).action_accept()
        self._row("warehouse").backup_user_id = self.user_stock
        self._name(complaint, self.user_contributor)
        self.assertEqual(action.user_id, self.user_stock)
        self.assertEqual(action.activity_id.user_id, self.user_stock)
        self.assertEqual(action.state, "open", "the new owner has accepted nothing yet")
        self.assertIn("Stock takes over", self._notes(complaint))

    def test_finished_actions_stay_history(self):
        complaint = self._bare_complaint().with_env(self.env)
        action = self._action(complaint, self.user_contributor)
        action.with_user(self.user_contributor).action_finish("Looked at it")
        self._name(complaint, self.user_contributor)
        self.assertEqual((action.user_id, action.state), (self.user_contributor, "done"))

    def test_salesperson_lead_and_coordinator(self):
        complaint = self._bare_complaint().with_env(self.env)
        self.assertEqual(complaint.lead_user_id, self.user_quality)
        complaint.coordinator_user_id = self.user_purchasing
        self._row("quality").backup_user_id = self.user_service
        everybody = self.user_sales | self.user_quality | self.user_purchasing
        complaint.with_user(self.user_admin).concerned_user_ids = everybody
        self.assertEqual(complaint.lead_user_id, self.user_service)
        self.assertEqual(complaint.user_id, self.user_manager)
        self.assertEqual(complaint.coordinator_user_id, self.user_service)
        self.assertNotIn(complaint.next_user_id, everybody)

    def test_draft_recorded_by_a_colleague(self):
        complaint = self._complaint(
            user=self.user_service, concerned_user_ids=[Command.set(self.user_sales.ids)]
        )
        self.assertEqual(complaint.user_id, self.user_manager)
        self.assertFalse(complaint.with_user(self.user_sales).has_access("read"))

    def test_plain_activity_and_request_for_approval(self):
        complaint = self._bare_complaint().with_env(self.env)
        plain = complaint.activity_schedule(
            "mail.mail_activity_data_todo", user_id=self.user_sales2.id
        )
        self._action(complaint, kind="corrective")
        complaint.with_user(self.user_quality).action_request_approval()
        self.assertEqual(complaint.measures_activity_id.user_id, self.user_manager)
        self._row("sales_manager").backup_user_id = self.user_service
        self._name(complaint, self.user_sales2)
        self.assertEqual(plain.user_id, self.user_quality)
        self._name(complaint, self.user_manager)
        self.assertEqual(complaint.measures_activity_id.user_id, self.user_service)
        self.assertNotIn(self.user_manager, complaint._get_approvers())
        with self.assertRaises(AccessError), mute_logger(RULES):
            complaint.with_user(self.user_manager).action_approve_measures()

    def test_waiting_mail_is_not_sent(self):
        complaint = self._bare_complaint().with_env(self.env)
        message = complaint.message_notify(
            body="Look", partner_ids=(self.user_sales2 | self.user_purchasing).partner_id.ids
        )
        both, alone = self.env["mail.mail"].create(
            [
                {
                    "mail_message_id": message.id,
                    "recipient_ids": [Command.set(users.partner_id.ids)],
                }
                for users in (self.user_sales2 | self.user_purchasing, self.user_sales2)
            ]
        )
        self._name(complaint, self.user_sales2)
        self.assertEqual(both.recipient_ids, self.user_purchasing.partner_id)
        self.assertEqual((both.state, alone.state), ("outgoing", "cancel"))
        self.assertFalse(
            message.notification_ids.filtered(
                lambda n: n.res_partner_id == self.user_sales2.partner_id
            )
        )

    # ------------------------------------------------------------
    # Afterwards
    # ------------------------------------------------------------
    def test_plan_passes_him_over(self):
        self._row("purchasing").backup_user_id = self.user_stock
        complaint = self._complaint(
            category_id=self.category_quality.id,
            concerned_user_ids=[Command.set((self.user_purchasing | self.user_quality).ids)],
        )
        complaint.action_register()
        self.assertEqual(
            self._action_from_template(complaint, "purchasing").user_id, self.user_stock
        )
        self.assertEqual(complaint.lead_user_id, self.user_manager, "the team leader")
        people = complaint.activity_ids.user_id | complaint.action_ids.user_id
        self.assertFalse(people & complaint.concerned_user_ids)

    def test_nobody_gives_it_to_him(self):
        complaint = self._bare_complaint().with_env(self.env)
        action = self._action(complaint)
        self._name(complaint, self.user_contributor)
        service = self.user_service
        with self.assertRaises(ValidationError):
            action.with_user(service).user_id = self.user_contributor
        for name in ("user_id", "lead_user_id", "coordinator_user_id"):
            with self.assertRaises(UserError):
                complaint.with_user(service).write({name: self.user_contributor.id})
        with self.assertRaises(UserError):
            action.activity_id.write({"user_id": self.user_contributor.id})
        with self.assertRaises(UserError):
            complaint.with_user(service).action_dispatch(self.user_contributor.id)
        with self.assertRaises(UserError):
            complaint.with_user(service).action_transfer_lead(self.user_contributor.id, "Busy")

    def test_what_the_system_plans_for_him_goes_to_the_lead(self):
        complaint = self._bare_complaint().with_env(self.env)
        self._name(complaint, self.user_contributor)
        activity = complaint.activity_schedule(
            "mail.mail_activity_data_warning", user_id=self.user_contributor.id
        )
        self.assertEqual(activity.user_id, self.user_quality)

    def test_he_is_told_nothing(self):
        complaint = self._bare_complaint().with_env(self.env)
        self._name(complaint, self.user_sales2)
        partner = self.user_sales2.partner_id
        message = complaint.with_user(self.user_service).message_post(
            body="See this", partner_ids=partner.ids, subtype_xmlid="mail.mt_comment"
        )
        self.assertNotIn(partner, message.notification_ids.res_partner_id)
        complaint.message_subscribe((partner | self.user_purchasing.partner_id).ids)
        self.assertNotIn(partner, complaint.message_partner_ids)
        self.assertIn(self.user_purchasing.partner_id, complaint.message_partner_ids)
        report = self.env["complaint.report"].create(
            {"complaint_id": complaint.id, "partner_id": self.customer.id}
        )
        report.message_subscribe(partner.ids)
        self.assertNotIn(partner, report.message_partner_ids)
        for event in ("plan_changed", "escalation", "closed"):
            complaint._announce(event, {complaint: self.user_sales2})
        self.assertFalse(
            self.env["mail.notification"].search(
                [
                    ("res_partner_id", "=", partner.id),
                    ("mail_message_id", "in", complaint.message_ids.ids),
                ]
            )
        )

    # ------------------------------------------------------------
    # Who may name, who may take back
    # ------------------------------------------------------------
    def test_nobody_names_himself(self):
        complaint = self._bare_complaint().with_env(self.env)
        with self.assertRaises(UserError):
            self._name(complaint, self.user_service, by=self.user_service)
        with self.assertRaises(UserError), mute_logger(RULES):
            self._complaint(
                user=self.user_service,
                concerned_user_ids=[Command.set(self.user_service.ids)],
            )

    def test_who_may_write_may_name(self):
        complaint = self._bare_complaint().with_env(self.env)
        for user in (self.user_contributor, self.user_leadership, self.user_sales2):
            with self.assertRaises(AccessError), mute_logger(RULES):
                self._name(complaint, self.user_stock, by=user)
        for user in (self.user_sales, self.user_quality, self.user_manager):
            self._name(complaint, self.user_stock, by=user)
        self._action(complaint, self.user_contributor)
        with self.assertRaises(AccessError):
            complaint.with_user(self.user_contributor).read(["concerned_user_ids"])

    def test_naming_is_in_the_chatter_for_those_inside(self):
        complaint = self._bare_complaint().with_env(self.env)
        self.env.flush_all()
        self.cr.precommit.run()
        self._name(complaint, self.user_stock)
        self.cr.precommit.run()
        tracked = complaint.message_ids.sudo().tracking_value_ids.filtered(
            lambda t: t.field_id.name == "concerned_user_ids"
        )
        self.assertEqual(tracked.new_value_char, "Stock")
        own = tracked.mail_message_id.with_user(self.user_contributor).sudo()
        self.assertFalse(
            own.tracking_value_ids.with_env(own.env)._filter_has_field_access(
                self.env(user=self.user_contributor)
            )
        )

    def test_taken_back(self):
        complaint = self._bare_complaint().with_env(self.env)
        self._name(complaint, self.user_sales2)
        self.assertFalse(complaint.with_user(self.user_sales2).has_access("read"))
        complaint.concerned_user_ids = False
        complaint.user_id = self.user_sales2
        self.assertTrue(complaint.with_user(self.user_sales2).has_access("read"))

    def test_copy_stays_closed(self):
        """The words of the customer are the same."""
        complaint = self._bare_complaint().with_env(self.env)
        self._name(complaint, self.user_sales2)
        copied = complaint.with_user(self.user_service).copy({"user_id": self.user_manager.id})
        self.assertEqual(copied.concerned_user_ids, self.user_sales2)

    def test_archived_login_comes_back(self):
        complaint = self._bare_complaint().with_env(self.env)
        self._name(complaint, self.user_sales2)
        self.user_sales2.action_archive()
        self.env.invalidate_all()
        self.assertEqual(complaint._get_concerned_users(), self.user_sales2)
        complaint.with_user(self.user_service).write({"place": "Hall"})
        self.user_sales2.action_unarchive()
        self.assertFalse(complaint.with_user(self.user_sales2).has_access("read"))

    def test_everybody_is_named(self):
        """Nobody of the team is left: a complaint manager gets it, else it waits for nobody."""
        complaint = self._bare_complaint().with_env(self.env)
        action = self._action(complaint, self.user_contributor)
        users = self.env["res.users"].search([("share", "=", False), ("id", "!=", self.env.uid)])
        complaint.concerned_user_ids = users
        self.assertFalse((action.user_id | complaint.lead_user_id) & users)
        self.assertEqual(action.state, "open")

    def test_deadlines_of_others_are_untouched(self):
        complaint = self._bare_complaint().with_env(self.env)
        action = self._action(complaint, deadline=fields.Date.today() + timedelta(days=5))
        self._name(complaint, self.user_contributor)
        self.assertEqual(action.user_id, self.user_purchasing)
        self.assertEqual(action.deadline, fields.Date.today() + timedelta(days=5))

    def test_named_again_together_with_his_job(self):
        """Naming somebody and giving him the case in one go leaves the case with another."""
        complaint = self._bare_complaint().with_env(self.env)
        self._name(complaint, self.user_sales2)
        complaint.write(
            {
                "concerned_user_ids": [Command.link(self.user_sales2.id)],
                "user_id": self.user_sales2.id,
            }
        )
        self.assertNotEqual(complaint.user_id, self.user_sales2)
