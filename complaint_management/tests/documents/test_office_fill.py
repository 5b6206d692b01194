"""Filling real files: every text in its place, nothing lost, nothing live (R72, T13)."""

import io
import warnings

import docx
from openpyxl import load_workbook

from odoo.tests import BaseCase, tagged

from ...models.documents.office.book import SheetForm
from ...models.documents.office.package import OfficePackage
from ...models.documents.office.place import parse_place
from ...models.documents.office.safe import clean_text, is_live, neutralise
from ...models.documents.office.tokens import FormTokens
from ...models.documents.office.word import WordForm
from . import office_files as files

LIVE = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "＝1",
    "＠x",
    " =1",
    '=HYPERLINK("x")',
)
KEYS = ("contact", "complaint_number", "customer_reference", "report_number", "cause", "goods.name",
        "goods.quantity")  # fmt: skip


@tagged("post_install", "-at_install")
class TestSafe(BaseCase):
    """The one place that makes texts safe (T13)."""

    def test_live(self):
        for text in LIVE:
            self.assertTrue(is_live(text), text)
            self.assertTrue(neutralise(text).startswith("'"), text)
        for text in ("", "1-1", "a=b", "“=”", "投诉", "'=1"):
            self.assertFalse(is_live(text), text)
            self.assertEqual(neutralise(text), text)

    def test_clean(self):
        self.assertEqual(clean_text("a\x00b\x0bc\ud800d\ufffe"), "abcd")
        self.assertEqual(clean_text("a\r\nb\rc"), "a\nb\nc")
        self.assertEqual([clean_text(False), clean_text(None), clean_text(0)], ["", "", "0"])
        self.assertEqual(len(clean_text("x" * 40000)), 32767)
        self.assertTrue(clean_text("x" * 40000).endswith("[…]"))

    def test_places(self):
        self.assertEqual(parse_place("Sheet1!B7"), ("Sheet1", 7, 2))
        self.assertEqual(parse_place("'8D ''new'' report'!$AA$10"), ("8D 'new' report", 10, 27))
        self.assertEqual(parse_place("投诉!b7"), ("投诉", 7, 2))
        self.assertEqual(parse_place(" C3 "), ("", 3, 3))
        for wrong in ("", "B", "7", "B0", "ABCD1", "XFE1", "A1048577", "A1:B2", "a!b!C1", "=A1"):
            self.assertIsNone(parse_place(wrong), wrong)


