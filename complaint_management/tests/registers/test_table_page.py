import random

from odoo.tests import BaseCase, tagged

from ...models.registers.layout.page import MAX_LINES, TablePage
from ...models.registers.layout.pieces import cut, wrap
from .common import column, document, part

SIGNS = "螺丝刀杆生锈客户投诉包装受潮检验标准abc de f,.\n"


def show(column, value):
    """:return: a cell as text"""
    return "" if value is None else str(value)


@tagged("post_install", "-at_install")
class TestTablePage(BaseCase):
    """What is printed loses no sign, and no row is higher than a page."""

    def _blocks(self, *parts):
        page = TablePage(document(*parts), show, "en_US")
        return [list(each["blocks"]) for each in page.iter_parts()]

    def test_pieces_are_the_text(self):
        chance = random.Random(7)
        for _round in range(200):
            text = "".join(chance.choice(SIGNS) for _i in range(chance.randrange(1500))).strip()
            width, height = chance.randrange(8, 60), chance.randrange(2, 25)
            pieces = cut(text, width, height)
            self.assertEqual("".join("".join(pieces).split()), "".join(text.split()))
            for piece in pieces:
                lines = [line for para in piece.split("\n") for line in wrap(para, width)]
                self.assertLessEqual(len(lines), height + 1)

    def test_a_word_longer_than_a_line(self):
        pieces = cut("x" * 1000, 10, 5)
        self.assertEqual("".join(pieces), "x" * 1000)
        self.assertEqual(len(pieces), 20)

    def test_long_row_becomes_several(self):
        columns = [column("number", repeat=True), column("plan"), column("words", width=20)]
        ((blocks),) = self._blocks(
            part(columns, [{"number": "C1", "plan": "p", "words": "字" * 4000}])
        )
        lines = [line for block in blocks for line in block]
        self.assertGreater(len(lines), 1)
        self.assertEqual([line["kind"] for line in lines], ["row"] + ["more"] * (len(lines) - 1))
        words = [line["cells"][2]["text"] for line in lines]
        self.assertEqual("".join(words), "字" * 4000)
        plans = [line["cells"][1]["text"] for line in lines]
        self.assertEqual(plans, ["p"] + [""] * (len(lines) - 1))
        # On the next page one still knows which case it is
        self.assertEqual({line["cells"][0]["text"] for line in lines}, {"C1"})
        opened = [line["is_open"] for line in lines]
        self.assertEqual(opened, [True] * (len(lines) - 1) + [False])

    def test_days_and_numbers_have_their_room(self):
        """One reads a number out: it is not broken, however much else the page holds."""
        columns = [
            column("number", repeat=True),
            column("day", kind="date"),
            *(column(f"text{place}", width=40) for place in range(5)),
        ]
        page = TablePage(document(part(columns, [])), show, "en_US")
        (shown,) = page.iter_parts()
        widths = [each["width"] for each in shown["columns"]]
        self.assertGreaterEqual(widths[0], 7.9)
        self.assertGreaterEqual(widths[1], 6.6)
        self.assertAlmostEqual(sum(widths), 100, delta=0.1)

    def test_ordinary_row_stays_one(self):
        words = "\n".join(["short"] * MAX_LINES)
        ((blocks),) = self._blocks(part([column("words")], [{"words": words}]))
        self.assertEqual(len(blocks), 1)

    def test_head_stays_with_its_first_row(self):
        rows = [{"group": "North", "n": 1}, {"group": "North", "n": 2}, {"group": "South", "n": 3}]
        table = part([column("n", kind="integer", total=True)], rows, group_label="Region")
        ((blocks),) = self._blocks(table)
        kinds = [[line["kind"] for line in block] for block in blocks]
        self.assertEqual(
            kinds,
            [["head", "row"], ["row"], ["total"], ["head", "row"], ["total"], ["total"]],
        )
        self.assertEqual(blocks[-1][0]["cells"][0]["text"], "6")

    def test_empty(self):
        ((blocks),) = self._blocks(part([column("n", total=True)], []))
        self.assertEqual([line["kind"] for block in blocks for line in block], ["empty"])

    def test_widths_fill_the_page(self):
        columns = [column("a", width=7), column("b", width=31), column("c", width=3)]
        page = TablePage(document(part(columns, [])), show, "en_US")
        (found,) = page.iter_parts()
        self.assertAlmostEqual(sum(each["width"] for each in found["columns"]), 100, delta=0.1)

    def test_a_day_stands_on_one_line(self):
        for count in (1, 6, 30):
            days = [column(f"d{number}", kind="date", width=1) for number in range(count)]
            page = TablePage(document(part([column("a", width=60), *days], [])), show, "en_US")
            (found,) = page.iter_parts()
            widths = [each["width"] for each in found["columns"]]
            self.assertAlmostEqual(sum(widths), 100, delta=0.5)
            if count < 10:
                self.assertGreaterEqual(min(widths), 6.6)
