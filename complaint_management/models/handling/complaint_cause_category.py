from odoo import fields, models


class ComplaintCauseCategory(models.Model):
    """Where a root cause lies: man, machine, material, method … (R30)."""

    _name = "complaint.cause.category"
    _description = "Cause Category"
    _inherit = ["complaint.taxonomy.mixin"]

    is_person = fields.Boolean(
        help="A person alone is no root cause: choosing this one warns to ask further."
    )
