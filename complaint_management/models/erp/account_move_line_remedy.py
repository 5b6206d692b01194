from odoo import api, fields, models

from ..complaint.complaint_complaint import INSIDE_GROUPS


class AccountMoveLine(models.Model):
    """Goods of a request on a credit note."""

    _name = "account.move.line"
    _inherit = ["account.move.line", "complaint.remedy.line.mixin"]

    complaint_goods_stay = fields.Boolean(
        "Goods stay with the customer",
        readonly=True,
        copy=False,
        groups=INSIDE_GROUPS,
        help="They are credited and do not come back: stock gets no value back.",
    )

    @api.model
    def _get_remedy_facts(self):
        """See super; whether the goods came back is a fact, too."""
        return super()._get_remedy_facts() | {"complaint_goods_stay"}

    def _eligible_for_stock_account(self):
        """What stays with the customer brings no value back into stock."""
        # sudo: whoever posts need not see the request
        return not self.sudo().complaint_goods_stay and super()._eligible_for_stock_account()
