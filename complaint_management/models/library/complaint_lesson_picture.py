import base64
import binascii
import io

from PIL import Image

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..complaint.complaint_state_guard import EVERYTHING
from .complaint_lesson import SETTLED_STATES

# Of a JPEG that is drawn for the second time.
QUALITY = 88


class ComplaintLessonPicture(models.Model):
    """A picture of a lesson: a copy, small, without what the camera noted in it (R52).

    Copies of evidence belong to the lesson: who reads it needs no right to the case.
    """

    _name = "complaint.lesson.picture"
    _description = "Picture of a Lesson"
    _inherit = ["complaint.state.guard"]
    _order = "lesson_id, sequence, id"
    _FROZEN_FIELDS = {"published": EVERYTHING}
    _SETTLING_STAGES = frozenset({"published"})

    lesson_id = fields.Many2one("complaint.lesson", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(
        related="lesson_id.company_id", store=True, precompute=True, index=True
    )
    sequence = fields.Integer(default=10)
    name = fields.Char("Caption", help="What one sees, naming nobody.")
    image = fields.Image("Picture", required=True, max_width=1600, max_height=1600)
    condition = fields.Selection(
        [("nok", "Not OK"), ("ok", "OK")],
        "Condition shown",
        help="A bad piece beside a good one.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Make each picture small; the lesson has a new text.

        :raise UserError: for what is no picture, or where the lesson is published
        """
        pictures = super().create([self._without_camera(vals) for vals in vals_list])
        if not pictures._is_trusted():
            pictures._check_lessons_open()
        pictures.lesson_id._note_writer()
        return pictures

    def write(self, vals):
        """As :meth:`create`; a picture stays with its lesson."""
        if "lesson_id" in vals and any(p.lesson_id.id != vals["lesson_id"] for p in self):
            raise UserError(self.env._("A picture stays with its lesson: add it there, too."))
        result = super().write(self._without_camera(vals))
        if {"name", "image", "condition"}.intersection(vals):
            self.lesson_id._note_writer()
        return result

    def unlink(self):
        """Leave the lesson with a new text."""
        lessons = self.lesson_id
        result = super().unlink()
        lessons.exists()._note_writer()
        return result

    @api.model
    def _without_camera(self, vals):
        """:return: ``vals`` with the picture decoded and drawn anew: place, owner and serial number
        that a camera writes into a file stay behind
        """
        if not vals.get("image"):
            return vals
        try:
            content = base64.b64decode(vals["image"])
            small = self._draw_anew(self.env["complaint.evidence"]._shrink_photo(content))
        except (ValueError, binascii.Error, OSError, UserError) as error:
            # Decoders raise all three of them on broken pictures
            raise UserError(
                self.env._("“%s” is no picture that can be read.", vals.get("name") or "–")
            ) from error
        return {**vals, "image": base64.b64encode(small)}

    @staticmethod
    def _draw_anew(content):
        """:return: bytes of a JPEG with nothing but the picture"""
        image = Image.open(io.BytesIO(content)).convert("RGB")
        image.info.clear()
        stream = io.BytesIO()
        image.save(stream, "JPEG", quality=QUALITY)
        return stream.getvalue()

    def _check_lessons_open(self):
        """:raise UserError: when a lesson is published already"""
        for lesson in self.lesson_id:
            if lesson.state in SETTLED_STATES:
                lesson._refuse_frozen(["picture_ids"])

    def _check_deletable(self):
        super()._check_deletable()
        self._check_lessons_open()

    # ------------------------------------------------------------
    # As its lesson
    # ------------------------------------------------------------
    def _get_frozen_complaint(self):
        return self.lesson_id

    def _get_frozen_stages(self):
        return self.lesson_id._get_frozen_stages()

    def _refuse_frozen(self, names):
        self.lesson_id._refuse_frozen(["picture_ids"])
