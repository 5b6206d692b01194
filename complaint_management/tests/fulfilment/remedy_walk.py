"""A machine that makes, carries out, receives, posts, cancels and deletes at random.

Used by ``test_remedy_invariants``. One walk is one order and several complaints about it; each step
runs in a savepoint of its own, as a request would, and may be refused. The figures it checks are
counted afresh from moves and entries, not with the code under test.
"""

import random

from odoo import fields
from odoo.exceptions import UserError, ValidationError

KINDS = ("return", "credit", "credit", "discount", "exchange")


class RemedyWalk:
    """:param case: the running test, for its factories
    :param int seed: makes the walk repeatable
    """

    def __init__(self, case, seed):
        self.case = case
        self.random = random.Random(seed)
        self.seed = seed
        self.trace = []
        self.done = 0
        order = case._order(lines=[(case.goods, 10.0)])
        case._deliver(order, {case.goods: 6.0})
        case._invoice(order)
        case._deliver(order)
        case._invoice(order)
        self.order = order
        self.line = order.order_line
        self.invoices = order.invoice_ids
        self.demands = case.env["complaint.demand"]

    # ------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------
    STEPS = {
        "ask": 5,
        "execute": 7,
        "receive": 5,
        "cancel_transfer": 2,
        "delete_transfer": 1,
        "post": 5,
        "reset": 2,
        "cancel_refund": 2,
        "delete_refund": 1,
        "reverse": 1,
        "return_by_hand": 1,
        "credit_by_hand": 1,
        "take_back": 1,
    }

    def run(self, steps):
        """Take so many steps and look at the figures after each."""
        names = list(self.STEPS)
        for name in self.random.choices(names, weights=self.STEPS.values(), k=steps):
            self.step(name)
            self.check()

    def step(self, name):
        """One step, which may be refused; then nothing of it is left."""
        self.trace.append(name)
        try:
            with self.case.env.cr.savepoint():
                getattr(self, name)()
                self.case.env.flush_all()
            self.done += 1
        except (UserError, ValidationError) as refusal:
            self.case.env.invalidate_all()
            self.demands = self.demands.exists()
            self.trace.append(f"  refused: {refusal}")

    def pick(self, records):
        """:return: one of ``records``; nothing to pick is nothing to do"""
        if not records:
            raise UserError("nothing to do")
        record = self.random.choice(list(records))
        self.trace.append(f"  {record.display_name}")
        return record

    def ask(self):
        """The customer complains again and asks for something; we agree."""
        kind = self.random.choice(KINDS)
        quantity = float(self.random.randint(1, 5))
        vals = {"amount": self.random.choice((10.0, 45.0))} if kind == "discount" else {}
        self.trace.append(f"  {kind} {quantity}")
        self.demands |= self.case._request(
            self.order, kind=kind, quantity=quantity, user=self.case.env.user, **vals
        )

    def execute(self):
        self.pick(self.demands.filtered(lambda d: d.state == "accepted")).action_execute()

    def take_back(self):
        self.pick(self.demands.filtered(lambda d: d.state in ("accepted", "done"))).action_reopen()

    def _transfers(self):
        pickings = self.order.picking_ids | self.demands.picking_ids
        return pickings.filtered(lambda p: p.state not in ("done", "cancel"))

    def receive(self):
        self.case._validate(self.pick(self._transfers()))

    def cancel_transfer(self):
        self.pick(self._transfers()).action_cancel()

    def delete_transfer(self):
        picking = self.pick(self._transfers())
        picking.action_cancel()
        picking.unlink()

    def _refunds(self, state):
        refunds = self.order.invoice_ids | self.demands.refund_ids | self.invoices.reversal_move_ids
        return refunds.filtered(lambda m: m.move_type == "out_refund" and m.state == state)

    def post(self):
        self.pick(self._refunds("draft")).action_post()

    def reset(self):
        self.pick(self._refunds("posted") | self._refunds("cancel")).button_draft()

    def cancel_refund(self):
        self.pick(self._refunds("draft")).button_cancel()

    def delete_refund(self):
        self.pick(self._refunds("draft").filtered(lambda m: not m.posted_before)).unlink()

    def reverse(self):
        refund = self.pick(self._refunds("posted").filtered("complaint_demand_id"))
        if refund.reversal_move_ids:
            raise UserError("reversed already")
        refund._reverse_moves([{"invoice_date": fields.Date.today()}]).action_post()

    def return_by_hand(self):
        """The warehouse takes one piece back; it takes care itself not to take too many."""
        picking = self.order.picking_ids.filtered(lambda p: p.picking_type_code == "outgoing")[:1]
        move = picking.move_ids
        back = move.returned_move_ids.filtered(lambda m: m.state != "cancel")
        if sum(back.mapped("product_uom_qty")) + 1 > move.quantity:
            raise UserError("all of it came back")
        self.case._return(picking, {self.case.goods: 1.0})

    def credit_by_hand(self):
        """Finance credits one piece; it takes care itself not to credit too many."""
        invoice = self.random.choice(list(self.invoices))
        if self.credited_quantity(invoice) + 1 > invoice.invoice_line_ids.quantity:
            raise UserError("all of it is credited")
        if self.credited_money(invoice) + 20.0 > invoice.amount_untaxed:
            raise UserError("its money is credited")
        refund = invoice._reverse_moves([{"invoice_date": fields.Date.today()}])
        refund.invoice_line_ids.quantity = 1.0

    # ------------------------------------------------------------
    # What must hold
    # ------------------------------------------------------------
    def _living(self, invoice):
        """:return: credit notes of an invoice that still give something"""
        return invoice.reversal_move_ids.filtered(
            lambda m: m.state != "cancel" and "posted" not in m.reversal_move_ids.mapped("state")
        )

    def credited_quantity(self, invoice):
        """:return: pieces on credit notes of an invoice"""
        lines = self._living(invoice).invoice_line_ids
        return sum(lines.filtered("product_id").mapped("quantity"))

    def credited_money(self, invoice):
        """:return: money on credit notes of an invoice, before taxes"""
        return sum(self._living(invoice).mapped("amount_untaxed"))

    def check(self):
        """Nothing comes back or is credited twice, and requests say what their documents say."""
        for invoice in self.invoices:
            self.expect(
                self.credited_quantity(invoice) <= invoice.invoice_line_ids.quantity,
                "more pieces credited than invoiced",
            )
            self.expect(
                invoice.currency_id.compare_amounts(
                    self.credited_money(invoice), invoice.amount_untaxed
                )
                <= 0,
                "more money credited than invoiced",
            )
        self.check_goods()
        self.check_order()
        for demand in self.demands:
            self.check_request(demand)

    def check_goods(self):
        """What is on its way back or here is no more than what went out."""
        moves = self.case.env["stock.move"].search(
            [("product_id", "=", self.case.goods.id), ("state", "!=", "cancel")]
        )
        moves = moves.filtered(lambda m: m.sale_line_id == self.line)
        out = moves.filtered(lambda m: m.location_dest_id.usage == "customer" and m.state == "done")
        back = moves.filtered(lambda m: m.location_id.usage == "customer")
        self.expect(
            sum(back.mapped("product_uom_qty")) <= sum(out.mapped("quantity")),
            "more comes back than was delivered",
        )
        for move in out:
            returned = move.returned_move_ids.filtered(lambda m: m.state != "cancel")
            self.expect(
                sum(returned.mapped("product_uom_qty")) <= move.quantity,
                "more of a delivery comes back than it brought",
            )

    def check_order(self):
        """Our credit notes never make an order “to invoice” again; those made by hand may."""
        by_hand = self.invoices.reversal_move_ids.filtered(
            lambda m: not m.complaint_demand_id and m.state != "cancel"
        )
        by_hand = sum(by_hand.invoice_line_ids.filtered("sale_line_ids").mapped("quantity"))
        # Odoo's exchange: until the old goods are here, the customer has both
        exchanges = self.demands.filtered(lambda d: d.remedy_kind == "exchange").picking_ids
        moves = exchanges.move_ids.filtered(lambda m: m.state == "done")
        ahead = sum(
            move.quantity if move.location_dest_id.usage == "customer" else -move.quantity
            for move in moves
        )
        self.expect(
            self.line.qty_to_invoice <= by_hand + max(ahead, 0.0),
            "the order is to invoice again",
        )

    def check_request(self, demand):
        """Done means: all documents are; and where all are, it is done."""
        transfers = demand.picking_ids.filtered(lambda p: p.state != "cancel")
        refunds = demand.refund_ids.filtered(
            lambda m: m.state != "cancel" and "posted" not in m.reversal_move_ids.mapped("state")
        )
        ready = all(p.state == "done" for p in transfers) and all(
            m.state == "posted" for m in refunds
        )
        if demand.state == "done":
            self.expect(transfers or refunds, "done without any document")
            self.expect(ready, "done before its documents are")
        by_invoice = refunds.mapped("reversed_entry_id.id")
        self.expect(len(by_invoice) == len(set(by_invoice)), "two credit notes of one invoice")
        asked = sum(demand.line_ids.mapped("quantity"))
        credited = sum(refunds.invoice_line_ids.mapped("quantity"))
        if demand.remedy_kind == "credit":
            self.expect(credited <= asked, "credits more than it asks for")
            ready = ready and credited == asked
        if demand.remedy_kind in ("credit", "discount") and refunds and ready:
            self.expect(demand.state == "done", "its documents are done, it is not")

    def expect(self, holds, what):
        """Fail with the seed and all steps, so that the walk can be repeated."""
        if not holds:
            steps = "\n".join(self.trace)
            self.case.fail(f"seed {self.seed}: {what}, after\n{steps}")
