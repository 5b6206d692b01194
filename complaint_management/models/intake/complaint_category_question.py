from odoo import api, fields, models
from odoo.tools import ormcache


class ComplaintCategoryQuestion(models.Model):
    """One question to ask the customer, with a hint how to find or fill the answer (R67).

    A question about a field is its filling hint: the gate repeats it when the field is empty.
    """

    _name = "complaint.category.question"
    _description = "Question to Ask"
    _inherit = ["complaint.remembered.mixin"]
    _order = "category_id, sequence, id"

    category_id = fields.Many2one(
        "complaint.category", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="category_id.company_id", store=True, index=True)
    sequence = fields.Integer(default=10)
    name = fields.Char("Question", required=True, translate=True)
    hint = fields.Char(translate=True, help="Where the customer finds it, what a good answer says.")
    field_id = fields.Many2one(
        "ir.model.fields",
        "Answered in",
        ondelete="cascade",
        groups="complaint_management.group_complaint_admin",
        domain="[('id', 'in', choosable_field_ids)]",
        help="Field of the form that takes the answer. Empty: it goes into the customer's words.",
    )
    choosable_field_ids = fields.Many2many(related="category_id.choosable_field_ids")

    @api.model
    def _get_script(self, category):
        """What to ask for a kind of complaint, in the user's language.

        :param category: ``complaint.category``
        :return: tuple of (question, hint, (model, field) or None), in order
        """
        return self._get_script_cached(category.id, self.env.lang) if category else ()

    @ormcache("category_id", "lang")
    def _get_script_cached(self, category_id, lang):
        # sudo: configuration; the list of fields itself is closed to ordinary users
        questions = self.sudo().with_context(lang=lang).search([("category_id", "=", category_id)])
        return tuple(
            (
                question.name,
                question.hint or "",
                (question.field_id.model, question.field_id.name) if question.field_id else None,
            )
            for question in questions
        )
