from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from .free_common import FreeCommon


@tagged("post_install", "-at_install")
class TestGift(FreeCommon):
    """A gift as a gesture, chosen or the company's usual one; it is no sale (R37, R50)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.complaint_gift_product_id = False
        cls.gift = cls._product(name="Hamper")

    def test_a_chosen_gift(self):
        demand = self._free_demand("gift")
        self.assertFalse(demand.line_ids, "the goods complained about are no gift")
        with self.assertRaisesRegex(UserError, "which goods"):
            demand.action_execute()
        demand.line_ids = [Command.create({"product_id": self.gift.id, "quantity": 2.0})]
        order = self._carry_out(demand)
        note, line = order.order_line
        self.assertIn("thanks", note.name)
        self.assertEqual((line.product_id, line.product_uom_qty), (self.gift, 2.0))
        self.assertEqual((order.amount_total, order.invoice_status), (0.0, "no"))
        self._deliver(order)
        self.assertEqual(demand.state, "done")

    def test_the_usual_gift(self):
        self.company.complaint_gift_product_id = self.gift
        demand = self._free_demand("gift")
        self.assertEqual(demand.line_ids.product_id, self.gift)
        self.assertEqual(demand._get_value(), 20.0)
        self.assertEqual(self._carry_out(demand).order_line[-1].product_uom_qty, 1.0)

    def test_as_thanks_when_the_case_is_resolved(self):
        complaint = self._complaint(category_id=self.category_simple.id)
        complaint.action_register()
        complaint.action_resolve()
        inside = complaint.with_user(self.user_sales)
        inside.demand_ids = [Command.create({"kind": "gift"})]
        demand = inside.demand_ids.filtered(lambda d: d.kind == "gift")
        demand.line_ids = [Command.create({"product_id": self.gift.id})]
        demand.action_accept()
        self._deliver(self._carry_out(demand))
        self.assertEqual(demand.state, "done")

    def test_it_is_marked(self):
        """Who counts sales leaves it out by one condition."""
        self.company.complaint_gift_product_id = self.gift
        order = self._carry_out(self._free_demand("gift"))
        found = self.env["sale.order"].search(
            [("partner_id", "=", self.customer.id), ("complaint_demand_id", "=", False)]
        )
        self.assertIn(self.order, found)
        self.assertNotIn(order, found)
