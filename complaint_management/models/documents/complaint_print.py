from datetime import datetime

from odoo import fields, models
from odoo.tools import format_date

# Requests we settle with money or goods: the "claim" line of the feedback sheet.
CLAIM_KINDS = (
    "return",
    "exchange",
    "free_goods",
    "discount",
    "credit",
    "compensation",
    "deduction",
    "gift",
)
IMMEDIATE_KINDS = ("containment", "correction")


class ComplaintPrint(models.Model):
    """The one room for what customers' documents show: plain strings, chosen one by one.

    Templates for customers get these values and no record with internal fields, so that operators,
    penalties, machines, shifts, opinions, instructions, notes, logins and costs cannot get into a
    document by accident (practice: *never*). Texts are in the language of the context.
    """

    _inherit = "complaint.complaint"

    def _get_report_base_filename(self):
        """:return: file name of the internal complaint form, without extension"""
        self.ensure_one()
        return self.name.replace("/", "-")

    def _get_document_lang(self, partner=None):
        """Language of a document: the addressee's, else the customer's, else the company's.

        :param partner: addressee; default: the complaint's contact
        :return: code of an installed language
        """
        self.ensure_one()
        installed = {code for code, _name in self.env["res.lang"].get_installed()}
        addressee = partner or self.contact_id or self.partner_id
        # sudo: the company's own address, read whoever prints
        candidates = (addressee.lang, self.partner_id.lang, self.company_id.sudo().partner_id.lang)
        return next((lang for lang in candidates if lang in installed), self.env.lang or "en_US")

    # ------------------------------------------------------------
    # Values, all strings
    # ------------------------------------------------------------
    def _get_print_words(self):
        """:return: the customer's words, plain text (T11)"""
        return (self.description or "").strip()

    def _get_print_day(self, moment):
        """:return: a date or moment (UTC) as a day in the reader's language, or an empty string"""
        return format_date(self.env, self._get_print_date(moment)) if moment else ""

    def _get_print_date(self, moment):
        """:return: date of a date or moment (UTC) in the time zone of documents"""
        if not isinstance(moment, datetime):
            return moment
        local = self.with_context(tz=self._get_print_tz())
        return fields.Datetime.context_timestamp(local, moment).date()

    def _get_print_tz(self):
        """:return: time zone documents are dated in: the company's working time, else the user's"""
        calendar = self.team_id._get_calendar() if self.team_id else None
        return (calendar and calendar.tz) or self.env.user.tz or "UTC"

    def _get_print_quantity(self, quantity, uom):
        """:return: quantity without needless zeros, with its unit"""
        number = f"{quantity:.3f}".rstrip("0").rstrip(".")
        return f"{number} {uom.name or ''}".strip()

    def _get_print_case(self):
        """:return: dict of what identifies the case for the customer"""
        self.ensure_one()
        orders = self.line_ids.sale_order_id | self.sale_order_id
        return {
            "number": self.name,
            "reference": self.customer_reference or "",
            "order_ref": self.customer_order_ref
            or ", ".join(filter(None, orders.mapped("client_order_ref"))),
            "orders": ", ".join(orders.mapped("name")),
            "date": self._get_print_day(self.date_received),
            "occurred": self._get_print_day(self.date_occurred),
            "customer": self.partner_id.commercial_partner_id.name or self.complainant_name or "",
            "complainant": self.complainant_name or "",
            "contact": self.contact_id.name or "",
            "phone": self.phone or "",
            "place": self.place or "",
            "purchase_place": self.purchase_place or "",
            "defect": self.defect_id.name or "",
        }

    def _get_print_goods(self):
        """:return: list of dicts, one an affected line: goods, lots, dates, quantities"""
        return [
            {
                "name": line.product_id.with_context(display_default_code=False).display_name
                or line.name
                or "",
                "code": line.product_id.default_code or "",
                "lots": line.lot_label or "",
                "production_date": self._get_print_day(line.production_date),
                "shipped": self._get_print_day(line.date_shipped),
                # Goods he ticked without saying how many are named without a number
                "quantity": self._get_print_quantity(line.quantity_complained, line.product_uom_id)
                if line.quantity_complained or not line.quantity_unsaid
                else "",
                "defect": line.defect_id.name or self.defect_id.name or "",
            }
            for line in self.line_ids
            if line.quantity_complained or line.quantity_unsaid or not line.move_id
        ]

    def _get_print_requests(self):
        """:return: list of dicts, one a request: what is asked, our answer"""
        kinds = dict(self.env["complaint.demand"]._fields["kind"]._description_selection(self.env))
        states = dict(
            self.env["complaint.demand"]._fields["state"]._description_selection(self.env)
        )
        return [
            {
                "kind": kinds.get(demand.kind, ""),
                "name": demand.name or "",
                "answer": demand._get_customer_answer_text()
                or (states.get(demand.state, "") if demand.state != "open" else ""),
                "is_claim": demand.kind in CLAIM_KINDS,
            }
            for demand in self.demand_ids
            if demand.state != "cancelled"
        ]

    def _get_print_cause_text(self):
        """:return: the causes in words for the customer; verified ones where there are any"""
        causes = self.cause_ids.filtered(lambda c: c.state == "verified")
        causes = causes or self.cause_ids.filtered(lambda c: c.state == "preliminary")
        labels = {
            "occurrence": self.env._("Why it happened"),
            "escape": self.env._("Why it was not found before shipping"),
            "systemic": self.env._("What made both possible"),
        }
        if len(set(causes.mapped("cause_type"))) < 2:
            return "\n".join(cause.name.strip() for cause in causes)
        return "\n".join(f"{labels[cause.cause_type]}: {cause.name.strip()}" for cause in causes)

    def _get_print_departments(self):
        """:return: names of the departments where the causes lie"""
        causes = self.cause_ids.filtered(lambda c: c.state != "rejected")
        return ", ".join(causes.department_id.mapped("name"))

    def _get_print_measures(self, kind):
        """Rows of a table of measures; a day stands under *done* only where it is done.

        :param str kind: kind of action
        :return: list of dicts with ``name, department, due, done, evidence, clean``
        """
        actions = self.action_ids.filtered(lambda a: a.kind == kind and a.state != "cancelled")
        return [self._prepare_print_measure(action) for action in actions]

    def _prepare_print_measure(self, action):
        """One row of :meth:`_get_print_measures`; owner, instructions and notes stay inside."""
        done = action.state == "done" and action.date_done
        if done and done > fields.Datetime.now():
            done = False
        return {
            "name": action.name,
            "department": action.department_id.name or "",
            "due": self._get_print_day(action.deadline),
            "done": self._get_print_day(done),
            "evidence": (action.evidence_note or "").strip(),
            # From which goods on it holds, unless they prove that it does not (R43)
            "clean": (action.printed_clean_point or "").strip(),
        }

    def _get_print_immediate_actions(self):
        """:return: rows, as of measures, of what was done at once about this case"""
        return [
            row for kind in IMMEDIATE_KINDS for row in self._get_print_measures(kind) if row["done"]
        ]

    def _get_letter_sender(self):
        """Who signs what goes to the customer, and is asked: the salesperson; where he left,
        whoever has the customer now, else the team leader.

        :return: ``res.users``, empty where the company itself signs
        """
        # sudo: who has left, and who is there in his place, is no secret to who writes a letter
        case = self.sudo()
        line = [case.user_id]
        for user in (case.partner_id.commercial_partner_id.user_id, case.team_id.user_id):
            if user not in case.concerned_user_ids:
                line.append(user)
        present = [u for u in line if u.active and not u.share and case.company_id in u.company_ids]
        return next(iter(present), case.user_id.browse()).sudo(self.env.su)

    def _get_print_contact(self):
        """:return: dict: whom the customer may ask; never a login"""
        user = self._get_letter_sender()
        company = self.company_id
        email = user.email if user.email != user.login else ""
        return {
            "name": user.name or company.name,
            "phone": user.phone or company.phone or "",
            "email": email or company.email or "",
        }

    def _has_measures(self):
        """:return: whether there is a cause or a measure to approve"""
        self.ensure_one()
        return bool(self._get_approval_causes() or self._get_approval_measures())

    # ------------------------------------------------------------
    # Photos
    # ------------------------------------------------------------
    def _get_photo_evidence(self):
        """:return: evidence that may be printed: visible to the customer, with a file"""
        return self.evidence_ids.filtered(
            lambda e: e.customer_visible and e.kind in ("photo", "sample")
        )

    def _get_print_photos(self):
        """:return: list of ``{"uri", "caption"}`` of the photos a customer may see"""
        photos = []
        for evidence in self._get_photo_evidence():
            uri = evidence._get_photo_uri()
            if uri:
                photos.append({"uri": uri, "caption": evidence.name})
        return photos

    def _get_print_evidence_ticks(self):
        """:return: list of ``(label, whether there is such evidence)`` for the feedback sheet"""
        kinds = self.env["complaint.evidence"]._fields["kind"]._description_selection(self.env)
        present = self.evidence_ids.filtered(lambda e: e.file_name or e.sample_state or e.file)
        return [
            (label, kind in present.mapped("kind")) for kind, label in kinds if kind != "feedback"
        ]

    def _get_print_form_number(self):
        """:return: form number and revision of the feedback sheet, as on the company's papers"""
        company = self.company_id
        number = company.complaint_form_number or ""
        if not (number and company.complaint_form_revision):
            return number
        return self.env._(
            "%(number)s, revision %(revision)s",
            number=number,
            revision=company.complaint_form_revision,
        )
