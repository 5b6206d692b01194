from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..complaint.complaint_complaint import QUALITY_GROUP

# How far a case has to be looked into before it may be resolved (R20, R30).
INVESTIGATIONS = [
    ("required", "Required: finding and verified cause"),
    ("cause_only", "Cause only"),
    ("fact_check", "Check of the facts"),
    ("none", "None required"),
]
# States in which somebody still works on the case.
WAIVABLE_STATES = ("registered", "planned", "executing")


class ComplaintInvestigation(models.Model):
    """Whether this case is investigated; "none required" is a choice with a reason (R10, R20).

    The category says so for all its cases; for one case the lead or quality may do without.
    """

    _inherit = "complaint.complaint"

    investigation = fields.Selection(INVESTIGATIONS, compute="_compute_investigation")
    investigation_waived_reason = fields.Text(
        "No investigation because",
        readonly=True,
        copy=False,
        tracking=True,
        help="Why this case needs no investigation although its category asks for one. Internal.",
    )
    can_waive_investigation = fields.Boolean(compute="_compute_can_waive_investigation")

    @api.depends("category_id.investigation", "investigation_waived_reason")
    def _compute_investigation(self):
        for complaint in self:
            complaint.investigation = complaint._get_investigation()

    def _get_investigation(self):
        """How far this case has to be looked into; the gate before resolving asks it.

        :return: key of ``INVESTIGATIONS``: the category's, ``none`` without a category and where
            somebody entitled waived it
        """
        self.ensure_one()
        if self.investigation_waived_reason:
            return "none"
        return self.category_id.investigation or "none"

    # ------------------------------------------------------------
    # Doing without, for one case
    # ------------------------------------------------------------
    @api.depends_context("uid")
    @api.depends("state", "lead_user_id")
    def _compute_can_waive_investigation(self):
        for complaint in self:
            complaint.can_waive_investigation = (
                complaint.state in WAIVABLE_STATES and complaint._has_investigation_right()
            )

    def _has_investigation_right(self):
        """:return: whether the user decides about the investigation: its lead, or quality"""
        self.ensure_one()
        user = self.env.user
        return self.lead_user_id == user or user.has_group(QUALITY_GROUP)

    def action_waive_investigation(self, reason=None):
        """Do without an investigation in these cases; the reason stays with them and is logged.

        :param str reason: why; without it the wizard is returned
        :raise AccessError: for everybody but the lead and quality
        :raise UserError: before registration and after resolving
        """
        self._check_investigation_verb()
        if not (reason or "").strip():
            return self._open_reason_wizard("waive_investigation")
        self._write_trusted({"investigation_waived_reason": reason.strip()})

    def action_require_investigation(self):
        """Take the waiver back: what the category asks for counts again.

        :raise AccessError: for everybody but the lead and quality
        :raise UserError: before registration and after resolving
        """
        self._check_investigation_verb()
        self._write_trusted({"investigation_waived_reason": False})

    def _check_investigation_verb(self):
        """The same conditions that show the button, and the version the user saw."""
        self.check_access("write")
        self._check_seen_version()
        for complaint in self:
            if not complaint._has_investigation_right():
                raise AccessError(
                    self.env._(
                        "Only the lead (%s) or quality decides whether to investigate.",
                        complaint.lead_user_id.name or "–",
                    )
                )
            if complaint.state not in WAIVABLE_STATES:
                raise UserError(
                    self.env._(
                        "%s is not being worked on: decide about the investigation between "
                        "registering and resolving.",
                        complaint.name,
                    )
                )

    @api.model
    def _get_verb_fields(self):
        return super()._get_verb_fields() | {"investigation_waived_reason"}

    def _open_round(self, kind, reason=None):
        """Decide anew in each round: the customer did not accept what was decided without."""
        waived = self.filtered("investigation_waived_reason")
        waived._write_trusted({"investigation_waived_reason": False})
        return super()._open_round(kind, reason)
