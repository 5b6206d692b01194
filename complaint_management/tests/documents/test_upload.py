import base64
import io
import zipfile

from PIL import Image
from werkzeug.datastructures import FileStorage

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from ..common import ComplaintCommon

HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 200
WEBP = b"RIFF\x1a\0\0\0WEBPVP8L\x0d\0\0\0/\0\0\0\x10\x07\x10\x11\x11\x88\x88\xfe\x07\0"
TIFF = b"II*\0\x08\0\0\0\0\0\0\0\0\0"
MP4 = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + b"\0" * 200
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
EXE = b"MZ\x90\0\3\0\0\0\4\0\0\0\xff\xff\0\0" + b"\0" * 200
SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
HTML = b"<!DOCTYPE html><html><body><script>alert(1)</script></body></html>"


def picture(kind="PNG", size=(8, 8)):
    """:return: bytes of a small picture"""
    stream = io.BytesIO()
    Image.new("RGB", size, "red").save(stream, kind)
    return stream.getvalue()


def office(*extra):
    """:return: bytes of a minimal Word document, with further members"""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in ("[Content_Types].xml", "_rels/.rels", "word/document.xml", *extra):
            archive.writestr(name, "<x/>")
    return stream.getvalue()


@tagged("post_install", "-at_install")
class TestUpload(ComplaintCommon):
    """Which files are taken from outside, how many and how large (R8, T9)."""

    def setUp(self):
        super().setUp()
        self.company.write(
            {
                "complaint_upload_files": 3,
                "complaint_upload_file_mb": 1,
                "complaint_upload_total_mb": 2,
            }
        )
        self.uploads = self.env["complaint.upload"].with_user(self.user_portal)

    def test_accepted(self):
        for name, content in (
            ("photo.jpg", picture("JPEG")),
            ("IMG_0001.HEIC", HEIC),
            ("iphone.jpg", HEIC),
            ("photo.webp", WEBP),
            ("scan.tiff", TIFF),
            ("blob", picture()),
            ("Photo of Mr. Doe", picture()),
            ("certificate.PDF", PDF),
            ("letter.docx", office()),
            ("note.txt", "Rost an der Spitze, 生锈".encode()),
            ("note.csv", b"lot;pieces\n1;2\n"),
            ("film.mp4", MP4),
            ("film.mov", MP4),
        ):
            with self.subTest(name=name):
                self.assertEqual(self.uploads._check_uploads([(name, content)]), [(name, content)])

    def test_refused_types(self):
        for name, content in (
            ("photo.jpg", EXE),
            ("photo.jpg", SVG),
            ("photo.png", HTML),
            ("photo.jpg", PDF),
            ("photo.pdf", picture()),
            ("drawing.svg", SVG),
            ("page.html", HTML),
            ("page.txt", HTML),
            ("tool.exe", EXE),
            ("tool.exe", picture()),
            ("photo.jpg.exe", picture("JPEG")),
            ("tool", EXE),
            ("script", b"echo 1; rm -rf /\n"),
            ("run.sh", b"#!/bin/sh\necho 1\n"),
            ("run.txt", b"#!/bin/sh\necho 1\n"),
            ("data.txt", b"abc\0def"),
            ("macro.docm", office("word/vbaProject.bin")),
            ("macro.docx", office("word/vbaProject.bin")),
            ("photos.zip", b"PK\3\4" + b"\0" * 40),
            ("link.lnk", b"L\0\0\0\1\x14\2\0" + b"\0" * 60),
            ("empty.jpg", b""),
        ):
            with self.subTest(name=name, content=content[:12]):
                with self.assertRaises(UserError) as raised:
                    self.uploads._check_uploads([(name, content)])
                self.assertIn(name, str(raised.exception))
                self.assertIn("up to 3 files", str(raised.exception))

    def test_number_and_size(self):
        small, large = picture(), picture() + b"\0" * 1024 * 1024
        middle = picture() + b"\0" * 900_000
        with self.assertRaisesRegex(UserError, "no more than 3 files"):
            self.uploads._check_uploads([("a.png", small)] * 4)
        with self.assertRaisesRegex(UserError, "b.png: larger than 1 MB"):
            self.uploads._check_uploads([("a.png", small), ("b.png", large)])
        with self.assertRaisesRegex(UserError, "larger than 2 MB"):
            self.uploads._check_uploads([("a.png", middle)] * 3)

    def test_all_problems_at_once(self):
        with self.assertRaises(UserError) as raised:
            self.uploads._check_uploads([("a.exe", EXE), ("b.png", picture()), ("c.svg", SVG)])
        self.assertIn("a.exe", str(raised.exception))
        self.assertIn("c.svg", str(raised.exception))
        self.assertNotIn("b.png", str(raised.exception))

    def test_sorting_keeps_what_is_good(self):
        files = [("a.png", picture()), ("b.exe", EXE), ("c.pdf", PDF), ("d.png", picture())]
        accepted, problems = self.uploads._sort_uploads([*files, ("e.png", picture())])
        self.assertEqual([name for name, _content in accepted], ["a.png", "c.pdf", "d.png"])
        self.assertEqual(len(problems), 2)
        self.assertIn("b.exe", problems[0])
        self.assertIn("e.png: no more than 3", problems[1])

    def test_names_are_cleaned(self):
        for given, clean in (
            ("../../etc/photo.png", "photo.png"),
            ("C:\\fakepath\\照片.png", "照片.png"),
            ("a\0b\n\u202egnp.png", "abgnp.png"),
            ("  .png", "png"),
            ("x" * 300 + ".png", "x" * 117 + ".png"),
        ):
            with self.subTest(given=given):
                [(name, _content)] = self.uploads._check_uploads([(given, picture())])
                self.assertEqual(name, clean)

    def test_reading_a_form(self):
        """Fields left empty are passed over; nothing too many or too large is even read."""

        def storage(name, stream):
            return FileStorage(stream, filename=name, name="files")

        read = self.uploads._read_uploads(
            [storage("", io.BytesIO()), storage("a.png", io.BytesIO(picture()))]
        )
        self.assertEqual(read, [("a.png", picture())])
        small, middle, huge = (io.BytesIO(b"\0" * size) for size in (1, 900_000, 1_100_000))
        with self.assertRaisesRegex(UserError, "a.png: larger than 1 MB"):
            self.uploads._read_uploads([storage("a.png", huge)])
        with self.assertRaisesRegex(UserError, "no more than 3 files"):
            self.uploads._read_uploads([storage("a.png", small)] * 500)
        with self.assertRaisesRegex(UserError, "larger than 2 MB"):
            self.uploads._read_uploads([storage("a.png", middle)] * 3)
        self.assertEqual([stream.tell() for stream in (small, middle, huge)], [0, 0, 0])

    def test_companies_have_their_own(self):
        other = self._second_company()
        limits = self.uploads._get_limits(other)
        self.assertEqual((limits.files, limits.file_bytes), (10, 10 * 1024 * 1024))
        self.assertEqual(self.uploads._get_limits(self.company).files, 3)

    def test_evidence_values(self):
        complaint = self._complaint()
        files = self.uploads._check_uploads([("a.heic", HEIC), ("b.pdf", PDF)])
        complaint.evidence_ids = [
            Command.create(vals)
            for vals in self.uploads._prepare_evidence_vals(files, customer_visible=True)
        ]
        self.assertEqual(complaint.evidence_ids.mapped("kind"), ["photo", "document"])
        self.assertEqual(complaint.evidence_ids.mapped("name"), ["a.heic", "b.pdf"])
        self.assertEqual(base64.b64decode(complaint.evidence_ids[1].file), PDF)
        self.assertTrue(all(complaint.evidence_ids.mapped("customer_visible")))

    def test_number_of_evidence(self):
        """Whoever files it: a complaint holds so many pieces."""
        self.company.complaint_evidence_max = 2
        complaint = self._complaint(user=self.user_sales)
        evidence = {"complaint_id": complaint.id, "missing_reason": "Later"}
        self.env["complaint.evidence"].with_user(self.user_sales).create([evidence] * 2)
        with self.assertRaisesRegex(ValidationError, "no more than 2 pieces"):
            self.env["complaint.evidence"].with_user(self.user_sales).create(evidence)
        with self.assertRaisesRegex(ValidationError, "no more than 2 pieces"):
            complaint.sudo().evidence_ids = [Command.create({"missing_reason": "Later"})]
