from odoo import fields, models


class ResCompany(models.Model):
    """Form number and revision a company's quality system gives the feedback sheet (R45)."""

    _inherit = "res.company"

    complaint_form_number = fields.Char("Feedback sheet: form number", default="CM-F-01")
    complaint_form_revision = fields.Char("Feedback sheet: revision", default="1")
