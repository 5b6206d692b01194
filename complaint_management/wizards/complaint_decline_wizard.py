from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.remedies.complaint_demand_decline import ALTERNATIVES, DECLINE_REASONS


class ComplaintDeclineWizard(models.TransientModel):
    """Asks for what a refusal needs: why not, and what instead (R41)."""

    _name = "complaint.decline.wizard"
    _description = "Declining a Customer Request"

    demand_ids = fields.Many2many(
        "complaint.demand", string="Customer request", required=True, readonly=True
    )
    answer = fields.Text("Why not", help="The customer reads it.")
    proposal = fields.Selection(ALTERNATIVES, help="Writes a sentence for you to go on with.")
    suitable_proposals = fields.Json(compute="_compute_suitable_proposals")
    alternative = fields.Text("What we offer instead", help="The customer reads it.")
    reason = fields.Selection(DECLINE_REASONS, "Because", help="For our own figures.")

    @api.depends("demand_ids")
    def _compute_suitable_proposals(self):
        for wizard in self:
            wizard.suitable_proposals = list(wizard.demand_ids[:1]._get_alternatives())

    @api.onchange("proposal")
    def _onchange_proposal(self):
        """Write the sentence, unless somebody wrote his own."""
        texts = self.demand_ids[:1]._get_alternative_texts()
        if self.proposal and (self.alternative or "").strip() in {
            "",
            *(text.strip() for text in texts.values()),
        }:
            self.alternative = texts[self.proposal]

    def action_confirm(self):
        """Press the verb again with the words; the verb itself checks every right.

        :return: what the verb returns: the letter to the customer, where one can be written
        :raise UserError: without both texts
        """
        self.ensure_one()
        for words in (self.answer, self.alternative):
            if not (words or "").strip():
                raise UserError(
                    self.env._("Write why, and what we offer instead: the customer will read it.")
                )
        result = self.demand_ids.action_decline(self.answer, self.alternative, self.reason)
        return result or {"type": "ir.actions.act_window_close"}
