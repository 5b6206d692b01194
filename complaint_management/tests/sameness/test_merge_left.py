"""What the case that goes on does not take over is said, and asked again where it is over (R5)."""

from odoo import Command
from odoo.tests import tagged

from .common import PNG, SamenessCommon


@tagged("post_install", "-at_install")
class TestMergeLeft(SamenessCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        asked = {"c_demand_ids": [Command.create({"kind": "exchange", "name": "New goods"})]}
        cls.original = cls._about(product_id=cls.product.id, quantity_complained=2.0, **asked)
        cls.newer = cls._about(product_id=cls.product.id, quantity_complained=10.0, **asked)

    def _merge(self, **how):
        newer = self.newer.with_user(self.user_manager)
        action = newer.action_same_case(self.original.id)
        wizard = self.env[action["res_model"]].with_user(self.user_manager).browse(action["res_id"])
        left = wizard.left_behind or ""
        newer.action_same_case(self.original.id, confirmed=True, **how)
        self.env.invalidate_all()
        return left, "".join(self.original.message_ids.mapped("body"))

    def test_what_stays_is_named(self):
        left, noted = self._merge()
        for text in (left, noted):
            self.assertIn("Requests: New goods", text)
            self.assertIn("10.00 complained about there, 2.00 here", text)
        self.assertEqual(len(self.original.demand_ids), 1)
        self.assertEqual(self.original.line_ids.quantity_complained, 2.0)

    def test_request_that_is_over_is_asked_again(self):
        asked = self.newer.demand_ids
        for state in ("offered", "accepted", "declined", "done"):
            self.original.demand_ids._write_trusted({"state": state})
            lacking = self.original._get_lacking_requests(self.newer)
            self.assertEqual(lacking, asked if state in ("declined", "done") else asked[:0], state)
        left, noted = self._merge()
        self.assertNotIn("New goods", left)
        self.assertIn("New goods", noted)
        self.assertEqual(self.original.demand_ids.mapped("state"), ["done", "open"])

    def test_requests_nobody_wants_are_noted(self):
        self.original.demand_ids.action_cancel()
        left, noted = self._merge(take_requests=False)
        self.assertNotIn("Requests", left)
        self.assertIn("Requests: New goods", noted)

    def test_customers_own_photo_stays_on_his_page(self):
        """The copy is an employee's; the customer handed it in."""
        photo = self.newer.evidence_ids
        photo.write({"file": PNG, "file_name": "a.png"})
        self.env.cr.execute(
            "UPDATE complaint_evidence SET create_uid = %s WHERE id = %s",
            (self.user_portal.id, photo.id),
        )
        self.env.invalidate_all()
        self.assertTrue(photo._is_handed_in_by(self.newer._get_customer_firms()))
        known = self.original.evidence_ids
        self._merge()
        taken = self.original.evidence_ids - known
        self.assertTrue(taken.customer_visible)
        self.assertIn(taken, self.original.sudo()._get_customer_evidence())
