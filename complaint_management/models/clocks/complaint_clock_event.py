from odoo import api, fields, models
from odoo.exceptions import UserError


class ComplaintClockEvent(models.Model):
    """What happened to a deadline, by whom and why: the log that proves it (R13, R14, T16).

    Written by code, never changed or deleted. ``date`` is when it took effect (UTC).
    """

    _name = "complaint.clock.event"
    _description = "Event of a Complaint Deadline"
    _inherit = ["complaint.child.mixin"]
    _order = "date desc, id desc"

    clock_id = fields.Many2one(
        "complaint.clock", required=True, readonly=True, index=True, ondelete="cascade"
    )
    clock_kind = fields.Selection(string="Deadline", related="clock_id.kind")
    kind = fields.Selection(
        [
            ("paused", "Paused"),
            ("resumed", "Resumed"),
            ("extended", "Extended"),
            ("recalculated", "Recalculated"),
            ("reopened", "Runs again"),
            ("corrected", "Found to be met in time"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        readonly=True,
    )
    date = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    user_id = fields.Many2one(
        "res.users", "By", required=True, readonly=True, default=lambda self: self.env.user
    )
    reason = fields.Text(readonly=True)
    deadline_before = fields.Datetime(readonly=True)
    deadline_after = fields.Datetime(readonly=True)

    @api.depends("kind", "clock_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for event in self:
            event.display_name = f"{event.clock_id.display_name}: {kinds.get(event.kind, '')}"

    def write(self, vals):
        """:raise UserError: always; what happened, happened (T20)"""
        if not self._is_trusted():
            raise UserError(self.env._("The log of deadlines cannot be changed."))
        return super().write(vals)

    @api.model
    def _check_imported_vals(self, vals):
        raise UserError(self.env._("The log of deadlines is written by the system."))

    def _check_deletable(self):
        super()._check_deletable()
        raise UserError(self.env._("The log of deadlines cannot be deleted."))

    def _bump_complaint_version(self):
        """A log entry is no change anybody has to see before he approves."""

    def _get_pauses(self):
        """:return: list of (start, end) ``datetime`` (UTC); a pause that still lasts is left out"""
        pauses, start = [], None
        for event in self.sorted(lambda e: (e.date, e.id)):
            if event.kind == "paused":
                start = event.date
            elif event.kind == "resumed" and start:
                pauses.append((start, event.date))
                start = None
        return pauses
