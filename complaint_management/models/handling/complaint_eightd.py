from odoo import fields, models

from ..complaint.complaint_complaint import ComplaintComplaint
from ..complaint.complaint_line import ComplaintLine
from .complaint_action import ComplaintAction


class ComplaintEightd(models.Model):
    """What an 8D report asks for beside what every case has (R44, practice: *8D*)."""

    _inherit = "complaint.complaint"
    _VERSIONED_FIELDS = ComplaintComplaint._VERSIONED_FIELDS | {
        "customer_plant",
        "failure_place",
        "first_good_lot",
        "first_good_marking",
        "date_containment_removed",
        "lesson_learned",
    }

    customer_plant = fields.Char(
        "Customer's plant", help="Where the goods were used; printed in the 8D report."
    )
    failure_place = fields.Selection(
        [("zero_km", "0 km"), ("field", "In the field")],
        "Failure type",
        help="0 km: found before the end user had it, at the customer's plant or in transit.",
    )
    member_ids = fields.One2many("complaint.member", "complaint_id", "Problem-solving team")
    comparison_ids = fields.One2many("complaint.comparison", "complaint_id", "Is / is not")
    check_ids = fields.One2many("complaint.containment.check", "complaint_id", "Containment checks")
    revision_ids = fields.One2many(
        "complaint.document.revision", "complaint_id", "Revised documents"
    )
    first_good_lot = fields.Char(
        "First certified-good lot", help="From this lot on the customer can use the goods."
    )
    first_good_marking = fields.Char(
        "How good goods are marked", help="E.g. a green dot on the carton."
    )
    date_containment_removed = fields.Date(
        "Containment removed on", help="The lasting measures work; sorting has ended."
    )
    lesson_learned = fields.Text(help="In words the customer may read; no names.")


class ComplaintEightdLine(models.Model):
    """Which part it is in the customer's words: his number, his drawing."""

    _inherit = "complaint.line"
    _VERSIONED_FIELDS = ComplaintLine._VERSIONED_FIELDS | {"customer_part", "drawing_revision"}

    customer_part = fields.Char("Customer's part number")
    drawing_revision = fields.Char("Drawing, revision")


class ComplaintEightdAction(models.Model):
    """Why a measure was chosen, from which goods on it holds, what proves it (8D D5, D6)."""

    _inherit = "complaint.action"
    _VERSIONED_FIELDS = ComplaintAction._VERSIONED_FIELDS | {
        "choice_note",
        "clean_point",
        "validation_note",
    }

    choice_note = fields.Text(
        "Chosen and verified how",
        help="Why this measure and not another, and how its effect was tried before it was "
        "introduced. Printed in the 8D report.",
    )
    clean_point = fields.Char(
        help="Lot, serial number or day from which goods are made this way. Printed in the 8D "
        "report.",
    )
    validation_note = fields.Text(
        "Validation", help="Numbers that show it works. Printed in the 8D report."
    )
