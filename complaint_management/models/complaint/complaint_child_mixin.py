from odoo import api, fields, models
from odoo.exceptions import UserError

from .complaint_complaint import UNREGISTERED_STATES


class ComplaintChildMixin(models.AbstractModel):
    """What belongs to one complaint: shares its company and moves its version on (T3, T17).

    Record rules of each child mirror its parent's; they are in ``security/``.
    """

    _name = "complaint.child.mixin"
    _description = "Part of a Complaint"
    _inherit = ["complaint.state.guard"]
    _check_company_auto = True
    # Fields of the child whose change others should see first; each child names its own.
    _VERSIONED_FIELDS = frozenset()
    # Whether it is what the customer said or gave: then nobody deletes it after registration.
    _IS_SAID = False

    complaint_id = fields.Many2one(
        "complaint.complaint", required=True, index=True, ondelete="cascade", check_company=True
    )
    company_id = fields.Many2one(
        related="complaint_id.company_id", store=True, precompute=True, index=True
    )
    round_number = fields.Integer(
        "Round",
        compute="_compute_round_number",
        store=True,
        precompute=True,
        aggregator=None,
        help="The round this belongs to; unfinished actions move to the next one.",
    )

    @api.depends("complaint_id")
    def _compute_round_number(self):
        for record in self:
            record.round_number = record.round_number or record.complaint_id.round or 1

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._bump_complaint_version()
        return records

    def write(self, vals):
        """A part stays where it was made: moving one's own would open another complaint (T3)."""
        if "complaint_id" in vals and any(r.complaint_id.id != vals["complaint_id"] for r in self):
            raise UserError(
                self.env._(
                    "%s: cannot be moved to another complaint, add it there.",
                    self._get_model_label(),
                )
            )
        result = super().write(vals)
        if self._VERSIONED_FIELDS.intersection(vals):
            self._bump_complaint_version()
        return result

    def unlink(self):
        """Count a new version of the complaint that loses a part."""
        complaints = self.complaint_id
        result = super().unlink()
        complaints.exists()._bump_version()
        return result

    def _check_deletable(self):
        """What the customer said and gave stays, whoever asks and through whatever door (T20)."""
        super()._check_deletable()
        for record in self if self._IS_SAID else ():
            if record.complaint_id.state not in UNREGISTERED_STATES:
                raise UserError(
                    self.env._(
                        "%(complaint)s is registered: “%(part)s” stays. Correct it or add what is "
                        "missing.",
                        complaint=record.complaint_id.name,
                        part=record.display_name,
                    )
                )

    @api.model
    def _get_verb_fields(self):
        return super()._get_verb_fields() | {"round_number"}

    def _bump_complaint_version(self):
        """Drafts are one person's work: only what others already saw counts versions."""
        self.complaint_id.filtered(lambda c: c.state not in ("draft", False))._bump_version()
