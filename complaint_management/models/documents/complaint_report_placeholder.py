import re

from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.tools import format_list

# The only syntax there is: a key of the list in double braces, blanks allowed.
PLACEHOLDER = re.compile(r"\{\{\s*([A-Za-z0-9_]+)\s*\}\}")
# What may be meant as one: every pair of braces, closed or not.
BRACES = re.compile(r"\{\{(?:.{0,60}?\}\}|.{0,40})|\}\}", re.DOTALL)


class ComplaintReportPlaceholder(models.Model):
    """The allow-list of placeholders of texts and forms for customers (T12, R72).

    A placeholder is a key of :meth:`_get_placeholders` in double braces, ``{{complaint_number}}``.
    It is looked up and replaced, never evaluated. What it becomes is a plain string of the
    ``_get_print_*`` room, so nothing that stays in the house can get out this way, and is not
    looked at again: ``{{…}}`` in the words of a customer stays what he wrote.
    """

    _inherit = "complaint.report"

    # ------------------------------------------------------------
    # The list
    # ------------------------------------------------------------
    @api.model
    def _get_placeholders(self):
        """:return: ordered dict key → label in the user's language; addons add theirs by super()
        and the values in :meth:`_get_placeholder_values`
        """
        return {
            **self._get_placeholders_case(),
            **self._get_placeholders_goods(),
            **self._get_placeholders_handling(),
            **self._get_placeholders_report(),
        }

    @api.model
    def _get_placeholders_case(self):
        """:return: dict key → label: what identifies the case"""
        return {
            "complaint_number": self.env._("Our complaint number"),
            "customer_reference": self.env._("Customer's complaint number"),
            "date_received": self.env._("Received on"),
            "date_occurred": self.env._("Occurred on"),
            "customer": self.env._("Customer (company)"),
            "contact": self.env._("Customer's contact"),
            "complainant": self.env._("Complainant"),
            "phone": self.env._("Complainant's phone"),
            "place": self.env._("Where it happened"),
            "purchase_place": self.env._("Where it was bought"),
            "customer_order": self.env._("Customer's order number"),
            "our_order": self.env._("Our order number"),
            "words": self.env._("Customer's words"),
            "defect": self.env._("Defect"),
        }

    @api.model
    def _get_placeholders_goods(self):
        """:return: dict key → label: the goods, several of them in one text"""
        return {
            "product": self.env._("Product"),
            "product_code": self.env._("Product code"),
            "lots": self.env._("Lots or serial numbers"),
            "production_date": self.env._("Production date"),
            "date_shipped": self.env._("Shipped on"),
            "quantity": self.env._("Quantity complained about"),
            "quantity_total": self.env._("Quantity complained about, in all"),
        }

    @api.model
    def _get_placeholders_handling(self):
        """:return: dict key → label: what was found and done"""
        return {
            "requests": self.env._("Customer's requests"),
            "answers": self.env._("Answers to the requests"),
            "handling": self.env._("How we handled it"),
            "immediate_actions": self.env._("Immediate actions"),
            "investigation": self.env._("Investigation result"),
            "findings": self.env._("Finding per point"),
            "cause": self.env._("Cause"),
            "departments": self.env._("Departments where the causes lie"),
            "corrective_actions": self.env._("Corrective actions"),
            "preventive_actions": self.env._("Preventive actions"),
            "verification": self.env._("Verification of the effect"),
            "customer_feedback": self.env._("Customer's feedback"),
        }

    @api.model
    def _get_placeholders_report(self):
        """:return: dict key → label: the document and who stands behind it"""
        return {
            "report_number": self.env._("Number of this report"),
            "report_version": self.env._("Version of this report"),
            "report_date": self.env._("Date of this report"),
            "addressee": self.env._("Addressee"),
            "company": self.env._("Our company"),
            "our_contact": self.env._("Our contact"),
            "our_phone": self.env._("Our phone"),
            "our_email": self.env._("Our e-mail"),
            "prepared_by": self.env._("Prepared by"),
            "approved_by": self.env._("Approved by"),
        }

    # ------------------------------------------------------------
    # What they become
    # ------------------------------------------------------------
    def _get_placeholder_values(self):
        """:return: dict key → plain string, in the report's language; what is not recorded is empty

        :raise AccessError: when the user may not read the report
        """
        self.ensure_one()
        complaint = self._get_safe_complaint()
        case = complaint._get_print_case()
        return {
            "complaint_number": case["number"],
            "customer_reference": case["reference"],
            "date_received": case["date"],
            "date_occurred": case["occurred"],
            "customer_order": case["order_ref"],
            "our_order": case["orders"],
            "words": complaint._get_print_words(),
            **{
                key: case[key]
                for key in (
                    *("customer", "contact", "complainant"),
                    *("phone", "place", "purchase_place", "defect"),
                )
            },
            **self._get_placeholder_values_goods(complaint),
            **self._get_placeholder_values_handling(complaint),
            **self._get_placeholder_values_report(complaint),
        }

    def _get_placeholder_values_goods(self, complaint):
        """:return: the part of :meth:`_get_placeholders_goods`; each value once, in order"""
        goods = complaint._get_print_goods()
        columns = {
            "product": "name",
            "product_code": "code",
            "lots": "lots",
            "production_date": "production_date",
            "date_shipped": "shipped",
        }
        values = {
            key: ", ".join(dict.fromkeys(row[column] for row in goods if row[column]))
            for key, column in columns.items()
        }
        # Quantities of several goods are no sum: each with its name
        values["quantity"] = (
            goods[0]["quantity"]
            if len(goods) == 1
            else "\n".join(f"{row['name']}: {row['quantity']}" for row in goods)
        )
        # What is counted in different units is no sum: one figure for each unit
        values["quantity_total"] = complaint._get_print_8d_quantity(
            complaint._get_print_8d_lines(), "quantity_complained"
        )
        return values

    def _get_placeholder_values_handling(self, complaint):
        """:return: the part of :meth:`_get_placeholders_handling`; rows one a line"""
        requests = complaint._get_print_requests()
        return {
            "requests": _join_lines(_join_row(row, "kind", "name") for row in requests),
            "answers": _join_lines(
                _join_row({**row, "request": row["name"] or row["kind"]}, "request", "answer")
                for row in requests
                if row["answer"]
            ),
            "handling": (complaint.plan_summary or "").strip(),
            "immediate_actions": self._join_measures(complaint._get_print_immediate_actions()),
            "investigation": complaint._get_print_investigation(),
            "findings": _join_lines(
                _join_row(row, "name", "finding", "note") for row in complaint._get_print_points()
            ),
            "cause": complaint._get_print_cause_text(),
            "departments": complaint._get_print_departments(),
            "corrective_actions": self._join_measures(complaint._get_print_measures("corrective")),
            "preventive_actions": self._join_measures(complaint._get_print_measures("preventive")),
            "verification": self._join_measures(complaint._get_print_measures("verification")),
            "customer_feedback": (complaint.customer_feedback or "").strip(),
        }

    def _get_placeholder_values_report(self, complaint):
        """:return: the part of :meth:`_get_placeholders_report`"""
        contact = complaint._get_print_contact()
        author = complaint.lead_user_id or complaint.user_id
        # sudo: names of addressee, company and approver on a document the user may read
        report = self.sudo()
        return {
            "report_number": self.name,
            "report_version": str(self.version),
            "report_date": complaint._get_print_day(self.date_approved or self._get_today()),
            "addressee": report.partner_id.name or "",
            "company": report.company_id.name,
            "our_contact": contact["name"],
            "our_phone": contact["phone"],
            "our_email": contact["email"],
            "prepared_by": author.name or "",
            "approved_by": report.approved_by_id.name or "",
        }

    def _join_measures(self, rows):
        """:return: rows of measures as text, one a line: what, and until or since when"""
        report = self.with_context(lang=self.lang)
        return _join_lines(
            f"{row['name']} ({report.env._('done on %s', row['done'])})"
            if row["done"]
            else _join_row(row, "name", "due")
            for row in rows
        )

    # ------------------------------------------------------------
    # Texts with placeholders
    # ------------------------------------------------------------
    def _fill_placeholders(self, text, values=None):
        """Replace the known placeholders of a configured text; once, and by nothing but a look-up.

        Only texts of the configuration are filled, never what a customer or colleague recorded.
        An unknown key stays as it stands: :meth:`_check_placeholders` refused it when it was typed.

        :param str text: plain text
        :param dict values: result of :meth:`_get_placeholder_values`, where it is at hand
        :return: str
        """
        self.ensure_one()
        if not text or "{{" not in text:
            return text or ""
        if values is None:
            values = self._get_placeholder_values()
        return PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), text)

    @api.model
    def _check_placeholders(self, text):
        """Refuse, where a text is configured, what is no placeholder of the list.

        :param str text: plain text; may be empty
        :raise ValidationError: naming what is not known, and the list
        """
        known = self._get_placeholders()
        wrong = self._find_wrong_placeholders(text or "", known)
        if wrong:
            raise ValidationError(
                self.env._(
                    "Not a placeholder: %(wrong)s\nPick from the list: %(known)s",
                    wrong=format_list(self.env, list(dict.fromkeys(wrong))),
                    known=", ".join("{{" + key + "}}" for key in known),
                )
            )

    @api.model
    def _find_placeholder_keys(self, text):
        """:return: set of the keys of the placeholders in ``text``"""
        return set(PLACEHOLDER.findall(text or ""))

    @staticmethod
    def _find_wrong_placeholders(text, known):
        """:return: list of the pieces between braces that are no key of ``known``"""
        rest = PLACEHOLDER.sub(lambda f: "" if f[1] in known else f[0], text)
        return [found[0] for found in BRACES.finditer(rest)]


def _join_lines(lines):
    return "\n".join(line for line in lines if line)


def _join_row(row, *columns):
    """:return: the filled columns of a row, e.g. “Credit: 20 pieces”"""
    return ": ".join(row[column] for column in columns if row[column])
