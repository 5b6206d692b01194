from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import ComplaintCommon


@tagged("post_install", "-at_install")
class TestFeasibility(ComplaintCommon):
    """What we promise is looked at before, live: stock, sale, guarantee, lots (R36, R29)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.goods = cls._product(name="Blade", is_storable=True)
        cls.stock = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.company.id)], limit=1
        )
        cls._put(cls.goods, 30)
        cls.order = cls._order(lines=[(cls.goods, 10)])
        cls._deliver(cls.order)
        cls.complaint = cls._case_of(cls.order, [{"kind": "exchange"}])
        cls.demand = cls.complaint.demand_ids.with_user(cls.user_sales)

    @classmethod
    def _put(cls, product, quantity, lot=None):
        cls.env["stock.quant"]._update_available_quantity(
            product, cls.stock.lot_stock_id, quantity, lot_id=lot
        )

    @classmethod
    def _case_of(cls, order, demands, quantity=3.0, **vals):
        """A registered complaint about ``quantity`` of each line of an order."""
        complaints = cls.env["complaint.complaint"]
        complaint = complaints.create(
            {
                **complaints._prepare_from_order(order),
                **cls._prepare_complaint_vals(),
                "category_id": cls.category_simple.id,
                "defect_id": cls.defect_billing.id,
                "demand_ids": [Command.create(demand) for demand in demands],
                **vals,
            }
        )
        complaint.line_ids.quantity_complained = quantity
        complaint.action_register()
        return complaint

    def _lines(self, demand=None):
        """:return: list of (level, text), as of now"""
        demand = self.demand if demand is None else demand
        demand.invalidate_recordset(["feasibility", "is_infeasible"])
        return [(line["level"], line["text"]) for line in demand._get_feasibility()]

    def _incoming(self, quantity, days):
        """Goods that arrive in ``days``."""
        move = self.env["stock.move"].create(
            {
                "product_id": self.goods.id,
                "product_uom_qty": quantity,
                "location_id": self.env.ref("stock.stock_location_suppliers").id,
                "location_dest_id": self.stock.lot_stock_id.id,
                "date": fields.Datetime.now() + timedelta(days=days),
            }
        )
        move._action_confirm()
        return move

    # ------------------------------------------------------------
    # Goods that go out
    # ------------------------------------------------------------
    def test_enough_in_stock(self):
        self.assertIn(("ok", "3 Units of Blade: 20 free in stock."), self._short(self._lines()))
        self.assertFalse(self.demand.is_infeasible)

    @staticmethod
    def _short(lines):
        """The unit's name is said once."""
        return [(level, text.replace(" Units free", " free")) for level, text in lines]

    def test_reserved_goods_are_not_free(self):
        self._order(lines=[(self.goods, 19)])
        self.assertIn(
            ("danger", "3 Units of Blade: only 1 free now, 1 Units expected."),
            self._short(self._lines()),
        )
        self.assertTrue(self.demand.is_infeasible)

    def test_goods_that_are_to_come(self):
        self._order(lines=[(self.goods, 20)])
        self._incoming(50, days=4)
        self.assertIn(
            ("warning", "3 Units of Blade: only 0 free now, 50 Units expected."),
            self._short(self._lines()),
        )
        self.assertFalse(self.demand.is_infeasible)

    def test_by_the_promised_day(self):
        self._order(lines=[(self.goods, 20)], commitment_date=fields.Datetime.now())
        self._incoming(50, days=10)
        option = self.env["complaint.demand.option"].create(
            {
                "demand_id": self.demand.id,
                "name": "New ones",
                "date": fields.Date.today() + timedelta(days=3),
            }
        )
        self.assertEqual(self._lines()[0][0], "danger")
        option.date = fields.Date.today() + timedelta(days=12)
        self.assertEqual(self._lines()[0][0], "warning")

    def test_another_companys_stock_does_not_count(self):
        company = self._second_company()
        warehouse = self.env["stock.warehouse"].search([("company_id", "=", company.id)], limit=1)
        self._order(lines=[(self.goods, 20)])
        self.env["stock.quant"].with_company(company)._update_available_quantity(
            self.goods, warehouse.lot_stock_id, 100
        )
        self.assertEqual(self._lines()[0][0], "danger")

    def test_what_is_not_stocked_is_not_asked(self):
        gift = self._product(name="Gift card", type="service")
        demand = self.demand.create(
            {
                "complaint_id": self.complaint.id,
                "kind": "gift",
                "line_ids": [Command.create({"product_id": gift.id, "quantity": 1})],
            }
        )
        self.assertFalse(self._lines(demand))

    # ------------------------------------------------------------
    # Goods that come back, money
    # ------------------------------------------------------------
    def test_what_can_come_back(self):
        self.demand.remedy_kind = "return"
        self.assertIn(("ok", "3 Units of Blade can come back; he has 10 Units."), self._lines())
        self._return(self.order.picking_ids, {self.goods: 8})
        self.assertIn(
            ("danger", "3 Units of Blade cannot come back: he has only 2 Units."), self._lines()
        )

    def test_what_is_on_its_way_back_is_not_with_him(self):
        other = self._case_of(self.order, [{"kind": "return"}], quantity=9).demand_ids
        other.with_user(self.user_sales).action_accept()
        other.with_user(self.user_sales).action_execute()
        self.demand.remedy_kind = "return"
        self.assertIn(
            ("danger", "3 Units of Blade cannot come back: he has only 1 Units."), self._lines()
        )

    def test_what_can_be_credited(self):
        self.demand.remedy_kind = "credit"
        self.assertEqual(self._lines()[0][0], "danger")
        self.order._create_invoices().action_post()
        self.assertIn(("ok", "3 Units of Blade can be credited; 10 Units are left."), self._lines())
        other = self._case_of(self.order, [{"kind": "credit"}], quantity=8).demand_ids
        other.with_user(self.user_sales).action_accept()
        other.with_user(self.user_sales).action_execute()
        self.assertIn("only 2 Units are invoiced and left", self._lines()[0][1])
        self.demand.amount = 20.0
        self.assertFalse(
            [text for _level, text in self._lines() if "credited" in text],
            "An amount needs no goods",
        )

    def test_units(self):
        dozens = self._product(name="Screws", is_storable=True)
        self._put(dozens, 100)
        order = self._order(lines=[(dozens, 5, self.uom_dozen)])
        self._deliver(order)
        demand = self._case_of(order, [{"kind": "return"}], quantity=4).demand_ids
        self.assertIn(
            ("ok", "48 Units of Screws can come back; he has 60 Units."), self._lines(demand)
        )

    def test_goods_added_by_hand(self):
        """No line of the complaint names them; the order knows them all the same."""
        spare = self._product(name="Spare")
        order = self._order(lines=[(self.goods, 2), (spare, 4)])
        self._deliver(order)
        complaint = self._registered_complaint(
            sale_order_id=order.id, demand_ids=[Command.create({"kind": "return"})]
        )
        self.assertNotIn(spare, complaint.line_ids.product_id)
        demand = complaint.demand_ids.with_user(self.user_sales)
        demand.line_ids = [Command.create({"product_id": spare.id, "quantity": 3})]
        self.assertFalse(demand.line_ids.complaint_line_id)
        self.assertIn(
            ("ok", "3 Units of Spare can come back; he has 4 Units."), self._lines(demand)
        )
        order._create_invoices().action_post()
        demand.remedy_kind = "credit"
        self.assertIn(
            ("ok", "3 Units of Spare can be credited; 4 Units are left."), self._lines(demand)
        )
        self.assertEqual(demand._get_goods_price(demand.line_ids.new({})), 0.0)

    def test_goods_nobody_sold(self):
        complaint = self._registered_complaint(demand_ids=[Command.create({"kind": "return"})])
        self.assertIn("No delivery is known", self._lines(complaint.demand_ids)[0][1])

    # ------------------------------------------------------------
    # Beside the goods
    # ------------------------------------------------------------
    def test_guarantee(self):
        self.assertTrue([text for _level, text in self._lines() if "In guarantee" in text])
        self.complaint.line_ids._write_trusted({"in_warranty": False})
        self.assertTrue(
            [level for level, text in self._lines() if "Out of" in text and level == "warning"]
        )

    def test_the_affected_lot_is_not_sent_again(self):
        product = self._product("lot", name="Oil")
        lot = self._lot(product, "L-7")
        self._put(product, 40, lot)
        order = self._order(lines=[(product, 10)])
        self._deliver(order, lots={product: [(lot, 10)]})
        demand = self._case_of(order, [{"kind": "exchange"}]).demand_ids
        lot_lines = [line for line in self._lines(demand) if "Do not send" in line[1]]
        self.assertEqual(len(lot_lines), 1)
        self.assertIn("L-7", lot_lines[0][1])
        demand.remedy_kind = "return"
        self.assertFalse([line for line in self._lines(demand) if "Do not send" in line[1]])

    def test_his_own_fault(self):
        self.complaint.responsibility = "customer"
        self.assertEqual(self._lines()[0][0], "danger")

    def test_who_refused_twice_needs_another_way(self):
        def get_hints():
            return [text for _level, text in self._lines() if "did not satisfy" in text]

        self.demand.answer = "New ones"
        for _time in range(2):
            self.assertFalse(get_hints())
            self.demand._set_state("offered")
            self.demand._answer_by_customer("declined", "Hanna")
        self.assertTrue(get_hints())

    def test_money_instead_of_goods_leaves_no_goods_to_meet(self):
        """Goods proposed for an exchange hold nothing up when it becomes a discount."""
        self.demand.write({"answer": "New ones"})
        self.demand.action_offer()
        self.assertTrue(self.demand._get_lines_to_meet())
        self.demand.write({"remedy_kind": "discount", "amount": 5})
        self.assertTrue(self.demand.line_ids)
        self.assertFalse(self.demand._get_lines_to_meet())

    def test_each_option_is_looked_at(self):
        scarce = self._product(name="Torch", is_storable=True)
        self.demand.option_ids = [
            Command.create({"name": "New ones"}),
            Command.create(
                {"name": "A torch", "remedy_kind": "gift", "product_id": scarce.id, "quantity": 1}
            ),
        ]
        texts = [text for _level, text in self._lines()]
        self.assertTrue([text for text in texts if text.startswith("New ones: 3 Units of Blade")])
        self.assertTrue([text for text in texts if text.startswith("A torch: 1 Units of Torch")])

    # ------------------------------------------------------------
    # Shown
    # ------------------------------------------------------------
    def test_red_comes_first_and_promising_stays_possible(self):
        self._order(lines=[(self.goods, 20)])
        self.assertTrue(self.demand.is_infeasible)
        shown = str(self.demand.feasibility)
        self.assertLess(shown.index("text-danger"), shown.index("text-success"))
        self.demand.action_accept()
        self.assertEqual(self.demand.state, "accepted")

    def test_small_requests_stay_small(self):
        demands = self.demand.create(
            [
                {"complaint_id": self.complaint.id, "kind": kind}
                for kind in ("apology", "explanation", "cause_prevention", "onsite")
            ]
        )
        for demand in demands:
            self.assertFalse(demand.feasibility)
            self.assertFalse(demand.similar_cases)

    def test_not_after_it_is_settled(self):
        self.demand.action_accept()
        self.assertTrue(self.demand.feasibility)
        self.demand.action_cancel()
        self.assertFalse(self.demand.feasibility)

    def test_nothing_is_written(self):
        before = self.complaint.version
        self.assertTrue(self.demand.feasibility)
        self.assertFalse(self.demand.line_ids, "Proposed goods are not saved")
        self.assertEqual(self.complaint.version, before)

    def test_live_while_it_is_edited(self):
        line = self.env["complaint.demand.line"].new(
            {"product_id": self.goods.id, "quantity": 500, "product_uom_id": self.goods.uom_id.id}
        )
        draft = self.demand.new(origin=self.demand)
        draft.line_ids = line
        self.assertTrue(draft.is_infeasible)

    def test_names_are_no_markup(self):
        self.goods.name = "<b>Blade</b>"
        self.demand.invalidate_recordset()
        self.assertIn("&lt;b&gt;Blade", str(self.demand.feasibility))

    def test_contributors_see_nothing(self):
        for name in ("feasibility", "is_infeasible", "similar_cases"):
            with self.assertRaises(AccessError):
                self.demand.with_user(self.user_contributor).read([name])

    # ------------------------------------------------------------
    # Speed
    # ------------------------------------------------------------
    def test_no_query_per_line(self):
        def count(goods):
            lines = [(self._product(name=f"P{i}", is_storable=True), 2) for i in range(goods)]
            order = self._order(lines=lines)
            self._deliver(order)
            demand = self._case_of(order, [{"kind": "exchange"}], quantity=1).demand_ids
            demand = demand.with_user(self.user_sales)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.assertEqual(str(demand.feasibility).count("can come back"), goods)
            return self.env.cr.sql_log_count - before

        count(1)
        few, many = count(2), count(12)
        self.assertNoQueryEach(few, many, further=10)
        self.assertLessEqual(many, 60)
