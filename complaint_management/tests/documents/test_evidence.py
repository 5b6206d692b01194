import base64

from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import DocumentsCommon


@tagged("post_install", "-at_install")
class TestEvidence(DocumentsCommon):
    """What is accepted as evidence, what of it is printed, the signed sheet (R8, R68, T9, T11)."""

    def setUp(self):
        super().setUp()
        self.complaint = self._registered_complaint(user=self.user_sales)

    def _add(self, **vals):
        return (
            self.env["complaint.evidence"]
            .with_user(self.user_sales)
            .create({"complaint_id": self.complaint.id, "name": "Rust", **vals})
        )

    def test_files_that_run_are_refused(self):
        for name, content in (
            ("page.html", b"<html><body>x</body></html>"),
            ("image.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
            ("setup.exe", b"MZ" + b"\0" * 100),
        ):
            with self.subTest(name=name), self.assertRaises(ValidationError):
                self._add(kind="document", file=base64.b64encode(content), file_name=name)

    def test_a_photo_is_a_picture(self):
        text = base64.b64encode(b"only words")
        with self.assertRaisesRegex(ValidationError, "a photo is a picture"):
            self._add(file=text, file_name="photo.jpg")
        self.assertTrue(self._add(kind="document", file=text, file_name="note.txt"))
        self.assertTrue(self._add(file=self._picture(), file_name="photo.png"))

    def test_a_picture_is_kept_as_it_came(self):
        """Core would make it smaller and drop what the camera noted."""
        large = self._picture((2400, 1800))
        evidence = self._add(file=large, file_name="photo.png")
        self.assertEqual(evidence._get_file_bytes(), base64.b64decode(large))
        self._add(missing_reason="Later").write({"file": large, "file_name": "photo.png"})
        self.assertEqual(self.complaint.evidence_ids[-1]._get_file_bytes(), base64.b64decode(large))

    def test_too_large(self):
        self.patch(
            self.env.registry["complaint.evidence"],
            "_get_file_bytes",
            lambda evidence: b"x" * (26 * 1024 * 1024),
        )
        with self.assertRaisesRegex(ValidationError, "larger than 25 MB"):
            self._add(kind="document", file=base64.b64encode(b"x"), file_name="big.txt")

    def test_only_visible_pictures_are_printed(self):
        self._add(name="Seen", file=self._picture(), customer_visible=True)
        self._add(name="Inside", file=self._picture())
        self._add(
            name="Paper", kind="document", file=base64.b64encode(b"words"), customer_visible=True
        )
        photos = self.complaint._get_print_photos()
        self.assertEqual([photo["caption"] for photo in photos], ["Seen"])
        self.assertTrue(photos[0]["uri"].startswith("data:image/jpeg;base64,"))

    def test_photos_are_small(self):
        evidence = self._add(file=self._picture((4000, 3000)), customer_visible=True)
        uri = evidence._get_photo_uri()
        self.assertLess(len(uri), 60_000)

    @mute_logger("odoo.addons.complaint_management.models.documents.complaint_evidence_file")
    def test_broken_and_huge_pictures_are_left_out(self):
        broken = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + b"no picture at all" * 20
        self._add(name="Broken", file=base64.b64encode(broken), customer_visible=True)
        # 70 megapixels: more than Odoo decodes
        self._add(name="Huge", file=self._picture((10000, 7000)), customer_visible=True)
        self.assertEqual(self.complaint._get_print_photos(), [])

    def test_signed_sheet_acknowledges(self):
        complaint = self._case()
        sheet = self._approved(complaint, "feedback")
        sheet.action_mark_sent()
        self.complaint = complaint
        self._add(kind="feedback", file=self._picture(), file_name="signed.png")
        self.assertEqual(sheet.state, "acknowledged")
        self.assertIn("signed by the customer", complaint.message_ids[0].body)

    def test_signed_sheet_filed_from_the_report(self):
        complaint = self._case()
        sheet = self._approved(complaint, "feedback")
        sheet.action_mark_sent()
        action = sheet.action_file_signed_sheet()
        evidence = self.env[action["res_model"]].with_user(self.user_sales)
        with Form(evidence.with_context(**action["context"]), action["views"][0][0]) as form:
            form.file = self._picture()
            form.satisfaction = "2"
        self.assertEqual(sheet.state, "acknowledged")
        self.assertEqual(complaint.satisfaction, "2")

    def test_goods_of_another_complaint(self):
        other = self._registered_complaint(user=self.user_sales)
        with self.assertRaisesRegex(ValidationError, "goods of another complaint"):
            self._add(missing_reason="Later", line_id=other.line_ids.id)
        evidence = self._add(missing_reason="Later", line_id=self.complaint.line_ids.id)
        with self.assertRaisesRegex(ValidationError, "goods of another complaint"):
            evidence.line_id = other.line_ids
