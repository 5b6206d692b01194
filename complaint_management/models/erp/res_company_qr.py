from odoo import fields, models


class ResCompany(models.Model):
    """Whether delivery slips carry a QR code for complaints, and how long it opens (R5)."""

    _inherit = "res.company"

    complaint_qr = fields.Boolean(
        "QR code on delivery slips",
        default=True,
        help="Whoever holds the goods can complain without a login. Switched off, printed codes "
        "lead nowhere.",
    )
    complaint_qr_days = fields.Integer(
        "QR code opens for (days)",
        default=180,
        required=True,
        help="Calendar days from the delivery.",
    )

    _complaint_qr_days = models.Constraint(
        "CHECK(complaint_qr_days BETWEEN 1 AND 3650)",
        "A QR code opens the form for 1 to 3650 days.",
    )


class ResConfigSettings(models.TransientModel):
    """The same among the settings."""

    _inherit = "res.config.settings"

    complaint_qr = fields.Boolean(related="company_id.complaint_qr", readonly=False)
    complaint_qr_days = fields.Integer(related="company_id.complaint_qr_days", readonly=False)
