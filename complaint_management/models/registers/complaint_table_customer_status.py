from dateutil.relativedelta import relativedelta

from odoo import fields, models
from odoo.fields import Domain

from ..complaint.complaint_complaint import UNREGISTERED_STATES
from ..complaint.complaint_lifecycle import OPEN_STATES
from .layout.table import TableColumn

# How far back a customer is told about what is closed.
MONTHS = 12
TONES = {"confirm": "warn", "closed": "muted"}


class ComplaintTableCustomerStatus(models.AbstractModel):
    """How far one customer's complaints are, on a paper to take along (R54).

    For the customer, in his language: the cases his people see in the portal, what his page shows
    of them (``portal/complaint_customer_page``) and nothing else, so no title or step of ours, no
    names but whom he may ask. Of the company whose letterhead it is: what is open, and what was
    received in the last twelve months. What somebody of his is still writing is shown to nobody
    else. Option ``partner``: the customer's ID.
    """

    _name = "complaint.table.customer.status"
    _description = "Status of a Customer's Complaints"
    _inherit = ["complaint.table"]

    _table_model = "complaint.complaint"
    _table_order = "date_received desc, id desc"

    def _get_customer(self, request):
        """:return: ``res.partner`` the paper is for; empty for what is no customer"""
        number = request.options.get("partner")
        partner = self.env["res.partner"].browse(number if type(number) is int else 0).exists()
        return partner.filtered(lambda p: p.has_access("read")).commercial_partner_id

    def _for_reader(self, request):
        """Everything in the language of the customer, who reads it."""
        lang = self._get_customer(request).lang
        return self.with_context(lang=lang) if lang else super()._for_reader(request)

    def _get_title(self, request):
        return self.env._("Your Complaints")

    def _get_base_domain(self, request):
        customer = self._get_customer(request)
        since = fields.Datetime.now() - relativedelta(months=MONTHS)
        return (
            self.env[self._table_model]._get_sides_domain(customer)
            & Domain("company_id", "=", self.env.company.id)
            & Domain("state", "not in", UNREGISTERED_STATES)
            & (Domain("state", "in", OPEN_STATES) | Domain("date_received", ">=", since))
        )

    def _get_subtitle(self, records, request):
        # sudo: whose paper it is
        return [self._get_customer(request).sudo().name or ""]

    def _get_origin(self, request):
        """No filters of ours: whose paper it is, which day, whom to ask."""
        return [
            self.env._(
                "%(company)s, %(day)s. Your contact: %(user)s",
                company=self.env.company.name,
                day=self._format_today(),
                user=self.env.user.name,
            )
        ]

    def _get_columns(self, request):
        return [
            TableColumn("number", self.env._("Our number"), width=15, repeat=True),
            TableColumn("reference", self.env._("Your number"), width=15),
            TableColumn("date", self.env._("Date"), kind="date", width=12),
            TableColumn("goods", self.env._("Goods"), width=26),
            TableColumn("words", self.env._("Your words"), width=46),
            TableColumn("stage", self.env._("Status"), kind="state", width=18),
            TableColumn("hint", self.env._("What happens now"), width=44),
            TableColumn("expected", self.env._("What you may expect"), width=30),
        ]

    def _prepare_rows(self, records, request):
        # sudo: goods and offers of cases one may read; strings the customer's page shows leave
        return [self._prepare_row(complaint) for complaint in records.sudo()]

    def _prepare_row(self, complaint):
        """Hook: one case as its customer may see it; called by :meth:`_prepare_rows`.

        :return: dict column key → value
        """
        stage = complaint._prepare_customer_stage()
        expected = [
            f"{each['label']} {each['date']}" for each in complaint._prepare_customer_dates()
        ]
        return {
            "number": complaint.name,
            "reference": complaint.customer_reference,
            # As all days his page shows
            "date": complaint._get_print_date(complaint.date_received),
            # Each once: from how many deliveries they came is no matter here
            "goods": "\n".join(dict.fromkeys(r["name"] for r in complaint._get_print_goods())),
            "words": complaint._get_print_words(),
            "stage": (stage["label"], TONES.get(stage["key"], "")),
            "hint": stage["hint"],
            "expected": "\n".join(line.strip() for line in expected),
        }
