from odoo import fields, models

from .complaint_complaint import INSIDE_GROUPS

RESPONSIBILITIES = [
    ("ours", "Ours"),
    ("supplier", "Supplier"),
    ("carrier", "Carrier"),
    ("customer", "Customer"),
    ("misunderstanding", "Misunderstanding"),
    ("none", "Nobody"),
]

OUTCOMES = [
    ("accepted", "Accepted"),
    ("tacit", "Tacitly accepted"),
    ("rejected", "Rejected"),
    ("exhausted", "All offers exhausted"),
    ("withdrawn", "Withdrawn"),
    ("duplicate", "Duplicate"),
]


class ComplaintFindings(models.Model):
    """What we found, what we plan, what the customer says to it (R20, R34, R46, R63).

    Facts and opinions have separate fields; the dates of these are stamped by the verbs.
    """

    _inherit = "complaint.complaint"

    validity = fields.Selection(
        [
            ("justified", "Justified"),
            ("partly", "Partly justified"),
            ("not_justified", "Not justified"),
        ],
        copy=False,
        tracking=True,
    )
    responsibility = fields.Selection(RESPONSIBILITIES, copy=False, tracking=True)
    investigation_result = fields.Text(copy=False, help="Facts only: what was checked and found.")
    assessment = fields.Text(
        "Internal assessment",
        copy=False,
        groups=INSIDE_GROUPS,
        help="Opinions stay here and never leave the house.",
    )
    plan_summary = fields.Text("Handling plan", copy=False)
    customer_feedback = fields.Text(copy=False)
    outcome = fields.Selection(
        OUTCOMES,
        readonly=True,
        copy=False,
        tracking=True,
    )
    cancel_reason = fields.Text(readonly=True, copy=False)
