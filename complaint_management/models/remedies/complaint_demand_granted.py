from odoo import api, fields, models

from ..complaint.complaint_complaint import INSIDE_GROUPS


class ComplaintDemandGranted(models.Model):
    """What a settled request gave the customer, beside what his goods were worth (R51).

    A snapshot of the day it was settled: prices that change later change no past. Both are in the
    request's currency, so that their share can be compared with any other's.
    """

    _inherit = "complaint.demand"

    granted_value = fields.Monetary(
        "Granted",
        compute="_compute_granted",
        store=True,
        groups=INSIDE_GROUPS,
        help="What the settled request was worth to the customer; a declined one nothing.",
    )
    goods_value = fields.Monetary(
        "Value of the goods",
        compute="_compute_granted",
        store=True,
        groups=INSIDE_GROUPS,
        help="What he paid for the affected goods, when the request was settled.",
    )

    # Cases to compare with are the latest settled ones of a kind
    _settled_index = models.Index(
        "(company_id, kind, date_answered DESC) WHERE state IN ('done', 'declined')"
    )

    @api.depends("state")
    def _compute_granted(self):
        for demand in self:
            if demand.state not in ("done", "declined"):
                demand.granted_value = demand.goods_value = 0.0
                continue
            # sudo: prices of the goods, to be kept; the fields' groups say who reads them
            settled = demand.sudo()
            demand.granted_value = settled._get_value() if demand.state == "done" else 0.0
            demand.goods_value = settled._get_affected_value()

    def _get_affected_value(self):
        """:return: what the customer paid for the affected goods, in ``currency_id``"""
        self.ensure_one()
        # sudo: prices of the sale that is complained about, to who handles the complaint
        lines = self.env["complaint.demand.line"].sudo()
        goods = [
            lines.new(self.sudo()._prepare_demand_line_vals(line))
            for line in self._get_affected_lines()
        ]
        return self.currency_id.round(
            sum(self._get_goods_price(line) * line.quantity for line in goods)
        )
