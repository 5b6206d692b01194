from odoo import api, fields, models

from ..complaint.complaint_complaint import INSIDE_GROUPS


class ComplaintEightdUse(models.Model):
    """Whether a complaint's form asks what only an 8D report needs."""

    _inherit = "complaint.complaint"

    uses_8d = fields.Boolean(
        compute="_compute_uses_8d",
        help="The customer wants an 8D report, or somebody has begun one.",
    )

    eightd_dates = fields.Char(
        "Stages",
        compute="_compute_eightd_dates",
        groups=INSIDE_GROUPS,
        help="Until when the customer expects which version, and when it went out.",
    )

    @api.depends("date_received", "report_ids.state", "partner_id", "contact_id", "team_id")
    def _compute_eightd_dates(self):
        for complaint in self:
            profile = complaint._find_report_profile(kind="8d")
            due = complaint._get_report_due(profile)
            sent = complaint._get_stages_sent()
            texts = []
            for code, label in (("d3", "D3"), ("d5", "D5"), ("final", "D8")):
                if code in sent:
                    day = complaint._get_print_day(sent[code])
                    texts.append(self.env._("%(stage)s sent on %(day)s", stage=label, day=day))
                elif code in due:
                    day = complaint._get_print_day(due[code])
                    texts.append(self.env._("%(stage)s due on %(day)s", stage=label, day=day))
            complaint.eightd_dates = " · ".join(texts)

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
