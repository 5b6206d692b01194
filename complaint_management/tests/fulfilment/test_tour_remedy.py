from odoo import Command
from odoo.tests import tagged

from ..browser import BrowserCase
from ..promising.approval_common import ApprovalCommon
from .credit_common import CreditCommon

TOUR = "complaint_remedy_"
RECEIPTS = "/odoo/action-stock.action_picking_tree_incoming"
CREDIT_NOTES = "/odoo/action-account.action_move_out_refund_type"


class RemedyTourCommon(BrowserCase, CreditCommon):
    """Ten rasps of two lots, delivered and invoiced; three of the first are rusty.

    Each chapter is played by whose job it is, with nothing but his groups.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Repairs and carriers put fields into core's transfer form that neither a salesperson alone
        # nor somebody of the warehouse alone may read, with or without complaints
        cls.user_sales.group_ids = [Command.link(cls.env.ref("stock.group_stock_user").id)]
        cls.user_stock.group_ids = [Command.link(cls.env.ref("stock.group_stock_manager").id)]
        for user in cls.user_sales + cls.user_stock + cls.user_finance:
            user.password = user.login
        cls.goods.write({"is_storable": True, "tracking": "lot"})
        cls.bad, cls.good = cls._lot(cls.goods, "R-1"), cls._lot(cls.goods, "R-2")
        cls.order = cls._order(lines=[(cls.goods, 10)])
        cls._deliver(cls.order, lots={cls.goods: [(cls.bad, 4), (cls.good, 6)]})
        cls.invoice = cls._invoice(cls.order)
        complaints = cls.env["complaint.complaint"].with_user(cls.user_sales)
        cls.complaint = complaints.create_from_order(
            cls.order.id,
            {
                "subject": "Rusty rasps",
                "description": "Three are rusty. Fetch them, and give us our money back.",
                "category_id": cls.category_simple.id,
                "demand_ids": [
                    Command.create({"kind": "return", "name": "Fetch the rusty ones"}),
                    Command.create({"kind": "credit", "name": "Our money back"}),
                ],
            },
        )
        line = cls.complaint.line_ids.filtered(lambda li: cls.bad in li.sudo().lot_ids)
        line.quantity_complained = 3
        cls.complaint.action_register()
        cls.give_back, cls.pay = cls.complaint.demand_ids.with_env(cls.env)
        cls.url = f"/odoo/complaints/{cls.complaint.id}"

    def _tour(self, url, name, user):
        self.start_tour(url, TOUR + name, login=user.login)
        self.env.invalidate_all()

    def _check_end(self):
        """The goods are here, the money is credited, and nobody owes anybody anything more."""
        self.assertEqual(self.complaint.demand_ids.mapped("state"), ["done", "done"])
        picking, refund = self.give_back.picking_ids, self.pay.refund_ids
        self.assertEqual((picking.state, picking.picking_type_code), ("done", "incoming"))
        moved = picking.move_ids.move_line_ids
        self.assertEqual((moved.lot_id, moved.quantity), (self.bad, 3))
        self.assertEqual((refund.state, refund.move_type), ("posted", "out_refund"))
        self.assertEqual(refund.reversed_entry_id, self.invoice)
        self.assertEqual((refund.amount_untaxed, refund.amount_total), (60, 66))
        line = self.order.order_line
        self.assertEqual((line.qty_delivered, line.qty_invoiced), (7, 7))
        self.assertEqual(self.order.invoice_status, "invoiced")
        self.assertFalse(refund.activity_ids, "finance has nothing left to check")


@tagged("post_install", "-at_install")
class TestTourRemedy(RemedyTourCommon):
    """From the accepted request to the received return and the posted credit note (R37)."""

    browser_size = "1400x900"

    def test_from_accepted_request_to_posted_credit_note(self):
        self._tour(self.url, "grant", self.user_sales)
        self.assertEqual(self.give_back.picking_ids.state, "assigned")
        self.assertFalse(self.pay.refund_ids)
        self._tour(RECEIPTS, "receive", self.user_stock)
        self.assertEqual(self.give_back.state, "done")
        self.assertEqual(self.pay.state, "accepted")
        self._tour(self.url, "credit", self.user_sales)
        self.assertEqual(self.pay.refund_ids.state, "draft")
        self.assertEqual(self.pay.refund_ids.activity_ids.user_id, self.user_finance)
        self._tour(CREDIT_NOTES, "post", self.user_finance)
        self._tour(self.url, "done", self.user_sales)
        self._check_end()


@tagged("post_install", "-at_install")
class TestTourRemedyPhone(RemedyTourCommon):
    """The salesperson's part on a phone; warehouse and finance work at their desks."""

    browser_size = "390x844"
    touch_enabled = True

    def test_salesperson_on_a_phone(self):
        give_back, pay = (f"/odoo/complaint.demand/{d.id}" for d in self.give_back + self.pay)
        self._tour(give_back, "phone_accept", self.user_sales)
        self._tour(pay, "phone_accept", self.user_sales)
        self._tour(give_back, "phone_return", self.user_sales)
        self._validate(
            self.give_back.picking_ids.with_user(self.user_stock),
            lots={
                self.goods: [(self.bad, 3)],
            },
        )
        self._tour(pay, "phone_credit", self.user_sales)
        self.pay.refund_ids.with_user(self.user_finance).action_post()
        self.env.invalidate_all()
        self._check_end()


@tagged("post_install", "-at_install")
class TestTourApproval(BrowserCase, ApprovalCommon):
    """Above the salesperson's limit: he asks, the sales manager approves, he promises (R38)."""

    browser_size = "1400x900"

    def test_asked_approved_promised(self):
        for user in self.user_sales + self.user_manager:
            user.password = user.login
        demand = self._demand(900, name="Money for the day we lost").with_env(self.env)
        request = f"/odoo/complaint.demand/{demand.id}"
        for url, name, user in (
            (request, "ask", self.user_sales),
            ("/odoo/complaint-approvals", "approve", self.user_manager),
            (request, "promise", self.user_sales),
        ):
            self.start_tour(url, TOUR + name, login=user.login)
            self.env.invalidate_all()
        approval = demand.approval_ids
        self.assertEqual((approval.state, approval.decided_by_id), ("approved", self.user_manager))
        self.assertEqual(
            (approval.reason, approval.note), ("He buys here every month", "Call him as well")
        )
        self.assertEqual((demand.state, demand.promised_by_id), ("accepted", self.user_manager))
