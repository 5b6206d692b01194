from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ...models.costs.complaint_cost import COST_FIELDS
from .cost_common import CostCommon


@tagged("post_install", "-at_install")
class TestCostView(CostCommon):
    """The analysis and the sums on the complaint: one truth, for who may see it (T3, T4)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._refund(cls._demand("compensation", amount=30.0), 30.0)
        cls._refund(cls._demand("discount", amount=12.0), 12.0)
        cls.order = cls._given(cls._demand("free_goods"), [(cls.goods, 3.0)])
        cls.complaint.expense_ids = [
            Command.create({"kind": "courier", "name": "Sample", "amount": 18.0}),
            Command.create({"kind": "testing", "name": "Laboratory", "amount": 120.0}),
            Command.create({"kind": "other", "name": "Paid back", "amount": -20.0}),
        ]
        cls.env.flush_all()
        cls.env.invalidate_all()

    def _foreign_case(self):
        """:return: a case of another company, in another currency, that cost 5.0"""
        company = self._second_company()
        company.currency_id = self._foreign_currency()
        complaint = self._complaint(company_id=company.id, user_id=False)
        complaint.expense_ids = [Command.create({"name": "Courier", "amount": 5.0})]
        self.env.flush_all()
        self.env.invalidate_all()
        return complaint

    # ------------------------------------------------------------
    # Sums
    # ------------------------------------------------------------
    def test_sums_by_group_and_in_total(self):
        complaint = self.complaint.with_user(self.user_sales)
        expected = {
            "cost_credit": 12.0,
            "cost_compensation": 30.0,
            "cost_replacement": 21.0,
            "cost_freight": 18.0,
            "cost_expense": 100.0,
        }
        for name in [*COST_FIELDS, "cost_expense"]:
            with self.subTest(name):
                self.assertEqual(complaint[name], expected.get(name, 0.0))
        self.assertEqual(complaint.cost_total, 181.0)
        self.assertEqual(sum(complaint.cost_ids.mapped("amount")), 181.0)
        self.assertEqual(sum(complaint.cost_document_ids.mapped("amount")), 63.0)

    def test_archived_case_cost_what_it_cost(self):
        """On its own page; in no figure, unless one asks for archived ones."""
        self.complaint._write_trusted({"state": "closed"})
        self.complaint.active = False
        self.env.flush_all()
        self.env.invalidate_all()
        complaint = self.complaint.with_user(self.user_sales)
        self.assertEqual(complaint.cost_total, 181.0)
        self.assertEqual(sum(complaint.cost_ids.mapped("amount")), 181.0)
        action = complaint.action_view_costs()
        opened = self.costs.with_context(**action["context"]).search(action["domain"])
        self.assertEqual(sum(opened.mapped("amount")), 181.0)
        self.assertFalse(self.costs.search(action["domain"]))

    def test_currencies_have_no_total(self):
        other = self._foreign_case()
        domain = [("complaint_id", "in", (self.complaint + other).ids)]
        [(total,)] = self.costs._read_group(domain, [], ["amount:sum"])
        self.assertFalse(total)
        totals = dict(self.costs._read_group(domain, ["company_id"], ["amount:sum"]))
        self.assertEqual(totals, {self.company: 181.0, other.company_id: 5.0})

    def test_any_number_of_complaints_is_one_query(self):
        others = self.complaint
        for _index in range(8):
            others += self._complaint()

        def count(complaints):
            self.env.flush_all()
            self.env.invalidate_all()
            complaints.currency_id.mapped("rounding")
            before = self.env.cr.sql_log_count
            self.assertEqual(complaints.mapped("cost_total")[1:], [0.0] * (len(complaints) - 1))
            return self.env.cr.sql_log_count - before

        self.assertNoQueryEach(count(others[:1]), count(others), further=8)
        self.assertEqual(others.mapped("cost_total")[0], 181.0)

    def test_no_row_is_multiplied_by_what_one_groups_by(self):
        kinds = self.env["complaint.cause.category"].create(
            [{"name": f"Test: {name}"} for name in ("slip", "print", "man")]
        )
        for cause_type, category, state, sequence in (
            ("systemic", kinds[2], "verified", 1),
            ("occurrence", kinds[1], "verified", 20),
            ("occurrence", kinds[2], "verified", 30),
            ("occurrence", kinds[0], "rejected", 1),
        ):
            self.env["complaint.cause"].create(
                {
                    "complaint_id": self.complaint.id,
                    "name": "Cause",
                    "cause_type": cause_type,
                    "category_id": category.id,
                    "sequence": sequence,
                }
            )._write_trusted({"state": state})
        groups = self.costs._read_group(
            [("complaint_id", "=", self.complaint.id)],
            ["cause_category_id"],
            ["__count", "amount:sum"],
        )
        self.assertEqual(groups, [(kinds[1], 6, 181.0)])

    def test_dimensions_of_a_row(self):
        department = self.env["complaint.department"].create({"name": "Test: packing"})
        self.env["complaint.cause"].create(
            {
                "complaint_id": self.complaint.id,
                "name": "Torn",
                "department_id": department.id,
            }
        )._write_trusted({"state": "verified"})
        self.complaint._thaw().complainant_type = "dealer"
        self.env.invalidate_all()
        row = self.complaint.cost_ids.filtered(lambda r: r.kind == "replacement")
        complaint = self.complaint
        self.assertEqual(row.product_id, self.goods)
        self.assertEqual(row.product_categ_id, self.goods.categ_id)
        self.assertEqual(row.department_id, department)
        self.assertEqual(row.commercial_partner_id, self.customer)
        self.assertEqual(row.complainant_type, "dealer")
        for name in ("category_id", "defect_id", "team_id", "user_id", "company_id", "state"):
            with self.subTest(name):
                self.assertEqual(row[name], complaint[name])
        self.assertFalse(row.vendor_id)

    def test_money_counts_for_the_goods_of_the_case_where_they_are_one(self):
        def products():
            self.env.invalidate_all()
            rows = self.complaint.cost_ids.filtered(lambda r: r.kind == "compensation")
            return rows.product_id

        self.assertEqual(products(), self.product)
        self.complaint.line_ids = [
            Command.create(self._prepare_line_vals(product_id=self.goods.id))
        ]
        self.assertFalse(products(), "of several nobody knows which")
        self.assertEqual(self.complaint.cost_total, 181.0)

    # ------------------------------------------------------------
    # Who sees it
    # ------------------------------------------------------------
    def test_contributors_see_no_cost(self):
        self.env["complaint.action"].create(
            {
                "complaint_id": self.complaint.id,
                "name": "Look",
                "user_id": self.user_contributor.id,
                "deadline": self.today,
            }
        )
        complaint = self.complaint.with_user(self.user_contributor)
        for name in ("cost_total", "cost_ids", "cost_document_ids", *COST_FIELDS):
            self.assertNotIn(name, complaint.fields_get())
            with self.subTest(name), self.assertRaises(AccessError), mute_logger("odoo.models"):
                complaint.read([name])
        with self.assertRaises(AccessError):
            complaint.action_view_costs()
        arch = complaint.get_view(view_type="form")["arch"]
        self.assertNotIn("cost_total", arch)
        self.assertNotIn("expense_ids", arch)

    def test_salespeople_sum_up_their_own_cases_only(self):
        foreign = self._registered_complaint(user_id=self.user_sales2.id)
        foreign.expense_ids = [Command.create({"name": "Courier", "amount": 5.0})]
        self.env.flush_all()
        domain = [("complaint_id", "in", (self.complaint + foreign).ids)]
        for user, expected in (
            (self.user_sales, 181.0),
            (self.user_sales2, 5.0),
            (self.user_leadership, 186.0),
            (self.user_quality, 186.0),
        ):
            [(total,)] = self.costs.with_user(user)._read_group(domain, [], ["amount:sum"])
            with self.subTest(user=user.login):
                self.assertEqual(total, expected)

    def test_whom_it_is_about_sees_none_of_it(self):
        self.complaint.concerned_user_ids = self.user_quality
        self.env.flush_all()
        domain = [("complaint_id", "=", self.complaint.id)]
        self.assertFalse(self.costs.with_user(self.user_quality).search(domain))
        self.assertTrue(self.costs.with_user(self.user_leadership).search(domain))

    def test_companies_are_apart_and_keep_their_currency(self):
        other = self._foreign_case()
        self.assertEqual(other.cost_ids.currency_id, other.company_id.currency_id)
        self.assertEqual(other.cost_total, 5.0)
        mine = self.costs.with_user(self.user_leadership)
        self.assertFalse(mine.search([("company_id", "=", other.company_id.id)]))
        [(total,)] = mine._read_group([], [], ["amount:sum"])
        self.assertAlmostEqual(
            total,
            sum(self.costs.search([("company_id", "=", self.company.id)]).mapped("amount")),
        )

    def test_nobody_writes_an_analysis(self):
        row = self.complaint.cost_ids[:1].with_user(self.user_admin)
        with self.assertRaises(AccessError):
            row.write({"document": "Forged"})
        with self.assertRaises(AccessError):
            row.unlink()

    # ------------------------------------------------------------
    # From the figure to its document
    # ------------------------------------------------------------
    def test_opens_what_the_reader_may_open(self):
        rows = self.complaint.cost_ids.with_user(self.user_quality)
        delivery = rows.filtered(lambda r: r.kind == "replacement")
        courier = rows.filtered(lambda r: r.kind == "freight")
        self.assertEqual(delivery.document, self.order.picking_ids.name)
        self.assertFalse(delivery.can_open_document)
        with self.assertRaises(AccessError), mute_logger("odoo.models"):
            delivery.action_open_document()
        self.assertTrue(courier.can_open_document)
        action = courier.action_open_document()
        self.assertEqual(action["res_model"], "complaint.expense")
        self.assertEqual(action["res_id"], courier.res_id)
        self.user_quality.group_ids += self.env.ref("stock.group_stock_user")
        self.env.invalidate_all()
        self.assertTrue(delivery.can_open_document)
        self.assertEqual(delivery.action_open_document()["res_id"], self.order.picking_ids.id)

    def test_drill_down_ends_at_the_complaint(self):
        row = self.complaint.cost_ids[:1].with_user(self.user_sales)
        action = row.action_open_complaint()
        self.assertEqual(
            (action["res_model"], action["res_id"]), (self.complaint._name, self.complaint.id)
        )
        domain = self.complaint.with_user(self.user_sales).action_view_costs()["domain"]
        self.assertEqual(self.costs.search(domain), self.complaint.cost_ids)

    def test_form_shows_it_and_an_expense_counts_when_saved(self):
        with Form(self.complaint.with_user(self.user_sales)) as form:
            self.assertEqual(form.cost_total, 181.0)
            with form.expense_ids.new() as row:
                row.name = "Motorway"
                row.kind = "travel"
                row.amount = 9.0
        self.assertEqual(self.complaint.cost_total, 190.0)
