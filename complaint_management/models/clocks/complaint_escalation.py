from odoo import api, fields, models
from odoo.exceptions import UserError

from ..complaint.complaint_state_guard import TRUSTED

REASONS = [
    ("clock", "A deadline"),
    ("critical", "Critical complaint"),
    ("round", "Another round"),
]


class ComplaintEscalation(models.Model):
    """That a level of the ladder was reached, when, and who was told (R14, R15, R47).

    Written by code, once per deadline and level; nobody changes or deletes it (T14, T20). What
    was escalated without a deadline, because the case is critical or in another round, stands once
    per round.
    """

    _name = "complaint.escalation"
    _description = "Complaint Escalation"
    _inherit = ["complaint.child.mixin"]
    # What was escalated is a fact (T16, T20).
    _WRITTEN_BY_CODE = True
    _order = "date desc, level desc, id desc"

    clock_id = fields.Many2one(
        "complaint.clock", "Deadline", readonly=True, index="btree_not_null", ondelete="cascade"
    )
    clock_kind = fields.Selection(related="clock_id.kind", string="Kind of deadline")
    level_id = fields.Many2one(
        "complaint.escalation.level", "Step", required=True, readonly=True, index=True
    )
    level = fields.Integer(
        required=True, readonly=True, index=True, aggregator="max", help="0: a warning."
    )
    reason = fields.Selection(REASONS, required=True, readonly=True, default="clock")
    date = fields.Datetime("When", required=True, readonly=True, default=fields.Datetime.now)
    user_ids = fields.Many2many(
        "res.users",
        "complaint_escalation_user_rel",
        "escalation_id",
        "user_id",
        "Told",
        readonly=True,
    )

    _clock_level_unique = models.Constraint(
        "UNIQUE(clock_id, level_id)", "Each level of a deadline is reached once."
    )
    _round_level_unique = models.UniqueIndex(
        "(complaint_id, round_number, reason, level_id) WHERE clock_id IS NULL",
        "Each level of a round is reached once.",
    )
    _date_idx = models.Index("(date DESC, level DESC, id DESC)")

    @api.depends("level", "complaint_id.name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for escalation in self:
            escalation.display_name = self.env._(
                "%(complaint)s: level %(level)s",
                complaint=escalation.complaint_id.name,
                level=escalation.level,
            )

    # ------------------------------------------------------------
    # CRUD: by code only
    # ------------------------------------------------------------
    @api.model
    def _check_imported_vals(self, vals):
        raise UserError(self.env._("Escalations are written by the system."))

    def _check_deletable(self):
        super()._check_deletable()
        raise UserError(self.env._("Escalations stay with the complaint."))

    def _bump_complaint_version(self):
        """Being told is no change anybody has to see before he approves."""

    @api.model
    def _record(self, vals_list):
        """Record what was reached, raise the level the complaints show, tell everybody.

        :param list vals_list: values as of :meth:`_prepare_vals`
        :return: the new ``complaint.escalation`` records (sudo)
        """
        if not vals_list:
            return self.sudo()
        # sudo: written by code only; callers are scheduled jobs and verbs that have checked
        escalations = self.sudo().with_context(complaint_transition=TRUSTED).create(vals_list)
        escalations = escalations.with_env(self.sudo().env)
        escalations._raise_levels()
        escalations._tell()
        return escalations

    @api.model
    def _prepare_vals(self, complaint, level, users, reason="clock", clock=None):
        """Values of one level that is reached; called by clocks and complaints.

        :param complaint: ``complaint.complaint``
        :param level: ``LadderLevel``
        :param users: ``res.users`` who are told
        :param str reason: key of ``REASONS``
        :param clock: ``complaint.clock`` where a deadline is the reason
        """
        return {
            "complaint_id": complaint.id,
            "round_number": (clock.round_number if clock else complaint.round) or 1,
            "clock_id": clock.id if clock else False,
            "level_id": level.id,
            "level": level.number,
            "reason": reason,
            "date": fields.Datetime.now(),
            "user_ids": users.ids,
        }

    def _raise_levels(self):
        """Show on the complaints the highest level of their current round."""
        reached = {}
        for escalation in self:
            complaint = escalation.complaint_id
            if escalation.round_number == complaint.round:
                highest = max(reached.get(complaint, 0), escalation.level)
                if highest > complaint.escalation_level:
                    reached[complaint] = highest
        by_level = {}
        for complaint, level in reached.items():
            by_level.setdefault(level, []).append(complaint.id)
        for level, ids in by_level.items():
            complaints = self.env["complaint.complaint"].browse(ids)
            complaints._write_trusted({"escalation_level": level})
