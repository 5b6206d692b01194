import re

from odoo import api, fields, models
from odoo.fields import NO_ACCESS

from ..complaint.redaction import Redaction
from .complaint_lesson import LESSON_TEXTS, SETTLED_STATES

# Between accepted words; Chinese has commas of its own.
COMMAS = re.compile(r"[,\uff0c\u3001;\n]")
EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
# Ends of companies' names that say nothing about whose they are.
LEGAL_FORMS = re.compile(
    r"[\s,]+(?:gmbh(?: & co\.? kg)?|ag|kg|ohg|ug|se|e\.?k\.?|ltd\.?|limited|inc\.?|llc|plc|corp\.?"
    r"|co\.?(?:,? ltd\.?)?|s\.?a\.?r?\.?l?\.?|s\.?p\.?a\.?|b\.?v\.?|pty\.?)$|"
    r"(?:股份|集团|集團)?(?:有限责任公司|有限責任公司|有限公司|公司)$",
    re.IGNORECASE,
)
# Shorter numbers stand in other texts by accident.
MIN_NUMBER = 4
# Parts of a person's name shorter than this do, too.
MIN_NAME_PART = 3


class ComplaintLessonNeutral(models.Model):
    """A lesson says nothing about whose case it was (R52, practice: *never*).

    Before anybody else reads it, its texts are searched for the names of its cases: customers,
    suppliers, people, numbers, addresses. Names that are words of everyday life may be accepted by
    the author; who publishes it sees which. That is a text like any other: who accepts a word does
    not publish, and what changed is noticed. Readers are not shown it: it would tell the names.
    """

    _inherit = "complaint.lesson"

    accepted_words = fields.Char(
        "Words that name nobody",
        compute="_compute_accepted_words",
        inverse="_inverse_accepted_words",
        help="Separated by commas: words of the text that are also a name in the case, such as a "
        "customer called Best. They are not refused, and shown to nobody once it is published.",
    )
    accepted_names = fields.Char("Words that name nobody, as kept", groups=NO_ACCESS, copy=False)

    @api.depends("accepted_names", "state")
    def _compute_accepted_words(self):
        """Shown while it is written, to whom may read it then."""
        for lesson in self:
            is_settled = lesson.state in SETTLED_STATES
            # sudo: kept in a field that is nobody's, for readers of what is published
            lesson.accepted_words = not is_settled and lesson.sudo().accepted_names

    def _inverse_accepted_words(self):
        for lesson in self:
            # sudo: whoever may write the lesson may say so; guards ask whether it is published
            lesson.sudo().accepted_names = lesson.accepted_words

    @api.model
    def _get_written_fields(self):
        return super()._get_written_fields() | {"accepted_words"}

    def _prepare_version_vals(self):
        return {**super()._prepare_version_vals(), "accepted_words": self.accepted_names}

    def _get_naming_problems(self):
        """:return: list of at most one translated sentence with every word that has to go"""
        self.ensure_one()
        names = self._find_names()
        if not names:
            return []
        return [
            self.env._(
                "“%(lesson)s” names somebody or a document of the case: %(names)s. Write it so "
                "that nobody can tell whose case it was, or list a word that names nobody under "
                "“Words that name nobody”.",
                lesson=self.name,
                names=", ".join(f"“{name}”" for name in names),
            )
        ]

    def _find_names(self):
        """:return: sorted list of the words that name somebody, as they stand in the lesson"""
        self.ensure_one()
        texts = [self[name] for name in LESSON_TEXTS if self[name]]
        texts += [name for name in self.picture_ids.mapped("name") if name]
        # sudo: only words that the writer wrote himself are shown to him
        names = self.sudo().source_ids._get_naming_words()
        redaction = Redaction(None, None, set().union(*names.values()), "")
        found = set()
        for text in texts:
            found |= redaction.find(text) | set(EMAIL.findall(text))
        # sudo: as above
        kept = self.sudo().accepted_names or ""
        accepted = {word.strip().casefold() for word in COMMAS.split(kept)}
        return sorted(name for name in found if name.casefold() not in accepted)


