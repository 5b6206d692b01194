from collections import defaultdict

from odoo import api, fields, models
from odoo.fields import Domain

from ..complaint.complaint_complaint import UNREGISTERED_STATES
from .mail_numbers import get_numbers

# Addresses there are everybody's: they say nothing about a company.
PUBLIC_DOMAINS = frozenset(
    [
        "126.com",
        "139.com",
        "163.com",
        "aliyun.com",
        "aol.com",
        "foxmail.com",
        "gmail.com",
        "gmx.de",
        "gmx.net",
        "googlemail.com",
        "hotmail.com",
        "icloud.com",
        "live.com",
        "mail.ru",
        "me.com",
        "msn.com",
        "outlook.com",
        "proton.me",
        "protonmail.com",
        "qq.com",
        "sina.com",
        "sohu.com",
        "t-online.de",
        "web.de",
        "yahoo.co.jp",
        "yahoo.com",
        "yandex.ru",
    ]
)
LIMIT = 10


class ComplaintMailHint(models.Model):
    """What a draft's words mention: an order, a delivery, a lot, another case. It is proposed, one
    press takes it over; nothing is linked because a stranger wrote a number (R5, R61, T5).

    Found with the reader's own rights, in one query for each kind and all drafts of a screen.
    """

    _inherit = "complaint.complaint"

    hint_order_id = fields.Many2one("sale.order", "Order mentioned", compute="_compute_hints")
    hint_picking_id = fields.Many2one(
        "stock.picking", "Delivery mentioned", compute="_compute_hints"
    )
    hint_lot_id = fields.Many2one("stock.lot", "Lot mentioned", compute="_compute_hints")
    hint_complaint_id = fields.Many2one(
        "complaint.complaint", "Complaint mentioned", compute="_compute_hints"
    )
    hint_partner_id = fields.Many2one(
        "res.partner",
        "Customer with such addresses",
        compute="_compute_hints",
        help="The only customer with addresses of that domain. That proves nothing.",
    )

    @api.depends_context("uid", "allowed_company_ids")
    @api.depends(
        "state",
        "subject",
        "description",
        "sale_order_id",
        "picking_id",
        "partner_id",
        "sender_email",
        "line_ids.lot_name",
        "line_ids.lot_ids",
        "duplicate_of_id",
    )
    def _compute_hints(self):
        names = (
            "hint_order_id",
            "hint_picking_id",
            "hint_lot_id",
            "hint_complaint_id",
            "hint_partner_id",
        )
        self.update(dict.fromkeys(names, False))
        # What comes in by mail only: who types it himself knows what he means
        drafts = self.filtered(lambda c: c.sender_state and c.state in UNREGISTERED_STATES)
        numbers = {c: get_numbers(c.subject, c.description) for c in drafts}
        words = {number for found in numbers.values() for number in found}
        finders = (self._find_orders, self._find_pickings, self._find_lots, self._find_complaints)
        for name, finder in zip(names, finders, strict=False):
            found = finder(words) if words else {}
            for complaint, own in numbers.items():
                complaint[name] = complaint._choose_hint(name, own, found)
        drafts._compute_partner_hints()

    def _choose_hint(self, name, numbers, found):
        """:param dict found: number → records, among them those of other companies' drafts
        :return: the record to propose, empty where it is taken over already
        """
        empty = self.env[self._fields[name].comodel_name]
        fitting = empty.union(*(found[number] for number in numbers if number in found))
        company = self.company_id
        fitting = fitting.filtered(lambda r: not r.company_id or r.company_id == company)
        if name == "hint_order_id":
            fitting = fitting.browse() if self.sale_order_id else fitting
        elif name == "hint_picking_id":
            fitting = fitting.browse() if self.picking_id else fitting
        elif name == "hint_lot_id":
            known = set(self.line_ids.mapped("lot_name"))
            fitting = (fitting - self.line_ids.lot_ids).filtered(lambda lot: lot.name not in known)
        else:
            fitting = fitting.browse() if self.duplicate_of_id else fitting - self._origin
        return self._prefer_customer(fitting)[:1]

    def _prefer_customer(self, records):
        """:return: ``records``, those of the customer first"""
        customer = self.partner_id.commercial_partner_id
        if not customer or "partner_id" not in records._fields:
            return records
        return records.sorted(lambda r: r.partner_id.commercial_partner_id != customer)

    # ------------------------------------------------------------
    # Looking up
    # ------------------------------------------------------------
    @api.model
    def _find_named(self, model, domain, words, *names):
        """:return: dict number → records of ``model`` the user may read that are called so"""
        found = defaultdict(lambda: self.env[model])
        if not self.env[model].has_access("read"):
            return found
        named = Domain.OR(Domain(name, "in", list(words)) for name in names)
        # Enough for a screen of drafts; a number that fits everything says nothing
        for record in self.env[model].search(Domain(domain) & named, limit=200):
            for name in names:
                if record[name]:
                    found[record[name]] |= record
        return {word: records for word, records in found.items() if len(records) <= LIMIT}

    @api.model
    def _find_orders(self, words):
        return self._find_named(
            "sale.order", [("state", "=", "sale")], words, "name", "client_order_ref"
        )

    @api.model
    def _find_pickings(self, words):
        domain = [("picking_type_code", "in", ("outgoing", "dropship")), ("state", "=", "done")]
        return self._find_named("stock.picking", domain, words, "name")

    @api.model
    def _find_lots(self, words):
        return self._find_named("stock.lot", Domain.TRUE, words, "name")

    @api.model
    def _find_complaints(self, words):
        return self._find_named(
            "complaint.complaint",
            [("state", "not in", UNREGISTERED_STATES)],
            words,
            "name",
            "customer_reference",
        )

    def _compute_partner_hints(self):
        """Propose the only customer with addresses of the sender's domain."""
        domains = defaultdict(self.browse)
        for complaint in self:
            domain = (complaint.sender_email or "").rpartition("@")[2].lower()
            if domain and not complaint.partner_id and domain not in PUBLIC_DOMAINS:
                domains[domain] |= complaint
        for domain, complaints in list(domains.items())[:LIMIT]:
            partners = self.env["res.partner"].search(
                [("email_normalized", "=like", f"%@{domain}")], limit=50
            )
            customers = partners.commercial_partner_id
            if len(customers) == 1:
                complaints.hint_partner_id = customers
