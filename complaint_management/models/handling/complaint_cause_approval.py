from odoo import models


class ComplaintCause(models.Model):
    """A cause is covered by the approval before the report leaves the house (R33)."""

    _name = "complaint.cause"
    _inherit = ["complaint.cause", "complaint.measure.mixin"]

    _APPROVED_FIELDS = frozenset({"name", "whys", "cause_type", "category_id", "department_id"})
    _VOID_STATE = "rejected"
