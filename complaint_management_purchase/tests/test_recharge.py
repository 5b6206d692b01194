from odoo import Command, fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from .common import RechargeCommon


@tagged("post_install", "-at_install")
class TestRecharge(RechargeCommon):
    """What a supplier caused is claimed from him, with what is known filled in (R20)."""

    def test_from_the_lots_purchase(self):
        old, new = self._lots(self.blade, "B-1", "B-2")
        first = self._purchase([(self.blade, 100, 4.0)], lots={self.blade: [(old, 100)]})
        self._purchase([(self.blade, 100, 9.0)], self.vendor2, lots={self.blade: [(new, 100)]})
        complaint = self._blade_complaint(old)
        recharge = self._recharge(complaint)
        self.assertEqual((recharge.partner_id, recharge.party), (self.vendor, "supplier"))
        line = recharge.line_ids
        self.assertEqual((line.purchase_line_id, line.lot_ids), (first.order_line, old))
        self.assertEqual((line.quantity, line.price_unit, recharge.amount), (3, 4.0, 12.0))
        self.assertEqual(recharge.product_id, self.blade)
        self.assertNotIn(complaint.name, recharge.name)

    def test_two_vendors_get_a_claim_each(self):
        a, b = self._lots(self.blade, "B-1", "B-2")
        self._purchase([(self.blade, 2, 4.0)], lots={self.blade: [(a, 2)]})
        self._purchase([(self.blade, 100, 9.0)], self.vendor2, lots={self.blade: [(b, 100)]})
        claims = self._recharge(self._blade_complaint(a + b, quantity=5))
        by_vendor = {c.partner_id: c.line_ids for c in claims}
        self.assertEqual(by_vendor.keys(), {self.vendor, self.vendor2})
        self.assertEqual((by_vendor[self.vendor].quantity, by_vendor[self.vendor].lot_ids), (2, a))
        self.assertEqual(by_vendor[self.vendor2].quantity, 3)

    def test_lots_that_came_by_no_purchase(self):
        """Our own production, or found in stock: the last vendor has nothing to do with it."""
        known, unknown = self._lots(self.blade, "B-1", "B-2")
        self._purchase([(self.blade, 2, 4.0)], lots={self.blade: [(known, 2)]})
        recharge = self._recharge(self._blade_complaint(unknown))
        self.assertFalse(recharge.partner_id)
        self.assertFalse(recharge.line_ids.purchase_line_id)
        self.assertEqual((recharge.kind, recharge.line_ids.quantity), ("claim", 3))
        self.assertIn("which purchase 3 ", self._notes(recharge))
        recharge = self._recharge(self._blade_complaint(known + unknown, quantity=5))
        self.assertEqual((recharge.partner_id, recharge.line_ids.quantity), (self.vendor, 2))
        self.assertIn("which purchase 3 ", self._notes(recharge))
        recharge = self._recharge(self._blade_complaint(known, quantity=2))
        self.assertNotIn("which purchase", self._notes(recharge))

    def _notes(self, recharge):
        return "".join(str(body) for body in recharge.message_ids.mapped("body"))

    def test_sums_keep_their_currency(self):
        currency = self._foreign_currency()
        recharge = self._recharge(self._blade_complaint())
        company_currency = recharge.currency_id
        with self._refused("take them out"):
            recharge.currency_id = currency
        order = self._purchase([(self.blade, 10, 4.0)], currency_id=currency.id, receive=False)
        with self._refused("the claim is not"):
            recharge.line_ids = [
                Command.create(
                    {
                        "product_id": self.blade.id,
                        "quantity": 0,
                        "purchase_line_id": order.order_line.id,
                    }
                )
            ]
        self.assertEqual((recharge.currency_id, recharge.amount), (company_currency, 15))
        recharge.line_ids.unlink()
        recharge.currency_id = currency
        self.assertEqual(recharge.currency_id, currency)

    def test_without_lots_the_last_purchase_before_shipment(self):
        goods = self._product(name="Film", is_storable=True)
        now = fields.Datetime.now()
        earlier = fields.Datetime.add(now, days=-50)
        self._purchase([(goods, 10, 1.0)], date=fields.Datetime.add(now, days=-90))
        order = self._purchase([(goods, 10, 2.0)], self.vendor2, date=earlier)
        self._purchase([(goods, 10, 3.0)], date=fields.Datetime.add(now, days=-5))
        recharge = self._recharge(self._blade_complaint(product=goods))
        self.assertEqual(recharge.partner_id, self.vendor2)
        self.assertEqual(recharge.line_ids.purchase_line_id, order.order_line)

    def test_currency_and_company_of_the_purchase(self):
        currency = self._foreign_currency()
        lot = self._lots(self.blade, "B-1")
        self._purchase(
            [(self.blade, 10, 4.0)], lots={self.blade: [(lot, 10)]}, currency_id=currency.id
        )
        recharge = self._recharge(self._blade_complaint(lot))
        self.assertEqual((recharge.currency_id, recharge.amount), (currency, 12.0))
        self.assertEqual(recharge.amount_claimed_company, 6.0)

    @classmethod
    def _foreign_currency(cls):
        """Two of it are one of the company's."""
        currency = cls.env["res.currency"].create({"name": "XYZ", "symbol": "X"})
        cls.env["res.currency.rate"].create(
            {"currency_id": currency.id, "rate": 2.0, "name": "2020-01-01"}
        )
        return currency

    def test_another_companys_purchase_is_not_taken(self):
        company = self._second_company()
        goods = self._product(name="Film", is_storable=True)
        warehouse = self.env["stock.warehouse"].search([("company_id", "=", company.id)], limit=1)
        self._purchase(
            [(goods, 10, 2.0)], company_id=company.id, picking_type_id=warehouse.in_type_id.id
        )
        recharge = self._recharge(self._blade_complaint(product=goods))
        self.assertFalse(recharge.line_ids.purchase_line_id)
        self.assertFalse(recharge.partner_id)

    def test_more_than_received_is_refused(self):
        lot = self._lots(self.blade, "B-1")
        self._purchase([(self.blade, 10, 4.0)], lots={self.blade: [(lot, 10)]})
        recharge = self._recharge(self._blade_complaint(lot))
        with self.assertRaisesRegex(ValidationError, "only 10 were received"):
            recharge.line_ids.quantity = 11

    def test_of_one_vendor_and_product(self):
        lot = self._lots(self.blade, "B-1")
        order = self._purchase([(self.blade, 10, 4.0)], lots={self.blade: [(lot, 10)]})
        recharge = self._recharge(self._blade_complaint(lot))
        with self._refused("somebody else"):
            recharge.partner_id = self.vendor2
        with self._refused("did not come by"):
            recharge.line_ids.product_id = self.product
        self.assertEqual(recharge.line_ids.purchase_line_id, order.order_line)

    def test_pressed_twice_is_one_claim(self):
        complaint = self._blade_complaint()
        first = self._recharge(complaint)
        again = complaint.with_user(self.user_sales).action_recharge()
        self.assertEqual(again["res_id"], first.id)
        first.action_withdraw()
        complaint.with_user(self.user_sales).action_recharge()
        self.assertEqual(len(complaint.recharge_ids), 2)

    def test_carrier(self):
        complaint = self._blade_complaint(carrier_name="swift freight")
        recharge = self._recharge(complaint, party="carrier")
        self.assertEqual((recharge.partner_id, recharge.kind), (self.carrier, "claim"))
        self.assertFalse(recharge.line_ids.purchase_line_id)
        self.assertEqual(recharge.amount, 15.0)  # three at what they cost us
        self.assertEqual(self._claim_action(complaint, "carrier").name, "Claim from the carrier")

    def test_only_the_points_goods(self):
        other = self._product(name="Film")
        complaint = self._registered_complaint(
            line_ids=[
                Command.create(self._prepare_line_vals(defect_id=self.defect_rust.id)),
                Command.create(
                    self._prepare_line_vals(product_id=other.id, defect_id=self.defect_billing.id)
                ),
            ]
        )
        point = complaint.point_ids.filtered(lambda p: p.defect_id == self.defect_billing)
        point.write({"responsibility": "supplier", "finding_note": "Too thin"})
        complaint.with_user(self.user_sales).action_recharge()
        recharge = complaint.recharge_ids
        self.assertEqual(recharge.line_ids.product_id, other)
        self.assertEqual(recharge.reason, "Test: wrong amount: Too thin")

    def test_not_before_registration(self):
        draft = self._complaint()
        with self.assertRaisesRegex(UserError, "only a registered complaint"):
            draft.with_user(self.user_sales).action_recharge()
        with self.assertRaises(UserError):
            self.env["complaint.recharge"].create({"complaint_id": draft.id})

    def test_answer(self):
        lot = self._lots(self.blade, "B-1")
        self._purchase([(self.blade, 10, 4.0)], lots={self.blade: [(lot, 10)]})
        recharge = self._sent(self._blade_complaint(lot))
        self.assertEqual(recharge.date_due, fields.Date.add(fields.Date.today(), days=14))
        with self.assertRaisesRegex(UserError, "which amount"):
            recharge.action_accept_partly()
        with self.assertRaisesRegex(ValidationError, "more is accepted"):
            recharge.amount_accepted = 13
        recharge.amount_accepted = 3
        recharge.action_accept()
        self.assertEqual((recharge.state, recharge.accepted_ratio), ("partly", 25))
        self.assertTrue(recharge.date_answered)
        with self.assertRaises(UserError):
            recharge.amount_accepted = 12
        recharge.action_reopen()
        self.assertEqual(recharge.state, "sent")
        with self.assertRaisesRegex(UserError, "why the vendor refuses"):
            recharge.action_refuse()
        recharge.answer = "Used wrongly"
        recharge.action_refuse()
        self.assertEqual((recharge.amount_accepted, recharge.accepted_ratio), (0, 0))

    def test_what_was_sent_stays(self):
        lot = self._lots(self.blade, "B-1")
        self._purchase([(self.blade, 10, 4.0)], lots={self.blade: [(lot, 10)]})
        recharge = self._sent(self._blade_complaint(lot))
        for record, vals in (
            (recharge, {"reason": "Something else"}),
            (recharge, {"partner_id": self.vendor2.id}),
            (recharge, {"amount": 100}),
            (recharge, {"amount_cost": 8}),
            (recharge, {"state": "accepted"}),
            (recharge, {"name": "Mine"}),
            (recharge.line_ids, {"quantity": 1}),
            (recharge, {"line_ids": [Command.create({"product_id": self.blade.id})]}),
        ):
            with self.subTest(vals=vals), self.assertRaises(UserError):
                record.write(vals)
        with self.assertRaises(UserError):
            recharge.line_ids.unlink()
        with self.assertRaises(UserError):
            recharge.unlink()

    def test_goes_on_when_the_case_is_over(self):
        complaint = self._blade_complaint()
        recharge = self._sent(complaint, partner_id=self.vendor.id)
        complaint._write_trusted({"state": "closed"})
        recharge.action_accept()
        self.assertEqual(self._claim_action(complaint).state, "done")

    def test_claim_accepted_without_document_counts(self):
        recharge = self._sent(self._blade_complaint(), partner_id=self.vendor.id, kind="claim")
        self.assertEqual((recharge.amount, recharge.amount_recovered), (15.0, 0.0))
        recharge.amount_accepted = 10
        recharge.action_accept()
        self.assertEqual(recharge.amount_recovered, 10.0)
        recharge.kind = "refund"
        self.assertEqual(recharge.amount_recovered, 0.0)

    def test_counted_beside_vendor_and_purchase(self):
        lot = self._lots(self.blade, "B-1")
        order = self._purchase([(self.blade, 10, 4.0)], lots={self.blade: [(lot, 10)]})
        recharge = self._recharge(self._blade_complaint(lot))
        person = self.env["res.partner"].create({"name": "Vera", "parent_id": self.vendor.id})
        for record in (self.vendor, person, order):
            inside = record.with_user(self.user_buyer)
            self.assertEqual(inside.complaint_recharge_count, 1)
            found = self.env["complaint.recharge"].search(
                inside.action_view_complaint_recharges()["domain"]
            )
            self.assertEqual(found, recharge)
        vendors = self.env["res.partner"].create([{"name": f"V{n}"} for n in range(9)])
        many = (vendors + self.vendor).with_user(self.user_buyer)
        many.mapped("commercial_partner_id")
        many.sudo(False).invalidate_recordset(["complaint_recharge_count"])
        before = self.env.cr.sql_log_count
        self.assertEqual(sum(many.mapped("complaint_recharge_count")), 1)
        self.assertLess(self.env.cr.sql_log_count - before, 5, "none for each vendor")

    def test_salesperson_opens_it_without_rights_to_write(self):
        complaint = self._blade_complaint()
        recharge = self._recharge(complaint).with_user(self.user_sales)
        self.assertEqual(recharge.name, recharge.read(["name"])[0]["name"])
        with self.assertRaises(AccessError):
            recharge.reason = "Mine"

    def test_goods_added_by_hand_take_the_vendors_last_purchase(self):
        goods = self._product(name="Film", is_storable=True)
        self._purchase([(goods, 10, 1.0)])
        last = self._purchase([(goods, 10, 2.5)])
        self._purchase([(goods, 10, 9.0)], self.vendor2)
        recharge = self._recharge(self._blade_complaint())
        recharge.line_ids.unlink()
        recharge.partner_id = self.vendor
        with Form(recharge.with_user(self.user_buyer)) as form, form.line_ids.new() as line:
            line.product_id = goods
            line.quantity = 2
        line = recharge.line_ids
        self.assertEqual((line.purchase_line_id, line.price_unit), (last.order_line, 2.5))
        self.assertEqual(recharge.amount, 5)

    def test_a_program_that_acts_by_sudo_goes_on(self):
        """A server action of somebody who may only read: his rights do not come back midway."""
        recharge = self._sent(self._blade_complaint(), partner_id=self.vendor.id)
        recharge.with_user(self.user_sales).sudo().action_accept()
        self.assertEqual(recharge.state, "accepted")
