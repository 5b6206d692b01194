from odoo import api, fields, models
from odoo.exceptions import UserError


class ComplaintActionWizard(models.TransientModel):
    """Asks for the note of finished actions, or for an owner's objection (R23, R26)."""

    _name = "complaint.action.wizard"
    _description = "Note on Complaint Actions"

    verb = fields.Selection(
        [("finish", "Done"), ("object", "Object")], required=True, readonly=True
    )
    action_ids = fields.Many2many("complaint.action", required=True, readonly=True)
    note = fields.Text()
    asks_effect = fields.Boolean(compute="_compute_asks")
    asks_satisfaction = fields.Boolean(compute="_compute_asks")
    asks_apology = fields.Boolean(compute="_compute_asks")
    effect = fields.Selection(
        [("effective", "Effective"), ("ineffective", "Not effective")], "The measures are"
    )
    satisfaction = fields.Selection(
        [
            ("satisfied", "Satisfied"),
            ("remarks", "Satisfied, with remarks"),
            ("dissatisfied", "Not satisfied"),
        ],
        "The customer is",
    )
    customer_words = fields.Text(
        "His words",
        help="Kept as the customer's feedback; documents for him may print it. What is meant for "
        "colleagues goes into the note.",
    )
    visit_apologised = fields.Boolean("Apologised on site")

    @api.depends("action_ids", "verb")
    def _compute_asks(self):
        for wizard in self:
            actions = wizard.action_ids if wizard.verb == "finish" else wizard.action_ids.browse()
            kinds = set(actions.mapped("kind"))
            wizard.asks_effect = "verification" in kinds
            wizard.asks_satisfaction = "followup" in kinds
            wizard.asks_apology = any(actions.mapped("is_visit"))

    def action_confirm(self):
        """Press the verb again with the note; the verb itself checks every right.

        :return: the form of a better measure, where those checked do not work and the user plans
        :raise UserError: without a note, or without the verdict it needs
        """
        self.ensure_one()
        if not (self.note or "").strip():
            raise UserError(self.env._("Write a sentence: the others read it."))
        closed = {"type": "ir.actions.act_window_close"}
        if self.verb != "finish":
            getattr(self.action_ids, f"action_{self.verb}")(self.note)
            return closed
        return self._finish() or closed

    def _finish(self):
        """Finish each action with the verdict of its kind.

        :return: action of the form of a better measure, or False
        """
        verdicts = {"verification": self.effect, "followup": self.satisfaction}
        if (self.asks_effect and not self.effect) or (
            self.asks_satisfaction and not self.satisfaction
        ):
            raise UserError(self.env._("Say what came out of it."))
        if self.visit_apologised:
            self.action_ids.filtered("is_visit").visit_apologised = True
        verifications = self.action_ids.filtered(lambda a: a.kind == "verification")
        for verdict, actions in self.action_ids.grouped(lambda a: verdicts.get(a.kind)).items():
            actions.action_finish(self.note, verdict)
        if self.asks_satisfaction and (self.customer_words or "").strip():
            followed = self.action_ids.filtered(lambda a: a.kind == "followup")
            # sudo: finishing was checked; whoever called may not write the whole complaint
            followed.complaint_id.sudo()._note_customer_words(self.customer_words.strip())
        return self.effect == "ineffective" and verifications._open_new_measure()
