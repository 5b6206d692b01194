import math
import re
import secrets
from datetime import date, timedelta

from odoo import api, fields, models
from odoo.fields import Command
from odoo.tools import email_normalize

MAX_WORDS = 10_000
MAX_LINE = 200
MAX_QUANTITY = 1e9
# What a nonce may look like; what does not is replaced.
NONCE = re.compile(r"[A-Za-z0-9_-]{16,64}")
# All that is neither a letter nor a line feed nor a tabulator: NUL would break the database.
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
TEXTS = ("description", "reason", "wish")
WORDS = ("phone", "email", "name", "reference", "product", "lot", "bought", "quantity")
EARLIEST_DAY = date(1990, 1, 1)


class ComplaintCustomerForm(models.AbstractModel):
    """What a customer types into a form of ours: read, checked, turned into values (R5, R7, R61).

    Nothing of it is trusted. All that is wrong is said at once, beside the field, and what he typed
    stays. Used by the portal and by the QR code.
    """

    _name = "complaint.customer.form"
    _description = "Form for Customers"

    @api.model
    def _get_demand_choices(self):
        """What customers may ask for, in plain words; addons add theirs with super().

        :return: dict key → (kind of ``complaint.demand``, label); a key that is no kind keeps its
            label on the request
        """
        return {
            "missing": ("exchange", self.env._("Send what is missing")),
            "exchange": ("exchange", self.env._("Replace the goods")),
            "repair": ("repair", self.env._("Repair it")),
            "return": ("return", self.env._("Take the goods back")),
            "credit": ("credit", self.env._("Give me my money back or a credit note")),
            "discount": ("discount", self.env._("Lower the price")),
            "onsite": ("onsite", self.env._("Send somebody to look at it")),
            "explanation": ("explanation", self.env._("Explain what happened")),
            "cause_prevention": (
                "cause_prevention",
                self.env._("Find the cause and make sure it does not happen again"),
            ),
        }

    # ------------------------------------------------------------
    # Reading
    # ------------------------------------------------------------
    @api.model
    def _new_form(self, **values):
        """:return: dict of an empty form, with a nonce of its own: sent twice, it is one case"""
        form = dict.fromkeys((*TEXTS, *WORDS, "production_date"), "")
        form.update({"nonce": secrets.token_urlsafe(18), "lines": {}, "demands": []})
        return {**form, **values}

    @api.model
    def _read_form(self, params, goods):
        """Read what was sent, whatever it is.

        :param params: ``werkzeug`` ``MultiDict`` of strings
        :param list goods: rows that were offered; others are ignored
        :return: tuple (form, dict field → translated sentence of what is wrong with it)
        """
        form, errors = self._new_form(), {}
        nonce = params.get("nonce") or ""
        if NONCE.fullmatch(nonce):
            form["nonce"] = nonce
        for name in (*TEXTS, *WORDS, "production_date"):
            form[name] = self._clean(params.get(name), multiline=name in TEXTS)
        choices = self._get_demand_choices()
        form["demands"] = [key for key in choices if key in params.getlist("demands")]
        for row in goods:
            self._read_goods(row, params, form, errors)
        self._check_lengths(form, errors)
        self._read_description(form, errors)
        self._check_more(goods, form, errors)
        return form, errors

    @api.model
    def _clean(self, text, multiline=False):
        """:return: ``text`` without what no database or reader wants"""
        text = (text or "").replace("\r\n", "\n").replace("\r", "\n")
        text = UNPRINTABLE.sub("", text)
        return text.strip() if multiline else " ".join(text.split())

    @api.model
    def _read_goods(self, row, params, form, errors):
        """A quantity means ticked; ticked without one means that he did not say how many."""
        key = row["key"]
        typed = self._clean(params.get(f"quantity_{key}"))
        ticked = bool(params.get(f"take_{key}"))
        line = {"take": ticked or bool(typed), "quantity": typed[:40]}
        form["lines"][key] = line
        if not line["take"]:
            return
        # One piece with its serial number speaks for itself
        value = self._parse_quantity(typed) if typed else float(row["limit"] == 1)
        if value is None:
            errors["lines"] = self.env._(
                "“%(text)s” is no quantity of %(goods)s: type a number, or leave it empty if you "
                "do not know yet.",
                text=typed[:40],
                goods=row["name"],
            )
        elif value or not typed:
            line["value"] = value

    @api.model
    def _parse_quantity(self, text):
        """:return: float from 0, or None where ``text`` is no such number; 1,5 is 1.5"""
        try:
            value = float(text.replace(",", ".") if "." not in text else text)
        except ValueError:
            return None
        return value if math.isfinite(value) and 0 <= value <= MAX_QUANTITY else None

    @api.model
    def _read_description(self, form, errors):
        """What was described in words, without order or delivery (R61)."""
        form["quantity_value"] = None
        if form["quantity"]:
            form["quantity_value"] = self._parse_quantity(form["quantity"])
            if form["quantity_value"] is None:
                errors["quantity"] = self.env._("Type a number.")
        form["production_day"] = False
        if form["production_date"]:
            try:
                day = fields.Date.to_date(form["production_date"][:10])
            except ValueError:
                day = None
            if not day or not EARLIEST_DAY <= day <= fields.Date.today() + timedelta(days=1):
                errors["production_date"] = self.env._("Choose the day from the calendar.")
            else:
                form["production_day"] = day

    # ------------------------------------------------------------
    # Checking
    # ------------------------------------------------------------
    @api.model
    def _check_lengths(self, form, errors):
        if not form["description"]:
            errors["description"] = self.env._("Tell us in your words what is wrong.")
        for name in TEXTS:
            if len(form[name]) > MAX_WORDS:
                errors[name] = self.env._(
                    "This is longer than %s characters. Shorten it, or send it as a file.",
                    MAX_WORDS,
                )
        for name in WORDS:
            if len(form[name]) > MAX_LINE:
                errors[name] = self.env._("This is longer than %s characters.", MAX_LINE)
        if form["email"] and not email_normalize(form["email"]):
            errors["email"] = self.env._("This is no e-mail address.")

    @api.model
    def _check_more(self, goods, form, errors):
        """More than was delivered can be right, but then it has to be said why (R3)."""
        beyond = [row for row in goods if form["lines"][row["key"]].get("value", 0) > row["limit"]]
        form["ask_reason"] = bool(beyond or form["reason"])
        if beyond and not form["reason"]:
            errors["reason"] = self.env._(
                "We delivered %(quantity)s of %(goods)s. You entered more: please say why.",
                quantity=f"{beyond[0]['limit']:g} {beyond[0]['unit']}".strip(),
                goods=beyond[0]["name"],
            )

    @api.model
    def _check_reachable(self, form, errors):
        """Whoever is not known to us says how to reach him (QR code)."""
        if not (form["email"] or form["phone"]):
            errors["email"] = self.env._("Give us an e-mail address or a phone number, please.")

    # ------------------------------------------------------------
    # Values
    # ------------------------------------------------------------
    @api.model
    def _prepare_complaint_vals(self, form, goods):
        """Values of the complaint somebody described; called by ``complaint._receive_form``.

        Customer, company, channel and salesperson are the door's.
        """
        words = form["description"]
        if form["reason"]:
            more = self.env._("Why more than was delivered:")
            words = f"{words}\n\n{more} {form['reason']}"
        vals = {
            "description": words,
            "customer_reference": form["reference"] or False,
            "purchase_place": form["bought"] or False,
            "line_ids": [Command.create(line) for line in self._prepare_line_vals(form, goods)],
            "demand_ids": [Command.create(vals) for vals in self._prepare_demand_vals(form)],
        }
        if form["phone"]:
            vals["phone"] = form["phone"]
        return vals

    @api.model
    def _prepare_demand_vals(self, form):
        """Values of the requests; called by :meth:`_prepare_complaint_vals`."""
        choices = self._get_demand_choices()
        demands = []
        for key in form["demands"]:
            kind, label = choices[key]
            demands.append({"kind": kind, "name": False if key == kind else label})
        if form["wish"]:
            demands.append({"kind": "explanation", "name": form["wish"]})
        return [{"sequence": 10 * n, **vals} for n, vals in enumerate(demands, start=1)]
