from odoo import api, models
from odoo.fields import Domain
from odoo.tools import email_normalize


class ComplaintCallFindPeople(models.AbstractModel):
    """The search box finds customers by telephone, name, reference, tax number and e-mail (R2)."""

    _inherit = "complaint.call"

    @api.model
    def _find_results(self, term):
        people = self._find_people(term)
        callers = {person["id"] for person in people if person["kind"] == "phone"}
        # Complaints that carry the number of somebody who is found himself are on his card
        others = [
            result
            for result in super()._find_results(term)
            if result["kind"] != "complaint" or result["partner_id"] not in callers
        ]
        return others + people

    @api.model
    def _find_people(self, term):
        """:return: list of results: telephones and names (our indexes), references and tax
        numbers (core's), e-mail addresses (ours)
        """
        numbers = self._read_numbers(term.text) if term.is_phone else []
        email = email_normalize(term.text) if "@" in term.text else False
        active = Domain("active", "=", True)
        exact = Domain("ref", "in", term.variants) | Domain("vat", "in", self._get_vats(term))
        exact |= Domain("email_normalized", "=", email) if email else Domain.FALSE
        partners = self._search_ranked(
            "res.partner",
            active & (exact | self._get_phone_domain(numbers)),
            active & Domain("complete_name", "=ilike", term.part),
            [*self._get_caller_fields(), "ref", "vat", "email_normalized"],
            "is_company DESC, id DESC",
        )
        ranks = self._rank_phones(numbers, partners) if numbers else {}
        results = []
        for partner in partners:
            texts = [partner.ref, partner.vat, partner.name, partner.complete_name]
            is_exact = term.equals(*texts) or partner.vat in self._get_vats(term)
            is_exact = is_exact or bool(email and partner.email_normalized == email)
            if partner in ranks:
                results.append(self._prepare_person_vals("phone", partner, True))
            elif (
                is_exact
                or not numbers
                or term.is_in(partner.complete_name)
                or self._has_phone_end(numbers, partner)
            ):
                # Of a number that only ends alike the digits before differ: no hit
                results.append(self._prepare_person_vals("customer", partner, is_exact))
        return results

    @api.model
    def _get_vats(self, term):
        """:return: list of what a tax number may be stored as"""
        return [*term.variants, term.text.upper().replace(" ", "")]

    @api.model
    def _prepare_person_vals(self, kind, partner, exact):
        """:return: dict of a contact as a result"""
        return self._prepare_result_vals(
            kind,
            partner,
            partner.complete_name,
            [partner.function, partner.city, partner.phone, partner.ref],
            exact,
            partner_id=partner.id,
        )
