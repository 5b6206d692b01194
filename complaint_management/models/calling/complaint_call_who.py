from odoo import api, models, tools
from odoo.fields import Domain
from odoo.tools import SQL

from . import phone_numbers

MAX_CALLERS = 20
MAX_CONSUMERS = 5
# How many numbers that end alike are looked at: a call centre's worth of contacts.
MAX_CANDIDATES = 200


class ComplaintCallWho(models.AbstractModel):
    """Who is calling: contacts and consumers whose number this is, in any notation (R1, R61).

    The database knows each number by its last digits (``phone_numbers.ENDS_SQL``); the handful it
    finds there are compared exactly. Record rules decide who is found: contacts of other
    companies and archived ones are not.
    """

    _inherit = "complaint.call"

    # ------------------------------------------------------------
    # Numbers
    # ------------------------------------------------------------
    @api.model
    def _read_numbers(self, text):
        """:return: list of ``phone_numbers.Number``; without country code they are our country's"""
        return phone_numbers.read(text, self._get_region())

    @api.model
    def _get_region(self, country=None):
        """:param country: ``res.country``, default and where empty: the company's
        :return: ``phone_numbers.Region``
        """
        regions = self._get_regions()
        # sudo: the country of the company one works in
        home = self.env.company.sudo().partner_id.country_id
        return regions.get((country or home).id) or phone_numbers.NOWHERE

    @api.model
    @tools.ormcache(cache="stable")
    def _get_regions(self):
        """:return: dict id of each country → its region; forgotten when core changes a code"""
        # sudo: remembered for everybody
        countries = self.env["res.country"].sudo().search_fetch([], ["code", "phone_code"])
        return {
            country.id: phone_numbers.Region(country.code or "", str(country.phone_code or ""))
            for country in countries
        }

    @api.model
    def _get_phone_domain(self, numbers):
        """:param numbers: list of ``phone_numbers.Number``
        :return: ``Domain`` on a model with an indexed ``phone``: numbers that end like these
        """
        ends = sorted({number.end for number in numbers})
        if not ends:
            return Domain.FALSE

        def to_sql(model, alias, query):
            phone = model._field_to_sql(alias, "phone", query)
            known = SQL(phone_numbers.ENDS_SQL, phone)
            return SQL("(%s IS NOT NULL AND %s && %s::text[])", phone, known, ends)

        return Domain.custom(to_sql=to_sql)

    @api.model
    def _rank_phones(self, numbers, records):
        """Compare exactly.

        :param records: with ``phone``; of contacts, the country says where a number belongs
        :return: dict record → rank, only of those that match
        """
        ranks = {}
        for record in records:
            region = self._get_region(self._get_phone_country(record))
            others = phone_numbers.read(record.phone, region)
            rank = phone_numbers.compare(numbers, others)
            if rank:
                ranks[record] = rank
        return ranks

    @api.model
    def _has_phone_end(self, numbers, record):
        """:return: whether the record's telephone ends with the digits that were typed"""
        region = self._get_region(self._get_phone_country(record))
        return phone_numbers.is_end(numbers, phone_numbers.read(record.phone, region))

    @api.model
    def _get_phone_country(self, record):
        """:return: ``res.country`` whose people write a record's number without country code"""
        country = record.country_id if "country_id" in record._fields else None
        # sudo: the country of the company the record belongs to
        return country or record.company_id.sudo().partner_id.country_id

    # ------------------------------------------------------------
    # People
    # ------------------------------------------------------------
    @api.model
    def _find_callers(self, number):
        numbers = self._read_numbers(number)
        if not numbers:
            return super()._find_callers(number)
        candidates = self.env["res.partner"].search_fetch(
            self._get_caller_domain(numbers),
            self._get_caller_fields(),
            order="is_company DESC, id DESC",
            limit=MAX_CANDIDATES,
        )
        ranks = self._rank_phones(numbers, candidates)
        found = sorted(ranks, key=lambda p: (-ranks[p], not p.is_company, -p.id))
        return self.env["res.partner"].concat(*found[:MAX_CALLERS])

    @api.model
    def _get_caller_domain(self, numbers):
        """:return: ``Domain`` of contacts that may be the callers; called by
        :meth:`_find_callers`
        """
        # Whatever the context says: who was archived does not call
        return Domain("active", "=", True) & self._get_phone_domain(numbers)

    @api.model
    def _get_caller_fields(self):
        """:return: list of the fields of ``res.partner`` the card shows of each caller, and of the
        customer, who mostly is among them
        """
        names = [
            *("name", "complete_name", "is_company", "commercial_partner_id", "function"),
            *("city", "phone", "email", "country_id", "company_id"),
            *("parent_id", "company_name", "commercial_company_name", "type", "user_id"),
            *("active", "complaint_tier", "sale_warn_msg"),
        ]
        partners = self.env["res.partner"]
        return [n for n in names if partners._has_field_access(partners._fields[n], "read")]

    @api.model
    def _find_consumers(self, number, callers):
        """Complaints that carry this number though none of the callers stands in them (R61).

        :param callers: ``res.partner``
        :return: ``complaint.complaint``, the latest first
        """
        complaints = self.env["complaint.complaint"]
        numbers = self._read_numbers(number)
        if not numbers:
            return complaints
        candidates = complaints.search_fetch(
            Domain("active", "=", True) & self._get_phone_domain(numbers),
            [
                "name",
                "subject",
                "complainant_name",
                "phone",
                "partner_id",
                "contact_id",
                "company_id",
            ],
            order="date_received DESC, id DESC",
            limit=MAX_CANDIDATES,
        )
        ranks = self._rank_phones(numbers, candidates)
        return candidates.filtered(
            lambda c: c in ranks and not (c.partner_id | c.contact_id) & callers
        )[:MAX_CONSUMERS]

    # ------------------------------------------------------------
    # The card
    # ------------------------------------------------------------
    @api.model
    def _prepare_card_vals(self, number, callers, partner):
        """Add ``number_shown``, ``known``, ``callers`` and ``complaint_callers``."""
        vals = super()._prepare_card_vals(number, callers, partner)
        consumers = self._find_consumers(number, callers)
        vals.update(
            number_shown=phone_numbers.show(number, self._get_region()),
            known=bool(callers or consumers),
            callers=[self._prepare_caller_card_vals(caller) for caller in callers],
            complaint_callers=[self._prepare_consumer_card_vals(case) for case in consumers],
        )
        return vals

    @api.model
    def _prepare_caller_card_vals(self, caller):
        """:return: dict of one ``res.partner`` for the card"""
        # sudo: the name of the company behind a contact the user may read
        customer = caller.commercial_partner_id.sudo()
        return {
            "id": caller.id,
            "name": caller.name or caller.complete_name or "",
            "is_company": caller.is_company,
            "customer_id": customer.id,
            "customer_name": customer.complete_name or "",
            "function": caller.function or "",
            "city": caller.city or "",
            "phone": caller.phone or "",
            "email": caller.email or "",
        }

    @api.model
    def _prepare_consumer_card_vals(self, complaint):
        """:return: dict of one ``complaint.complaint`` for the card"""
        return {
            "id": complaint.id,
            "name": complaint.name,
            "subject": complaint.subject or "",
            "complainant_name": complaint.complainant_name or "",
        }