@tagged("post_install", "-at_install")
class TestFillSheet(BaseCase):
    """Workbooks of openpyxl and XlsxWriter."""

    def _fill(self, content, places=(), values=None):
        package = OfficePackage(content)
        form = SheetForm(package)
        for place, text in places:
            name, row, column = parse_place(place)
            form.find_sheet(name).write_text(row, column, text)
        form.fill_texts(FormTokens(KEYS), values or {})
        return form.save()

    def _load(self, content, **options):
        with warnings.catch_warnings():
            # The reader says what it does not know and would lose: that is why we do not use it
            warnings.simplefilter("ignore", UserWarning)
            return load_workbook(io.BytesIO(content), **options)

    def test_cells(self):
        content = files.sheet({"A1": "Number", "C3": "x"}, merged=("B7:D9",), Annex={"A1": "y"})
        filled = self._fill(
            content,
            [("8D!B1", "CMP/1"), ("B8", "in merged cells"), ("ANNEX!Z99", "far"), ("C3", "")],
        )
        book = self._load(filled)
        self.assertEqual(book["8D"]["A1"].value, "Number")
        self.assertEqual(book["8D"]["B1"].value, "CMP/1")
        self.assertEqual(book["8D"]["B7"].value, "in merged cells")
        self.assertIsNone(book["8D"]["C3"].value)
        self.assertEqual(book["Annex"]["Z99"].value, "far")
        self.assertEqual([str(r) for r in book["8D"].merged_cells.ranges], ["B7:D9"])

    def test_order_of_rows_and_cells(self):
        """Programs refuse a sheet whose cells are out of order."""
        content = files.sheet({"B2": 1, "D2": 2, "B5": 3})
        places = [("C2", "c"), ("A2", "a"), ("E2", "e"), ("A3", "r3"), ("A1", "r1"), ("A9", "r9")]
        sheet = OfficePackage(self._fill(content, places)).get_tree("xl/worksheets/sheet1.xml")
        names = [cell.get("r") for cell in sheet.iter("{*}c")]
        self.assertEqual(names, ["A1", "A2", "B2", "C2", "D2", "E2", "A3", "B5", "A9"])

    def test_nothing_is_live(self):
        places = [(f"A{n}", text) for n, text in enumerate(LIVE, 1)]
        book = self._load(self._fill(files.sheet({"Z1": "x"}), places))
        for place, text in places:
            cell = book["8D"][place]
            self.assertEqual(cell.data_type, "s")
            self.assertEqual(cell.value, clean_text(text))
            self.assertTrue(cell.quotePrefix, "stays text when somebody edits the cell")

    def test_live_value_in_a_placeholder(self):
        content = files.sheet({"A1": "{{contact}}", "A2": "Mr. {{contact}}"})
        page = self._load(self._fill(content, values={"contact": "=1+1"}))["8D"]
        self.assertEqual((page["A1"].value, page["A1"].data_type), ("=1+1", "s"))
        self.assertTrue(page["A1"].quotePrefix)
        self.assertEqual((page["A2"].value, page["A2"].quotePrefix), ("Mr. =1+1", False))

    def test_placeholders_once(self):
        content = files.sheet({"A1": "{{ contact }}/{{cause}} {{unknown}}", "A2": "plain"})
        values = {"contact": "{{cause}}", "cause": "C"}
        page = self._load(self._fill(content, values=values))["8D"]
        self.assertEqual(page["A1"].value, "{{cause}}/C {{unknown}}")
        self.assertEqual(page["A2"].value, "plain")

    def test_nothing_lost(self):
        """Logo, text box, check box, chart, sparkline, page header and print area stay."""
        content = files.rich_sheet()
        filled = self._fill(
            content,
            [("B1", "CMP/1"), ("B7", "long " * 60)],
            {"contact": "Ms. 王", "report_number": "P1"},
        )
        before, after = files.read_parts(content), files.read_parts(filled)
        self.assertEqual(list(before), list(after))
        changed = {name for name in before if before[name] != after[name]}
        self.assertEqual(changed, {"xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"})
        page = after["xl/worksheets/sheet1.xml"]
        for mark in (
            b"sparkline",
            b"legacyDrawingHF",
            b"drawing ",
            b"Page &amp;P of &amp;N",
            b"<v>6</v>",
        ):
            self.assertIn(mark, page)
        self.assertIn(b"fullCalcOnLoad", after["xl/workbook.xml"])
        book = self._load(filled)
        page = book["8D report"]
        self.assertEqual(page["A5"].value, "Dear Ms. 王, our no. P1")
        self.assertEqual(page["B1"].fill.fgColor.rgb, "FFFFEE99")
        self.assertEqual(page["B1"].border.left.style, "thin")
        self.assertEqual(page["D20"].value, "=SUM(A20:C20)")

    def test_runs_keep_their_format(self):
        filled = self._fill(files.rich_sheet(), values={"contact": "Ms. 王", "report_number": "P1"})
        cell = self._load(filled, rich_text=True)["8D report"]["A5"].value
        bold = [str(part) for part in cell if getattr(getattr(part, "font", None), "b", False)]
        self.assertTrue(any("Ms. 王" in part for part in bold), cell)

    def test_long_texts_are_not_cut_off(self):
        content = files.sheet({"A1": "x"}, merged=("B7:D8",))
        page = self._load(self._fill(content, [("A3", "投诉" * 100), ("B7", "a\nb\nc\nd\ne")]))[
            "8D"
        ]
        self.assertTrue(page["A3"].alignment.wrap_text)
        self.assertGreater(page.row_dimensions[3].height, 300)
        self.assertGreater(page.row_dimensions[8].height, 50)

    def test_a_caption_that_ran_on_goes_on(self):
        content = files.sheet({"A1": "Complaint number {{report_number}}", "A2": "{{contact}}"})
        page = self._load(self._fill(content, values={"report_number": "P1", "contact": "W" * 40}))
        self.assertFalse(page["8D"]["A1"].alignment.wrap_text)
        self.assertTrue(page["8D"]["A2"].alignment.wrap_text)

    def test_formula_and_steps(self):
        form = SheetForm(OfficePackage(files.sheet({"A1": "=1+1"}, merged=("A3:B4", "A5:B6"))))
        sheet = form.find_sheet("8d")
        self.assertTrue(sheet.is_formula(1, 1))
        self.assertFalse(sheet.is_formula(2, 1))
        self.assertEqual(list(sheet.iter_down(2, 1, 4)), [(2, 1), (3, 1), (5, 1), (7, 1)])
        self.assertIsNone(form.find_sheet("Other"))


