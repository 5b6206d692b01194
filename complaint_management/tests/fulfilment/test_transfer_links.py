"""From a request to its transfers and back, each as far as he may (R37)."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .goods_common import GoodsCase


@tagged("post_install", "-at_install")
class TestTransferLinks(GoodsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._order()
        cls._deliver(cls.order)

    def setUp(self):
        super().setUp()
        self.demand = self._case(self.order, 3)

    def test_salesperson_reads_how_far_it_is(self):
        self.demand.action_execute()
        returned = self._pickings(self.demand)
        self.assertEqual(self.demand.document_summary, f"{returned.name} · Ready")
        self._validate(returned)
        self.demand.invalidate_recordset()
        self.assertEqual(self.demand.document_summary, f"{returned.name} · Done")

    def test_one_transfer_is_opened(self):
        self.demand.action_execute()
        action = self.demand.action_view_documents()
        self.assertEqual(action["res_id"], self._pickings(self.demand).id)

    def test_two_are_listed(self):
        demand = self._case(self.order, 2, "exchange")
        demand.action_execute()
        action = demand.action_view_documents()
        self.assertNotIn("res_id", action)
        found = self.env["stock.picking"].search(action["domain"])
        self.assertEqual(found, self._pickings(demand))

    def test_who_may_not_open_transfers(self):
        """Quality has no rights on stock: it reads the summary."""
        self.demand.action_execute()
        demand = self.demand.with_user(self.user_quality)
        if demand.env["stock.picking"].has_access("read"):
            self.fail("the role got rights on stock: choose another for this test")
        self.assertIn("Ready", demand.document_summary)
        with self.assertRaisesRegex(UserError, "not yours to open"):
            demand.action_view_documents()

    def test_forms_open(self):
        self.demand.action_execute()
        for user in (self.user_sales, self.user_quality, self.user_manager):
            with Form(self.demand.with_user(user)) as form:
                self.assertTrue(form.document_summary)

    def test_transfer_form_for_the_warehouse(self):
        """It shows the number; the way there is for who may see complaints."""
        self.demand.action_execute()
        returned = self._pickings(self.demand).with_user(self.user_stock)
        arch = returned.get_view(view_type="form")["arch"]
        self.assertIn('name="complaint_reference"', arch)
        self.assertNotIn("action_view_request_complaint", arch)
        read = returned.web_read({"complaint_reference": {}})[0]
        self.assertEqual(read["complaint_reference"], f"{self.demand.complaint_id.name} · Return")
        arch = returned.with_user(self.user_sales).get_view(view_type="form")["arch"]
        self.assertIn("action_view_request_complaint", arch)

    def test_way_back(self):
        self.demand.action_execute()
        returned = self._pickings(self.demand)
        action = returned.with_user(self.user_sales).action_view_request_complaint()
        self.assertEqual(action["res_id"], self.demand.complaint_id.id)
        self.assertFalse(self.order.picking_ids[0].complaint_reference)

    @mute_logger("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")
    def test_warehouse_does_not_read_the_complaint(self):
        """It knows the number, and nothing of what the customer wrote."""
        self.demand.action_execute()
        returned = self._pickings(self.demand).with_user(self.user_stock)
        self.assertTrue(returned.complaint_reference)
        with self.assertRaises(AccessError):
            returned.action_view_request_complaint()
        with self.assertRaises(AccessError):
            returned.read(["complaint_demand_id"])
        with self.assertRaises(AccessError):
            returned.move_ids.read(["complaint_demand_line_id"])
