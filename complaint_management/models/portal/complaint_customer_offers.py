from odoo import fields, models

from .complaint_customer_confirming import TEST_DAYS
from .complaint_customer_verbs import HANDLED_STATES

COLORS = {
    "offered": "warning",
    "accepted": "info",
    "done": "success",
    "declined": "secondary",
    "cancelled": "secondary",
}


class ComplaintCustomerOffers(models.Model):
    """The customer's requests, our offers side by side, and what he can say to them (R12, R35)."""

    _inherit = "complaint.complaint"

    def _prepare_customer_page(self, reader):
        page = super()._prepare_customer_page(reader)
        return {
            **page,
            "seen": self._get_customer_version(),
            "requests": [self._prepare_customer_request(d) for d in self.demand_ids],
            "can_confirm": self.state == "resolved" and not self.date_customer_confirmed,
            "can_object": self.state == "resolved",
            # First whether it is settled, then how content he is
            "can_rate": self._can_rate()
            and bool(self.date_customer_confirmed or self.state == "closed"),
            "rating": self._prepare_customer_rating(),
            # Best first, as one reads
            "satisfactions": self._get_satisfaction_labels()[::-1],
            "confirmed": self._get_print_day(self.date_customer_confirmed),
            "confirmed_by": self.customer_confirmed_by or "",
            "tests": self._get_print_day(self.date_customer_tests),
            "test_days": TEST_DAYS,
        }

    def _prepare_customer_rating(self):
        """:return: dict ``label, words`` of what he said to this round, or empty"""
        given = self._get_round_rating()
        if not given.consumed:
            return {}
        labels = dict(self._get_satisfaction_labels())
        return {"label": labels.get(self.satisfaction, ""), "words": given.feedback or ""}

    def _get_satisfaction_labels(self):
        """:return: list of ``(key, label)``, worst first"""
        return self._fields["satisfaction"]._description_selection(self.env)

    def _prepare_customer_request(self, demand):
        """One request as its customer reads it; called by :meth:`_prepare_customer_page`.

        Our answer is shown from the moment it is given: until then somebody is still writing it.
        """
        kinds = dict(demand._fields["kind"]._description_selection(self.env))
        answers = self._get_customer_answer_labels()
        is_answered = demand.state != "open"
        return {
            "id": demand.id,
            "kind": kinds.get(demand.kind, ""),
            "name": demand.name or kinds.get(demand.kind, ""),
            "has_words": bool(demand.name),
            "state": demand.state,
            "state_label": self._get_request_labels()[demand.state],
            "color": COLORS.get(demand.state, "light"),
            "answer": (demand.answer or "").strip() if is_answered else "",
            "alternative": (demand.alternative or "").strip() if demand.state == "declined" else "",
            "options": [self._prepare_customer_option(o) for o in demand.option_ids]
            if is_answered
            else [],
            "can_answer": demand.state == "offered" and self.state in HANDLED_STATES,
            "visit": self._get_visit_day(demand),
            "said": answers.get(demand.customer_answer, ""),
            "said_by": demand.customer_answered_by or "",
            "said_on": self._get_print_day(demand.date_customer_answered),
            "remark": demand.customer_remark or "",
        }

    def _prepare_customer_option(self, option):
        """One option of an offer; called by :meth:`_prepare_customer_request`."""
        return {
            "id": option.id,
            "name": option.name,
            "description": (option.description or "").strip(),
            "date": self._get_print_day(option.date),
            "state": option.state,
        }

    def _get_request_labels(self):
        return {
            "open": self.env._("We are looking at it"),
            "offered": self.env._("Our offer: please answer"),
            "accepted": self.env._("Agreed"),
            "declined": self.env._("We cannot do this"),
            "done": self.env._("Done"),
            "cancelled": self.env._("No longer asked for"),
        }

    def _get_customer_answer_labels(self):
        return {
            "accepted": self.env._("Accepted"),
            "declined": self.env._("Declined"),
            "objected": self.env._("Objected"),
        }

    def _get_visit_day(self, demand):
        """:return: the day we come, where a visit is planned and still ahead"""
        visits = demand.action_ids.filtered(
            lambda a: a.is_visit and a.state not in ("done", "cancelled")
        )
        days = [day for day in visits.mapped("deadline") if day and day >= fields.Date.today()]
        return self._get_print_day(min(days)) if days else ""
