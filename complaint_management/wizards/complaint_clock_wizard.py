from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.clocks.complaint_clock_verbs import CLOCK_VERBS


class ComplaintClockWizard(models.TransientModel):
    """Asks why deadlines are paused or extended, and which of the case it concerns (R13)."""

    _name = "complaint.clock.wizard"
    _description = "Pause or Extend Complaint Deadlines"

    verb = fields.Selection(
        [("pause", "Pause"), ("extend", "Extend")], required=True, readonly=True
    )
    clock_ids = fields.Many2many(
        "complaint.clock",
        string="Deadlines",
        required=True,
        help="Only those it concerns: the others run on.",
    )
    choice_ids = fields.Many2many("complaint.clock", compute="_compute_choice_ids")
    amount = fields.Float("By", default=1.0)
    unit = fields.Selection(
        [("days", "working days"), ("hours", "working hours")], required=True, default="days"
    )
    preview = fields.Text("New deadlines", compute="_compute_preview")
    reason = fields.Text()

    @api.depends("verb")
    def _compute_choice_ids(self):
        for wizard in self:
            siblings = wizard.clock_ids._origin.complaint_id._get_open_clocks().sudo(False)
            verb = wizard.verb
            wizard.choice_ids = siblings.filtered(
                lambda c, verb=verb: verb in CLOCK_VERBS and c[f"can_{verb}"]
            )

    @api.depends("verb", "amount", "unit", "clock_ids")
    def _compute_preview(self):
        for wizard in self:
            clocks = wizard.clock_ids._origin
            if wizard.verb != "extend" or wizard.amount <= 0 or not clocks:
                wizard.preview = False
                continue
            planned = clocks._get_extended_deadlines(**{wizard.unit: wizard.amount})
            wizard.preview = "\n".join(
                f"{clock._get_label()}: {clock._format_deadline(moment)}"
                for clock, moment in planned.items()
            )

    def action_confirm(self):
        """Press the verb again with what was asked for; the verb itself checks every right.

        :raise UserError: without a reason or a clock
        """
        self.ensure_one()
        if not (self.reason or "").strip():
            raise UserError(self.env._("Write the reason: it stays with the complaint."))
        if not self.clock_ids:
            raise UserError(self.env._("Tick the deadlines it concerns."))
        if self.verb == "pause":
            self.clock_ids.action_pause(self.reason)
        else:
            self.clock_ids.action_extend(reason=self.reason, **{self.unit: self.amount})
        return {"type": "ir.actions.act_window_close"}