class ComplaintNaming(models.Model):
    """By which words a case can be recognised."""

    _inherit = "complaint.complaint"

    def _get_naming_words(self):
        """By sudo: what must not stand in a lesson of these cases.

        :return: dict ``customer``, ``supplier``, ``person``, ``number`` → set of strings
        """
        return {
            "customer": self._get_partner_words(self._get_naming_customers())
            | self._get_contact_words(),
            "supplier": self._get_partner_words(self._get_naming_suppliers()),
            "person": self._get_person_words(),
            "number": self._get_number_words(),
        }

    def _get_naming_customers(self):
        """Hook: ``res.partner`` of the customers' side."""
        partners = self.partner_id | self.contact_id | self.complainant_id
        orders = self.sale_order_id | self.line_ids.sale_order_id
        partners |= orders.partner_id | orders.partner_shipping_id | self.picking_id.partner_id
        return partners | partners.commercial_partner_id

    def _get_naming_suppliers(self):
        """Hook: ``res.partner`` who supply or carry the goods, without our own companies."""
        suppliers = self.line_ids.product_id.seller_ids.partner_id.commercial_partner_id
        return (
            suppliers
            - self.env["res.company"].search([("partner_id", "in", suppliers.ids)]).partner_id
        )

    def _get_partner_words(self, partners):
        """:return: set of names, streets, numbers and addresses of ``partners``"""
        words = set()
        for partner in partners:
            words |= self._get_name_forms(partner.name, not partner.is_company)
            words.update(
                (partner.street, partner.email, partner.phone, partner.vat, partner.website)
            )
        return {word.strip() for word in words if word and len(word.strip()) > 1}

    def _get_name_forms(self, name, is_person):
        """:return: set: ``name`` as it is written, without its legal form, a person's parts"""
        name = (name or "").strip()
        forms = {name, LEGAL_FORMS.sub("", name).strip()}
        if is_person:
            forms |= {part for part in re.split(r"[\s,.]+", name) if len(part) >= MIN_NAME_PART}
        return {form for form in forms if len(form) > 1}

    def _get_contact_words(self):
        """:return: set of what the cases themselves say about who complained"""
        words = set()
        for complaint in self:
            words |= self._get_name_forms(complaint.complainant_name, True)
            words |= self._get_name_forms(complaint.sender_name, True)
            words |= {complaint.email_from, complaint.phone, complaint.sender_email}
            words |= {complaint.customer_plant, complaint.purchase_place}
        return {word.strip() for word in words if word and len(word.strip()) > 1}

    def _get_person_words(self):
        """:return: set of the people of our house who were in it, or whom it is about (R73)"""
        users = self.user_id | self.lead_user_id | self.create_uid | self.action_ids.user_id
        users |= self._get_concerned_users()
        operators = [name for name in self.cause_ids.mapped("operator_name") if name]
        members = [name for name in self.member_ids.mapped("name") if name]
        words = {user.name.strip() for user in users if user.name and user.id != 1}
        for name in operators + [name for name in self.mapped("person_concerned") if name]:
            words |= self._get_name_forms(name, True)
        return words | {name.strip() for name in members}

    def _get_number_words(self):
        """:return: set of numbers by which the cases are found"""
        orders = self.sale_order_id | self.line_ids.sale_order_id
        pickings = self.picking_id | self.line_ids.picking_id
        numbers = [
            *self.mapped("name"),
            *self.mapped("customer_reference"),
            *self.mapped("customer_order_ref"),
            *self.mapped("tracking_ref"),
            # Its number or its kind: “Invoice” stands in many texts
            *(d for d in self.mapped("document_concerned") if re.search(r"\d", d or "")),
            *orders.mapped("name"),
            *orders.mapped("client_order_ref"),
            *pickings.mapped("name"),
        ]
        return {n.strip() for n in numbers if n and len(n.strip()) >= MIN_NUMBER}
