from odoo import api, models
from odoo.exceptions import UserError

from .complaint_lifecycle import TRANSITIONS

# Any of these fills the requirement of its key (practice: "lot or production date").
ALTERNATIVES = {
    ("complaint.line", "lot_ids"): ("lot_ids", "lot_name", "production_date"),
    ("complaint.evidence", "file"): ("file", "sample_state", "missing_reason"),
}
# Where the parts of a complaint are kept, for requirements that look into them.
PARTS = {
    "complaint.line": "line_ids",
    "complaint.demand": "demand_ids",
    "complaint.evidence": "evidence_ids",
}


class Missing(str):
    """A sentence of the gate that knows the field to go to."""

    __slots__ = ("place",)

    def __new__(cls, text, place):
        """
        :param str text: the translated sentence
        :param str place: name of a field of the complaint
        """
        sentence = super().__new__(cls, text)
        sentence.place = place
        return sentence


class ComplaintGate(models.Model):
    """The one gate: what is still missing before a verb may happen (R10).

    It answers in one list, so that nobody has to try again and again or phone the customer twice.
    """

    _inherit = "complaint.complaint"

    @api.readonly
    def get_missing(self, verb):
        """What the gate asks for, for a form that leads there.

        :param str verb: key of ``TRANSITIONS``
        :return: list of dicts with ``text``, translated, and ``place``, the name of the field to go
            to or an empty string
        :raise AccessError: for who may not press the verb's button
        :raise UserError: for an unknown verb
        """
        self.ensure_one()
        self.check_access("write")
        if verb not in TRANSITIONS:
            raise UserError(self.env._("“%s” is no step of a complaint.", str(verb)[:40]))
        return [
            {"text": str(sentence), "place": getattr(sentence, "place", "")}
            for sentence in self._get_missing(verb)
        ]

    def _get_missing(self, verb):
        """What stands between this complaint and ``verb``.

        :param str verb: key of ``TRANSITIONS``
        :return: list of translated sentences; empty when nothing is missing. Other rooms add
            theirs with super(), :class:`Missing` where a field of the form answers it.
        """
        self.ensure_one()
        if verb in ("submit", "register"):
            return self._get_missing_basics() + self._get_missing_required()
        if verb == "release":
            return self._get_missing_plan()
        if verb == "execute":
            return self._get_missing_consent()
        if verb == "resolve":
            return self._get_missing_solution()
        if verb == "close":
            return self._get_missing_work()
        return []

    def _get_missing_report(self, verb):
        """:return: the gate's answer as lines of a message, headed by the complaint's number"""
        missing = self._get_missing(verb)
        if not missing:
            return []
        return [self.env._("%s still needs:", self.name)] + [f"• {item}" for item in missing]

    # ------------------------------------------------------------
    # Before registering
    # ------------------------------------------------------------
    def _get_missing_basics(self):
        missing = []
        if not (self.description or "").strip():
            missing.append(Missing(self.env._("what the customer said"), "description"))
        if not self.partner_id and not (self.complainant_name and (self.phone or self.email_from)):
            who = self.env._("the customer, or the complainant's name with phone or e-mail")
            missing.append(Missing(who, "partner_id"))
        if not self.category_id:
            category = self.env._("what is wrong (defect or category)")
            missing.append(Missing(category, "defect_id"))
        missing += [
            Missing(
                self.env._("how much of “%s” is concerned", line.name or line.lot_name), "line_ids"
            )
            for line in self.line_ids
            if not line.quantity_complained and not line._is_left_out()
        ]
        return missing

    def _get_missing_required(self):
        """What the category's administrator made mandatory (R10), named as the form names it."""
        missing = []
        for model, name in self.category_id._get_required_fields():
            records = self if model == self._name else self._get_required_part(model)
            names = ALTERNATIVES.get((model, name), (name,))
            if model == "complaint.line" and name != "quantity_complained":
                filled = records and all(any(rec[n] for n in names) for rec in records)
            else:
                filled = any(rec[n] for rec in records for n in names)
            if not filled:
                request = self._get_field_request(model, name, names)
                missing.append(Missing(request, PARTS.get(model, name)))
        return missing

    def _get_field_request(self, model, name, names):
        """:return: how the gate asks for a mandatory field; other rooms say more with super()"""
        return self._get_field_label(model, names)

    def _get_required_part(self, model):
        """:return: the complaint's records of ``model`` that count; goods count when affected"""
        records = self[PARTS[model]]
        if model == "complaint.line":
            return records.filtered("quantity_complained")
        return records

    def _get_field_label(self, model, names):
        fields_get = self.env[model].fields_get(names, ["string"])
        labels = [fields_get[name]["string"] for name in names if name in fields_get]
        or_ = self.env._(" or ")
        part = PARTS.get(model)
        if not part:
            return or_.join(labels)
        return f"{self.fields_get([part], ['string'])[part]['string']}: {or_.join(labels)}"

    # ------------------------------------------------------------
    # Before releasing, executing, resolving
    # ------------------------------------------------------------
    def _get_missing_plan(self):
        missing = []
        if not (self.plan_summary or "").strip():
            missing.append(self.env._("the handling plan in words"))
        for action in self._get_current_actions().filtered(lambda a: a.state == "objected"):
            missing.append(self.env._("an answer to the objection against “%s”", action.name))
        return missing

    def _get_missing_consent(self):
        return [
            self.env._("an answer to the objection against “%s”", action.name)
            for action in self._get_current_actions()
            if action.state == "objected"
        ]

    def _get_missing_solution(self):
        return self._get_missing_work() + self._get_missing_findings() + self._get_missing_causes()

    def _get_missing_work(self):
        """:return: requests without an end and actions that do not outlive the case; also those
        added after resolving
        """
        missing = [
            self.env._("an answer to the request “%s”", demand.display_name)
            for demand in self.demand_ids
            if demand.state in ("open", "offered")
        ]
        missing += [
            self.env._("the accepted request “%s” carried out", demand.display_name)
            for demand in self.demand_ids
            if demand.state == "accepted"
        ]
        missing += [
            self.env._(
                "the action “%(action)s” of %(owner)s",
                action=action.name,
                owner=action.user_id.name or "–",
            )
            for action in self.action_ids
            if action._blocks_resolution()
        ]
        return missing

    def _get_current_actions(self):
        """:return: actions of the current rounds that nobody finished or cancelled"""
        return self.action_ids.filtered(
            lambda a: (
                a.round_number == a.complaint_id.round and a.state not in ("done", "cancelled")
            )
        )
