from odoo import api, models

from .office.tokens import FormTokens

# Known only when the document is made: never a text somebody edits on the draft.
LIVE_KEYS = frozenset(
    {"report_number", "report_version", "report_date", "prepared_by", "approved_by"}
)


class ComplaintReportFormSources(models.Model):
    """What can be filled into a customer's own form: single values, and lists row by row (R72).

    Both come from the ``_get_print_*`` room by way of the placeholders: nothing else can get in.
    """

    _inherit = "complaint.report"

    @api.model
    def _get_form_lists(self):
        """:return: ordered dict list → (label, dict column → label), in the user's language"""
        measure = {
            "name": self.env._("What"),
            "department": self.env._("Department"),
            "due": self.env._("Due"),
            "done": self.env._("Done"),
            "evidence": self.env._("Evidence"),
            "clean": self.env._("Good from"),
        }
        return {
            "goods": (self.env._("Goods"), self._get_form_columns_goods()),
            "requests": (
                self.env._("Requests"),
                {
                    "kind": self.env._("Kind"),
                    "name": self.env._("Request"),
                    "answer": self.env._("Answer"),
                },
            ),
            "points": (
                self.env._("Points"),
                {
                    "name": self.env._("Point"),
                    "goods": self.env._("Goods"),
                    "finding": self.env._("Finding"),
                    "note": self.env._("What was found"),
                },
            ),
            "immediate": (self.env._("Immediate actions"), measure),
            "causes": (
                self.env._("Causes"),
                {
                    "kind": self.env._("Kind"),
                    "name": self.env._("Root cause"),
                    "whys": self.env._("Chain of whys"),
                    "evidence": self.env._("Evidence"),
                },
            ),
            "measures": (self.env._("Corrective and preventive actions"), measure),
            "corrective": (self.env._("Corrective actions"), measure),
            "preventive": (self.env._("Preventive actions"), measure),
            "verification": (self.env._("Checks of effectiveness"), measure),
            "team": (
                self.env._("Team"),
                {
                    "role": self.env._("Role"),
                    "name": self.env._("Name"),
                    "function": self.env._("Function"),
                    "contact": self.env._("Contact"),
                },
            ),
        }

    @api.model
    def _get_form_columns_goods(self):
        """:return: dict column → label"""
        return {
            "name": self.env._("Product"),
            "code": self.env._("Code"),
            "lots": self.env._("Lots"),
            "production_date": self.env._("Production date"),
            "shipped": self.env._("Shipped on"),
            "quantity": self.env._("Quantity"),
            "defect": self.env._("Defect"),
        }

    @api.model
    def _get_form_sources(self):
        """:return: ordered dict key → label: placeholders, then “list.column”"""
        columns = {
            f"{name}.{column}": self.env._(
                "List of %(list)s: %(column)s", list=label, column=column_label
            )
            for name, (label, columns) in self._get_form_lists().items()
            for column, column_label in columns.items()
        }
        return {**self._get_placeholders(), **columns}

    @api.model
    def _make_form_tokens(self, literals=None):
        """:param dict literals: text that stands in the form → key
        :return: :class:`FormTokens`
        """
        return FormTokens(self._get_form_sources(), literals)

    def _get_form_values(self):
        """What is filled in: recorded values, as edited on this report.

        :return: tuple (dict key → string, dict list → rows); of a column of a list the first has
            all values, one a line
        """
        self.ensure_one()
        report = self.with_context(lang=self.lang)
        values = report._get_placeholder_values()
        for section in self.section_ids:
            if section.code in values and section.code not in LIVE_KEYS:
                values[section.code] = section.body or ""
        tables = report._get_safe_complaint()._get_print_lists()
        for name, (_label, columns) in self._get_form_lists().items():
            for column in columns:
                cells = [row.get(column) or "" for row in tables[name]]
                values[f"{name}.{column}"] = "\n".join(cells).strip("\n")
        return values, tables
