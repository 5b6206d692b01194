from odoo import api, fields, models

from .complaint_recharge import CLAIM_GROUPS


class ResPartner(models.Model):
    """What was claimed from a vendor, beside his purchases (R20)."""

    _inherit = "res.partner"

    complaint_recharge_count = fields.Integer(
        "Supplier claims", compute="_compute_complaint_recharge_count", groups=CLAIM_GROUPS
    )

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_complaint_recharge_count(self):
        """Count with one query for any number; his people share the claims of their company."""
        rows = self.env["complaint.recharge"]._read_group(
            [("partner_id.commercial_partner_id", "in", self.commercial_partner_id.ids)],
            ["partner_id"],
            ["__count"],
        )
        counts = {}
        for partner, count in rows:
            firm = partner.commercial_partner_id
            counts[firm] = counts.get(firm, 0) + count
        for partner in self:
            partner.complaint_recharge_count = counts.get(partner.commercial_partner_id, 0)

    def action_view_complaint_recharges(self):
        """:return: action of the claims from this vendor"""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "complaint_management_purchase.complaint_recharge_action"
        )
        firms = self.commercial_partner_id
        action["domain"] = [("partner_id.commercial_partner_id", "in", firms.ids)]
        action["context"] = {"create": False}
        return action
