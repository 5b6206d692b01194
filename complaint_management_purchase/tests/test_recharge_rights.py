from odoo import Command
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tests import tagged

from .common import RechargeCommon

PRICES = ("amount", "amount_accepted", "amount_recovered", "amount_cost", "accepted_ratio")
LINE_PRICES = ("price_unit", "amount", "purchase_line_id", "purchase_order_id")


@tagged("post_install", "-at_install")
class TestRechargeRights(RechargeCommon):
    """Purchasing works on all claims, salespeople read their own without prices (R20, R60, R73)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lot = cls._lots(cls.blade, "B-1")
        cls._purchase([(cls.blade, 10, 4.0)], lots={cls.blade: [(cls.lot, 10)]})
        cls.complaint = cls._blade_complaint(cls.lot)
        cls.complaint.responsibility = "supplier"
        cls.complaint.action_recharge()
        cls.recharge = cls.complaint.recharge_ids
        cls.env.flush_all()
        cls.env.invalidate_all()

    def _may(self, user, operation, record=None):
        record = self.recharge if record is None else record
        return record.with_user(user).has_access(operation)

    def test_who_reads_and_writes(self):
        expected = {
            self.user_buyer: (True, True),
            self.user_quality: (True, True),
            self.user_manager: (True, True),
            self.user_leadership: (True, False),
            self.user_sales: (True, False),
            self.user_service: (True, False),
            self.user_purchasing: (True, False),  # by the action that asks him
            self.user_sales2: (False, False),
            self.user_contributor: (False, False),
            self.user_stranger: (False, False),
            self.user_stock: (False, False),
            self.user_portal: (False, False),
        }
        for user, (read, write) in expected.items():
            with self.subTest(user=user.name):
                for record in (self.recharge, self.recharge.line_ids):
                    self.assertEqual(self._may(user, "read", record), read)
                    self.assertEqual(self._may(user, "write", record), write)

    def test_an_action_in_the_case_is_not_enough(self):
        self.env["complaint.action"].create(
            {
                "complaint_id": self.complaint.id,
                "name": "Count the stock",
                "user_id": self.user_contributor.id,
                "deadline": "2100-01-01",
            }
        )
        self.assertTrue(self._may(self.user_contributor, "read", self.complaint))
        self.assertFalse(self._may(self.user_contributor, "read"))

    def test_prices_are_not_for_salespeople(self):
        for user in (self.user_sales, self.user_service, self.user_purchasing):
            for record, names in ((self.recharge, PRICES), (self.recharge.line_ids, LINE_PRICES)):
                inside = record.with_user(user)
                for name in names:
                    with self.subTest(user=user.name, name=name), self.assertRaises(AccessError):
                        inside.read([name])
                self.assertFalse(set(names) & inside.fields_get().keys())
        for user in (self.user_buyer, self.user_quality, self.user_leadership, self.user_manager):
            self.assertEqual(self.recharge.with_user(user).amount, 12)

    def test_buyer_works_on_it_without_seeing_the_case(self):
        self.assertFalse(self._may(self.user_buyer, "read", self.complaint))
        inside = self.recharge.with_user(self.user_buyer)
        values = inside.web_read(
            {
                "name": {},
                "complaint_id": {"fields": {"display_name": {}}},
                "partner_id": {"fields": {"display_name": {}}},
                "frozen_names": {},
                "can_edit": {},
                "can_return": {},
                "line_ids": {
                    "fields": {
                        "product_id": {"fields": {"display_name": {}}},
                        "lot_ids": {"fields": {"display_name": {}}},
                        "purchase_line_id": {"fields": {"display_name": {}}},
                        "quantity": {},
                        "amount": {},
                    }
                },
            }
        )[0]
        self.assertEqual(values["line_ids"][0]["lot_ids"][0]["display_name"], "B-1")
        inside.write(
            {
                "kind": "return",
                "reason": "Soft",
                "line_ids": [Command.update(inside.line_ids.id, {"quantity": 2})],
            }
        )
        inside.action_mark_sent()
        inside.action_return()
        inside.action_accept()
        inside.action_refund()
        self.assertEqual((inside.state, inside.amount_accepted), ("accepted", 8))
        with self.assertRaises(AccessError):
            self.complaint.with_user(self.user_buyer).action_recharge()

    def test_buyer_opens_the_form(self):
        view = self.env["complaint.recharge"].with_user(self.user_buyer).get_view(view_type="form")
        self.assertIn("price_unit", view["arch"])
        view = self.env["complaint.recharge"].with_user(self.user_sales).get_view(view_type="form")
        self.assertNotIn("price_unit", view["arch"])

    def test_two_companies(self):
        company = self._second_company()
        self.user_buyer.write({"company_id": company.id, "company_ids": [Command.set(company.ids)]})
        self.assertFalse(self._may(self.user_buyer, "read"))
        found = self.env["complaint.recharge.line"].with_user(self.user_buyer).search([])
        self.assertNotIn(self.recharge.line_ids, found)

    def test_whom_it_is_about_sees_nothing(self):
        message = self.recharge.message_post(body="Zanzibar", partner_ids=self.vendor.ids)
        message = message.with_user(self.user_buyer)
        self.assertTrue(message.has_access("read"))
        people = self.user_buyer + self.user_quality + self.user_admin
        self.complaint.concerned_user_ids = people
        self.env.flush_all()
        self.env.invalidate_all()
        for user in people:
            with self.subTest(user=user.name):
                self.assertFalse(self._may(user, "read"))
                self.assertFalse(self._may(user, "read", self.recharge.line_ids))
                self.assertFalse(message.with_user(user).has_access("read"))
        self.assertFalse(self.vendor.with_user(self.user_buyer).complaint_recharge_count)
        with self.assertRaises(AccessError):
            self.recharge.with_user(self.user_quality).action_send()

    def test_purchasing_concerned_is_not_asked(self):
        complaint = self._blade_complaint(concerned_user_ids=[(6, 0, self.user_purchasing.ids)])
        complaint.responsibility = "supplier"
        self.assertNotEqual(self._claim_action(complaint).user_id, self.user_purchasing)

    def test_nobody_claims_for_a_case_he_may_not_write(self):
        complaint = self._blade_complaint()
        for user in (self.user_sales2, self.user_leadership, self.user_contributor):
            with self.subTest(user=user.name), self.assertRaises(AccessError):
                complaint.with_user(user).action_recharge()
        self.assertFalse(complaint.recharge_ids)

    def test_verbs_ask_for_the_right_to_write(self):
        for name in (
            "action_send",
            "action_mark_sent",
            "action_accept",
            "action_accept_partly",
            "action_refuse",
            "action_withdraw",
            "action_reopen",
            "action_return",
            "action_refund",
        ):
            for user in (self.user_sales, self.user_leadership, self.user_purchasing):
                with self.subTest(verb=name, user=user.name), self.assertRaises(AccessError):
                    getattr(self.recharge.with_user(user), name)()

    def test_every_part_is_closed_to_whom_it_is_about(self):
        """The addon's own test of the parts looks at its own models only."""
        text = "('complaint_id', 'not any', [('concerned_user_ids', 'in', [user.id])])"
        for name in ("complaint.recharge", "complaint.recharge.line"):
            rules = self.env["ir.rule"].search(
                Domain("model_id.model", "=", name) & Domain("groups", "=", False)
            )
            self.assertTrue(rules.filtered(lambda r: text in r.domain_force), name)
            self.assertTrue(rules.filtered(lambda r: "company_ids" in r.domain_force), name)
        self.assertIn("complaint.recharge", self.env["mail.message"]._get_discreet_models())

    # ------------------------------------------------------------
    # What tells purchase prices
    # ------------------------------------------------------------
    def test_settlements_are_for_who_reads_prices(self):
        self.recharge.write({"reason": "The edges break.", "kind": "claim"})
        self.recharge.action_mark_sent()
        self.recharge.action_accept()
        self.env["complaint.expense"].create(
            {"complaint_id": self.complaint.id, "name": "Lab", "kind": "testing", "amount": 30}
        )
        self.env.flush_all()
        self.env.invalidate_all()
        for user, recharged in (
            (self.user_sales, 0),
            (self.user_service, 0),
            (self.user_quality, -12),
            (self.user_manager, -12),
            (self.user_leadership, -12),
        ):
            self.env.invalidate_all()
            with self.subTest(user=user.name):
                complaint = self.complaint.with_user(user)
                self.assertEqual(complaint.cost_recharged, recharged)
                self.assertEqual(complaint.cost_total, 30 + recharged)
                rows = complaint.cost_ids
                self.assertEqual(sum(rows.mapped("amount")), complaint.cost_total)
                self.assertEqual(bool(rows.vendor_id), bool(recharged))

    def test_letters_are_for_who_reads_prices(self):
        complaint = self._blade_complaint(self.lot)
        complaint.responsibility = "supplier"
        complaint.with_user(self.user_sales).action_recharge()
        recharge = complaint.recharge_ids
        self.assertNotIn(self.user_sales.partner_id, recharge.message_partner_ids)
        message = recharge.message_post(body="17.55", partner_ids=self.vendor.ids)
        for user, allowed in (
            (self.user_buyer, True),
            (self.user_quality, True),
            (self.user_leadership, True),
            (self.user_sales, False),
            (self.user_service, False),
            (self.user_purchasing, False),
        ):
            with self.subTest(user=user.name):
                self.assertTrue(self._may(user, "read", recharge))
                self.assertEqual(self._may(user, "read", message), allowed)
                found = self.env["mail.message"].with_user(user).search([("id", "=", message.id)])
                self.assertEqual(bool(found), allowed)

    def test_buyer_reads_a_number(self):
        inside = self.recharge.with_user(self.user_buyer)
        self.complaint.subject = "Outspoken"
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(inside.read(["complaint_id"])[0]["complaint_id"][1], self.complaint.name)
        values = inside.web_read({"complaint_id": {"fields": {"display_name": {}}}})[0]
        self.assertEqual(values["complaint_id"]["display_name"], self.complaint.name)
        self.assertEqual(inside.complaint_reference, self.complaint.name)
        claims = self.env["complaint.recharge"].with_user(self.user_buyer)
        found = claims.name_search(self.complaint.name)
        self.assertIn(self.recharge.id, dict(found))
        for user in (self.user_sales, self.user_purchasing):
            name = self.recharge.with_user(user).read(["complaint_id"])[0]["complaint_id"][1]
            self.assertIn("Outspoken", name)