@tagged("post_install", "-at_install")
class TestFillWord(BaseCase):
    """Word documents of python-docx."""

    VALUES = {
        "contact": "Ms. 王",
        "complaint_number": "CMP/1",
        "customer_reference": "QN-4711",
        "cause": "{{contact}}\nSecond\tline\x00",
        "goods.name": "all goods",
        "goods.quantity": "",
    }

    def _fill(self, content, rows=(), literals=None):
        package = OfficePackage(content)
        tokens = FormTokens(KEYS, literals)
        form = WordForm(package)
        form.fill(tokens, self.VALUES, {"goods": list(rows)})
        return form.save()

    def test_everywhere(self):
        rows = [
            {"name": "Screwdriver {{contact}}", "quantity": "20"},
            {"name": "螺丝刀", "quantity": "=3"},
        ]
        filled = self._fill(files.word(), rows, {"<<CAUSE>>": "cause"})
        document = docx.Document(io.BytesIO(filled))
        section = document.sections[0]
        self.assertEqual(section.header.paragraphs[0].text, "Complaint CMP/1")
        self.assertEqual(section.footer.paragraphs[0].text, "投诉 QN-4711")
        first, cause = document.paragraphs[:2]
        self.assertEqual(first.text, "Dear Ms. 王, thank you.")
        self.assertEqual(cause.text, "Cause: {{contact}}\nSecond line")
        table = document.tables[0]
        self.assertEqual(
            [[cell.text for cell in row.cells] for row in table.rows],
            [
                ["No.", "Goods", "Quantity"],
                ["QN-4711", "Screwdriver {{contact}}", "20"],
                ["QN-4711", "螺丝刀", "=3"],
            ],
        )
        self.assertEqual(len(document.inline_shapes), 1)

    def test_format_of_the_first_run(self):
        document = docx.Document(io.BytesIO(self._fill(files.word())))
        run = next(r for r in document.paragraphs[0].runs if "Ms." in r.text)
        self.assertTrue(run.bold)
        self.assertEqual(run.font.size.pt, 14)

    def test_a_list_without_rows_leaves_one_empty_row(self):
        table = docx.Document(io.BytesIO(self._fill(files.word()))).tables[0]
        self.assertEqual([c.text for c in table.rows[1].cells], ["QN-4711", "", ""])

    def test_the_rest_keeps_its_bytes(self):
        content = files.word()
        before, after = files.read_parts(content), files.read_parts(self._fill(content))
        self.assertEqual(list(before), list(after))
        changed = {name for name in before if before[name] != after[name]}
        self.assertEqual(changed, {"word/document.xml", "word/header1.xml", "word/footer1.xml"})

    def test_text_boxes_and_controls(self):
        """A text box lies in a paragraph of its own inside another one."""
        box = (
            b'<w:p><w:r><w:t>{{contact}}</w:t></w:r><w:r><w:pict><v:textbox xmlns:v="urn:schemas-'
            b'microsoft-com:vml"><w:txbxContent><w:p><w:r><w:t>{{complaint_number}}</w:t></w:r></w:p>'
            b"</w:txbxContent></v:textbox></w:pict></w:r></w:p><w:sdt><w:sdtContent><w:p><w:r><w:t>"
            b"{{customer_reference}}</w:t></w:r></w:p></w:sdtContent></w:sdt>"
        )
        content = files.word_with(box)
        xml = files.read_parts(self._fill(content))["word/document.xml"].decode()
        for text in ("CMP/1", "QN-4711"):
            self.assertIn(f">{text}</w:t>", xml)
        self.assertNotIn("{{complaint_number}}", xml)
