import re

from odoo import Command, api, models
from odoo.exceptions import UserError

from .complaint_started import STARTED_LINES

PHONE_LENGTH = 64
# Of one lot to one customer; the last one is looked for
MAX_SENT = 100


class ComplaintCallStart(models.AbstractModel):
    """From the call to the complaint in one press (R1, R2, R6, R61): what the caller talks about is
    filled in, who is on the phone is the contact, his number is kept.
    """

    _inherit = "complaint.call"

    @api.model
    def start_complaint(
        self,
        partner_id=None,
        number="",
        order_id=None,
        picking_id=None,
        sale_line_id=None,
        lot_id=None,
    ):
        """Open the quick form of a complaint about what the caller talks about.

        With an order or a delivery the draft is saved at once, and the caller's untouched draft
        about the same is opened again rather than a second one. Without any, a new complaint is
        shown; it is saved as soon as it has words.

        :param int partner_id: ``res.partner`` who is on the phone
        :param str number: his telephone number in any notation
        :param int order_id: ``sale.order`` he talks about
        :param int picking_id: ``stock.picking`` he talks about; goes before the order
        :param int sale_line_id: ``sale.order.line`` he talks about: its goods are ticked
        :param int lot_id: ``stock.lot`` he talks about: its goods are ticked; without order and
            delivery, the last order of this customer with which it went out
        :return: action that shows the quick form
        :raise AccessError: for users who do not take complaints, and for documents they may not
            read
        :raise UserError: for a quotation, a cancelled order, a transfer that brought nothing to a
            customer, or what is no number of a record
        """
        self._check_card_access()
        caller = self._browse_asked("res.partner", partner_id)
        sale_line = self._browse_asked("sale.order.line", sale_line_id)
        lot = self._browse_asked("stock.lot", lot_id)
        order = self._browse_asked("sale.order", order_id) or sale_line.order_id
        picking = self._browse_asked("stock.picking", picking_id)
        source = picking or order or self._find_order_of_lot(lot, caller)
        phone = self._clean_number(number)
        if not source:
            return self._start_directly(caller, phone, lot)
        return self.env["complaint.complaint"]._open_from(
            source, self._prepare_caller_vals(caller, phone), sale_line=sale_line, lot=lot
        )

    # ------------------------------------------------------------
    # What was asked for
    # ------------------------------------------------------------
    @api.model
    def _browse_asked(self, model, record_id):
        """:return: the record asked for, empty without one

        :raise UserError: for what cannot be the id of a record
        :raise MissingError: for one that is gone
        :raise AccessError: for one the user may not read
        """
        if not record_id:
            return self.env[model]
        if type(record_id) is not int or not 0 < record_id < 2**31:
            raise UserError(self.env._("“%s” is no number of a record.", str(record_id)[:40]))
        record = self.env[model].browse(record_id)
        record.check_access("read")
        return record

    @api.model
    def _clean_number(self, number):
        """:return: the number as it may be written down: one line, not longer than any number"""
        return " ".join(re.sub(r"[^\x20-\uffff]", " ", str(number or "")).split())[:PHONE_LENGTH]

    @api.model
    def _find_order_of_lot(self, lot, caller):
        """:return: the last ``sale.order`` of the caller's company with which a lot went out

        Of somebody unknown none is taken: whose order it was is proposed, not assumed (R61).
        """
        orders = self.env["sale.order"]
        customer = caller.commercial_partner_id
        if not lot or not customer:
            return orders
        # sudo: where this lot went, to this customer; only orders the user may read are taken
        moves = self.env["stock.move.line"].sudo()
        buyer = "move_id.sale_line_id.order_id.partner_id.commercial_partner_id"
        sent = moves.search(
            [("lot_id", "=", lot.id), ("state", "=", "done"), (buyer, "=", customer.id)],
            order="date desc, id desc",
            limit=MAX_SENT,
        )
        sold = sent.move_id.sale_line_id.order_id
        readable = sold.with_env(self.env)._filtered_access("read")
        return readable.sorted(lambda order: (order.date_order, order.id))[-1:]

    # ------------------------------------------------------------
    # Values
    # ------------------------------------------------------------
    @api.model
    def _prepare_caller_vals(self, caller, phone):
        """Who is on the phone, and the way it came; called for every complaint a call starts."""
        channel = self._get_channel()
        vals = {"channel_id": channel.id} if channel else {}
        if phone:
            vals["phone"] = phone
        if caller:
            vals["contact_id"] = caller.id
        return vals

    @api.model
    def _get_channel(self):
        """:return: the hotline for customer service, the salesperson's own phone for the others"""
        served = self.env.user.has_group("complaint_management.group_complaint_service")
        name = "channel_phone_hotline" if served else "channel_phone_salesperson"
        channel = self.env.ref(f"complaint_management.{name}", raise_if_not_found=False)
        return channel.filtered("active") if channel else self.env["complaint.channel"]

    @api.model
    def _start_directly(self, caller, phone, lot):
        """The direct door: a known customer without an order, or a consumer nobody knows (R61).

        :return: action with a new complaint; nothing is saved before it has words
        """
        vals = self._prepare_caller_vals(caller, phone)
        vals.update(self._prepare_direct_vals(caller))
        action = self.env["complaint.complaint"]._get_quick_action()
        action["context"] = {
            **{f"default_{name}": value for name, value in vals.items()},
            STARTED_LINES: [Command.create(self._prepare_direct_line_vals(lot))],
        }
        return action

    @api.model
    def _prepare_direct_vals(self, caller):
        """Who complains directly; called by :meth:`_start_directly`."""
        if not caller:
            return {"complainant_type": "consumer"}
        customer = caller.commercial_partner_id
        return {
            "partner_id": customer.id,
            "contact_id": caller.id if caller != customer else False,
            "complainant_type": "customer",
        }

    @api.model
    def _prepare_direct_line_vals(self, lot):
        """Goods nobody found an order of; called by :meth:`_start_directly`."""
        vals = {"quantity_complained": 1}
        if lot:
            vals.update(product_id=lot.product_id.id, lot_ids=[Command.set(lot.ids)])
        return vals
