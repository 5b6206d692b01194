from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from .credit_common import CreditCommon


@tagged("post_install", "-at_install")
class TestDiscount(CreditCommon):
    """A part of the invoice's money back, at the invoice's taxes (R37)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._sold()
        cls.invoice = cls.order.invoice_ids

    def _discount(self, amount=50.0, order=None, **vals):
        return self._request(order or self.order, kind="discount", amount=amount, **vals)

    def test_the_invoice_is_lowered(self):
        demand = self._discount()
        refund = self._credit(demand)
        self.assertEqual(refund.state, "draft")
        self.assertEqual(refund.reversed_entry_id, self.invoice)
        self.assertEqual((refund.amount_untaxed, refund.amount_total), (50.0, 55.0))
        self.assertFalse(refund.invoice_line_ids.sale_line_ids)
        self.assertIn(demand.complaint_id.name, refund.ref)
        self.assertIn(demand.complaint_id.name, refund.invoice_line_ids.name)
        self.assertEqual(refund.invoice_origin, self.order.name)
        self.assertEqual(self.order.invoice_status, "invoiced")
        refund.action_post()
        self.assertEqual(demand.state, "done")
        self.assertEqual(self.order.invoice_status, "invoiced")
        self.assertEqual(self.invoice.amount_residual, 165.0)

    def test_one_credit_note_each(self):
        demand = self._discount()
        refund = self._credit(demand)
        demand.action_execute()
        self.assertEqual(demand.sudo().refund_ids, refund)
        refund.button_cancel()
        self.assertEqual(demand.state, "accepted")
        self._credit(demand).action_post()
        self.assertEqual(demand.state, "done")
        with self.assertRaisesRegex(UserError, "was replaced by"):
            refund.button_draft()

    def test_each_tax_gets_its_part(self):
        other = self._tax(20.0)
        product = self._product(name="Book", taxes_id=[Command.set(other.ids)])
        order = self._order(lines=[(self.goods, 10.0), (product, 5.0)])
        self._deliver(order)
        self._invoice(order)
        refund = self._credit(self._discount(order=order, amount=100.0, goods=False))
        parts = {line.tax_ids: line.price_subtotal for line in refund.invoice_line_ids}
        self.assertEqual(parts, {self.tax: 66.67, other: 33.33})
        self.assertEqual(refund.amount_untaxed, 100.0)

    def test_taxes_are_those_of_the_goods_complained_about(self):
        other = self._tax(20.0)
        product = self._product(name="Book", taxes_id=[Command.set(other.ids)])
        order = self._order(lines=[(self.goods, 10.0), (product, 5.0)])
        self._deliver(order)
        self._invoice(order)
        refund = self._credit(self._discount(order=order))
        self.assertEqual(refund.invoice_line_ids.tax_ids, self.tax)

    def test_taxes_that_are_part_of_the_price(self):
        tax = self._tax(10.0, price_include_override="tax_included")
        product = self._product(name="Retail", taxes_id=[Command.set(tax.ids)])
        order = self._sold(product=product)
        refund = self._credit(self._discount(order=order))
        self.assertEqual((refund.amount_untaxed, refund.amount_total), (50.0, 55.0))

    def test_no_more_than_is_left(self):
        self._credit(self._discount(150.0))
        with self.assertRaisesRegex(UserError, "Only .*50.* of invoice .* are left"):
            self._credit(self._discount(50.01))
        self.assertTrue(self._credit(self._discount(50.0)))

    def test_goods_credited_count(self):
        self._credit(self._request(self.order, quantity=8.0))
        with self.assertRaisesRegex(UserError, "Only .*40.* of invoice .* are left"):
            self._credit(self._discount(41.0))

    def test_an_invoice_that_has_enough_left_is_found(self):
        order = self._order(lines=[(self.goods, 10.0)])
        self._deliver(order, {self.goods: 9.0})
        large = self._invoice(order)
        self._deliver(order)
        self._invoice(order)
        self.assertEqual(self._credit(self._discount(50.0, order)).reversed_entry_id, large)

    def test_before_it_is_invoiced_the_order_gives_it(self):
        order = self._sold(invoiced=False)
        demand = self._discount(order=order)
        self.assertFalse(demand.can_execute)
        with self.assertRaisesRegex(UserError, f"{order.name} is not invoiced yet.*discount"):
            demand.action_execute()

    def test_without_any_order(self):
        refund = self._credit(self._request(kind="discount", amount=50.0))
        self.assertFalse(refund.reversed_entry_id)
        self.assertEqual(refund.partner_id, self.customer)
        self.assertEqual(refund.amount_untaxed, 50.0)

    def test_an_amount_is_needed(self):
        with self.assertRaisesRegex(UserError, "how much"):
            self._request(self.order, kind="discount")

    def test_a_credit_without_goods_is_a_discount(self):
        demand = self._request(self.order, kind="credit", amount=50.0)
        self.assertFalse(demand.line_ids)
        refund = self._credit(demand)
        self.assertEqual(refund.reversed_entry_id, self.invoice)
        self.assertEqual(refund.amount_untaxed, 50.0)

    def test_the_customer_reads_his_language(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.customer.lang = "zh_CN"
        demand = self._discount()
        self.assertEqual(demand._get_customer_env().lang, "zh_CN")

    def test_an_order_in_another_currency(self):
        euro = (
            self.env["res.currency"]
            .with_context(active_test=False)
            .search([("id", "!=", self.company.currency_id.id)], limit=1)
        )
        euro.active = True
        self.env["res.currency.rate"].create(
            {"currency_id": euro.id, "rate": 2.0, "company_id": self.company.id}
        )
        pricelist = self.env["product.pricelist"].create({"name": "X", "currency_id": euro.id})
        order = self._order(lines=[(self.goods, 10.0)], pricelist_id=pricelist.id)
        order.order_line.price_unit = 20.0
        self._deliver(order)
        invoice = self._invoice(order)
        self.assertEqual(invoice.currency_id, euro)
        demand = self._discount(order=order)
        self.assertEqual(demand.currency_id, euro)
        refund = self._credit(demand)
        self.assertEqual((refund.currency_id, refund.amount_untaxed), (euro, 50.0))
        self.assertEqual(abs(refund.amount_untaxed_signed), 25.0)
        with self.assertRaisesRegex(UserError, "are left"):
            self._credit(self._discount(150.01, order))
        # In the company's own money
        other = self._discount(order=order, amount=75.01, accept=False)
        other.currency_id = self.company.currency_id
        other.action_accept()
        with self.assertRaisesRegex(UserError, "are left"):
            other.action_execute()
        other.action_reopen()
        other.amount = 75.0
        other.action_accept()
        refund = self._credit(other)
        self.assertEqual(refund.currency_id, self.company.currency_id)
        self.assertEqual(refund.amount_untaxed, 75.0)

    def test_the_amount_stays_while_the_credit_note_lives(self):
        demand = self._discount()
        self._credit(demand)
        with self.assertRaisesRegex(UserError, "cannot be rewritten"):
            demand.amount = 60.0
