from odoo import fields, models
from odoo.exceptions import UserError


class ComplaintLessonWizard(models.TransientModel):
    """Asks for the reason a verb of a lesson needs; the verb itself checks every right (R52)."""

    _name = "complaint.lesson.wizard"
    _description = "Reason for a Step of a Lesson"

    verb = fields.Selection(
        [("return", "Send back"), ("retire", "Retire")], required=True, readonly=True
    )
    lesson_ids = fields.Many2many("complaint.lesson", required=True, readonly=True)
    seen_version = fields.Integer(readonly=True)
    reason = fields.Text()

    def action_confirm(self):
        """Press the verb again with its reason.

        :raise UserError: without one
        """
        self.ensure_one()
        if not (self.reason or "").strip():
            raise UserError(self.env._("Write the reason: it stays with the lesson."))
        lessons = self.lesson_ids
        if len(lessons) == 1:
            lessons = lessons.with_context(seen_version=self.seen_version)
        if self.verb == "return":
            lessons.action_return(self.reason)
        else:
            lessons.action_retire(self.reason)
        return {"type": "ir.actions.act_window_close"}
