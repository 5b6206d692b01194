from odoo import api, fields, models

from ..complaint.complaint_complaint import INSIDE_GROUPS


class ComplaintRoutingAdvice(models.Model):
    """The customer's wishes suggest the route, below his requests (R19)."""

    _inherit = "complaint.complaint"

    route_advice = fields.Text(compute="_compute_route_advice", groups=INSIDE_GROUPS)

    @api.depends("demand_ids.kind", "demand_ids.state", "complainant_type")
    @api.depends_context("lang")
    def _compute_route_advice(self):
        routes = self.env["complaint.route"]
        for complaint in self:
            company = complaint.company_id or self.env.company
            open_demands = complaint.demand_ids.filtered(
                lambda d: d.state in (False, "open", "offered", "accepted")
            )
            advice = [
                text
                for kind in dict.fromkeys(open_demands.mapped("kind"))
                for text in routes._get_advice(company, kind, complaint.complainant_type)
            ]
            complaint.route_advice = "\n".join(dict.fromkeys(advice))
