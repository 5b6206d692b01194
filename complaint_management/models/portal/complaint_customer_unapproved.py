from markupsafe import Markup

from odoo import fields, models

from .complaint_customer_verbs import HANDLED_STATES


class ComplaintCustomerUnapproved(models.Model):
    """He accepts an offer that has lost its approval meanwhile: his answer is kept (R35, R38).

    Something in it was changed after it was approved. He reads that we come back to him, and
    neither limits nor names; the lead gets it approved and then presses the button for him.
    """

    _inherit = "complaint.complaint"

    def _customer_accept(self, who, demand_id, option_id=None, remark=None, seen=None):
        """See super.

        :return: besides, a sentence for him where his answer waits for us
        """
        demand = self._find_customer_demand(demand_id)
        option = demand.option_ids.filtered(lambda o: o.id == option_id)
        waits = demand.state == "offered" and self.state in HANDLED_STATES
        chosen = bool(option) or not demand.option_ids
        if not (waits and chosen) or not demand._get_choice_obstacle(option):
            return super()._customer_accept(who, demand_id, option_id, remark, seen)
        self._check_seen_by_customer(seen)
        self._keep_acceptance(who, demand, option, self._clean_words(remark))
        return self.env._(
            "Thank you. We have noted your choice. We check one thing in our house first and come "
            "back to you."
        )

    def _keep_acceptance(self, who, demand, option, remark):
        """Note what he said, once, and have the lead get it approved."""
        answer = (demand.customer_answer, demand.customer_option_id, demand.customer_remark)
        if answer == ("accepted", option, remark or False):
            return
        demand._write_trusted(
            {
                "customer_answer": "accepted",
                "customer_option_id": option.id,
                "customer_remark": remark or False,
                "customer_answered_by": who.partner.name,
                "date_customer_answered": fields.Datetime.now(),
            }
        )
        self._note_customer_answer(who, demand, option, "accepted", remark)
        what = option.name or demand.display_name
        complaint = self._for_lead()
        complaint._ask_lead(
            complaint.env._("The customer accepts “%s”: get it approved", what),
            Markup("<p>%s</p>")
            % complaint.env._(
                "What he accepts was changed after its approval. Ask for approval, then press "
                "Accept, or the option he chose."
            ),
        )
