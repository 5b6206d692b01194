from odoo import api, fields, models

from ..complaint.complaint_complaint import INSIDE_GROUPS


class ResPartnerReport(models.Model):
    """In which form a customer gets his documents, seen and changed from his own page (R44)."""

    _inherit = "res.partner"

    complaint_profile_id = fields.Many2one(
        "complaint.report.profile",
        "Report profile",
        compute="_compute_complaint_profile_id",
        groups=INSIDE_GROUPS,
        help="How he gets documents about complaints: his own way, or that of whom he belongs to.",
    )

    @api.depends("parent_id")
    @api.depends_context("company")
    def _compute_complaint_profile_id(self):
        profiles = self.env["complaint.report.profile"]
        for partner in self:
            chain = profiles._get_chain(partner._origin)
            partner.complaint_profile_id = profiles._find(self.env.company, chain)

    def action_view_complaint_profiles(self):
        """Open the profiles this partner has or inherits; a new one is his.

        :return: window action
        :raise AccessError: for those who do not work on complaints
        """
        self.ensure_one()
        self.check_access("read")
        self.env["complaint.report.profile"].check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "complaint_management.action_complaint_report_profile"
        )
        chain = self.env["complaint.report.profile"]._get_chain(self)
        return {
            **action,
            "domain": [("partner_id", "in", [*chain, False])],
            "context": {"default_partner_id": self.id, "default_name": self.name},
        }
