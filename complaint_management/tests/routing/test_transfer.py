from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..handling.common import HandlingCommon


@tagged("post_install", "-at_install")
class TestTransfer(HandlingCommon):
    """The lead goes to somebody else, with what waits for the lead (R27)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.complaint = cls._bare_complaint().with_env(cls.env)
        cls.lead = cls.user_quality
        cls.new = cls.user_sales2

    def _transfer(self, user=None, reason="On parental leave", by=None, complaint=None):
        complaint = (complaint or self.complaint).with_user(by or self.lead)
        return complaint.action_transfer_lead((user or self.new).id, reason)

    def test_reason_is_in_the_chatter(self):
        self._transfer()
        self.assertEqual(self.complaint.lead_user_id, self.new)
        self.assertIn(
            "Lead transferred from Quality to Sales2: On parental leave",
            "".join(self.complaint.message_ids.mapped("body")),
        )

    def test_both_are_told(self):
        told = []

        def announce(complaints, event, people=None, *args, **kwargs):
            told.append((event, people))

        self.patch(type(self.complaint), "_announce", announce)
        self._transfer(by=self.user_service)
        people = dict(told)["lead_changed"][self.complaint]
        self.assertEqual(people, self.lead | self.new)

    def test_what_waits_for_the_lead_goes_along(self):
        complaint, actions = self._planned_complaint(self.user_purchasing, self.lead)
        complaint = complaint.with_env(self.env)
        objected, own = actions
        objected.with_user(self.user_purchasing).action_object("Not our film")
        self.assertEqual(objected.activity_id.user_id, self.lead)
        complaint._ask_for_plan("Revise the plan")
        plan = complaint.activity_ids.filtered(lambda a: a.complaint_until == "release")
        self.assertEqual(plan.user_id, self.lead)
        self._transfer(complaint=complaint)
        self.assertEqual(plan.user_id, self.new)
        self.assertEqual(objected.activity_id.user_id, self.new)
        self.assertEqual(own.user_id, self.lead, "his own action stays his")

    def test_lines_of_the_plan_that_mean_the_lead(self):
        template = self.plan.template_ids.filtered("action_kind")[:1]
        template.responsible_type = "complaint_lead"
        self.category_quality.plan_id = self.plan
        complaint = self._registered_complaint(user=self.user_sales).with_env(self.env)
        action = complaint.action_ids.filtered(lambda a: a.template_id == template)
        self.assertEqual(action.user_id, self.lead)
        self._transfer(complaint=complaint)
        self.assertEqual(action.user_id, self.new)
        self.assertEqual(action.activity_id.user_id, self.new)

    def test_written_in_the_form_it_goes_along_too(self):
        self.complaint._ask_for_plan("Write the plan")
        plan = self.complaint.activity_ids.filtered(lambda a: a.complaint_until == "release")
        self.complaint.with_user(self.user_service).lead_user_id = self.new
        self.assertEqual(plan.user_id, self.new)

    def test_four_eyes_remember_the_former_lead(self):
        self._action(self.complaint, kind="corrective").with_user(self.user_purchasing)
        self.complaint.lead_user_id = self.user_manager
        action = self._action(self.complaint, kind="corrective")
        action.with_user(self.user_admin).description = "Wrap it"
        self._transfer(by=self.user_manager)
        self.complaint.with_user(self.user_quality).action_request_approval()
        with self.assertRaises(AccessError):
            self.complaint.with_user(self.user_manager).action_approve_measures()

    def test_request_for_approval_leaves_the_new_lead(self):
        self._action(self.complaint, kind="corrective")
        self.complaint.with_user(self.lead).action_request_approval()
        self.assertEqual(self.complaint.measures_activity_id.user_id, self.user_manager)
        self._transfer(self.user_manager)
        self.assertNotEqual(self.complaint.measures_activity_id.user_id, self.user_manager)

    def test_who_may(self):
        self.assertFalse(self.complaint.with_user(self.user_sales).can_transfer_lead)
        for user in (self.user_sales, self.user_contributor, self.user_leadership):
            with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_rule"):
                self._transfer(by=user)
        for user, to in ((self.user_service, self.user_sales), (self.user_sales, self.lead)):
            self.assertTrue(self.complaint.with_user(user).can_transfer_lead)
            self._transfer(to, by=user)
            self.assertEqual(self.complaint.lead_user_id, to)

    def test_not_before_registration_nor_after_the_end(self):
        draft = self._complaint(user=self.user_service)
        with self.assertRaises(UserError):
            self._transfer(by=self.user_service, complaint=draft)
        self.complaint.action_cancel("Entered twice")
        with self.assertRaises(UserError):
            self._transfer(by=self.user_service)

    def test_not_to_somebody_who_cannot(self):
        self.new.action_archive()
        for user in (self.new, self.user_portal):
            with self.assertRaises(UserError):
                self._transfer(user)

    def test_wizard_asks_for_name_and_reason(self):
        action = self.complaint.with_user(self.lead).action_transfer_lead()
        wizard = self.env[action["res_model"]].with_user(self.lead).browse(action["res_id"])
        with self.assertRaises(UserError):
            wizard.action_confirm()
        wizard.user_id = self.new
        with self.assertRaises(UserError):
            wizard.action_confirm()
        wizard.note = "She knows the customer"
        wizard.action_confirm()
        self.assertEqual(self.complaint.lead_user_id, self.new)
