from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.complaint_management_purchase.hooks import uninstall_hook

from .common import RechargeCommon


@tagged("post_install", "-at_install")
class TestRechargeAction(RechargeCommon):
    """Purchasing is asked to claim where a supplier or carrier caused a complaint (R20)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.complaint = cls._blade_complaint()

    def test_once_a_party(self):
        self.complaint.with_user(self.user_quality).responsibility = "supplier"
        action = self._claim_action(self.complaint)
        self.assertEqual(action.user_id, self.user_purchasing)
        self.assertEqual(action.deadline, fields.Date.add(fields.Date.today(), days=2))
        self.assertTrue(action.activity_id)
        self.complaint.responsibility = "supplier"
        self.assertEqual(self._claim_action(self.complaint), action)
        self.complaint.point_ids.responsibility = "carrier"
        self.assertEqual(len(self._claim_action(self.complaint, "carrier")), 1)
        self.assertEqual(action.state, "open")

    def test_a_points_responsibility_asks_too(self):
        self.complaint.point_ids.with_user(self.user_quality).responsibility = "carrier"
        self.assertTrue(self._claim_action(self.complaint, "carrier"))
        self.assertFalse(self._claim_action(self.complaint))

    def test_nothing_for_our_own_fault(self):
        self.complaint.responsibility = "ours"
        self.assertFalse(self.complaint.action_ids.filtered("claim_party"))

    def test_not_concerned_stays_answered(self):
        self.complaint.responsibility = "supplier"
        action = self._claim_action(self.complaint)
        action.with_user(self.user_purchasing).action_not_concerned()
        self.complaint.responsibility = "ours"
        self.complaint.responsibility = "supplier"
        self.assertEqual(self._claim_action(self.complaint), action)
        self.assertEqual(action.state, "done")

    def test_another_finding_lets_it_go_and_brings_it_back(self):
        self.complaint.responsibility = "supplier"
        action = self._claim_action(self.complaint)
        self.complaint.responsibility = "ours"
        self.assertEqual(action.state, "cancelled")
        self.complaint.responsibility = "supplier"
        self.assertEqual(self._claim_action(self.complaint), action)
        self.assertEqual(action.state, "open")

    def test_a_claim_keeps_it(self):
        self._recharge(self.complaint)
        self.complaint.responsibility = "ours"
        self.assertEqual(self._claim_action(self.complaint).state, "open")

    def test_setting(self):
        self.env.company.complaint_recharge_days = 5
        self.complaint.responsibility = "supplier"
        deadline = self._claim_action(self.complaint).deadline
        self.assertEqual(deadline, fields.Date.add(fields.Date.today(), days=5))

    def test_known_before_registration(self):
        draft = self._complaint(category_id=self.category_simple.id, responsibility="supplier")
        self.assertFalse(draft.action_ids)
        draft.action_register()
        self.assertTrue(self._claim_action(draft))

    def test_follows_the_claim(self):
        recharge = self._sent(self.complaint, partner_id=self.vendor.id)
        action = self._claim_action(self.complaint)
        self.assertEqual(action.deadline, recharge.date_due)
        self.assertEqual(action.activity_id.date_deadline, recharge.date_due)
        sooner = fields.Date.add(fields.Date.today(), days=3)
        recharge.date_due = sooner
        self.assertEqual(action.deadline, sooner)
        recharge.action_accept()
        self.assertEqual(action.state, "done")
        self.assertIn(recharge.name, action.completion_note)
        recharge.action_reopen()
        self.assertEqual(action.state, "open")

    def test_overdue_with_the_vendors_answer(self):
        recharge = self._sent(self.complaint, partner_id=self.vendor.id)
        recharge.date_due = fields.Date.add(fields.Date.today(), days=-1)
        self.assertTrue(recharge.is_overdue)
        self.assertTrue(self._claim_action(self.complaint).is_overdue)
        found = self.env["complaint.recharge"].search([("is_overdue", "=", True)])
        self.assertIn(recharge, found)

    def test_two_claims_one_action(self):
        first = self._sent(self.complaint, partner_id=self.vendor.id)
        second = self.env["complaint.recharge"].create(
            {
                "complaint_id": self.complaint.id,
                "partner_id": self.vendor2.id,
                "reason": "The steel is soft.",
            }
        )
        action = self._claim_action(self.complaint)
        first.action_accept()
        self.assertEqual((len(action), action.state), (1, "open"))
        second.action_mark_sent()
        second.answer = "No"
        second.action_refuse()
        self.assertEqual(action.state, "done")

    def test_the_customer_does_not_wait_for_it(self):
        complaint = self._complaint(category_id=self.category_simple.id)
        complaint.action_register()
        complaint.responsibility = "supplier"
        complaint.action_resolve()
        self.assertEqual(complaint.state, "resolved")
        complaint.action_close("accepted")
        self.assertEqual(self._claim_action(complaint).state, "open")

    def test_removed_app_leaves_no_open_action(self):
        """T19: without the app it would keep cases from being resolved."""
        self.complaint.responsibility = "supplier"
        uninstall_hook(self.env)
        self.assertEqual(self._claim_action(self.complaint).state, "cancelled")

    def test_owner_without_purchase_rights(self):
        self.complaint.responsibility = "supplier"
        action = self._claim_action(self.complaint).with_user(self.user_purchasing)
        self.assertFalse(action.can_claim)
        self.assertTrue(action.with_user(self.user_quality).can_claim)
        with self.assertRaises(AccessError):
            action.action_recharge()
        recharge = self._recharge(self.complaint)
        action.invalidate_recordset(["can_claim"])
        self.assertTrue(action.can_claim)
        self.assertEqual(action.action_recharge()["res_id"], recharge.id)
        inside = recharge.with_user(self.user_purchasing)
        self.assertTrue(inside.web_read({"name": {}, "partner_id": {"fields": {}}}))
        self.assertFalse(inside.can_edit)
        with self.assertRaises(AccessError):
            inside.reason = "Mine"
        with self.assertRaises(AccessError):
            inside.read(["amount"])

    def test_owner_with_purchase_rights_claims(self):
        self.user_purchasing.group_ids += self.env.ref("purchase.group_purchase_user")
        self.complaint.responsibility = "supplier"
        action = self._claim_action(self.complaint).with_user(self.user_purchasing)
        opened = action.action_recharge()
        recharge = self.env["complaint.recharge"].browse(opened["res_id"])
        recharge = recharge.with_user(self.user_purchasing)
        recharge.write({"partner_id": self.vendor.id, "reason": "The edges break."})
        recharge.action_mark_sent()
        self.assertTrue(recharge.can_edit)
        recharge.amount_accepted = 5
        recharge.action_accept_partly()
        self.assertEqual(action.state, "done")
