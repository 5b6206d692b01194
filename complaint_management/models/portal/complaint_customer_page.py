from odoo import fields, models
from odoo.fields import Domain

# How the customer reads how far his complaint is; several states of ours are one to him.
STAGE_BY_STATE = {
    "draft": "received",
    "submitted": "received",
    "registered": "looking",
    "planned": "planned",
    "executing": "doing",
    "resolved": "confirm",
    "closed": "closed",
    "cancelled": "closed",
}
STAGES = ("received", "looking", "planned", "doing", "confirm", "closed")
STAGE_COLORS = {"confirm": "warning", "closed": "secondary", "received": "secondary"}
ROW_WORDS = 160


class ComplaintCustomerPage(models.Model):
    """The one room for what the customer's page shows: plain values, chosen one by one.

    Templates get these dicts and no record, so that operators, costs, limits, opinions, logins and
    other customers cannot get onto a page by accident. As for printed documents
    (``documents/complaint_print``), whose values it uses.
    """

    _inherit = "complaint.complaint"

    # ------------------------------------------------------------
    # List
    # ------------------------------------------------------------
    def _get_waiting_for_customer_domain(self):
        """:return: ``Domain`` of complaints at which it is the customer's turn"""
        offered = Domain("demand_ids", "any!", Domain("state", "=", "offered"))
        handled = Domain("state", "in", ("registered", "planned", "executing"))
        return Domain("state", "=", "resolved") | (handled & offered)

    def _is_waiting_for_customer(self):
        """:return: whether it is the customer's turn"""
        self.ensure_one()
        if self.state == "resolved":
            return True
        handled = self.state in ("registered", "planned", "executing")
        return handled and "offered" in self.demand_ids.mapped("state")

    def _prepare_customer_rows(self):
        """:return: list of dicts, one a complaint, for the customer's list"""
        return [
            {
                "id": complaint.id,
                "number": complaint.name,
                "reference": complaint.customer_reference or "",
                "words": self._shorten(complaint._get_print_words()),
                "date": complaint._get_print_day(complaint.date_received),
                "url": complaint.access_url,
                "stage": complaint._prepare_customer_stage(),
                "waiting": complaint._is_waiting_for_customer(),
                "next": complaint._prepare_customer_dates()[:1],
            }
            for complaint in self
        ]

    @staticmethod
    def _shorten(text):
        """:return: the first words of ``text`` on one line"""
        line = " ".join(text.split())
        return line if len(line) <= ROW_WORDS else line[:ROW_WORDS].rstrip() + "…"

    # ------------------------------------------------------------
    # Page
    # ------------------------------------------------------------
    def _prepare_customer_page(self, reader):
        """Everything the page of one complaint shows; other rooms and addons add with super().

        Caller: ``controllers/portal.py``, after the access check; texts in the context's language.

        :param reader: ``res.partner`` of the customer's side who reads it
        :return: dict of plain values
        """
        self.ensure_one()
        return {
            "id": self.id,
            "version": self.version,
            "number": self.name,
            "reference": self.customer_reference or "",
            "orders": self._get_customer_orders(reader),
            "date": self._get_print_day(self.date_received),
            "occurred": self._get_print_day(self.date_occurred),
            "place": self.place or "",
            "words": self._get_print_words(),
            "goods": self._get_print_goods(),
            "stage": self._prepare_customer_stage(),
            "steps": self._prepare_customer_steps(),
            "dates": self._prepare_customer_dates(),
            "waiting": self._is_waiting_for_customer(),
            "contact": self._get_print_contact(),
            "company": self.company_id.name,
        }

    def _get_customer_orders(self, reader):
        """:return: numbers of the orders, to the customer who placed them only (R62)"""
        if not reader or reader.commercial_partner_id != self.partner_id.commercial_partner_id:
            return ""
        case = self._get_print_case()
        return ", ".join(filter(None, (case["order_ref"], case["orders"])))

    # ------------------------------------------------------------
    # How far it is
    # ------------------------------------------------------------
    def _prepare_customer_stage(self):
        """:return: dict ``key, label, hint, color`` of how far it is, in the customer's words"""
        self.ensure_one()
        key = STAGE_BY_STATE[self.state]
        hint = self._get_stage_hints()[key]
        is_turn = self._is_waiting_for_customer()
        if is_turn and key != "confirm":
            hint = self.env._("We made you an offer. Please tell us whether it suits you.")
        return {
            "key": key,
            "label": self._get_stage_labels()[key],
            "hint": hint,
            "color": STAGE_COLORS.get(key, "info"),
            "hint_color": "warning" if is_turn else "info",
        }

    def _get_stage_labels(self):
        return {
            "received": self.env._("Received"),
            "looking": self.env._("Being looked at"),
            "planned": self.env._("Plan made"),
            "doing": self.env._("Being done"),
            "confirm": self.env._("Please confirm"),
            "closed": self.env._("Closed"),
        }

    def _get_stage_hints(self):
        return {
            "received": self.env._("We have your complaint. We will look into it now."),
            "looking": self.env._("We look into what happened and what we can do for you."),
            "planned": self.env._("We have decided what to do and prepare it."),
            "doing": self.env._("We are doing what we agreed on."),
            "confirm": self.env._(
                "We have done what we agreed on. Please check it and tell us whether it is settled."
            ),
            "closed": self.env._("This complaint is closed. Thank you for telling us."),
        }

    def _prepare_customer_steps(self):
        """:return: list of dicts ``label, date, is_done, is_current`` of the way to the end"""
        labels = self._get_stage_labels()
        current = STAGES.index(STAGE_BY_STATE[self.state])
        dates = {
            "received": self.date_received,
            "looking": self.date_registered,
            "planned": self.date_planned,
            "confirm": self.date_resolved,
            "closed": self.date_closed,
        }
        return [
            {
                "label": labels[stage],
                "date": self._get_print_day(dates.get(stage)) if index <= current else "",
                "is_done": index < current or self.state == "closed",
                "is_current": index == current,
            }
            for index, stage in enumerate(STAGES)
        ]

    # ------------------------------------------------------------
    # What comes when
    # ------------------------------------------------------------
    def _prepare_customer_dates(self):
        """What the customer may expect by when, from deadlines and promises; no names of anybody.

        :return: list of dicts ``label, date``, earliest first; a date that has passed is none to
            promise and becomes an apology
        """
        self.ensure_one()
        if self.state not in ("draft", "submitted", "registered", "planned", "executing"):
            return []
        expected = self._get_expected_moments()
        now = fields.Datetime.now()
        future = sorted((moment, label) for label, moment in expected if moment >= now)
        dates = [{"label": label, "date": self._get_print_day(day)} for day, label in future]
        if expected and not future:
            late = self.env._("It takes longer than we wanted. We come back to you soon.")
            return [{"label": late, "date": ""}]
        return dates

    def _get_expected_moments(self):
        """:return: list of ``(label, datetime)`` of what is still to come"""
        expected = [
            (
                self.env._("You hear from us by"),
                not self.date_responded and self.response_deadline,
            ),
            (
                self.env._("We want to have it done by"),
                not self.date_handled and self.handling_deadline,
            ),
            (
                self.env._("You have our written answer by"),
                not self.date_reported and self.report_deadline,
            ),
        ]
        promise = self.env._("We come back to you by")
        open_promises = self.promise_ids.filtered(lambda p: p.state == "open")
        expected += [(promise, deadline) for deadline in open_promises.mapped("deadline")]
        return [(label, moment) for label, moment in expected if moment]
