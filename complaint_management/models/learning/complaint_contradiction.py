from odoo import api, fields, models
from odoo.exceptions import UserError

from ..complaint.complaint_state_guard import TRUSTED

WITHDRAWN = [
    ("cancelled", "The complaint was cancelled"),
    ("duplicate", "The complaint is a duplicate"),
    ("not_justified", "The complaint is not justified"),
    ("goods", "The goods do not carry the measure"),
    ("other", "The complaint is about something else"),
]


class ComplaintContradiction(models.Model):
    """A complaint that speaks against a measure: its goods carry it and are complained about for
    the same (R43).

    Written by the job, once per measure and complaint, and never deleted: that is why nobody is
    told twice. What turns out to be none is withdrawn, and counts again when it turns out to be one
    after all. ``complaint_id`` is the measure's case, ``new_complaint_id`` the one that came.
    """

    _name = "complaint.contradiction"
    _description = "Complaint against a Measure"
    _inherit = ["complaint.child.mixin"]
    _WRITTEN_BY_CODE = True
    _order = "date desc, id desc"
    _rec_name = "new_complaint_id"

    action_id = fields.Many2one(
        "complaint.action", "Measure", required=True, readonly=True, index=True, ondelete="cascade"
    )
    new_complaint_id = fields.Many2one(
        "complaint.complaint",
        "Complaint that came",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    state = fields.Selection(
        [("standing", "Speaks against it"), ("withdrawn", "Withdrawn")],
        required=True,
        readonly=True,
        default="standing",
        index=True,
    )
    withdrawn_because = fields.Selection(WITHDRAWN, "Why withdrawn", readonly=True)
    date = fields.Datetime("Found on", required=True, readonly=True, default=fields.Datetime.now)
    clean_point = fields.Char(
        readonly=True, help="From which goods on the measure was said to hold at that time."
    )

    _action_complaint_unique = models.Constraint(
        "UNIQUE(action_id, new_complaint_id)", "A complaint speaks against a measure once."
    )

    # ------------------------------------------------------------
    # CRUD: by code only
    # ------------------------------------------------------------
    @api.model
    def _check_imported_vals(self, vals):
        raise UserError(self.env._("What speaks against a measure is written by the system."))

    def _check_deletable(self):
        super()._check_deletable()
        raise UserError(self.env._("What speaks against a measure stays with the complaint."))

    def _bump_complaint_version(self):
        """Found by a job: no change anybody has to see before he approves."""

    @api.model
    def _record(self, pairs):
        """:param list pairs: tuples (measure, complaint that came)
        :return: the new ``complaint.contradiction`` (sudo); callers are jobs
        """
        # sudo: written by code only
        rows = self.sudo().with_context(complaint_transition=TRUSTED)
        made = rows.create([self._prepare_vals(action, complaint) for action, complaint in pairs])
        return made.with_env(self.sudo().env)

    @api.model
    def _prepare_vals(self, action, complaint):
        """Values of one contradiction; called by :meth:`_record`."""
        return {
            "complaint_id": action.complaint_id.id,
            "action_id": action.id,
            "new_complaint_id": complaint.id,
            "clean_point": action._get_clean_text(),
        }
