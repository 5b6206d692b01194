from datetime import date, datetime

from odoo.tests import BaseCase, tagged

from ...models.registers.layout.book import TableBook
from .common import LIVE_TEXTS, column, document, part, read_book, read_rows


@tagged("post_install", "-at_install")
class TestTableBook(BaseCase):
    """Tables as workbooks open anywhere, calculate nothing and print as they look (R57, T13)."""

    def _sheet(self, *parts, **values):
        return read_book(TableBook(document(*parts, **values)).make()).worksheets[0]

    def test_no_formula_wherever_a_text_stands(self):
        for text in LIVE_TEXTS:
            with self.subTest(text=text):
                table = part(
                    [column("words", label=text), column("state", kind="state")],
                    [{"words": text, "state": (text, "bad"), "group": text}],
                    title=text,
                    group_label=text,
                    notes=[text],
                )
                sheet = self._sheet(table, title=text, lines=[text])
                cells = [cell for row in sheet.iter_rows() for cell in row if cell.value]
                plain = text.replace("\r\n", "\n").replace("\r", "\n")
                own = [cell for cell in cells if cell.value == plain]
                self.assertGreater(len(own), 7)
                self.assertTrue(all(cell.quotePrefix for cell in own))

    def test_rows_are_as_high_as_their_texts(self):
        """Not every program finds the height of a row itself."""
        texts = ("Short", "wet cartons " * 20, "纸箱受潮" * 20, "One\ntwo\nthree", "x" * 9000)
        rows = [{"words": text} for text in texts]
        sheet = self._sheet(part([column("words", width=20)], rows))
        first = sheet.max_row - len(texts) + 1
        heights = [sheet.row_dimensions[first + number].height for number in range(len(texts))]
        self.assertIn(heights[0], (None, 15), "the height every row has anyhow")
        self.assertEqual(heights[3], 39)
        # 240 signs in lines of 18, and as many of double width in 80
        self.assertEqual(heights[1], 14 * 12 + 3)
        self.assertEqual(heights[2], 9 * 12 + 3)
        self.assertAlmostEqual(heights[4], 409, delta=1)

    def test_kinds(self):
        columns = [
            column("text"),
            column("day", kind="date"),
            column("count", kind="integer"),
            column("amount", kind="number"),
            column("share", kind="percent", digits=1),
            column("state", kind="state"),
        ]
        row = {
            "text": "Two\nlines",
            "day": date(2026, 6, 15),
            "count": 0,
            "amount": -12.345,
            "share": 0.125,
            "state": ("Late", "bad"),
        }
        sheet = self._sheet(part(columns, [row, {}]))
        found, empty = read_rows(sheet, "Text")
        self.assertEqual(found["Text"], "Two\nlines")
        self.assertEqual(found["Day"], datetime(2026, 6, 15))
        self.assertEqual(found["Count"], 0)
        self.assertEqual(found["Amount"], -12.345)
        self.assertEqual(found["Share"], 0.125)
        self.assertEqual(found["State"], "Late")
        self.assertEqual(set(empty.values()), {None})
        formats = {cell.column: cell.number_format for cell in sheet[sheet.max_row - 1]}
        self.assertEqual(formats[4], "#,##0.00")
        self.assertEqual(formats[5], "0.0%")
        self.assertTrue(sheet[sheet.max_row - 1][1].is_date)

    def test_page(self):
        sheet = self._sheet(part([column("words", width=40)], [{"words": "a"}, {"words": "b"}]))
        head = next(cell.row for row in sheet.iter_rows() for cell in row if cell.value == "Words")
        self.assertEqual(sheet.freeze_panes, f"A{head + 1}")
        self.assertEqual(sheet.auto_filter.ref, f"A{head}:A{head + 2}")
        self.assertEqual(sheet.print_title_rows, f"${head}:${head}")
        self.assertEqual(sheet.page_setup.orientation, "landscape")
        self.assertEqual(int(sheet.page_setup.paperSize), 9)
        # As wide as a page (not saying so means one), as long as it is
        self.assertIn(sheet.page_setup.fitToWidth, (None, 1))
        self.assertEqual(sheet.page_setup.fitToHeight, 0)
        self.assertTrue(sheet.sheet_properties.pageSetUpPr.fitToPage)
        self.assertGreaterEqual(sheet.column_dimensions["A"].width, 40)
        self.assertTrue(sheet.cell(head + 1, 1).alignment.wrap_text)

    def test_groups_and_totals(self):
        rows = [
            {"group": "North", "name": "a", "count": 2},
            {"group": "North", "name": "b", "count": 3},
            {"group": "South", "name": "c", "count": 4},
        ]
        columns = [column("name"), column("count", kind="integer", total=True)]
        sheet = self._sheet(part(columns, rows, group_label="Region"))
        found = [tuple(row.values()) for row in read_rows(sheet, "Region")]
        self.assertEqual(
            found,
            [
                ("North", None, None),
                ("North", "a", 2),
                ("North", "b", 3),
                ("North", None, 5),
                ("South", None, None),
                ("South", "c", 4),
                ("South", None, 4),
                ("Total", None, 9),
            ],
        )

    def test_empty(self):
        sheet = self._sheet(part([column("name"), column("count", total=True)], []))
        self.assertEqual([r["Name"] for r in read_rows(sheet, "Name")], ["Nothing to list."])

    def test_names_of_sheets(self):
        titles = ["Late: [all]/*?", "late   all", "x" * 40, "x" * 40, "'", ""]
        parts = [part([column("name")], [], title=title) for title in titles]
        book = read_book(TableBook(document(*parts)).make())
        names = [sheet.title for sheet in book]
        self.assertEqual(len({name.lower() for name in names}), len(titles))
        self.assertTrue(all(0 < len(name) <= 31 for name in names))

    def test_long_names_of_sheets_end_with_a_word(self):
        title = "Measures: open, late, not effective"
        book = read_book(TableBook(document(part([column("name")], [], title=title))).make())
        self.assertEqual(book.sheetnames, ["Measures open, late, not…"])

    def test_a_row_s_own_decimal_places(self):
        rows = [{"value": 2, "digits": 0}, {"value": 2, "digits": 1}, {"value": 2}]
        sheet = self._sheet(part([column("value", kind="number", digits_key="digits")], rows))
        formats = [sheet[sheet.max_row - 2 + number][0].number_format for number in range(3)]
        self.assertEqual(formats, ["#,##0", "#,##0.0", "#,##0.00"])

    def test_what_no_cell_can_hold(self):
        texts = ["a\x00b\x0bc", "x" * 40000, "\ud800lone", "http://example.com/a", "{=1+1}"]
        sheet = self._sheet(part([column("words")], [{"words": text} for text in texts]))
        found = [row["Words"] for row in read_rows(sheet, "Words")]
        self.assertEqual(found[0], "abc")
        self.assertTrue(found[1].endswith(" […]"))
        self.assertEqual(len(found[1]), 32767)
        self.assertEqual(found[2:], ["lone", "http://example.com/a", "{=1+1}"])

    def test_header_signs(self):
        """Signs that mean something in a footer stand there as themselves."""
        content = TableBook(document(part([column("a")], []), title="R&D &P" + "x" * 300)).make()
        sheet = read_book(content).worksheets[0]
        self.assertIn("R&&D &&P", str(sheet.oddFooter.left.text) or "")
