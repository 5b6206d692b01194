from odoo import fields, models

from .complaint_action import MEASURE_KINDS


class ComplaintAction(models.Model):
    """Corrective and preventive actions are covered by the approval (R33).

    What proves a measure to the customer is a text of its own: notes of colleagues stay inside.
    """

    _name = "complaint.action"
    _inherit = ["complaint.action", "complaint.measure.mixin"]

    _APPROVED_FIELDS = frozenset({"name", "kind", "cause_id", "description", "evidence_note"})
    _VOID_STATE = "cancelled"

    evidence_note = fields.Char(
        "Evidence for the customer",
        help="What proves the measure: a record, a test, a photo. Printed in the report.",
    )

    def _is_measure(self):
        """:return: whether it stops recurrence; the other kinds need no approval"""
        return self.kind in MEASURE_KINDS

    def _is_written_by_plan(self):
        # Only ``_start_plans`` creates so: nobody else gives ``template_id``, whatever he sends
        return bool(self.template_id) and self._is_trusted()
