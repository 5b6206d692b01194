from odoo import api, fields, models


class ComplaintEightdUse(models.Model):
    """Whether a complaint's form asks what only an 8D report needs."""

    _inherit = "complaint.complaint"

    uses_8d = fields.Boolean(
        compute="_compute_uses_8d",
        help="The customer wants an 8D report, or somebody has begun one.",
    )

    @api.depends("report_kind", "report_ids.kind", "check_ids", "member_ids")
    def _compute_uses_8d(self):
        for complaint in self:
            # sudo: which documents exist, to whoever may read the complaint
            kinds = complaint.sudo().report_ids.mapped("kind")
            complaint.uses_8d = (
                complaint.report_kind == "8d"
                or "8d" in kinds
                or bool(complaint.check_ids or complaint.member_ids)
            )


class ComplaintActionEightdUse(models.Model):
    """A measure asks what an 8D report says of it only where there is to be one."""

    _inherit = "complaint.action"

    uses_8d = fields.Boolean(compute="_compute_uses_8d")

    @api.depends("complaint_id.uses_8d")
    def _compute_uses_8d(self):
        for action in self:
            # sudo: a supervisor may not read the complaint
            action.uses_8d = action.sudo().complaint_id.uses_8d
