"""Who may say that two complaints are one case (T3, R60, R73)."""

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import SamenessCommon


@tagged("post_install", "-at_install")
class TestMergeRights(SamenessCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.original = cls._about(product_id=cls.product.id, c_user_id=cls.user_sales2.id)
        cls.newer = cls._about(user=cls.user_sales, product_id=cls.product.id)

    def _merge(self, user, **how):
        complaint = self.newer.with_user(user)
        return complaint.action_same_case(self.original.id, confirmed=True, **how)

    def test_both_are_written(self):
        for user in (self.user_sales, self.user_sales2, self.user_leadership, self.user_stranger):
            with (
                self.subTest(user=user.login),
                self.assertRaises(AccessError),
                mute_logger("odoo.addons.base.models.ir_rule", "odoo.models"),
            ):
                self._merge(user)
        self.assertEqual(self.newer.state, "registered")
        self.original.user_id = self.user_sales
        self._merge(self.user_sales)
        self.assertEqual(self.newer.state, "closed")

    def test_chain_over_a_case_one_may_not_read(self):
        """What counts is the root: the right to write it, and no name on the way to it."""
        self._merge(self.user_manager)
        third = self._draft_about(user=self.user_service, product_id=self.product.id)
        self.newer.sudo().write(
            {"user_id": self.user_service.id, "lead_user_id": self.user_service.id}
        )
        self.original.write(
            {
                "lead_user_id": self.user_quality.id,
                "coordinator_user_id": False,
                "team_id": False,
            }
        )
        with (
            self.assertRaises(AccessError) as caught,
            mute_logger("odoo.addons.base.models.ir_rule", "odoo.models"),
        ):
            third.action_same_case(self.newer.id, confirmed=True)
        self.assertNotIn(self.original.name, str(caught.exception))

    def test_different_customers_need_service_or_the_lead(self):
        self.original.user_id = self.user_sales
        other = self._about(
            user=self.user_sales,
            product_id=self.product.id,
            c_partner_id=self.customer2.id,
            c_contact_id=False,
        )
        other.demand_ids.action_cancel()
        with self.assertRaisesRegex(AccessError, "customer service or the"):
            other.action_same_case(self.original.id, confirmed=True, other_customer=True)
        self.original.lead_user_id = self.user_sales
        other.action_same_case(self.original.id, confirmed=True, other_customer=True)
        self.assertEqual(other.outcome, "duplicate")

    def test_whom_the_duplicate_is_about_reads_nothing_of_it(self):
        self.newer.concerned_user_ids = self.user_sales2
        self._merge(self.user_manager)
        self.assertIn(self.user_sales2, self.original.concerned_user_ids)
        self.assertNotEqual(self.original.user_id, self.user_sales2)
        self.assertFalse(self.original.with_user(self.user_sales2).has_access("read"))

    def test_pending_approval_decides_nothing_there(self):
        """Four eyes: what was asked for the duplicate is void, nothing decided comes along."""
        demand = self.env["complaint.demand"].create(
            {"complaint_id": self.newer.id, "kind": "discount", "amount": 9.0}
        )
        approval = self.env["complaint.approval"].sudo().search([("demand_id", "=", demand.id)])
        self._merge(self.user_manager)
        self.assertNotIn("requested", approval.mapped("state"))
        taken = self.original.demand_ids.filtered(lambda d: d.kind == "discount")
        self.assertEqual((taken.state, taken.amount), ("open", 0.0))
        self.assertFalse(taken.approval_ids)

    def test_redraft_is_for_unregistered_duplicates(self):
        self._merge(self.user_manager)
        newer = self.newer.with_user(self.user_manager)
        with self.assertRaisesRegex(AccessError, "was registered"):
            newer.action_redraft("Mine")
        draft = self._draft_about(user=self.user_sales, product_id=self.product.id)
        draft.with_user(self.user_manager).action_same_case(self.original.id, confirmed=True)
        draft = draft.with_user(self.user_manager)
        with self.assertRaises(AccessError):
            draft.action_dissatisfied("Not good")
        self.assertEqual(draft.state, "closed")

    def test_buttons(self):
        self.assertTrue(self.newer.with_user(self.user_sales).can_same_case)
        self.assertFalse(self.newer.with_user(self.user_leadership).can_same_case)
        self.assertFalse(self.newer.with_user(self.user_sales).can_redraft)
