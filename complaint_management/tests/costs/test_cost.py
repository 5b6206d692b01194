from datetime import timedelta

from odoo import Command
from odoo.tests import tagged

from .cost_common import CostCommon


@tagged("post_install", "-at_install")
class TestCost(CostCommon):
    """Each item of a complaint's cost is what its document says, and final documents count only."""

    # ------------------------------------------------------------
    # Credit notes
    # ------------------------------------------------------------
    def test_credit_note_counts_without_taxes_when_posted(self):
        tax = self.env["account.tax"].create(
            {"name": "Test: 15 %", "amount": 15.0, "type_tax_use": "sale"}
        )
        self.product.taxes_id = tax
        order = self._order(lines=[(self.product, 4.0)])
        invoice = order._create_invoices()
        invoice.action_post()
        wizard = (
            self.env["account.move.reversal"]
            .with_context(active_model="account.move", active_ids=invoice.ids)
            .create({"journal_id": invoice.journal_id.id})
        )
        wizard.reverse_moves()
        refund = wizard.new_move_ids
        refund._link_to_demand(self._demand("credit"))
        refund._note_grant()
        self.assertEqual(self._rows(), [], "a draft is no cost")
        refund.action_post()
        self.assertEqual(refund.amount_total, 92.0)
        self.assertEqual(self._rows(), [("credit", 80.0)])
        row = self.complaint.cost_ids
        self.assertEqual((row.document, row.product_id), (refund.name, self.product))
        self.assertEqual(row.date, refund.invoice_date)
        refund.button_draft()
        refund.button_cancel()
        self.assertEqual(self._rows(), [], "a cancelled one neither")

    def test_kind_follows_the_way_it_is_met(self):
        for kind in ("discount", "compensation", "credit"):
            self._refund(self._demand(kind, amount=5.0), 5.0)
        note = {"deduction_number": "DN-1", "deduction_claimed": 5.0}
        self._refund(self._demand("deduction", amount=5.0, **note), 5.0)
        self._refund(self._demand("credit", amount=5.0), 5.0)
        self._refund(self._demand("explanation", remedy_kind="compensation", amount=3.0), 3.0)
        self.assertEqual(
            self._rows(),
            [
                ("compensation", 3.0),
                ("compensation", 5.0),
                ("credit", 5.0),
                ("credit", 5.0),
                ("deduction", 5.0),
                ("discount", 5.0),
            ],
        )

    def test_foreign_currency_at_the_date_of_the_document(self):
        currency = self._foreign_currency()
        demand = self._demand("compensation", amount=100.0)
        self._refund(demand, 100.0, currency=currency, date=self.today - timedelta(days=20))
        self._refund(self._demand("discount", amount=100.0), 100.0, currency=currency)
        currency.rate_ids.rate = 50.0
        self.assertEqual(self._rows(), [("compensation", 50.0), ("discount", 25.0)])
        self.assertEqual(self.complaint.cost_ids.currency_id, self.company.currency_id)

    def test_invoices_and_other_entries_are_no_cost(self):
        invoice = self._order()._create_invoices()
        invoice._link_to_demand(self._demand("credit"))
        invoice.action_post()
        self.assertEqual(self._rows(), [])

    def test_what_was_taken_back_costs_nothing(self):
        refund = self._refund(self._demand("compensation", amount=80.0), 80.0)
        back = refund._reverse_moves([{"invoice_date": self.today}])
        back.action_post()
        self.assertTrue(refund.complaint_taken_back)
        self.assertEqual(self._rows(), [])

    def test_what_was_taken_back_in_part_costs_the_rest(self):
        refund = self._refund(self._demand("compensation", amount=80.0), 80.0)
        back = refund._reverse_moves([{"invoice_date": self.today}])
        back.line_ids = [
            Command.update(line.id, {"balance": line.balance / 4}) for line in back.line_ids
        ]
        back.action_post()
        self.assertFalse(refund.complaint_taken_back)
        self.assertEqual(self._rows(), [("compensation", -20.0), ("compensation", 80.0)])

    # ------------------------------------------------------------
    # Goods
    # ------------------------------------------------------------
    def test_replaced_goods_count_at_cost_when_delivered(self):
        demand = self._demand("free_goods")
        order = self._order(lines=[(self.goods, 2.0, self.uom_dozen)], confirm=False)
        order.order_line.price_unit = 0.0
        order._link_to_demand(demand)
        order.action_confirm()
        self.assertEqual(self._rows(), [], "what has not left costs nothing yet")
        self._deliver(order)
        self.assertEqual(self._rows(), [("replacement", 24 * 7.0)])
        self.goods.standard_price = 99.0
        self.assertEqual(self._rows(), [("replacement", 24 * 7.0)], "as it was when they left")

    def test_a_part_delivered_counts_as_a_part(self):
        order = self._given(self._demand("free_goods"), [(self.goods, 5.0)], {self.goods: 2.0})
        self.assertEqual(self._rows(), [("replacement", 14.0)])
        self._deliver(order)
        self.assertEqual(self._rows(), [("replacement", 14.0), ("replacement", 21.0)])

    def test_fifo_and_average(self):
        for method, expected in (("fifo", 2 * 4.0 + 1 * 6.0), ("average", 3 * 68.0 / 12)):
            product = self._stocked(method)
            self._receive(product, 2.0, 4.0)
            self._receive(product, 10.0, 6.0)
            complaint = self._registered_complaint()
            self._given(self._demand("free_goods", complaint), [(product, 3.0)])
            with self.subTest(method):
                self.assertEqual(self._rows(complaint), [("replacement", expected)])

    def test_transfer_and_order_linked_both_count_once(self):
        demand = self._demand("free_goods")
        order = self._given(demand, [(self.goods, 3.0)])
        order.picking_ids._link_to_demand(demand)
        self.assertEqual(self._rows(), [("replacement", 21.0)])

    def test_gifts_stand_apart(self):
        self._given(self._demand("gift"), [(self.goods, 1.0)])
        self.assertEqual(self._rows(), [("gift", 7.0)])

    def test_exchange_costs_the_new_goods_and_the_returned_are_no_income(self):
        demand = self._demand("free_goods")
        order = self._order(lines=[(self.goods, 4.0)])
        returned = self._return(self._deliver(order), {self.goods: 4.0}, exchange=True)
        returned._link_to_demand(demand)
        self.assertEqual(self._rows(), [])
        new = order.picking_ids.filtered(lambda p: p.state != "done")
        new._link_to_demand(demand)
        self._validate(new)
        self.assertEqual(self._rows(), [("replacement", 28.0)])

    def test_a_replacement_that_comes_back_by_itself_is_taken_off(self):
        order = self._given(self._demand("free_goods"), [(self.goods, 3.0)])
        self._return(order.picking_ids, {self.goods: 1.0})
        self.assertEqual(self._rows(), [("replacement", -7.0), ("replacement", 21.0)])
        self.assertEqual(self.complaint.cost_replacement, 14.0)

    def test_a_replacement_complained_about_again_stays_a_cost(self):
        order = self._given(self._demand("free_goods"), [(self.goods, 3.0)])
        again = self._registered_complaint()
        returned = self._return(order.picking_ids, {self.goods: 3.0})
        returned._link_to_demand(self._demand("return", again))
        self.assertEqual(self._rows(), [("replacement", 21.0)])
        self.assertEqual(self._rows(again), [])

    def test_the_customers_own_goods_sent_back_are_no_cost(self):
        order = self._order(lines=[(self.goods, 2.0)])
        picking = self._deliver(order)
        picking._link_to_demand(self._demand("repair"))
        self.assertEqual(self._rows(), [])

    def test_goods_stock_does_not_value_count_at_todays_cost(self):
        """Another owner's goods in our stock, as with consignment."""
        order = self._order(lines=[(self.goods, 3.0)], confirm=False)
        order._link_to_demand(self._demand("free_goods"))
        order.action_confirm()
        picking = order.picking_ids
        picking.move_ids.quantity = 3.0
        picking.move_ids.move_line_ids.owner_id = self.customer2
        picking.move_ids.picked = True
        picking.button_validate()
        self.assertEqual((picking.state, picking.move_ids.value), ("done", 0.0))
        self.assertEqual(self._rows(), [("replacement", 21.0)])

    # ------------------------------------------------------------
    # Freight, labour, expenses
    # ------------------------------------------------------------
    def test_freight_of_linked_transfers_where_carriers_have_prices(self):
        """Both ways; in the currency of the order, as core notes it."""
        currency = self._foreign_currency()
        pricelist = self.env["product.pricelist"].create(
            {"name": "Test: foreign", "currency_id": currency.id}
        )
        demand = self._demand("free_goods")
        order = self._order(lines=[(self.goods, 1.0)])
        returned = self._return(self._deliver(order), {self.goods: 1.0})
        returned._link_to_demand(demand)
        sent = self._given(demand, [(self.goods, 1.0)], pricelist_id=pricelist.id).picking_ids
        expected = [("replacement", 7.0)]
        if "carrier_price" in sent._fields:  # stock_delivery
            returned.carrier_price = 11.0
            sent.carrier_price = 8.0
            expected = [("freight", 2.0), ("freight", 11.0), *expected]
        self.assertEqual(self._rows(), expected)

    def test_work_counts_when_it_was_done(self):
        self.company.complaint_hourly_cost = 40.0
        vals = {
            "complaint_id": self.complaint.id,
            "user_id": self.user_quality.id,
            "deadline": self.today,
            "kind": "correction",
            "labour_hours": 2.5,
        }
        done, called_off, planned, begun = self.env["complaint.action"].create(
            [{**vals, "name": name} for name in ("Done", "Called off", "Planned", "Begun")]
        )
        self.assertEqual(self._rows(), [])
        done._write_trusted({"state": "done", "date_done": "2026-01-05 10:00:00"})
        called_off._write_trusted({"state": "cancelled"})
        begun.labour_hours_done = 0.5
        self.assertEqual(self._rows(), [("labour", 20.0), ("labour", 100.0)])
        row = self.complaint.cost_ids.filtered(lambda r: r.document == "Done")
        self.assertEqual((str(row.date), row.amount), ("2026-01-05", 100.0))
        self.assertTrue(planned.labour_cost)

    def test_expenses_count_by_their_kind(self):
        for kind, amount in (("freight", 4.0), ("courier", 5.0), ("scrap", 6.0), ("labour", 7.0)):
            self.complaint.expense_ids = [
                Command.create({"kind": kind, "name": kind, "amount": amount})
            ]
        self.assertEqual(
            self._rows(),
            [("freight", 4.0), ("freight", 5.0), ("labour", 7.0), ("scrap", 6.0)],
        )
