from odoo import fields, models

from ..complaint.complaint_state_guard import EVERYTHING

DOCUMENT_KINDS = [
    ("dfmea", "Design FMEA"),
    ("pfmea", "Process FMEA"),
    ("control_plan", "Control plan"),
    ("instruction", "Work instruction"),
    ("flow", "Process flow chart"),
    ("drawing", "Drawing or specification"),
    ("training", "Training"),
    ("other", "Other"),
]


class ComplaintDocumentRevision(models.Model):
    """A document of the quality system revised because of a case (8D D7)."""

    _name = "complaint.document.revision"
    _description = "Revised Document"
    _inherit = ["complaint.child.mixin"]
    _order = "complaint_id, sequence, id"
    _OUTLIVES_CLOSING = False
    _FROZEN_FIELDS = {"closed": EVERYTHING}
    _VERSIONED_FIELDS = frozenset({"kind", "name", "revision", "date_due", "date_done"})

    sequence = fields.Integer(default=10)
    kind = fields.Selection(DOCUMENT_KINDS, required=True, default="pfmea")
    name = fields.Char("Number and title", help="Printed in the 8D report.")
    revision = fields.Char("New revision")
    date_due = fields.Date("Due")
    date_done = fields.Date("Released on", help="Empty: not released yet.")
