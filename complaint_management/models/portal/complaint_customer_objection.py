from odoo import api, fields, models
from odoo.tools import plaintext2html

from .complaint_customer_verbs import HANDLED_STATES

# What the customer may say to an offer that asks for another one.
REFUSALS = ("declined", "objected")


class ComplaintCustomerObjection(models.Model):
    """A customer who refuses our offer waits for an answer: somebody has it on his list (R47)."""

    _inherit = "complaint.complaint"

    def _ask_to_answer(self, answer, remark):
        """Give the salesperson, else the lead, a to-do; a new offer or a message closes it.

        :param str answer: ``declined`` or ``objected``
        :param str remark: the customer's words
        """
        # sudo: a colleague's to-do counts as well, and the customer may read none
        waiting = self.filtered(
            lambda c: not any(a.complaint_until == "answer" for a in c.sudo().activity_ids)
        )
        activities = self.env["mail.activity"].sudo()
        # Without a mail: he is told of the answer itself
        activities.with_context(mail_activity_quick_update=True).create(
            [complaint._prepare_answering_vals(answer, remark) for complaint in waiting]
        )

    def _prepare_answering_vals(self, answer, remark):
        """Values of the to-do; called by :meth:`_ask_to_answer`."""
        self.ensure_one()
        user = self._get_reminding_user()
        # In his language: it is the customer who asks for it
        env = self.with_context(lang=user.lang).env
        get_id = env["ir.model.data"]._xmlid_to_res_id
        return {
            "activity_type_id": get_id("mail.mail_activity_data_todo"),
            "summary": env._("The customer declined: offer something else")
            if answer == "declined"
            else env._("Answer the customer’s objection"),
            "note": plaintext2html(remark) if remark else False,
            "user_id": user.id,
            "date_deadline": fields.Date.context_today(self),
            "res_model_id": self.env["ir.model"]._get_id(self._name),
            "res_id": self.id,
            "automated": True,
            "complaint_until": "answer",
        }

    def _end_answering(self):
        """Close the to-do where no refused offer waits any more."""
        answered = self.filtered(
            lambda c: (
                not any(d.state == "open" and d.customer_answer in REFUSALS for d in c.demand_ids)
            )
        )
        answered._close_information(("answer",))

    def _note_told(self):
        """A person talked to the customer: that is an answer, too."""
        result = super()._note_told()
        self._close_information(("answer",))
        return result

    @api.depends("demand_ids.state", "demand_ids.customer_answer")
    def _compute_next_step(self):
        return super()._compute_next_step()

    def _get_action_step(self):
        """What he refused comes before all that was planned for it."""
        refused = self.demand_ids.filtered(
            lambda d: d.state == "open" and d.customer_answer in REFUSALS
        )
        if refused and self.state in HANDLED_STATES:
            return self.env._("Answer the customer’s objection to “%s”", refused[0].display_name)
        return super()._get_action_step()
