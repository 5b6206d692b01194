from odoo import Command, fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from ..common import ComplaintCommon


@tagged("post_install", "-at_install")
class TestOptionCost(ComplaintCommon):
    """An option says how it is carried out and what it costs us; the chosen one counts (R35)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.product.standard_price = 6.0
        cls.order = cls._order()
        cls._deliver(cls.order)
        complaints = cls.env["complaint.complaint"]
        cls.complaint = complaints.create(
            {
                **complaints._prepare_from_order(cls.order),
                **cls._prepare_complaint_vals(),
                "category_id": cls.category_simple.id,
                "defect_id": cls.defect_billing.id,
                "demand_ids": [Command.create({"kind": "exchange", "amount": 7.0})],
            }
        )
        cls.complaint.line_ids.quantity_complained = 3.0
        cls.complaint.action_register()
        cls.demand = cls.complaint.demand_ids.with_user(cls.user_sales)
        cls.gift = cls._product(name="Torch", list_price=12.0, standard_price=4.0)

    def _option(self, **vals):
        options = self.env["complaint.demand.option"].with_user(self.user_sales)
        return options.create({"demand_id": self.demand.id, "name": "An option", **vals})

    def test_writing_options_adds_no_goods(self):
        with Form(self.demand) as form:
            for kind in ("exchange", "free_goods"):
                with form.option_ids.new() as option:
                    option.name = f"New ones by {kind}"
                    option.remedy_kind = kind
                    option.description = "By lorry"
            self.assertEqual(len(form.line_ids), 0)
        self.assertFalse(self.demand.line_ids)
        self.demand.action_offer()
        with Form(self.demand) as form:
            self.assertEqual(len(form.line_ids), 1)
        self.assertEqual(self.demand.line_ids.quantity, 3.0)

    # ------------------------------------------------------------
    # Cost
    # ------------------------------------------------------------
    def test_cost_is_proposed(self):
        for vals, cost in (
            ({}, 18.0),  # an exchange, as asked: three new ones at what they cost us
            ({"remedy_kind": "free_goods", "product_id": self.gift.id, "quantity": 2}, 8.0),
            ({"remedy_kind": "gift", "product_id": self.gift.id}, 4.0),
            ({"remedy_kind": "gift"}, 0.0),
            ({"remedy_kind": "discount", "amount": 25.0}, 25.0),
            ({"remedy_kind": "credit"}, 60.0),  # what he paid for three
            ({"remedy_kind": "credit", "amount": 40.0}, 40.0),
            ({"remedy_kind": "credit", "product_id": self.product.id, "quantity": 1}, 20.0),
            ({"remedy_kind": "apology"}, 0.0),
        ):
            with self.subTest(**vals):
                self.assertAlmostEqual(self._option(**vals).cost, cost)

    def test_cost_is_ours_to_correct(self):
        option = self._option()
        option.cost = 30.0
        self.assertEqual(option.cost, 30.0)
        option.name = "Three new ones by courier"
        self.assertEqual(option.cost, 30.0, "Other words cost nothing")

    def test_cost_in_the_companys_currency(self):
        other = self.env["res.currency"].create(
            {
                "name": "QQQ",
                "symbol": "Q",
                "rate_ids": [Command.create({"name": "2000-01-01", "rate": 4.0})],
            }
        )
        self.demand.currency_id = other
        self.assertAlmostEqual(
            self._option(remedy_kind="discount", amount=100.0).cost,
            100.0 / 4.0 * self.env.company.currency_id.rate,
        )

    def test_unit_of_the_goods(self):
        line = self._prepare_line_vals(product_uom_id=self.uom_dozen.id)
        complaint = self._complaint(
            line_ids=[Command.create(line)], demand_ids=[Command.create({"kind": "exchange"})]
        )
        option = self._option(demand_id=complaint.demand_ids.id)
        self.assertAlmostEqual(option.cost, 3 * 12 * 6.0)
        option.write({"product_id": self.product.id, "quantity": 5})
        self.assertAlmostEqual(option.cost, 5 * 6.0, msg="A quantity is in the product's unit")

    def test_contributors_never_see_it(self):
        option = self._option()
        with self.assertRaises(AccessError):
            option.with_user(self.user_contributor).read(["cost"])

    def test_customer_never_sees_it(self):
        self._option(remedy_kind="discount", amount=4711.0, cost=8150.0)
        self.demand.action_offer()
        page = self.complaint._prepare_customer_page(self.contact)["requests"][0]
        self.assertEqual(set(page["options"][0]), {"id", "name", "description", "date", "state"})
        template = self.env.ref("complaint_management.mail_template_offer")
        letter = str(template._render_field("body_html", self.complaint.ids)[self.complaint.id])
        self.assertIn("An option", letter)
        for secret in ("4711", "4,711", "8150", "8,150"):
            self.assertNotIn(secret, letter)

    def test_nonsense_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "of which goods"):
            self._option(quantity=3)
        other = self._second_company()
        foreign = self._product(name="Foreign", company_id=other.id)
        with self.assertRaisesRegex(ValidationError, "another company"):
            self._option(product_id=foreign.id, quantity=1)

    # ------------------------------------------------------------
    # Choosing
    # ------------------------------------------------------------
    def test_the_dearest_option_is_what_we_promise(self):
        self._option(remedy_kind="discount", amount=500.0)
        self._option(remedy_kind="gift", product_id=self.gift.id, quantity=10)
        self.assertAlmostEqual(self.demand._get_value(), 500.0)

    def test_money_instead_of_goods(self):
        money = self._option(remedy_kind="compensation", amount=45.0)
        self._option()
        self.demand.action_offer()
        self.assertTrue(self.demand.line_ids, "Offered as an exchange")
        money.action_choose()
        self.assertEqual(self.demand.state, "accepted")
        self.assertEqual(self.demand.kind, "exchange", "What he asked for stays")
        self.assertEqual(self.demand.remedy_kind, "compensation")
        self.assertEqual(self.demand.amount, 45.0)
        self.assertFalse(self.demand.line_ids)
        self.assertAlmostEqual(self.demand._get_value(), 45.0)

    def test_which_one_has_to_be_said(self):
        self._option(remedy_kind="compensation", amount=45.0)
        new = self._option()
        for verb in ("action_accept", "action_done"):
            with self.assertRaisesRegex(UserError, "which one"):
                getattr(self.demand, verb)()
        self.demand.action_offer()
        with self.assertRaisesRegex(UserError, "which one"):
            self.demand.action_accept()
        new.action_choose()
        self.demand.action_done()
        self.assertEqual(self.demand.state, "done")

    def test_a_single_one_is_accepted_with_the_request(self):
        money = self._option(remedy_kind="compensation", amount=45.0)
        self.demand.action_accept()
        self.assertEqual((self.demand.state, money.state), ("accepted", "chosen"))
        self.assertEqual((self.demand.remedy_kind, self.demand.amount), ("compensation", 45.0))

    def test_taking_the_answer_back_restores(self):
        money = self._option(remedy_kind="compensation", amount=45.0)
        self.demand._fill_lines()
        self.demand.line_ids.quantity = 2.0
        before = self.demand.line_ids.read(["product_id", "quantity", "complaint_line_id"])
        self.demand.action_offer()
        money.action_choose()
        self.demand.action_reopen()
        self.assertEqual(self.demand.remedy_kind, "exchange")
        self.assertEqual(self.demand.amount, 7.0)
        self.assertFalse(self.demand.before_option)
        after = self.demand.line_ids.read(["product_id", "quantity", "complaint_line_id"])
        self.assertEqual(
            [(v["product_id"], v["quantity"], v["complaint_line_id"]) for v in after],
            [(v["product_id"], v["quantity"], v["complaint_line_id"]) for v in before],
        )

    def test_goods_of_the_option(self):
        option = self._option(remedy_kind="free_goods", product_id=self.gift.id, quantity=5)
        self.demand.action_offer()
        option.action_choose()
        line = self.demand.line_ids
        self.assertEqual((line.product_id, line.quantity), (self.gift, 5.0))
        self.assertFalse(line.complaint_line_id)

    def test_some_of_the_complained_goods(self):
        option = self._option(product_id=self.product.id, quantity=2)
        self.demand.action_offer()
        option.action_choose()
        line = self.demand.line_ids
        self.assertEqual((line.product_id, line.quantity), (self.product, 2.0))
        self.assertEqual(line.complaint_line_id, self.complaint.line_ids)
        self.assertEqual(self.demand.amount, 7.0, "No amount of its own: the request's")

    def test_goods_chosen_instead_of_money(self):
        self.demand.write({"remedy_kind": "discount", "amount": 30.0})
        option = self._option(remedy_kind="exchange")
        self.demand.action_offer()
        self.assertFalse(self.demand.line_ids)
        option.action_choose()
        self.assertEqual(self.demand.line_ids.quantity, 3.0)
        self.assertEqual(self.demand.amount, 0.0)
        self.demand.action_reopen()
        self.assertEqual((self.demand.remedy_kind, self.demand.amount), ("discount", 30.0))
        self.assertFalse(self.demand.line_ids)

    def test_what_was_decided_stays(self):
        option = self._option(remedy_kind="compensation", amount=45.0, date=fields.Date.today())
        self.demand.action_offer()
        option.action_choose()
        for vals in ({"amount": 50.0}, {"remedy_kind": "gift"}, {"cost": 1.0}):
            with self.assertRaises(UserError):
                option.sudo().write(vals)

    def test_nobody_writes_what_was_before(self):
        with self.assertRaises(UserError):
            self.demand.write({"before_option": {"remedy_kind": "gift"}})
