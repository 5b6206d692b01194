from odoo import api, fields, models
from odoo.exceptions import UserError

from ..complaint.complaint_complaint import INSIDE_GROUPS
from ..complaint.complaint_state_guard import TRUSTED
from ..fulfilment.credit_room import CreditRoom


class AccountMove(models.Model):
    """A credit note that meets a customer's request (R37, T17)."""

    _name = "account.move"
    _inherit = ["account.move", "complaint.remedy.document.mixin"]

    complaint_taken_back = fields.Boolean(
        readonly=True,
        copy=False,
        groups=INSIDE_GROUPS,
        help="Posted entries reversed the whole credit note: it gives nothing any more.",
    )

    complaint_granted = fields.Monetary(
        "Granted by the request",
        readonly=True,
        copy=False,
        groups=INSIDE_GROUPS,
        help="What was drafted, before taxes: no more of it is posted.",
    )

    # One living credit note for each request and invoice, whatever the door (T17)
    _complaint_demand_unique = models.UniqueIndex(
        "(complaint_demand_id, COALESCE(reversed_entry_id, 0)) "
        "WHERE complaint_demand_id IS NOT NULL AND state != 'cancel' "
        "AND complaint_taken_back IS NOT TRUE",
        "The customer's request has its credit note already.",
    )

    # ------------------------------------------------------------
    # How far it is
    # ------------------------------------------------------------
    def _get_remedy_state(self):
        self.ensure_one()
        # sudo: a fact about the entry, for whoever asks
        if self.state == "cancel" or self.sudo().complaint_taken_back:
            return "cancelled"
        return "done" if self.state == "posted" else "open"

    def _get_remedy_label(self):
        """See super; the amount is for people who may not open it."""
        return f"{super()._get_remedy_label()} · {self.currency_id.format(self.amount_total)}"

    def _is_taken_back(self):
        """:return: whether posted entries reversed it wholly"""
        self.ensure_one()
        back = self.reversal_move_ids.filtered(lambda m: m.state == "posted")
        if not back or self.state != "posted":
            return False
        return (
            self.currency_id.compare_amounts(sum(back.mapped("amount_total")), self.amount_total)
            >= 0
        )

    # ------------------------------------------------------------
    # What changes it
    # ------------------------------------------------------------
    def write(self, vals):
        """See super; posting, cancelling and resetting tell the request."""
        self._check_stays_refund(vals)
        if "state" not in vals:
            return super().write(vals)
        # sudo: whoever posts need not see requests
        ours = self.sudo().filtered("complaint_demand_id")
        revived = ours.filtered(lambda m: vals["state"] != m.state == "cancel")
        revived._check_not_replaced()
        posted = ours.filtered(
            lambda m: m.move_type == "out_refund" and m.state != vals["state"] == "posted"
        )
        (revived | posted)._check_still_granted()
        result = super().write(vals)
        posted._check_within_grant()
        (revived | posted)._check_left()
        ours._follow_complaint_check()
        self._follow_remedy()
        self._follow_reversed()
        return result

    def unlink(self):
        """A credit note whose reversal vanishes counts again."""
        # sudo: whoever deletes need not see requests
        reversed_ = (self.sudo().reversed_entry_id - self.sudo()).filtered("complaint_demand_id")
        result = super().unlink()
        reversed_.exists()._note_reversal()
        return result

    def _check_stays_refund(self, vals):
        """:raise UserError: when the credit note of a request would become an invoice"""
        if vals.get("move_type", "out_refund") == "out_refund":
            return
        # sudo: whether it meets a request
        for move in self.sudo().filtered("complaint_demand_id"):
            raise UserError(
                self.env._("%s meets a customer's request: cancel it instead.", move.display_name)
            )

    def _follow_reversed(self):
        """Tell our credit notes that entries which reverse them were posted or taken back."""
        # sudo: whoever posts need not see requests
        moves = self.sudo().reversed_entry_id
        moves.filtered("complaint_demand_id")._note_reversal()

    def _note_reversal(self):
        """Note whether these credit notes were reversed; callers read them as superuser."""
        for move in self:
            taken_back = move._is_taken_back()
            if move.complaint_taken_back == taken_back:
                continue
            if not taken_back:
                move._check_not_replaced()
                move._check_still_granted()
            move.with_context(complaint_transition=TRUSTED).write(
                {"complaint_taken_back": taken_back}
            )
            move._check_left()
            move._follow_remedy()

    def _check_not_replaced(self):
        """A credit note that counts again must not come on top of the one that replaced it.

        :raise UserError: naming the other one
        """
        for move in self:
            others = move.complaint_demand_id._get_living_refunds() - move
            same = others.filtered_domain([("reversed_entry_id", "=", move.reversed_entry_id.id)])
            if same:
                raise UserError(
                    self.env._(
                        "%(move)s was replaced by %(other)s: cancel that first.",
                        move=move.display_name,
                        other=same[0].display_name,
                    )
                )

    def _check_left(self):
        """:raise UserError: when an invoice would be credited beyond what it says"""
        for invoice in self.reversed_entry_id.filtered(CreditRoom.is_invoice):
            room = CreditRoom(invoice)
            left = invoice.currency_id.compare_amounts(room.get_amount(invoice), 0.0)
            if left < 0 or room.exceeded:
                raise UserError(
                    self.env._(
                        "%(invoice)s would be credited more than it says: another credit note has "
                        "taken what was left. Lower or cancel %(move)s, or cancel the other one.",
                        invoice=invoice.name,
                        move=self.filtered(lambda m, i=invoice: m.reversed_entry_id == i)[
                            0
                        ].display_name,
                    )
                )

    @api.model
    def _get_remedy_facts(self):
        """See super; what makes room for another credit note, and what may be posted, too."""
        return super()._get_remedy_facts() | {"complaint_taken_back", "complaint_granted"}
