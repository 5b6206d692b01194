from collections import defaultdict
from datetime import datetime, timedelta
from fractions import Fraction

from odoo import Command
from odoo.tests import tagged

from ...models.analysis.complaint_analysis_goods import MOST_POINTS
from .figures_common import FiguresCommon

GOODS = "complaint.analysis.goods"
QUANTITIES = ["quantity_complained:sum", "quantity_confirmed:sum"]
FINDINGS = ("pending", "confirmed", "not_confirmed", "no_trouble_found")


@tagged("post_install", "-at_install")
class TestGoodsFigures(FiguresCommon):
    """Goods by product, lot, defect …: no quantity twice, each in its product's unit (R63)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cases = cls.env["complaint.complaint"]
        for number in range(30):
            cls.cases |= cls._random_case(number)
        cls.old.active = False
        cls.lines = cls.cases.line_ids
        cls.env.flush_all()
        cls.env.invalidate_all()

    @classmethod
    def _random_case(cls, number):
        choice, whole = cls.random.choice, cls.random.randint
        lines = []
        for _index in range(whole(1, 4)):
            product = choice(list(cls.units_of))
            quantity = whole(1, 30)
            lots = cls.random.sample(cls.lots, whole(0, 3)) if product == cls.resin else ()
            lines.append(
                cls._said(
                    product,
                    quantity,
                    choice(list(cls.units_of[product])),
                    whole(0, quantity),
                    lots,
                    defect_id=choice(cls.defects).id,
                )
            )
        case = cls._past(
            lines,
            state=choice(("closed", "registered", "registered", "executing", "draft")),
            date_received=datetime(2024, 1, 31, 22) + timedelta(days=9 * number),
            partner_id=choice(cls.customer + cls.customer2).id,
            contact_id=False,
        )
        if case.state == "draft":
            return case
        points = cls.env["complaint.point"].with_context(**case._thaw().env.context)
        for _index in range(whole(0, 2)):
            held = cls.random.sample(case.line_ids.ids, whole(0, len(case.line_ids)))
            points.create(
                {
                    "complaint_id": case.id,
                    "defect_id": choice(cls.defects).id,
                    "line_ids": [Command.set(held)],
                }
            )
        for point in case._thaw().point_ids:
            point.finding = choice(FINDINGS)
        # Goods that belong to no point: taken out of theirs by hand
        points = case._thaw().point_ids
        if cls.random.random() < 0.3:
            points.line_ids = [Command.unlink(case.line_ids[0].id)]
        return case

    def _count(self):
        """:return: list of (line, point or None, complained, confirmed), counted by hand"""
        rows = []
        for line in self.lines.filtered(lambda x: x.complaint_id.state != "draft"):
            factor = Fraction(str(self.units_of[line.product_id][line.product_uom_id]))
            complained = Fraction(str(line.quantity_complained)) * factor
            confirmed = Fraction(str(line.quantity_confirmed)) * factor
            points = [p for p in line.complaint_id.point_ids if line in p.line_ids]
            proven = [p for p in points if p.finding == "confirmed"] or points
            for point in points or [None]:
                part = confirmed / (len(proven) or 1) if point in proven or not points else 0
                rows.append((line, point, complained / (len(points) or 1), part))
        return rows

    # ------------------------------------------------------------
    # Rows
    # ------------------------------------------------------------
    def test_one_row_a_line_and_point(self):
        found = self.env[GOODS].search([("complaint_id", "in", self.cases.ids)])
        expected = {
            line.id * MOST_POINTS + (point.id if point else 0): (complained, confirmed)
            for line, point, complained, confirmed in self._count()
        }
        self.assertTrue(any(row % MOST_POINTS == 0 for row in expected), "goods without a point")
        self.assertEqual(set(found.ids), set(expected))
        for row in found:
            self.assertAlmostEqual(row.quantity_complained, float(expected[row.id][0]), 6)
            self.assertAlmostEqual(row.quantity_confirmed, float(expected[row.id][1]), 6)
            self.assertEqual(row.id // MOST_POINTS, row.line_id.id)
            self.assertEqual(row.id % MOST_POINTS, row.point_id.id or 0)

    def test_no_quantity_counts_twice(self):
        """Whatever points the goods belong to, their sum is what the lines say."""
        shared = self.lines.filtered(lambda x: len(x.point_ids) > 1)
        self.assertGreater(len(shared), 5)
        expected = defaultdict(lambda: [0, 0])
        for line in self.lines.filtered(lambda x: x.complaint_id.state != "draft"):
            factor = self.units_of[line.product_id][line.product_uom_id]
            expected[line.product_id,][0] += line.quantity_complained * factor
            expected[line.product_id,][1] += line.quantity_confirmed * factor
        domain = [("complaint_id", "in", self.cases.ids)]
        self.assertFigures(self._figures(GOODS, ["product_id"], QUANTITIES, domain), expected)
        self.assertIn((self.old,), expected, "an archived product is in the figures")

    def test_groups_are_counted_again_in_python(self):
        domain = [("complaint_id", "in", self.cases.ids), ("product_id", "!=", self.resin.id)]
        for name, key in (
            ("defect_id", lambda line, point: point.defect_id if point else line.defect_id),
            ("finding", lambda line, point: point.finding if point else False),
            ("commercial_partner_id", lambda line, point: line.complaint_id.partner_id),
            ("date_received:month", lambda line, point: self._month(line)),
            ("product_categ_id", lambda line, point: line.product_id.categ_id),
        ):
            expected = defaultdict(lambda: [0, 0])
            for line, point, complained, confirmed in self._count():
                if line.product_id != self.resin:
                    expected[key(line, point),][0] += float(complained)
                    expected[key(line, point),][1] += float(confirmed)
            with self.subTest(name):
                self.assertFigures(self._figures(GOODS, [name], QUANTITIES, domain), expected)

    def _month(self, line):
        received = line.complaint_id.date_received
        return datetime(received.year, received.month, 1)

    def test_complaints_are_counted_once_in_each_group(self):
        expected = defaultdict(set)
        for line, _point, _complained, _confirmed in self._count():
            expected[line.product_id,].add(line.complaint_id)
        found = self._figures(
            GOODS,
            ["product_id"],
            ["complaint_id:count_distinct"],
            [("complaint_id", "in", self.cases.ids)],
        )
        self.assertEqual(found, {key: [len(cases)] for key, cases in expected.items()})

    def test_pieces_and_kilograms_have_no_total(self):
        domain = [("complaint_id", "in", self.cases.ids)]
        total = self._figures(GOODS, [], QUANTITIES, domain)
        self.assertFigures(total, {(): [None, None]})
        pieces = self._figures(GOODS, ["product_uom_id"], QUANTITIES, domain)
        self.assertEqual(set(pieces), {(self.unit,), (self.kilo,)})
        self.assertTrue(all(figures[0] for figures in pieces.values()))

    def test_without_a_unit_is_no_piece(self):
        """Typed goods nobody named a unit of are added to none of the others."""
        typed = {
            "name": "Some film",
            "quantity_complained": 4,
            "quantity_confirmed": 4,
            "product_uom_id": False,
        }
        case = self._past([self._said(self.product, 5, confirmed=2), typed])
        domain = [("complaint_id", "=", case.id)]
        self.assertFalse(case.line_ids[1].product_uom_id)
        self.assertFigures(self._figures(GOODS, [], QUANTITIES, domain), {(): [None, None]})
        by_unit = self._figures(GOODS, ["product_uom_id"], QUANTITIES, domain)
        self.assertFigures(by_unit, {(self.unit,): [5.0, 2.0], (self.env["uom.uom"],): [4.0, 4.0]})

    # ------------------------------------------------------------
    # Lots, vendors, causes
    # ------------------------------------------------------------
    def test_lot_is_named_where_it_is_one(self):
        case = self._past(
            [
                self._said(self.resin, 2, lots=self.lots[:1], lot_name="typed"),
                self._said(self.resin, 6, lots=self.lots),
                self._said(self.product, 1, lot_name="L-77"),
            ]
        )
        rows = self.env[GOODS].search([("complaint_id", "=", case.id)], order="id")
        self.assertEqual(rows.mapped("lot_name"), ["R-0", False, "L-77"])
        self.assertEqual([row.lot_id for row in rows], [self.lots[0], *[self.lots[0].browse()] * 2])
        self.assertEqual(rows.mapped("quantity_complained"), [2.0, 6.0, 1.0])
        found = rows.search([("line_id.lot_ids", "=", self.lots[2].id)])
        self.assertIn(rows[1], found, "several lots are found, too")

    def test_vendor_is_the_main_one_of_the_company(self):
        company = self._second_company()
        vendors = self.env["res.partner"].create(
            [{"name": name, "is_company": True} for name in ("Mill", "Forge", "Theirs")]
        )
        contact = self.env["res.partner"].create({"name": "Mia", "parent_id": vendors[0].id})
        template = self.product.product_tmpl_id
        for sequence, vendor, of_company in (
            (2, vendors[1], False),
            (1, contact, self.company.id),
            (0, vendors[2], company.id),
        ):
            self.env["product.supplierinfo"].create(
                {
                    "product_tmpl_id": template.id,
                    "partner_id": vendor.id,
                    "sequence": sequence,
                    "company_id": of_company,
                }
            )
        case = self._past([self._said(self.product, 1), self._said(self.resin, 1)])
        rows = self.env[GOODS].search([("complaint_id", "=", case.id)], order="id")
        self.assertEqual([row.vendor_id for row in rows], [vendors[0], vendors.browse()])

    def test_causes_multiply_nothing(self):
        case = self._past([self._said(self.product, 5)], state="registered")
        kinds = self.env["complaint.cause.category"].create([{"name": "Slip"}, {"name": "Tool"}])
        causes = self.env["complaint.cause"].create(
            [
                {"complaint_id": case.id, "name": "A", "cause_type": kind, "category_id": of.id}
                for kind, of in (("systemic", kinds[0]), ("escape", kinds[1]))
            ]
        )
        causes._write_trusted({"state": "verified"})
        domain = [("complaint_id", "=", case.id)]
        found = self._figures(GOODS, ["cause_category_id"], ["quantity_complained:sum"], domain)
        self.assertEqual(found, {(kinds[1],): [5.0]})

    def test_what_does_not_count_has_no_row(self):
        for state, counts in (("draft", 0), ("registered", 1), ("cancelled", 0)):
            case = self._past([self._said(self.product, 5)], state=state)
            with self.subTest(state):
                self.assertEqual(case.is_counted, bool(counts))
                self.env.flush_all()
                found = self.env[GOODS].search_count([("complaint_id", "=", case.id)])
                self.assertEqual(found, counts)

    # ------------------------------------------------------------
    # Who sees it
    # ------------------------------------------------------------
    def test_each_sees_the_goods_of_his_complaints(self):
        mine = self._past([self._said(self.product, 5)])
        theirs = self._past([self._said(self.product, 7)], user_id=self.user_sales2.id)
        domain = [("complaint_id", "in", (mine + theirs).ids)]
        self.env.flush_all()
        for user, expected in (
            (self.user_sales, 5.0),
            (self.user_sales2, 7.0),
            (self.user_quality, 12.0),
            (self.user_leadership, 12.0),
        ):
            goods = self.env[GOODS].with_user(user)
            [(total,)] = goods._read_group(domain, [], ["quantity_complained:sum"])
            with self.subTest(user=user.login):
                self.assertEqual(total, expected)
        mine.concerned_user_ids = self.user_quality
        self.env.flush_all()
        goods = self.env[GOODS].with_user(self.user_quality)
        self.assertEqual(goods.search(domain).complaint_id, theirs)

    def test_a_row_opens_its_complaint(self):
        case = self._past([self._said(self.product, 5)])
        row = self.env[GOODS].search([("complaint_id", "=", case.id)]).with_user(self.user_sales)
        action = row.action_open_complaint()
        self.assertEqual((action["res_model"], action["res_id"]), (case._name, case.id))

    def test_archived_complaints_are_asked_for(self):
        case = self._past([self._said(self.product, 5)])
        case.active = False
        self.env.flush_all()
        domain = [("complaint_id", "=", case.id)]
        self.assertFalse(self.env[GOODS].search(domain))
        self.assertTrue(self.env[GOODS].with_context(active_test=False).search(domain))
