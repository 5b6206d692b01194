from odoo import models


class ComplaintPrintLists(models.Model):
    """What a form of the customer's own takes row by row: lists of plain strings (R72)."""

    _inherit = "complaint.complaint"

    def _get_print_lists(self):
        """:return: dict list → list of dicts column → string; the lists and columns are those of
        ``complaint.report._get_form_lists``
        """
        self.ensure_one()
        corrective = self._get_print_measures("corrective")
        preventive = self._get_print_measures("preventive")
        return {
            "goods": self._get_print_goods(),
            "requests": self._get_print_requests(),
            "points": [self._prepare_print_point(point) for point in self.point_ids],
            "immediate": self._get_print_immediate_actions(),
            "causes": self._get_print_cause_rows(),
            "measures": corrective + preventive,
            "corrective": corrective,
            "preventive": preventive,
            "verification": self._get_print_measures("verification"),
            "team": self._get_print_team(),
        }

    def _get_print_cause_rows(self):
        """:return: list of dicts ``kind, name, whys, evidence``, in the order of an 8D report"""
        labels = self._get_print_cause_labels()
        return [
            {
                "kind": labels[cause.cause_type],
                "name": cause.name.strip(),
                "whys": self._get_print_whys(cause),
                "evidence": (cause.evidence_note or "").strip(),
            }
            for cause in self._get_print_causes()
        ]

    def _get_print_team(self):
        """:return: list of dicts ``role, name, function, contact`` of who was named"""
        return [
            {
                "role": self._get_print_label(member, "role"),
                "name": member.name or "",
                "function": member.function or "",
                "contact": member.contact or "",
            }
            for member in self._get_print_members()
        ]

    def _get_print_8d_texts(self):
        """:return: dict ``d0`` … ``d8`` → what an 8D report says there, as plain text: for forms
        that have one box for each discipline
        """
        self.ensure_one()
        titles = self.env["complaint.report"]._get_section_titles("8d")
        texts = {code: "" for code in titles if code != "opening"}
        # The sections alone: a title with placeholders would ask for them again
        report = self.report_ids.filtered(lambda r: r.kind == "8d")[-1:]
        for section in self._get_print_8d_sections(report):
            if section["code"] in texts:
                texts[section["code"]] = self._flatten_print_8d(section)
        return texts

    @staticmethod
    def _flatten_print_8d(section):
        """:return: text, pairs and tables of a section, a row of a table a line"""
        lines = [section["text"]]
        lines += [f"{label}: {value}" for label, value in section["pairs"]]
        for table in section["tables"]:
            lines.append(table["title"])
            lines += [
                "; ".join(" ".join(cell.split()) for cell in row if cell) for row in table["rows"]
            ]
        return "\n".join(line for line in lines if line)
