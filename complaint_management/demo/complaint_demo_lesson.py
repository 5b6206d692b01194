import base64

from odoo import Command, api, models
from odoo.tools import file_open

MODULE = "complaint_management"


class ComplaintDemoLesson(models.AbstractModel):
    """Lessons of the demo: made from a solved case, read and published by somebody else."""

    _inherit = "complaint.demo"

    @api.model
    def _learn(self, xmlid, author_id, complaint_id, vals, pictures=(), publisher_id=None):
        """Write a lesson as its author would, and name it ``xmlid``.

        :param complaint_id: solved case it is made from by the button; None: written freely
        :param pictures: tuples ``(file in demo/images, caption, condition)``
        :param publisher_id: who publishes it; None: it waits for its reviewer
        """
        if complaint_id:
            case = self.env["complaint.complaint"].with_user(author_id).browse(complaint_id)
            lesson = self.env["complaint.lesson"].browse(case.action_make_lesson()["res_id"])
            lesson = lesson.with_user(author_id)
            lesson.write(vals)
        else:
            lesson = self.env["complaint.lesson"].with_user(author_id).create(vals)
        lesson.picture_ids = [
            Command.create({"image": self._read_image(file), "name": name, "condition": condition})
            for file, name, condition in pictures
        ]
        lesson.action_submit()
        if publisher_id:
            lesson.with_user(publisher_id).action_publish()
        self.env["ir.model.data"]._update_xmlids(
            [{"xml_id": f"{MODULE}.{xmlid}", "record": lesson, "noupdate": True}]
        )

    @api.model
    def _read_image(self, name):
        """:return: base64 of a picture of the demo"""
        with file_open(f"{MODULE}/demo/images/{name}", "rb") as image:
            return base64.b64encode(image.read())
