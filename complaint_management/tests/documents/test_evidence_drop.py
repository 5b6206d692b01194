import base64
import io
import json

from odoo import http
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ..common import ComplaintCommon
from .test_upload import EXE, HEIC, HTML, PDF, picture

ROUTE = "/complaint/evidence/upload"


@tagged("post_install", "-at_install")
class TestEvidenceDrop(HttpCase, ComplaintCommon):
    """The route behind dropped and pasted files: limits, rights, frozen cases (R8, T1, T9, T20)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for user in cls.user_sales + cls.user_sales2 + cls.user_manager + cls.user_portal:
            user.password = user.login
        cls.complaint = cls._complaint()

    def _send(self, name="photo.png", content=None, user=None, complaint_id=None, **data):
        """:return: what the route answers, a dict"""
        self.authenticate(*2 * [(user or self.user_sales).login])
        response = self.url_open(
            ROUTE,
            data={
                "csrf_token": http.Request.csrf_token(self),
                "complaint_id": complaint_id or self.complaint.id,
                **data,
            },
            files={"ufile": (name, io.BytesIO(picture() if content is None else content))},
        )
        self.assertEqual(response.status_code, 200, response.text[:300])
        self.env.invalidate_all()
        return json.loads(response.text)

    def test_kinds(self):
        for name, content, kind in (
            ("photo.png", picture(), "photo"),
            ("IMG_0001.HEIC", HEIC, "photo"),
            ("certificate.pdf", PDF, "document"),
            ("照片.png", picture(), "photo"),
        ):
            with self.subTest(name=name):
                answer = self._send(name, content)
                evidence = self.env["complaint.evidence"].browse(answer["id"])
                self.assertEqual(evidence.complaint_id, self.complaint)
                self.assertEqual((answer["kind"], evidence.kind), (kind, kind))
                self.assertEqual(evidence._get_file_bytes(), content)
                self.assertEqual(evidence.create_uid, self.user_sales)
                self.assertFalse(evidence.customer_visible)
        self.assertEqual(self.complaint.evidence_ids[-1].file_name, "照片.png")

    def test_refused_files(self):
        """Each by its name and the reason; nothing of it is stored."""
        attachments = self.env["ir.attachment"].search_count([])
        for name, content, words in (
            ("tool.exe", EXE, "not accepted"),
            ("photo.png", HTML, "not accepted"),
            ("empty.png", b"", "empty"),
            ("large.png", picture() + b"\0" * 25 * 1024 * 1024, "larger than 25 MB"),
        ):
            with self.subTest(name=name):
                error = self._send(name, content)["error"]
                self.assertIn(name, error)
                self.assertIn(words, error)
        self.assertFalse(self.complaint.evidence_ids)
        self.assertEqual(self.env["ir.attachment"].search_count([]), attachments)

    def test_far_too_large_is_not_read(self):
        self.authenticate(*2 * [self.user_sales.login])
        response = self.url_open(
            ROUTE,
            data={
                "csrf_token": http.Request.csrf_token(self),
                "complaint_id": self.complaint.id,
            },
            files={"ufile": ("huge.png", io.BytesIO(b"\0" * 27 * 1024 * 1024))},
        )
        self.assertEqual(response.status_code, 413)

    def test_number(self):
        self.company.complaint_evidence_max = 1
        self.assertIn("id", self._send())
        self.assertIn("no more than 1", self._send()["error"])
        self.assertEqual(len(self.complaint.evidence_ids), 1)

    def test_rights(self):
        """Nobody adds to a case he may not write; not even who it is about (R73)."""
        for user in self.user_sales2 + self.user_portal:
            with self.subTest(user=user.login):
                self.assertIn("error", self._send(user=user))
        self.assertIn("id", self._send(user=self.user_manager))
        self.complaint.concerned_user_ids = [Command.link(self.user_manager.id)]
        self.assertIn("error", self._send(user=self.user_manager))
        self.assertEqual(len(self.complaint.evidence_ids), 1)

    def test_states(self):
        """Proof may come late, as by every other door; what is there is never rewritten."""
        complaint = self._registered_complaint(user=self.user_sales)
        added = self.env["complaint.evidence"].browse(self._send(complaint_id=complaint.id)["id"])
        with self.assertRaises(UserError):
            added.with_user(self.user_sales).file = base64.b64encode(picture("JPEG"))
        with self.assertRaises(UserError):
            added.with_user(self.user_sales).unlink()
        complaint.action_cancel(reason="Mistake")
        self.assertIn("id", self._send(complaint_id=complaint.id))
        self.assertEqual(added._get_file_bytes(), picture())

    def test_nonsense(self):
        self.assertIn("error", self._send(complaint_id=2**31 - 1))
        self.assertIn("error", self._send(complaint_id="x"))
        self.authenticate(*2 * [self.user_sales.login])
        data = {"csrf_token": http.Request.csrf_token(self), "complaint_id": self.complaint.id}
        response = self.url_open(ROUTE, data={**data, "ufile": base64.b64encode(picture())})
        self.assertIn("error", json.loads(response.text))
        with mute_logger("odoo.http"):
            response = self.url_open(ROUTE, data={"complaint_id": self.complaint.id})
        self.assertEqual(response.status_code, 400)
