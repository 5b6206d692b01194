from odoo import models

from ..library.complaint_lesson_review import ACTIVITY_TYPE

LESSON = "complaint.lesson"


class MailActivity(models.Model):
    """Who ticks off the review of a lesson has looked at it: it is still true (R52)."""

    _inherit = "mail.activity"

    def _action_done(self, feedback=False, attachment_ids=None):
        lessons = self._get_reviewed_lessons()
        result = super()._action_done(feedback=feedback, attachment_ids=attachment_ids)
        if lessons:
            lessons.action_confirm()
        return result

    def _get_reviewed_lessons(self):
        """:return: published lessons whose review is due and asked for by these activities"""
        kind = self.env.ref(ACTIVITY_TYPE, raise_if_not_found=False)
        ids = self.filtered(lambda a: a.res_model == LESSON and a.activity_type_id == kind).mapped(
            "res_id"
        )
        return (
            self.env[LESSON]
            .browse(ids)
            .filtered(lambda lesson: lesson.is_review_due and lesson.can_confirm)
        )
