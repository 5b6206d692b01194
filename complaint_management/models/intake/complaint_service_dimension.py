from odoo import api, fields, models

# The five dimensions in which customers judge a service (R18, SERVQUAL).
SERVICE_DIMENSIONS = [
    ("tangibles", "Tangibles"),
    ("reliability", "Reliability"),
    ("responsiveness", "Responsiveness"),
    ("assurance", "Assurance"),
    ("empathy", "Empathy"),
]


class ComplaintDefect(models.Model):
    """What went wrong in a service belongs to one of its dimensions (R18)."""

    _inherit = "complaint.defect"

    service_dimension = fields.Selection(
        SERVICE_DIMENSIONS, help="For complaints about service: proposed when this is picked."
    )


class ComplaintServiceDimension(models.Model):
    """In which dimension of service quality the customer was let down (R18)."""

    _inherit = "complaint.complaint"

    service_dimension = fields.Selection(
        SERVICE_DIMENSIONS,
        compute="_compute_service_dimension",
        store=True,
        precompute=True,
        readonly=False,
        help="Tangibles: what one sees. Reliability: promises kept. Responsiveness: quick help. "
        "Assurance: knowledge and courtesy. Empathy: needs listened to.",
    )

    @api.depends("defect_id")
    def _compute_service_dimension(self):
        for complaint in self:
            complaint.service_dimension = (
                complaint.defect_id.service_dimension or complaint.service_dimension
            )
