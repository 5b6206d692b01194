from odoo import fields, models


class ComplaintComplaint(models.Model):
    """Where customers complain from: the map of the dashboard groups by it."""

    _inherit = "complaint.complaint"

    country_id = fields.Many2one(related="partner_id.country_id", string="Customer's country")
