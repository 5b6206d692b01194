from odoo import fields, models


class ComplaintLessonTag(models.Model):
    """A word lessons are sorted by, beside what the taxonomies say (R52)."""

    _name = "complaint.lesson.tag"
    _description = "Lesson Tag"
    _inherit = ["complaint.taxonomy.mixin"]

    color = fields.Integer()
