from odoo import api, models

# Placeholder → key of the header box of an 8D report.
HEADER_KEYS = {
    "supplier_code": "supplier_code",
    "plant": "plant",
    "part_number": "part_number",
    "drawing": "drawing",
    "delivery_note": "delivery",
    "quantity_confirmed": "confirmed",
    "failure": "failure",
    "repeated": "repeat",
    "safety": "safety",
}


class ComplaintReportPlaceholder8d(models.Model):
    """Placeholders for forms in the manner of an 8D report: its header box, D0 to D8 (R72)."""

    _inherit = "complaint.report"

    @api.model
    def _get_placeholders(self):
        return {
            **super()._get_placeholders(),
            "supplier_code": self.env._("Our supplier code"),
            "plant": self.env._("Customer's plant"),
            "part_number": self.env._("Customer's part number"),
            "drawing": self.env._("Drawing, revision"),
            "delivery_note": self.env._("Delivery note"),
            "quantity_confirmed": self.env._("Quantity confirmed"),
            "failure": self.env._("Failure type: 0 km or in the field"),
            "repeated": self.env._("Repeated complaint: yes or no"),
            "safety": self.env._("Safety relevant: yes or no"),
            **{
                code: self.env._("8D: %s", title)
                for code, title in self._get_section_titles("8d").items()
                if code != "opening"
            },
        }

    def _get_placeholder_values(self):
        values = super()._get_placeholder_values()
        complaint = self._get_safe_complaint()
        # sudo: the profile of a document the user may read; only strings come back
        report = self.sudo().with_context(lang=self.lang)
        header = {row["key"]: row["value"] for row in complaint._get_print_8d_header(report)}
        return {
            **values,
            **{key: header[name] or "" for key, name in HEADER_KEYS.items()},
            **complaint._get_print_8d_texts(),
        }
