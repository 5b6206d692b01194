"""Who may open a complaint from what (R60): only our group and sales, nothing else."""

from datetime import datetime, timedelta

from odoo import Command
from odoo.exceptions import AccessError, MissingError, UserError
from odoo.service.model import call_kw
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .test_prefill_order import PrefillCase


@tagged("post_install", "-at_install")
class TestPrefillAccess(PrefillCase):
    def test_foreign_order(self):
        order = self._order(user=self.user_sales2)
        with self.assertRaises(AccessError):
            self._from_order(order)
        self.assertFalse(self.env["complaint.complaint"].search([("sale_order_id", "=", order.id)]))

    def test_quality_without_sales(self):
        order = self._order()
        complaints = self.env["complaint.complaint"].with_user(self.user_quality)
        with self.assertRaises(AccessError):
            complaints.create_from_order(order.id, {})

    def test_contributor_opens_none(self):
        """May read the delivery, may not open complaints."""
        picking = self._deliver(self._order())
        complaints = self.env["complaint.complaint"].with_user(self.user_stock)
        self.assertTrue(picking.with_user(self.user_stock).has_access("read"))
        with self.assertRaises(AccessError):
            complaints.create_from_picking(picking.id, {})

    def test_warehouse_without_sales(self):
        """May read the delivery and open complaints: the order's part comes along."""
        self.user_stock.group_ids = [
            Command.link(self.env.ref("complaint_management.group_complaint_user").id)
        ]
        order = self._order(partner=self.contact)
        picking = self._deliver(order)
        complaints = self.env["complaint.complaint"].with_user(self.user_stock)
        complaint = complaints.create_from_picking(picking.id)
        self.assertEqual(complaint.sale_order_id, order)
        self.assertEqual(complaint.customer_order_ref, "PO-4711")
        self.assertEqual(complaint.user_id, self.user_sales, "the order's salesperson")
        self.assertEqual(self._quantities(complaint), [(self.product, 10, 0)])

    def test_portal_customer(self):
        order = self._order(partner=self.portal_partner)
        complaints = self.env["complaint.complaint"].with_user(self.user_portal)
        with self.assertRaises(AccessError):
            complaints.create_from_order(order.id, {})

    def test_state_cannot_come_along(self):
        with self.assertRaises(UserError):
            self._from_order(self._order(), {"state": "closed"})

    def test_missing_order(self):
        order = self._order(confirm=False)
        order_id = order.id
        order.unlink()
        with self.assertRaises(MissingError):
            self.complaints.create_from_order(order_id, {})

    def test_rpc_answers_with_the_id(self):
        order = self._order()
        result = call_kw(
            self.complaints, "create_from_order", [order.id, {"description": "Rust"}], {}
        )
        complaint = self.env["complaint.complaint"].browse(result)
        self.assertEqual((len(result), complaint.sale_order_id), (1, order))

    def test_order_of_another_company(self):
        company = self._second_company()
        order = self._order(company=company, user=self.env["res.users"])
        self.assertEqual(order.company_id, company)
        with self.assertRaises(AccessError):
            self._from_order(order)
        self.user_sales.company_ids = [Command.link(company.id)]
        both = self.complaints.with_context(allowed_company_ids=(self.company + company).ids)
        complaint = both.create_from_order(order.id, {})
        self.assertEqual(complaint.company_id, company)
        self.assertEqual(complaint.team_id.company_id, company)
        self.assertEqual(complaint.line_ids.company_id, company)

    def test_salesperson_of_another_company(self):
        """A salesperson who left the order's company does not get its complaints."""
        company = self._second_company()
        order = self._order(company=company, user=self.env["res.users"])
        self.env.cr.execute(
            "UPDATE sale_order SET user_id = %s WHERE id = %s", (self.user_sales2.id, order.id)
        )
        order.invalidate_recordset()
        self.user_service.company_ids = [Command.link(company.id)]
        complaints = (
            self.env["complaint.complaint"]
            .with_user(self.user_service)
            .with_context(allowed_company_ids=company.ids)
        )
        complaint = complaints.create_from_order(order.id, {})
        self.assertEqual(complaint.user_id, self.user_service)


@tagged("post_install", "-at_install")
class TestDoorOverJson2(PrefillCase, HttpCase):
    def _call(self, method, **params):
        key = (
            self.env["res.users.apikeys"]
            .with_user(self.user_sales)
            ._generate("rpc", "door", datetime.now() + timedelta(days=1))
        )
        return self.url_open(
            f"/json/2/complaint.complaint/{method}",
            json=params,
            headers={"Authorization": f"Bearer {key}"},
        )

    def test_another_system_opens_a_complaint(self):
        order = self._order()
        picking = self._deliver(order)
        for method, source in (
            ("create_from_order", {"order_id": order.id}),
            ("create_from_picking", {"picking_id": picking.id}),
        ):
            response = self._call(method, **source, vals={"description": "Rust"})
            self.assertEqual(response.status_code, 200, response.text)
            complaint = self.env["complaint.complaint"].browse(response.json())
            self.assertEqual(len(complaint), 1)
            self.assertEqual((complaint.sale_order_id, complaint.description), (order, "Rust"))

    def test_refusals_are_told(self):
        foreign = self._order(user=self.user_sales2)
        quotation = self._order(confirm=False)
        with mute_logger("odoo.http"):
            self.assertEqual(self._call("create_from_order", order_id=foreign.id).status_code, 403)
            self.assertEqual(
                self._call("create_from_order", order_id=quotation.id).status_code, 422
            )
            self.assertEqual(self._call("_prepare_from_order", order=foreign.id).status_code, 403)
