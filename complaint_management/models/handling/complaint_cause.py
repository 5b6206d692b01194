from odoo import api, fields, models
from odoo.exceptions import UserError

from ..complaint.complaint_complaint import OVERSEEING_GROUPS
from ..complaint.complaint_state_guard import EVERYTHING

# Who was careless, and what it cost him, is for those who judge it (R31).
PERSONAL_GROUPS = OVERSEEING_GROUPS


class ComplaintCause(models.Model):
    """Root cause: why it happened, why it got out, which system let both happen (R30, 8D D4).

    ``machine``, ``shift``, ``operator_name`` and ``penalty`` are internal for ever (R31): no
    customer document reads them.
    """

    _name = "complaint.cause"
    _description = "Complaint Cause"
    _inherit = ["complaint.child.mixin"]
    _order = "complaint_id, sequence, id"
    _OUTLIVES_CLOSING = False
    _FROZEN_FIELDS = {"closed": EVERYTHING}
    _VERSIONED_FIELDS = frozenset(
        {"name", "whys", "cause_type", "category_id", "state", "evidence_note"}
    )

    sequence = fields.Integer(default=10)
    name = fields.Text(
        "Cause", required=True, help="In words that may be printed for the customer."
    )
    cause_type = fields.Selection(
        [("occurrence", "Occurrence"), ("escape", "Escape"), ("systemic", "Systemic")],
        required=True,
        default="occurrence",
        help="Why it happened, why it was not found before shipping, which system allowed both.",
    )
    whys = fields.Text("Chain of whys", help="One why a line, from the symptom down.")
    category_id = fields.Many2one(
        "complaint.cause.category", index="btree_not_null", check_company=True
    )
    department_id = fields.Many2one(
        "complaint.department", index="btree_not_null", check_company=True
    )
    machine = fields.Char(help="Internal.")
    shift = fields.Char(help="Internal.")
    operator_name = fields.Char("Operator", groups=PERSONAL_GROUPS, help="Internal.")
    penalty = fields.Char(groups=PERSONAL_GROUPS, help="Internal; never printed for the customer.")
    state = fields.Selection(
        [("preliminary", "Preliminary"), ("verified", "Verified"), ("rejected", "Rejected")],
        required=True,
        default="preliminary",
        readonly=True,
        copy=False,
        index=True,
    )
    evidence_note = fields.Text("Evidence", help="What proves it: a test, a comparison, a record.")
    action_ids = fields.One2many("complaint.action", "cause_id", "Measures")
    person_only = fields.Boolean(compute="_compute_person_only")

    @api.depends("category_id", "cause_type")
    def _compute_person_only(self):
        """Warn where a person is named and nothing systemic stands beside it."""
        for cause in self:
            siblings = cause.complaint_id.cause_ids - cause
            cause.person_only = cause.category_id.is_person and not any(
                other.state != "rejected" and not other.category_id.is_person for other in siblings
            )

    def action_verify(self):
        """Mark the causes as proven; each needs evidence, in words or linked (8D D4).

        :raise UserError: naming each cause without evidence
        """
        self.check_access("write")
        self._check_case_open()
        unproven = self.filtered(lambda c: not c._is_proven())
        if unproven:
            raise UserError(
                self.env._(
                    "Write down or link what proves it before you verify: %s",
                    ", ".join(cause.name[:60] for cause in unproven),
                )
            )
        self._write_trusted({"state": "verified"})

    def action_reject(self):
        """Mark the causes as looked at and excluded; they stay readable."""
        self.check_access("write")
        self._check_case_open()
        self._write_trusted({"state": "rejected"})

    def action_reset(self):
        """Take a verdict back: the causes are preliminary again."""
        self.check_access("write")
        self._check_case_open()
        self._write_trusted({"state": "preliminary"})
