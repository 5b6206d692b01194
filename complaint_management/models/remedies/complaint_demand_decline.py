from odoo import fields, models
from odoo.exceptions import UserError

DECLINE_REASONS = [
    ("not_justified", "Not justified"),
    ("own_fault", "Customer's own use or storage"),
    ("out_of_guarantee", "Out of guarantee"),
    ("beyond_limits", "More than we can grant"),
    ("impossible", "Cannot be done"),
    ("other", "Other"),
]
# What may be offered instead; their words are in ``_get_alternative_texts``.
ALTERNATIVES = [
    ("partly", "A part of it"),
    ("discount", "Discount on the next order"),
    ("repair", "Repair or rework at cost price"),
    ("visit", "Come and look at it together"),
    ("advice", "Advice on use and storage"),
    ("explain", "Explain it in person"),
]
# What suits which request, the most fitting first.
ALTERNATIVES_BY_KIND = {
    "return": ("repair", "discount", "visit", "advice", "explain"),
    "exchange": ("repair", "discount", "visit", "advice", "explain"),
    "free_goods": ("partly", "discount", "explain"),
    "gift": ("partly", "discount", "explain"),
    "discount": ("partly", "repair", "explain"),
    "credit": ("partly", "discount", "repair", "advice", "explain"),
    "compensation": ("partly", "discount", "visit", "explain"),
    "deduction": ("partly", "discount", "explain"),
    "rework": ("repair", "visit", "advice", "discount", "explain"),
    "repair": ("repair", "visit", "advice", "discount", "explain"),
    "service": ("advice", "visit", "explain"),
}


class ComplaintDemandDecline(models.Model):
    """A request we cannot meet: why not, and what instead (R12, R41, R51).

    Both are read by the customer. A refusal without another way does not exist here: where nothing
    else is left, we explain it to him in person.
    """

    _inherit = "complaint.demand"

    alternative = fields.Text(
        "What we offer instead", copy=False, help="Of a declined request. The customer reads it."
    )
    decline_reason = fields.Selection(
        DECLINE_REASONS, "Declined because", copy=False, help="For our own figures; never printed."
    )

    def action_decline(self, answer=None, alternative=None, reason=None):
        """We cannot meet the request: ``answer`` says why, ``alternative`` another way (R41).

        Called without words, and where none are written yet, it asks for them.

        :param str answer: why not; the customer reads it
        :param str alternative: what we offer instead; the customer reads it
        :param str reason: key of ``DECLINE_REASONS``, for ourselves
        :return: action of the wizard where it has to ask
        :raise UserError: without both texts, or from a state that does not lead there
        """
        self.check_access("write")
        said = {"answer": answer, "alternative": alternative, "decline_reason": reason}
        said = {name: value for name, value in said.items() if value}
        if said:
            self.write(said)
        elif self._has_to_ask_to_decline():
            return self._open_decline_wizard()
        return super().action_decline()

    def _has_to_ask_to_decline(self):
        """:return: whether words are missing; what cannot be declined is refused, not asked for"""
        self._check_case_open()
        declinable = all(demand.state in self._TRANSITIONS["declined"] for demand in self)
        return declinable and not all(demand._has_answer("declined") for demand in self)

    def _open_decline_wizard(self):
        """:return: action that asks for the words, with what is written already"""
        wizard = self.env["complaint.decline.wizard"].create(self._prepare_decline_wizard_vals())
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Decline"),
            "res_model": wizard._name,
            "res_id": wizard.id,
            "views": [(False, "form")],
            "view_mode": "form",
            "target": "new",
        }

    def _prepare_decline_wizard_vals(self):
        """What is known already; called by :meth:`action_decline`."""
        first = self[:1]
        return {
            "demand_ids": [fields.Command.set(self.ids)],
            "answer": first.answer,
            "alternative": first.alternative,
            "reason": first.decline_reason or first._guess_decline_reason(),
        }

    def _guess_decline_reason(self):
        """:return: key of ``DECLINE_REASONS`` that the findings suggest, or False"""
        self.ensure_one()
        complaint = self.complaint_id
        if complaint.responsibility == "customer":
            return "own_fault"
        if complaint.validity == "not_justified":
            return "not_justified"
        shipped = complaint.line_ids.filtered(lambda x: x.warranty_end and x.is_affected)
        if shipped and not any(shipped.mapped("in_warranty")):
            return "out_of_guarantee"
        return False

    def _get_alternatives(self):
        """:return: keys of ``ALTERNATIVES`` that suit the request, the most fitting first"""
        self.ensure_one()
        keys = ALTERNATIVES_BY_KIND.get(self.kind, ("explain", "visit"))
        if self.complaint_id.responsibility == "customer":
            keys = ("advice", *(key for key in keys if key != "advice"))
        return keys

    def _get_alternative_texts(self):
        """:return: dict key → sentence proposed to the user, in the customer's language"""
        complaint = self.complaint_id[:1]
        lang = complaint.contact_id.lang or complaint.partner_id.lang or self.env.lang
        env = self.with_context(lang=lang).env
        return {
            "partly": env._("We can meet a part of it: "),
            "discount": env._("On your next order we give you a discount of "),
            "repair": env._("We repair or rework the goods for you at cost price."),
            "visit": env._("We come to you, look at it together and find a way."),
            "advice": env._(
                "We gladly advise you on storage and use, so that it does not happen again."
            ),
            "explain": env._(
                "We would like to explain to you in person what we found, and answer your "
                "questions: tell us when we may call or visit you."
            ),
        }

    def _has_answer(self, state):
        """A refusal needs its reason and another way."""
        result = super()._has_answer(state)
        return result and (state != "declined" or bool((self.alternative or "").strip()))

    def _check_move(self, state, needs_answer=False):
        """Name what a refusal lacks: the general message asks for an answer only.

        :raise UserError: without another way
        """
        for demand in self if state == "declined" else ():
            if (demand.answer or "").strip() and not demand._has_answer(state):
                raise UserError(
                    self.env._(
                        "Say what we offer instead of “%s”: another way, or at least to explain "
                        "it in person. The customer will read it.",
                        demand.display_name,
                    )
                )
        super()._check_move(state, needs_answer)

    def _get_customer_answer_text(self):
        """:return: what the customer reads as our answer: of a refusal with what we offer instead;
        in the language of the context
        """
        self.ensure_one()
        answer = (self.answer or "").strip()
        alternative = (self.alternative or "").strip()
        if self.state != "declined" or not alternative:
            return answer
        instead = self.env._("Instead: %s", alternative)
        return "\n".join(filter(None, (answer, instead)))
