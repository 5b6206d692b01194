from odoo import fields, models


class ComplaintDepartment(models.Model):
    """Workshop, warehouse or office that is responsible or acts (R30-R32); needs no HR app."""

    _name = "complaint.department"
    _description = "Complaint Department"
    _inherit = ["complaint.taxonomy.mixin"]

    user_id = fields.Many2one("res.users", "Supervisor", domain="[('share', '=', False)]")
