from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command


class ComplaintLessonPictureWizard(models.TransientModel):
    """Shows the photos of a lesson's cases; who writes the lesson picks (R52).

    None is picked beforehand: nobody but a person sees whether a label or a face is on it.
    """

    _name = "complaint.lesson.picture.wizard"
    _description = "Pictures for a Lesson"

    lesson_id = fields.Many2one("complaint.lesson", required=True, readonly=True)
    line_ids = fields.One2many("complaint.lesson.picture.wizard.line", "wizard_id", "Pictures")

    def action_confirm(self):
        """Copy the picked photos to the lesson, as its own.

        :raise UserError: when none is picked
        """
        self.ensure_one()
        self.lesson_id.check_access("write")
        picked = self.line_ids.filtered("is_picked")
        if not picked:
            raise UserError(self.env._("Tick the pictures the lesson is to show."))
        self.env["complaint.lesson.picture"].create(
            [line._prepare_picture_vals(self.lesson_id) for line in picked]
        )
        return {"type": "ir.actions.act_window_close"}


class ComplaintLessonPictureWizardLine(models.TransientModel):
    """One photo, read with the rights of who picks."""

    _name = "complaint.lesson.picture.wizard.line"
    _description = "Picture to Pick"

    wizard_id = fields.Many2one(
        "complaint.lesson.picture.wizard", required=True, ondelete="cascade"
    )
    evidence_id = fields.Many2one("complaint.evidence", required=True, readonly=True)
    file = fields.Binary(related="evidence_id.file", related_sudo=False)
    is_picked = fields.Boolean("Take it")
    name = fields.Char("Caption", help="What one sees, naming nobody.")
    condition = fields.Selection([("nok", "Not OK"), ("ok", "OK")], "Condition shown")

    def _prepare_picture_vals(self, lesson):
        """Values of a picture of ``lesson``; called by the wizard. The file's name stays behind."""
        return {
            "lesson_id": lesson.id,
            "name": self.name,
            "condition": self.condition,
            "image": self.evidence_id.with_context(bin_size=False).file,
        }


class ComplaintLessonPicking(models.Model):
    """Opens the wizard."""

    _inherit = "complaint.lesson"

    def action_pick_pictures(self):
        """Show the photos of the cases this lesson was learned from, as far as the user may see.

        :raise UserError: where there is none
        """
        self.ensure_one()
        self.check_access("write")
        photos = self.env["complaint.evidence"].search(
            [("complaint_id", "in", self.source_ids.ids), ("kind", "=", "photo")]
        )
        photos = photos.with_context(bin_size=True).filtered("file").with_env(self.env)
        if not photos:
            raise UserError(
                self.env._("There is no photo with the case. Add pictures from your computer.")
            )
        wizard = self.env["complaint.lesson.picture.wizard"].create(
            {
                "lesson_id": self.id,
                "line_ids": [
                    Command.create(
                        {
                            "evidence_id": photo.id,
                            "name": photo.name,
                            "condition": photo.condition,
                        }
                    )
                    for photo in photos
                ],
            }
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Pictures from the Case"),
            "res_model": wizard._name,
            "res_id": wizard.id,
            "view_mode": "form",
            "target": "new",
        }
