from odoo import models
from odoo.exceptions import UserError

from ..complaint.complaint_state_guard import TRUSTED
from ..fulfilment.complaint_demand_refund import REFUNDED_KINDS
from ..fulfilment.credit_room import CreditRoom


class AccountMoveGranted(models.Model):
    """No more is posted for a request than it grants (R38, T16): lowering is finance's right."""

    _inherit = "account.move"

    def _note_grant(self):
        """Remember what was drafted; called by the request that drafted these, as superuser."""
        for move in self.with_context(complaint_transition=TRUSTED):
            move.complaint_granted = move.amount_untaxed

    def _check_still_granted(self):
        """Before it is taken up again or posted; callers read the moves as superuser.

        :raise UserError: where the request was declined, or became something else
        """
        for move in self:
            demand = move.complaint_demand_id
            if not demand._still_grants(move._get_granting_kinds()):
                raise UserError(
                    self.env._(
                        "%(move)s was drafted for “%(request)s” of %(complaint)s, which does not "
                        "grant it any more: cancel it.",
                        move=move.display_name,
                        request=demand.display_name,
                        complaint=demand.complaint_id.name,
                    )
                )

    def _get_granting_kinds(self):
        """Hook: :return: tuple of kinds of request whose credit note this can be"""
        self.ensure_one()
        return REFUNDED_KINDS

    def _check_within_grant(self):
        """When it is posted; callers read the moves as superuser.

        :raise UserError: where more is credited than was drafted, or than the request asks for now
        """
        for move in self:
            demand, currency = move.complaint_demand_id, move.currency_id
            if currency.compare_amounts(move.amount_untaxed, move.complaint_granted) > 0:
                raise UserError(
                    self.env._(
                        "“%(request)s” grants %(amount)s before taxes, %(move)s says %(more)s: "
                        "lower it, or have the request changed.",
                        request=demand.display_name,
                        amount=currency.format(move.complaint_granted),
                        move=move.display_name,
                        more=currency.format(move.amount_untaxed),
                    )
                )
            if move._exceeds_request():
                raise UserError(
                    self.env._(
                        "“%(request)s” asks for less by now than %(move)s credits: cancel it and "
                        "have the request carried out anew.",
                        request=demand.display_name,
                        move=move.display_name,
                    )
                )

    def _exceeds_request(self):
        """:return: whether all living credit notes give more than the request asks for now"""
        self.ensure_one()
        demand = self.complaint_demand_id
        if demand.amount and not self.invoice_line_ids.complaint_demand_line_id:
            asked = demand.amount + 5 * demand.currency_id.rounding  # cents of taxes in prices
            given = sum(
                demand._convert_from(move, move.amount_untaxed)
                for move in demand._get_living_refunds()
            )
            return demand.currency_id.compare_amounts(given, asked) > 0
        for goods in self.invoice_line_ids.complaint_demand_line_id:
            credited = sum(
                CreditRoom.convert(line.quantity, line.product_uom_id, goods.product_uom_id)
                for line in goods.refund_line_ids
                if line.move_id._get_remedy_state() != "cancelled"
            )
            if goods.product_uom_id.compare(credited, goods.quantity) > 0:
                return True
        return False
