from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.library.complaint_lesson_making import LEARNING_STATES


class ComplaintRepetitionWizard(models.TransientModel):
    """Asks what is done about a repetition, or why nothing is (R53)."""

    _name = "complaint.repetition.wizard"
    _description = "Decision about a Repetition"

    repetition_id = fields.Many2one("complaint.repetition", required=True, readonly=True)
    verb = fields.Selection(
        [("accept", "Act on it"), ("dismiss", "Dismiss")], required=True, readonly=True
    )
    reason = fields.Text()
    way = fields.Selection(
        [("measure", "A preventive action"), ("lesson", "A lesson for the library")],
        "What is done",
        default="measure",
    )
    choice_ids = fields.Many2many("complaint.complaint", compute="_compute_choice_ids")
    complaint_id = fields.Many2one(
        "complaint.complaint",
        "On the complaint",
        compute="_compute_complaint_id",
        store=True,
        readonly=False,
        domain="[('id', 'in', choice_ids)]",
    )
    name = fields.Char("Preventive action")
    user_id = fields.Many2one("res.users", "Owner", domain="[('share', '=', False)]")
    deadline = fields.Date()

    @api.depends("repetition_id", "way")
    def _compute_choice_ids(self):
        for wizard in self:
            wizard.choice_ids = wizard._get_choices()

    @api.depends("repetition_id", "way", "verb")
    def _compute_complaint_id(self):
        """The newest it can be done on, unless somebody chose another."""
        for wizard in self:
            choices = wizard._get_choices()
            if wizard.verb == "accept" and wizard.complaint_id not in choices:
                wizard.complaint_id = choices.sorted(lambda c: (c.date_received, c.id))[-1:]

    def _get_choices(self):
        """:return: ``complaint.complaint`` it can be done on: a lesson is written of solved ones"""
        complaints = self.repetition_id.complaint_ids
        if self.way == "lesson":
            return complaints.filtered(lambda c: c.state in LEARNING_STATES)
        return complaints.filtered(lambda c: c.state != "cancelled")

    @api.model
    def _prepare_wizard_vals(self, repetition, verb):
        """Values of the wizard; called by the verbs of the repetition."""
        vals = {"repetition_id": repetition.id, "verb": verb}
        if verb == "dismiss":
            return vals
        complaints = repetition.complaint_ids.filtered(lambda c: c.state != "cancelled")
        newest = complaints.sorted(lambda c: (c.date_received, c.id))[-1:]
        return {
            **vals,
            "name": repetition._get_measure_name(),
            "user_id": newest.lead_user_id.id or self.env.uid,
            "deadline": fields.Date.context_today(self) + timedelta(days=14),
        }

    def action_confirm(self):
        """Press the verb again with what it needs; the verb itself checks every right.

        :return: action of the new measure, or what closes the wizard
        :raise UserError: without what the verb needs
        """
        self.ensure_one()
        if self.verb == "dismiss":
            if not (self.reason or "").strip():
                raise UserError(self.env._("Write why nothing is done: others read it."))
            self.repetition_id.action_dismiss(self.reason)
            return {"type": "ir.actions.act_window_close"}
        said = self.complaint_id and self.way
        if said and self.way == "measure":
            said = (self.name or "").strip() and self.user_id and self.deadline
        if not said:
            raise UserError(
                self.env._("Say what is done, by whom, until when, and on which complaint.")
            )
        return self.repetition_id.action_accept(
            {
                "way": self.way,
                "complaint_id": self.complaint_id.id,
                "name": (self.name or "").strip(),
                "user_id": self.user_id.id,
                "deadline": self.deadline,
            }
        )
