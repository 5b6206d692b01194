from odoo import fields, models


class ComplaintRepetitionLesson(models.Model):
    """What comes again and again may be worth a lesson (R52, R53)."""

    _inherit = "complaint.repetition"

    lesson_id = fields.Many2one(
        "complaint.lesson", readonly=True, index="btree_not_null", ondelete="set null"
    )

    def _accept_by_lesson(self, complaint, vals):
        """Draft a lesson from one of its complaints; called by ``action_accept``.

        :return: action opening the lesson
        """
        action = complaint.action_make_lesson()
        # sudo: written by code only; the right to decide was checked
        self.sudo()._write_trusted({"lesson_id": action["res_id"]})
        return action
