from odoo import api, fields, models
from odoo.exceptions import UserError

SAMPLE_STEPS = [
    ("requested", "Requested"),
    ("received", "Received"),
    ("inspected", "Inspected"),
    ("passed", "Handed on"),
    ("returned", "Returned"),
]


class ComplaintSampleMove(models.Model):
    """One step of a sample's custody: who had it, where, from when (R8, ISO 17025 § 7.4).

    Written by the verbs of ``complaint.evidence`` only, and never changed: an auditor reads it.
    """

    _name = "complaint.sample.move"
    _description = "Sample Custody"
    _inherit = ["complaint.child.mixin"]
    _order = "date desc, id desc"

    evidence_id = fields.Many2one(
        "complaint.evidence", "Sample", required=True, index=True, ondelete="cascade"
    )
    step = fields.Selection(SAMPLE_STEPS, required=True)
    date = fields.Datetime("When", required=True, default=fields.Datetime.now)
    user_id = fields.Many2one("res.users", "Recorded by", required=True)
    holder = fields.Char("With whom", help="Who has the sample from then on.")
    place = fields.Char("Where")
    note = fields.Char("Remark", help="Its condition, its seal, what was found.")

    @api.model
    def _get_verb_fields(self):
        """All of it: custody is recorded, not edited."""
        return super()._get_verb_fields() | {
            "evidence_id",
            "step",
            "date",
            "user_id",
            "holder",
            "place",
            "note",
        }

    def _check_deletable(self):
        """:raise UserError: always; a draft that is deleted takes its samples along"""
        raise UserError(self.env._("The custody of a sample stays as it was recorded."))

    @api.depends("step", "evidence_id.name")
    def _compute_display_name(self):
        steps = dict(self._fields["step"]._description_selection(self.env))
        for move in self:
            move.display_name = f"{move.evidence_id.name or ''}: {steps.get(move.step, '')}"
