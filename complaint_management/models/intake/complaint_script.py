from markupsafe import Markup

from odoo import api, fields, models


class ComplaintScript(models.Model):
    """What to ask the customer, shown beside his words while they are recorded (R67)."""

    _inherit = "complaint.complaint"

    question_script = fields.Html("What to ask", compute="_compute_question_script", sanitize=False)

    @api.depends("category_id")
    @api.depends_context("lang")
    def _compute_question_script(self):
        for complaint in self:
            questions = self.env["complaint.category.question"]._get_script(complaint.category_id)
            items = [complaint._render_question(*question) for question in questions]
            complaint.question_script = (
                Markup('<ul class="ps-3 mb-0">%s</ul>') % Markup("").join(items) if items else False
            )

    def _render_question(self, question, hint, key):
        """:return: one question as a safe line of HTML, with its hint and the field it fills"""
        # Not every reader may know every field
        known = key and self.env[key[0]].fields_get([key[1]], ["string"])
        label = self._get_field_label(key[0], (key[1],)) if known else ""
        return Markup("<li>%s%s%s</li>") % (
            question,
            Markup(' <span class="text-muted">%s</span>') % hint if hint else "",
            Markup(' <span class="badge text-bg-light">%s</span>') % label if label else "",
        )

    def _get_field_request(self, model, name, names):
        """The gate repeats the hint of a field it asks for."""
        label = super()._get_field_request(model, name, names)
        script = self.env["complaint.category.question"]._get_script(self.category_id)
        hints = [hint for _question, hint, key in script if hint and key == (model, name)]
        return f"{label} ({hints[0]})" if hints else label
