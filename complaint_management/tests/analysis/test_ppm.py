from collections import defaultdict
from datetime import date, datetime, timedelta

from lxml import etree

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from .figures_common import FiguresCommon

PPM = "complaint.analysis.ppm"
MEASURES = ["quantity_delivered:sum", "quantity_confirmed:sum", "ppm:avg"]


@tagged("post_install", "-at_install")
class TestPpm(FiguresCommon):
    """Confirmed ÷ delivered, by the month goods left; a group's is the ratio of its sums (R63)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ledger = defaultdict(lambda: [0.0, 0.0])
        cls.moves = [cls._random_move() for _index in range(40)]
        for _index in range(25):
            cls._random_case()
        cls.old.active = False
        cls.env.flush_all()
        cls.env.invalidate_all()

    @classmethod
    def _random_move(cls):
        product = cls.random.choice(list(cls.units_of))
        lot = cls.random.choice(cls.lots) if product == cls.resin else None
        unit = cls.random.choice(list(cls.units_of[product]))
        # Transfers are rounded to the unit of the product
        quantity = cls.random.randint(1, 500) * (10 if unit == cls.gram else 1)
        left = datetime(2023, 11, 1) + timedelta(hours=cls.random.randint(0, 24 * 100))
        dropshipped = cls.random.random() < 0.2
        source = cls.supplier_location if dropshipped else None
        move = cls._ship(product, quantity, left, unit, lot, source)
        key = (product, lot, date(left.year, left.month, 1))
        cls.ledger[key][0] += quantity * cls.units_of[product][unit]
        return move

    @classmethod
    def _random_case(cls):
        """Goods of a random delivery, some by their date alone; some cases do not count."""
        move = cls.random.choice(cls.moves)
        product, lots = move.product_id, move.move_line_ids.lot_id
        if product == cls.resin and cls.random.random() < 0.3:
            lots = cls.env["stock.lot"].union(*cls.lots)
        unit = cls.random.choice(list(cls.units_of[product]))
        confirmed = cls.random.randint(0, 5)
        state = cls.random.choice(("closed", "registered", "draft"))
        by_move = cls.random.random() < 0.5
        line = cls._said(product, 9, unit, confirmed, lots, date_shipped=move.date)
        cls._past([{**line, "move_id": move.id} if by_move else line], state)
        if state == "draft" or not confirmed:
            return
        for lot in lots or [None]:
            key = (product, lot, date(move.date.year, move.date.month, 1))
            cls.ledger[key][1] += confirmed * cls.units_of[product][unit] / (len(lots) or 1)

    def _expected(self, group):
        """:param group: function of (product, lot, month)
        :return: dict group → delivered, confirmed, ppm of the ledger
        """
        sums = defaultdict(lambda: [0.0, 0.0])
        for key, (delivered, confirmed) in self.ledger.items():
            sums[group(*key)][0] += delivered
            sums[group(*key)][1] += confirmed
        return {
            key: [delivered, confirmed, confirmed / delivered * 1e6 if delivered else None]
            for key, (delivered, confirmed) in sums.items()
        }

    def _found(self, groups, domain=()):
        products = self.product + self.old + self.resin
        return self._figures(PPM, groups, MEASURES, [("product_id", "in", products.ids), *domain])

    # ------------------------------------------------------------
    # Figures
    # ------------------------------------------------------------
    def test_rows(self):
        empty = self.env["stock.lot"]
        expected = self._expected(lambda product, lot, month: (product, lot or empty, month))
        self.assertTrue(any(not row[0] for row in expected.values()), "confirmed alone")
        self.assertFigures(self._found(["product_id", "lot_id", "date:month"]), expected, 4)
        rows = self.env[PPM].search([("product_id", "in", (self.product + self.resin).ids)])
        self.assertEqual(len(rows), len(set(rows.ids)))
        for row in rows:
            key = (row.product_id, row.lot_id, row.date)
            self.assertAlmostEqual(row.quantity_delivered, expected[key][0], 4)
            self.assertAlmostEqual(row.ppm, expected[key][2] or 0.0, 3)

    def test_group_is_the_ratio_of_its_sums(self):
        for groups, key in (
            (["product_id"], lambda product, lot, month: (product,)),
            (["product_id", "date:month"], lambda product, lot, month: (product, month)),
            (["product_uom_id"], lambda product, lot, month: (product.uom_id,)),
            (
                ["product_id", "date:quarter"],
                lambda product, lot, month: (
                    (product, month.replace(month=month.month // 4 * 3 + 1))
                    if month.month < 10
                    else (product, month.replace(month=10))
                ),
            ),
        ):
            with self.subTest(groups):
                self.assertFigures(self._found(groups), self._expected(key), 4)

    def test_bad_products_keep_what_was_good(self):
        """The filter leaves out products, never what was delivered of one without bad parts."""
        good = self._product(name="Never bad")
        self._ship(good, 50, datetime(2024, 1, 3, 9))
        arch = self.env[PPM].get_view(view_type="search")["arch"]
        [text] = etree.fromstring(arch).xpath("//filter[@name='bad_products']/@domain")
        domain = [("product_id", "in", (self.product + self.resin + good).ids), *safe_eval(text)]
        found = self._figures(PPM, ["product_id"], MEASURES, domain)
        expected = self._expected(lambda product, lot, month: (product,))
        self.assertFigures(found, {(p,): expected[p,] for p in self.product + self.resin}, 4)

    def test_screens_get_the_same(self):
        rows = self.env[PPM].formatted_read_group(
            [("product_id", "=", self.product.id)], [], [*MEASURES, "__count"]
        )
        expected = self._expected(lambda product, lot, month: product)[self.product]
        for name, number in zip(MEASURES, expected, strict=True):
            self.assertAlmostEqual(rows[0][name], number, 4)
        mixed = self.env[PPM].formatted_read_group([], [], MEASURES)
        self.assertFalse(mixed[0]["quantity_delivered:sum"], "pieces and kilograms")
        self.assertFalse(mixed[0]["ppm:avg"])

    def test_sorted_by_ppm(self):
        groups = self.env[PPM]._read_group(
            [("product_uom_id", "=", self.unit.id), ("product_id", "in", self.product.ids)],
            ["date:month"],
            ["ppm:avg"],
            order="ppm:avg desc",
        )
        numbers = [number for _month, number in groups if number is not None]
        self.assertEqual(numbers, sorted(numbers, reverse=True))

    # ------------------------------------------------------------
    # What is delivered
    # ------------------------------------------------------------
    def _delivered(self, product):
        return self._figures(
            PPM, ["product_id"], ["quantity_delivered:sum"], [("product_id", "=", product.id)]
        ).get((product,), [0.0])[0]

    def test_what_comes_back_was_delivered(self):
        product = self._product(name="Boomerang")
        picking = self._deliver(self._order(lines=[(product, 10)]))
        self.assertEqual(self._delivered(product), 10.0)
        self._return(picking, {product: 4})
        self.assertEqual(self._delivered(product), 10.0)

    def test_only_what_reaches_customers_is_delivered(self):
        product = self._product(name="Inside")
        stock = self.env["stock.warehouse"].search([], limit=1).lot_stock_id
        self._ship(product, 3, datetime(2024, 1, 1), source=self.supplier_location, target=stock)
        self._ship(product, 2, datetime(2024, 1, 1), source=self.customer_location, target=stock)
        open_move = self._ship(product, 5, datetime(2024, 1, 1))
        open_move.state = "assigned"
        self.assertEqual(self._delivered(product), 0.0)

    def test_own_goods_sent_back_left_before(self):
        product = self._product(name="Mended")
        complaint = self._past([self._said(product, 1)], state="registered")
        demand = self.env["complaint.demand"].create(
            {"complaint_id": complaint.id, "kind": "rework"}
        )
        moves = self.env["stock.move"]
        for _index in range(2):
            picking = self._order(lines=[(product, 5)]).picking_ids
            moves |= self._validate(picking).move_ids
        moves[0].picking_id._link_to_demand(demand)
        self.assertEqual(self._delivered(product), 5.0)
        demand._thaw().remedy_kind = "exchange"
        self.assertEqual(self._delivered(product), 10.0, "a replacement was delivered")

    def test_unknown_day_has_no_month(self):
        product = self._product(name="Undated")
        self._ship(product, 1000, datetime(2024, 3, 5))
        self._past([self._said(product, 2, confirmed=2)])
        rows = self._figures(PPM, ["date:month"], MEASURES, [("product_id", "=", product.id)])
        self.assertEqual(
            rows, {(False,): [0.0, 2.0, False], (date(2024, 3, 1),): [1000.0, 0.0, 0.0]}
        )
        total = self._figures(PPM, [], ["ppm:avg"], [("product_id", "=", product.id)])
        self.assertEqual(total, {(): [2000.0]})

    def test_serial_numbers_share_exactly(self):
        product = self._product("serial", name="Meter")
        order = self._order(lines=[(product, 3)])
        lots = self._deliver(order).move_ids.move_line_ids.lot_id
        move = order.order_line.move_ids
        line = self._said(product, 3, confirmed=3, lots=lots, move_id=move.id)
        self._past([line])
        found = self._figures(PPM, ["lot_id"], MEASURES, [("product_id", "=", product.id)])
        self.assertEqual(found, {(lot,): [1.0, 1.0, 1e6] for lot in lots})

    # ------------------------------------------------------------
    # Who sees it
    # ------------------------------------------------------------
    def test_companies_are_apart(self):
        company = self._second_company()
        product = self._product(name="Everywhere")
        self._ship(product, 100, datetime(2024, 1, 1))
        self._ship(product, 50, datetime(2024, 1, 1), company=company)
        self._past([self._said(product, 1, confirmed=1, date_shipped=datetime(2024, 1, 1))])
        vals = self._said(product, 5, confirmed=5, date_shipped=datetime(2024, 1, 1))
        self._past([vals], company=company, partner_id=self.customer2.id)
        self.env.flush_all()
        domain = [("product_id", "=", product.id)]
        mine = self.env[PPM].with_user(self.user_leadership)
        self.assertEqual(mine._read_group(domain, [], MEASURES), [(100.0, 1.0, 10000.0)])
        self.user_leadership.company_ids = [Command.link(company.id)]
        mine = mine.with_context(allowed_company_ids=company.ids)
        self.assertEqual(mine._read_group(domain, [], MEASURES), [(50.0, 5.0, 100000.0)])

    def test_who_reads_all_complaints_reads_ppm(self):
        for name in ("quality", "leadership", "manager", "admin"):
            user = getattr(self, f"user_{name}")
            with self.subTest(name):
                self.assertFalse(user.has_group("stock.group_stock_user") and name == "quality")
                self.assertTrue(self.env[PPM].with_user(user).search([], limit=1))
        for name in ("sales", "service", "contributor", "stock", "portal"):
            user = getattr(self, f"user_{name}")
            with self.subTest(name), self.assertRaises(AccessError):
                self.env[PPM].with_user(user).search([], limit=1)

    def test_a_row_lists_its_goods(self):
        month = datetime(2024, 2, 1)
        wanted = self._past(
            [self._said(self.old, 4, confirmed=4, date_shipped=month + timedelta(days=28))]
        )
        other_month = month - timedelta(seconds=1)
        self._past([self._said(self.old, 4, confirmed=4, date_shipped=other_month)])
        self._past([self._said(self.old, 4, date_shipped=month)])
        row = self.env[PPM].search([("product_id", "=", self.old.id), ("date", "=", month.date())])
        action = row.with_user(self.user_quality).action_open_goods()
        self.assertIn("No bad parts were confirmed in these deliveries", action["help"])
        goods = self.env[action["res_model"]].search(action["domain"])
        self.assertEqual(goods.complaint_id & wanted, wanted)
        self.assertTrue(all(g.date_shipped >= month for g in goods))
        self.assertAlmostEqual(sum(goods.mapped("quantity_confirmed")), row.quantity_confirmed)


@tagged("post_install", "-at_install", "-standard", "complaint_kit")
class TestPpmKit(FiguresCommon):
    """What leaves of a kit are its components (R63)."""

    def test_components_are_delivered(self):
        self._set_up_kit()
        order = self._order(lines=[(self.kit, 5)])
        picking = self._deliver(order)
        lot = picking.move_line_ids.lot_id
        blades = picking.move_ids.filtered(lambda m: m.product_id == self.blade)
        said = self._said(self.blade, 2, confirmed=1, lots=lot, move_id=blades.id)
        self._past([said, self._said(self.kit, 1, confirmed=1)])
        found = self._figures(
            PPM,
            ["product_id"],
            MEASURES,
            [("product_id", "in", (self.kit + self.handle + self.blade).ids)],
        )
        expected = {
            (self.handle,): [5.0, 0.0, 0.0],
            (self.blade,): [10.0, 1.0, 100000.0],
            (self.kit,): [0.0, 1.0, None],
        }
        self.assertFigures(found, expected)
