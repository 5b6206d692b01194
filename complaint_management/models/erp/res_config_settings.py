from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """What a company may want otherwise; every setting has the default most would keep."""

    _inherit = "res.config.settings"

    complaint_four_eyes = fields.Boolean(related="company_id.complaint_four_eyes", readonly=False)
    complaint_form_number = fields.Char(related="company_id.complaint_form_number", readonly=False)
    complaint_form_revision = fields.Char(
        related="company_id.complaint_form_revision", readonly=False
    )
    complaint_severity_major = fields.Integer(
        related="company_id.complaint_severity_major", readonly=False
    )
    complaint_severity_critical = fields.Integer(
        related="company_id.complaint_severity_critical", readonly=False
    )
    complaint_repeat_months = fields.Integer(
        related="company_id.complaint_repeat_months", readonly=False
    )
    complaint_warranty_months = fields.Integer(
        related="company_id.complaint_warranty_months", readonly=False
    )
