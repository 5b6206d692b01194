"""A solved case full of names, and lessons in the words of the reader."""

import base64
import io

from PIL import Image

from odoo import Command

from ...models.complaint.complaint_state_guard import TRUSTED
from ..common import ComplaintCommon


def make_picture(color, size=(60, 40), **options):
    """:return: base64 of a JPEG in one colour

    :param options: as ``PIL.Image.Image.save`` takes them
    """
    stream = io.BytesIO()
    Image.new("RGB", size, color).save(stream, "JPEG", **options)
    return base64.b64encode(stream.getvalue())


class LibraryCommon(ComplaintCommon):
    """Lessons; ``user_sales`` writes them, ``user_quality`` publishes them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lessons = cls.env["complaint.lesson"]

    @classmethod
    def _lesson(cls, user=None, **vals):
        """A complete draft.

        :param user: who writes it, default ``user_sales``
        """
        lesson = cls.lessons.with_user(user or cls.user_sales).create(
            {
                "name": "Rust from wet cartons",
                "problem": "Shafts rust where they stand in wet cartons.",
                "cause": "Pallets stood in the rain when they were loaded.",
                "measure": "Pallets are wrapped in film.",
                "company_id": cls.company.id,
                "team_id": cls.team.id,
                **vals,
            }
        )
        return lesson.with_env(cls.env)

    @classmethod
    def _published(cls, user=None, **vals):
        """A lesson on the shelf, through its verbs."""
        lesson = cls._lesson(user, **vals)
        lesson.with_user(user or cls.user_sales).action_submit()
        lesson.with_user(cls.user_manager).action_publish()
        return lesson

    @classmethod
    def _shelve(cls, vals_list):
        """Many published lessons at once, without their verbs."""
        trusted = cls.lessons.with_context(complaint_transition=TRUSTED)
        lessons = trusted.create(
            [{"state": "published", "company_id": cls.company.id, **vals} for vals in vals_list]
        )
        return lessons.with_env(cls.env)

    @classmethod
    def _solved(cls, **vals):
        """A case with a verified cause and a measure done, closed as an import would."""
        complaint = cls._registered_complaint(user=cls.user_sales, **vals).with_env(cls.env)
        cause = complaint.cause_ids.create(
            {
                "complaint_id": complaint.id,
                "name": "The cartons got wet",
                "evidence_note": "Wet cartons on the spot",
                "operator_name": "Otto Operator",
                "penalty": "50",
            }
        )
        cause.action_verify()
        complaint.action_ids.create(
            {
                "complaint_id": complaint.id,
                "name": "Wrap the pallets",
                "kind": "preventive",
                "user_id": cls.user_contributor.id,
                "deadline": "2030-01-01",
                "cause_id": cause.id,
            }
        )._write_trusted({"state": "done", "completion_note": "Done"})
        complaint._write_trusted({"state": "closed"})
        return complaint

    @classmethod
    def _photo(cls, complaint, color="red", **vals):
        """A photo filed with a case that is over, too."""
        return (
            cls.env["complaint.evidence"]
            ._thaw()
            .create(
                {
                    "complaint_id": complaint.id,
                    "name": "Rusty tip",
                    "kind": "photo",
                    "file": make_picture(color),
                    "file_name": "From Jane Buyer.jpg",
                    **vals,
                }
            )
            .with_env(cls.env)
        )

    @classmethod
    def _attendees(cls, *names):
        return [Command.create({"name": name}) for name in names]
