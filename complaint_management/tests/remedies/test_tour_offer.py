from odoo import Command, fields
from odoo.tests import tagged

from ..browser import BrowserCase
from ..common import ComplaintCommon


@tagged("post_install", "-at_install")
class TestTourOffer(BrowserCase, ComplaintCommon):
    """Offering and declining in a real browser, as the salesperson (R35, R36, R41, R51)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user_sales.password = cls.user_sales.login
        cls.goods = cls._product(name="Blade", is_storable=True)
        warehouse = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.company.id)], limit=1
        )
        cls.env["stock.quant"]._update_available_quantity(cls.goods, warehouse.lot_stock_id, 50)
        line = cls._prepare_line_vals(product_id=cls.goods.id)
        cls.complaint, past = (
            cls._registered_complaint(
                line_ids=[Command.create(line)], demand_ids=[Command.create({"kind": "exchange"})]
            )
            for _time in range(2)
        )
        past.demand_ids._write_trusted({"state": "done", "date_answered": fields.Datetime.now()})
        past._write_trusted({"state": "closed"})
        cls.demand = cls.complaint.demand_ids

    def test_options_are_offered_and_chosen(self):
        self.start_tour(
            f"/odoo/complaint.demand/{self.demand.id}",
            "complaint_offer_options",
            login=self.user_sales.login,
        )
        self.assertEqual(self.demand.state, "accepted")
        self.assertEqual((self.demand.remedy_kind, self.demand.amount), ("discount", 45.0))
        self.assertEqual(
            self.demand.option_ids.mapped(lambda o: (o.name, o.state)),
            [("Three new ones", "declined"), ("A discount", "chosen")],
        )

    def test_declined_with_an_alternative(self):
        self.start_tour(
            f"/odoo/complaints/{self.complaint.id}",
            "complaint_offer_decline",
            login=self.user_sales.login,
        )
        self.assertEqual(self.demand.state, "declined")
        self.assertEqual(self.demand.decline_reason, "not_justified")
        self.assertIn("look at it together", self.demand.alternative)
