from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import email_normalize

from . import phone_numbers

MAX_DUPLICATES = 5


class ComplaintCallContact(models.AbstractModel):
    """Somebody whom we do not know becomes a contact while he is on the telephone (R1, R61)."""

    _inherit = "complaint.call"

    @api.model
    def create_contact(
        self,
        number,
        name,
        company_name="",
        parent_id=None,
        email="",
        is_company=False,
        anyway=False,
    ):
        """Create the contact of an unknown number; who might be the same is shown first.

        :param str number: telephone number in any notation; may be empty
        :param str name: of the person, or of the company
        :param str company_name: of the company he works for, which is created, too
        :param int parent_id: ``res.partner``: the company he works for, when we know it
        :param str email: address; may be empty
        :param bool is_company: what is created is a company
        :param bool anyway: also when there are contacts that might be the same
        :return: dict ``{partner_id, duplicates: [{id, name, phone, email}]}``; with duplicates
            and without ``anyway`` nothing was created and ``partner_id`` is False
        :raise AccessError: without the right to create contacts
        :raise UserError: without a name, for what is no number or no address
        """
        self._check_card_access()
        partners = self.env["res.partner"]
        partners.check_access("create")
        texts = {"name": name, "company_name": company_name, "email": email}
        values = self._read_contact(self._read_number(number or ""), texts)
        parent = self._browse_asked("res.partner", parent_id)
        duplicates = self._find_duplicates(values, parent)
        if duplicates and not anyway:
            return {"partner_id": False, "duplicates": self._show_duplicates(duplicates)}
        if values["company_name"] and not parent:
            parent = partners.create(self._prepare_company_vals(values))
        partner = partners.create(self._prepare_contact_vals(values, parent, is_company))
        return {"partner_id": partner.id, "duplicates": []}

    @api.model
    def _prepare_card_vals(self, number, callers, partner):
        """Add ``can_create_contact``."""
        vals = super()._prepare_card_vals(number, callers, partner)
        vals["can_create_contact"] = self.env["res.partner"].has_access("create")
        return vals

    @api.model
    def _read_contact(self, number, texts):
        """:param dict texts: ``name``, ``company_name``, ``email`` as they were given
        :return: dict of them without what surrounds them, with ``phone`` as contacts show it

        :raise UserError: for a missing name, for what is no text or no e-mail address
        """
        if any(text and not isinstance(text, str) for text in texts.values()):
            raise UserError(self.env._("Name, company and e-mail address of a contact are texts."))
        values = {key: " ".join((text or "").split()) for key, text in texts.items()}
        if not values["name"]:
            raise UserError(self.env._("A contact needs a name."))
        if values["email"] and not email_normalize(values["email"]):
            raise UserError(self.env._("“%s” is no e-mail address.", values["email"]))
        return {**values, "phone": self._format_number(number)}

    @api.model
    def _format_number(self, number):
        """:return: a number as contacts show it; without country code it is our country's"""
        return phone_numbers.show(number, self._get_region())

    # ------------------------------------------------------------
    # Who might be the same
    # ------------------------------------------------------------
    @api.model
    def _find_duplicates(self, values, parent):
        """:return: ``res.partner`` the user may read who might be whom he wants to create"""
        partners = self.env["res.partner"]
        callers = self._find_callers(values["phone"]) if values["phone"] else partners
        alike = partners.search(self._get_duplicate_domain(values, parent), limit=MAX_DUPLICATES)
        return (callers | alike)[:MAX_DUPLICATES] - parent

    @api.model
    def _get_duplicate_domain(self, values, parent):
        """:return: ``Domain`` of contacts with the same address, name or company"""
        names = [values["name"], *([] if parent else filter(None, [values["company_name"]]))]
        domain = Domain("name", "in", names) & Domain("is_company", "=", True)
        domain |= Domain("name", "=", values["name"]) & Domain("parent_id", "=", parent.id)
        if values["email"]:
            domain |= Domain("email_normalized", "=", email_normalize(values["email"]))
        return domain

    @api.model
    def _show_duplicates(self, duplicates):
        """:return: list of dicts for the browser"""
        return [
            {
                "id": partner.id,
                "name": partner.display_name,
                "phone": partner.phone or "",
                "email": partner.email or "",
            }
            for partner in duplicates
        ]

    # ------------------------------------------------------------
    # What is created
    # ------------------------------------------------------------
    @api.model
    def _prepare_company_vals(self, values):
        """Values of the caller's company; called by :meth:`create_contact`."""
        return {"name": values["company_name"], "is_company": True}

    @api.model
    def _prepare_contact_vals(self, values, parent, is_company):
        """Values of the new contact; called by :meth:`create_contact`.

        :param parent: ``res.partner`` he works for, may be empty
        """
        return {
            "name": values["name"],
            "phone": values["phone"] or False,
            "email": values["email"] or False,
            "parent_id": parent.id,
            "is_company": bool(is_company),
        }
