from psycopg2.errors import UniqueViolation

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import RechargeCommon


@tagged("post_install", "-at_install")
class TestRechargeDocuments(RechargeCommon):
    """Goods back to the vendor and his credit note: once, and never more than received (R20)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lot = cls._lots(cls.blade, "B-1")
        cls.order = cls._purchase([(cls.blade, 10, 4.0)], lots={cls.blade: [(cls.lot, 10)]})
        cls.receipt = cls.order.picking_ids

    def _claim(self, quantity=3.0, kind="return", lots=None):
        complaint = self._blade_complaint(self.lot if lots is None else lots, quantity=quantity)
        return self._sent(complaint, kind=kind)

    # ------------------------------------------------------------
    # Return
    # ------------------------------------------------------------
    def test_return_with_its_lots(self):
        other = self._lots(self.blade, "A-1")
        self._purchase([(self.blade, 10, 4.0)], lots={self.blade: [(other, 10)]})
        recharge = self._claim().with_user(self.user_buyer)
        self.assertTrue(recharge.can_return)
        opened = recharge.action_return()
        picking = self.env["stock.picking"].browse(opened["res_id"])
        self.assertEqual(picking.complaint_recharge_id, recharge)
        self.assertEqual(picking.return_id, self.receipt)
        self.assertEqual(picking.partner_id, self.vendor)
        self.assertEqual(picking.location_dest_id.usage, "supplier")
        move = picking.move_ids
        self.assertEqual((move.product_uom_qty, move.purchase_line_id), (3, self.order.order_line))
        self.assertEqual(move.move_line_ids.lot_id, self.lot)
        self.assertEqual((move.quantity, move.state), (3, "assigned"))

    def test_twice_pressed_makes_nothing(self):
        recharge = self._claim()
        first = recharge.action_return()
        self.assertFalse(recharge.can_return)
        with self.assertRaisesRegex(UserError, "on its way back already"):
            recharge.action_return()
        self.assertEqual(recharge.picking_ids.ids, [first["res_id"]])

    def test_cancelled_is_replaced(self):
        recharge = self._claim()
        recharge.action_return()
        recharge.picking_ids.action_cancel()
        recharge.action_return()
        self.assertEqual(sorted(recharge.picking_ids.mapped("state")), ["assigned", "cancel"])

    def test_what_is_left_of_a_backorder_belongs_to_it(self):
        recharge = self._claim()
        recharge.action_return()
        picking = recharge.picking_ids
        self._validate_part(picking, 1)
        self.assertEqual(len(recharge.picking_ids), 2)
        backorder = recharge.picking_ids - picking
        self.assertEqual(backorder.move_ids.product_uom_qty, 2)
        with self.assertRaisesRegex(UserError, "on its way back already"):
            recharge.action_return()
        backorder.action_cancel()
        recharge.action_return()
        last = recharge.picking_ids - picking - backorder
        self.assertEqual(last.move_ids.product_uom_qty, 2)

    def _validate_part(self, picking, quantity):
        picking.move_ids.move_line_ids.quantity = quantity
        picking.move_ids.picked = True
        picking.with_context(skip_backorder=True).button_validate()
        self.assertEqual(picking.state, "done")

    def test_never_more_than_received(self):
        first, second = self._claim(8), self._claim(8)
        first.action_return()
        with self.assertRaisesRegex(UserError, "more than can still go back"):
            second.action_return()
        self.assertFalse(second.picking_ids)
        self._return(self.receipt, {self.blade: 2}, {self.blade: [(self.lot, 2)]})
        self.assertEqual(self.order.order_line.qty_received, 8)
        third = self._claim(1)
        with self.assertRaisesRegex(UserError, "more than can still go back"):
            third.action_return()

    def test_serials_go_back_once(self):
        saw = self._product("serial", "Saw", standard_price=50.0)
        numbers = self._lots(saw, "S-1", "S-2", "S-3")
        self._purchase([(saw, 3, 40.0)], lots={saw: [(n, 1) for n in numbers]})
        complaint = self._blade_complaint(numbers[:2], quantity=2, product=saw)
        recharge = self._sent(complaint, kind="return")
        self.assertEqual((recharge.amount, recharge.line_ids.lot_ids), (80, numbers[:2]))
        recharge.action_return()
        move_lines = recharge.picking_ids.move_line_ids
        self.assertEqual(move_lines.lot_id, numbers[:2])
        again = self._sent(self._blade_complaint(numbers[1], 1, saw), kind="return")
        with self.assertRaisesRegex(UserError, "more than can still go back"):
            again.action_return()
        other = self._sent(self._blade_complaint(numbers[2], 1, saw), kind="return")
        other.action_return()
        self.assertEqual(other.picking_ids.move_line_ids.lot_id, numbers[2])

    def test_serial_still_at_the_customer_is_waited_for(self):
        saw = self._product("serial", "Saw")
        number, other = self._lots(saw, "S-1", "S-2")
        self._purchase([(saw, 2, 40.0)], lots={saw: [(number, 1), (other, 1)]})
        self._deliver(self._order(lines=[(saw, 1)]), lots={saw: [(number, 1)]})
        recharge = self._sent(self._blade_complaint(number, 1, saw), kind="return")
        recharge.action_return()
        self.assertFalse(recharge.picking_ids.move_line_ids)
        again = self._sent(self._blade_complaint(number, 1, saw), kind="return")
        with self.assertRaisesRegex(UserError, "more than can still go back"):
            again.action_return()

    def test_two_receipts(self):
        lot = self._lots(self.blade, "C-1")
        order = self._purchase([(self.blade, 5, 4.0)], receive=False)
        first = order.picking_ids
        self._validate(first, {self.blade: 2}, {self.blade: [(lot, 2)]})
        self._validate(order.picking_ids - first, lots={self.blade: [(lot, 3)]})
        recharge = self._claim(4, lots=lot)
        recharge.action_return()
        self.assertEqual(len(recharge.picking_ids), 2)
        self.assertEqual(sum(recharge.picking_ids.move_ids.mapped("product_uom_qty")), 4)

    def test_other_unit_of_the_purchase(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        goods = self._product(name="Film", is_storable=True)
        self._purchase([(goods, 1, 60.0, dozen)])
        recharge = self._recharge(self._blade_complaint(product=goods, quantity=6))
        line = recharge.line_ids
        self.assertEqual((line.product_uom_id, line.quantity, line.amount), (dozen, 0.5, 30))
        recharge.write({"reason": "Thin", "kind": "return"})
        recharge.action_mark_sent()
        recharge.action_return()
        self.assertEqual(recharge.picking_ids.move_ids.product_qty, 6)

    def test_no_return_without_its_reasons(self):
        recharge = self._recharge(self._blade_complaint(self.lot))
        with self.assertRaisesRegex(UserError, "does not ask to take goods back"):
            recharge.action_return()
        recharge.kind = "return"
        with self.assertRaisesRegex(UserError, "once the claim is sent"):
            recharge.action_return()

    # ------------------------------------------------------------
    # Refund
    # ------------------------------------------------------------
    def test_refund_of_the_bill(self):
        bill = self._bill(self.order)
        recharge = self._claim(kind="refund").with_user(self.user_buyer)
        with self.assertRaisesRegex(UserError, "what the vendor accepts"):
            recharge.action_refund()
        recharge.action_accept()
        self.assertTrue(recharge.can_refund)
        recharge.action_refund()
        refund = recharge.sudo().refund_ids
        self.assertEqual((refund.move_type, refund.state), ("in_refund", "draft"))
        self.assertEqual((refund.reversed_entry_id, refund.partner_id), (bill, self.vendor))
        self.assertEqual((refund.amount_untaxed, refund.currency_id), (12, recharge.currency_id))
        line = refund.invoice_line_ids
        self.assertEqual((line.name, line.quantity, line.price_unit), ("Blade", 3, 4))
        self.assertEqual(recharge.amount_recovered, 0)
        refund.invoice_date = bill.invoice_date
        refund.action_post()
        self.assertEqual(recharge.amount_recovered, 12)
        # Money alone does not make the purchase “to bill” again
        self.assertEqual(self.order.order_line.qty_to_invoice, 0)

    def test_refund_of_returned_goods_counts_against_the_purchase(self):
        self._bill(self.order)
        recharge = self._claim()
        recharge.action_return()
        self._validate(recharge.picking_ids, lots={self.blade: [(self.lot, 3)]})
        recharge.action_accept()
        recharge.action_refund()
        line = self.order.order_line
        self.assertEqual((line.qty_received, line.qty_invoiced, line.qty_to_invoice), (7, 7, 0))

    def test_refund_twice_and_replaced(self):
        recharge = self._claim(kind="refund")
        recharge.action_accept()
        recharge.action_refund()
        with self.assertRaisesRegex(UserError, "a vendor refund already"):
            recharge.action_refund()
        with self.assertRaisesRegex(UserError, "cancel .* first"):
            recharge.action_reopen()
        recharge.refund_ids.button_cancel()
        recharge.action_refund()
        self.assertEqual(sorted(recharge.refund_ids.mapped("state")), ["cancel", "draft"])

    def test_refund_of_a_part_and_of_costs(self):
        complaint = self._blade_complaint(self.lot)
        recharge = self._recharge(complaint)
        recharge.write({"amount_cost": 8, "reason": "The edges break."})
        self.assertEqual(recharge.amount, 20)
        recharge.action_mark_sent()
        recharge.amount_accepted = 15
        recharge.action_accept()
        recharge.action_refund()
        refund = recharge.refund_ids
        self.assertFalse(refund.reversed_entry_id)
        self.assertEqual(refund.amount_untaxed, 15)
        self.assertEqual(refund.invoice_line_ids.mapped("price_subtotal"), [12, 3])

    def test_refund_of_less_than_the_goods(self):
        recharge = self._claim(kind="refund")
        recharge.amount_accepted = 5
        recharge.action_accept()
        recharge.action_refund()
        self.assertEqual(recharge.refund_ids.amount_untaxed, 5)

    def _taxed_claim(self, goods, **vals):
        """A claim for three of each of ``goods``, at 10 each, with tax."""
        order = self._purchase([(product, 10, 10.0) for product, _tax in goods])
        for line, (_product, tax) in zip(order.order_line, goods, strict=True):
            line.tax_ids = tax
        lines = [
            Command.create(
                self._prepare_line_vals(
                    product_id=product.id,
                    product_uom_id=product.uom_id.id,
                    quantity_complained=3,
                )
            )
            for product, _tax in goods
        ]
        return self._sent(self._registered_complaint(line_ids=lines), **vals)

    def test_tax_of_a_part(self):
        taxes = self.env["account.tax"].create(
            [
                {"name": f"Test {rate} %", "amount": rate, "type_tax_use": "purchase"}
                for rate in (20, 10)
            ]
        )
        products = [self._product(name=name, is_storable=True) for name in ("Film", "Tape")]
        goods = list(zip(products, taxes, strict=True))
        for kind in ("refund", "return"):
            with self.subTest(kind=kind):
                recharge = self._taxed_claim(goods, kind=kind)
                self.assertEqual(recharge.amount, 60)
                recharge.amount_accepted = 25.01
                recharge.action_accept()
                recharge.action_refund()
                refund = recharge.refund_ids
                self.assertAlmostEqual(refund.amount_untaxed, 25.01)
                self.assertAlmostEqual(refund.amount_tax, 3.75)
        recharge = self._taxed_claim(goods, kind="refund")
        recharge.action_accept()
        recharge.action_refund()
        self.assertAlmostEqual(recharge.refund_ids.amount_tax, 9)

    def test_goods_that_stay_keep_their_value_in_stock(self):
        self.blade.categ_id = self.env["product.category"].create(
            {
                "name": "Valued",
                "property_valuation": "real_time",
                "property_cost_method": "average",
            }
        )
        stock = self.blade.product_tmpl_id.get_product_accounts()["stock_valuation"]
        self.assertTrue(stock)
        for kind in ("refund", "return"):
            recharge = self._claim(1, kind)
            recharge.action_accept()
            recharge.action_refund()
            accounts = recharge.refund_ids.invoice_line_ids.account_id
            self.assertEqual(stock in accounts, kind == "return", kind)

    def test_reversed_refund_is_replaced(self):
        recharge = self._claim(kind="refund")
        recharge.action_accept()
        recharge.action_refund()
        refund = recharge.refund_ids
        refund.invoice_date = "2026-01-05"
        refund.action_post()
        with self.assertRaisesRegex(UserError, "a vendor refund already"):
            recharge.action_refund()
        reversal = refund._reverse_moves([{"invoice_date": "2026-01-06"}], cancel=True)
        self.assertEqual(reversal.state, "posted")
        self.assertEqual(recharge.amount_recovered, 0)
        self.assertTrue(recharge.can_refund)
        recharge.action_refund()
        self.assertEqual(len(recharge.refund_ids), 2)

    def test_two_refunds_of_a_claim_cannot_live(self):
        recharge = self._claim(kind="refund")
        recharge.action_accept()
        recharge.action_refund()
        other = recharge.refund_ids.copy()
        with self.assertRaises(UniqueViolation), mute_logger("odoo.sql_db"):
            other._link_to_recharge("complaint_recharge_id", recharge)
            self.env.flush_all()

    def test_whoever_presses_at_the_same_moment_starts_anew(self):
        recharge = self._claim()
        with self.assertLogs("odoo.sql_db", level="DEBUG") as log:
            recharge.action_return()
        for table in ("complaint_recharge", "purchase_order_line"):
            locks = [line for line in log.output if f'UPDATE "{table}" SET write_date' in line]
            self.assertTrue(locks, table)

    def test_who_may_not_open_it_is_told_its_name(self):
        recharge = self._claim().with_user(self.user_quality)
        told = recharge.action_return()
        self.assertEqual(told["tag"], "display_notification")
        picking = recharge.sudo().picking_ids
        self.assertIn(picking.name, told["params"]["message"])
        self.assertEqual(recharge.action_view_returns()["tag"], "display_notification")
        recharge.action_accept()
        self.assertEqual(recharge.action_refund()["tag"], "display_notification")
        self.assertTrue(recharge.sudo().refund_ids)
        self.assertEqual(recharge.with_env(self.env).action_view_returns()["res_id"], picking.id)

    def test_refund_in_the_currency_of_the_purchase(self):
        currency = self.env["res.currency"].create({"name": "XYZ", "symbol": "X"})
        self.env["res.currency.rate"].create(
            {"currency_id": currency.id, "rate": 2.0, "name": "2020-01-01"}
        )
        lot = self._lots(self.blade, "X-1")
        self._purchase(
            [(self.blade, 10, 4.0)], lots={self.blade: [(lot, 10)]}, currency_id=currency.id
        )
        recharge = self._claim(kind="refund", lots=lot)
        recharge.action_accept()
        recharge.action_refund()
        refund = recharge.refund_ids
        self.assertEqual((refund.currency_id, refund.amount_untaxed), (currency, 12))
        refund.invoice_date = "2026-01-05"
        refund.action_post()
        self.assertEqual(recharge.amount_recovered, 6)

    def test_never_more_refunded_than_received(self):
        first, second = self._claim(8, "refund"), self._claim(8, "refund")
        (first + second).action_accept()
        first.action_refund()
        with self.assertRaisesRegex(UserError, "more would be refunded"):
            second.action_refund()

    def test_carriers_refund_touches_no_stock(self):
        complaint = self._blade_complaint(carrier_name=self.carrier.name)
        recharge = self._recharge(complaint, party="carrier")
        recharge.write({"kind": "refund", "reason": "Dropped."})
        recharge.action_mark_sent()
        recharge.action_accept()
        recharge.action_refund()
        refund = recharge.refund_ids
        self.assertEqual((refund.partner_id, refund.amount_untaxed), (self.carrier, 15))
        self.assertFalse(refund.invoice_line_ids.product_id)

    # ------------------------------------------------------------
    # Links
    # ------------------------------------------------------------
    def test_nobody_links_by_hand(self):
        recharge = self._claim()
        receipt = self.receipt
        for record, name, target in (
            (receipt, "complaint_recharge_id", recharge),
            (receipt.move_ids, "complaint_recharge_line_id", recharge.line_ids),
            (self._bill(self.order, post=False), "complaint_recharge_id", recharge),
        ):
            with self.subTest(model=record._name):
                with self.assertRaises(UserError):
                    record.write({name: target.id})
                with self.assertRaises(UserError):
                    record.with_context(complaint_recharge_linking=True).write({name: target.id})
        forged = self.env["account.move"].with_context(default_complaint_recharge_id=recharge.id)
        move = forged.create({"move_type": "in_refund", "partner_id": self.vendor.id})
        self.assertFalse(move.complaint_recharge_id)
        with self.assertRaises(UserError):
            forged.create({"move_type": "in_refund", "complaint_recharge_id": recharge.id})
        with self.assertRaises(UserError):
            recharge.write({"refund_ids": [Command.link(move.id)]})

    def test_a_copy_is_not_linked(self):
        recharge = self._claim(kind="refund")
        recharge.action_accept()
        recharge.action_refund()
        self.assertFalse(recharge.refund_ids.copy().complaint_recharge_id)
