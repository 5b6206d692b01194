from datetime import timedelta

from psycopg2 import IntegrityError

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..common import ComplaintCommon


@tagged("post_install", "-at_install")
class TestExpense(ComplaintCommon):
    """What a complaint cost beside its documents: recorded, converted, kept, and kept inside."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.complaint = cls._registered_complaint()
        cls.today = fields.Date.today()

    def _expense(self, user=None, **vals):
        """:return: an expense of ``complaint`` recorded by ``user``, default the salesperson"""
        return (
            self.env["complaint.expense"]
            .with_user(user or self.user_sales)
            .create(
                {
                    "complaint_id": self.complaint.id,
                    "kind": "courier",
                    "name": "Sample to the laboratory",
                    "amount": 18.0,
                    **vals,
                }
            )
        )

    def _foreign_currency(self):
        """:return: a currency of which two, and from ten days ago on four, make one of ours"""
        return self.env["res.currency"].create(
            {
                "name": "XCT",
                "symbol": "c",
                "rate_ids": [
                    Command.create({"name": self.today - timedelta(days=days), "rate": rate})
                    for days, rate in ((30, 2.0), (10, 4.0))
                ],
            }
        )

    def test_own_currency_is_the_start(self):
        expense = self._expense()
        self.assertEqual(expense.currency_id, self.company.currency_id)
        self.assertEqual(expense.amount_company, 18.0)
        self.assertEqual(expense.date, self.today)

    def test_converted_at_its_date_and_kept(self):
        currency = self._foreign_currency()
        early = self._expense(currency_id=currency.id, date=self.today - timedelta(days=20))
        late = self._expense(currency_id=currency.id)
        self.assertEqual((early.amount_company, late.amount_company), (9.0, 4.5))
        currency.rate_ids.rate = 100.0
        self.env.invalidate_all()
        self.assertEqual((early.amount_company, late.amount_company), (9.0, 4.5))
        late.date = self.today - timedelta(days=1)
        self.assertEqual(late.amount_company, 0.18)

    def test_money_may_come_back_but_nothing_is_no_cost(self):
        self.assertEqual(self._expense(amount=-5.0).amount_company, -5.0)
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.cr.savepoint(),
        ):
            self._expense(amount=0.0)

    def test_not_in_the_future(self):
        with self.assertRaisesRegex(ValidationError, "lies in the future"):
            self._expense(date=self.today + timedelta(days=2))

    def test_goods_bring_their_product(self):
        line = self.complaint.line_ids[:1]
        self.assertEqual(self._expense(complaint_line_id=line.id).product_id, line.product_id)

    def test_request_and_goods_of_another_case_are_refused(self):
        other = self._registered_complaint()
        with self.assertRaisesRegex(ValidationError, "belongs to another complaint"):
            self._expense(demand_id=other.demand_ids[:1].id)
        with self.assertRaisesRegex(ValidationError, "belongs to another complaint"):
            self._expense(complaint_line_id=other.line_ids[:1].id)

    def test_costs_come_late_and_stay(self):
        before = self._expense()
        self.complaint._write_trusted({"state": "closed"})
        after = self._expense(amount=7.0)
        for expense in before + after:
            with self.assertRaisesRegex(UserError, "cannot be rewritten"):
                expense.amount = 1.0
            with self.assertRaisesRegex(UserError, "stays with it"):
                expense.unlink()
        self._expense(amount=-7.0)
        self.assertEqual(sum(self.complaint.expense_ids.mapped("amount")), 18.0)

    def test_recorded_on_the_form(self):
        with Form(self.complaint.with_user(self.user_sales)) as form, form.expense_ids.new() as row:
            row.name = "Motorway"
            row.kind = "travel"
            row.amount = 12.0
        self.assertEqual(self.complaint.expense_ids.kind, "travel")
        self.assertEqual(self.complaint.expense_ids.amount_company, 12.0)

    def test_contributors_see_nothing_of_it(self):
        expense = self._expense()
        self.env["complaint.action"].create(
            {
                "complaint_id": self.complaint.id,
                "name": "Look",
                "user_id": self.user_contributor.id,
                "deadline": self.today,
            }
        )
        complaint = self.complaint.with_user(self.user_contributor)
        self.assertTrue(complaint.name)
        with self.assertRaises(AccessError):
            complaint.read(["expense_ids"])
        with self.assertRaises(AccessError):
            expense.with_user(self.user_contributor).read(["amount"])
        with self.assertRaises(AccessError):
            self._expense(user=self.user_contributor)

    def test_others_cases_are_closed_to_salespeople(self):
        expense = self._expense()
        with mute_logger("odoo.addons.base.models.ir_rule"), self.assertRaises(AccessError):
            expense.with_user(self.user_sales2).read(["amount"])
        with mute_logger("odoo.addons.base.models.ir_rule"), self.assertRaises(AccessError):
            self._expense(user=self.user_sales2)

    def test_the_register_is_told_inside(self):
        first = self._expense(name="Courier <b>there</b>")
        complaint = self.complaint.sudo()
        note = complaint.message_ids[0]
        self.assertIn("18.00", note.body)
        self.assertNotIn("<b>", note.body)
        self.assertTrue(note.is_internal or note.subtype_id.internal)
        first.amount = 20.0
        self.assertIn("20.00", complaint.message_ids[0].body)
        count = len(complaint.message_ids)
        self._expense().unlink()
        self.assertIn("deleted", complaint.message_ids[0].body)
        self.assertEqual(len(complaint.message_ids), count + 2)
