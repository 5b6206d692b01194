from odoo import fields
from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from .card_common import CallCommon


@tagged("post_install", "-at_install")
class TestCallOrders(CallCommon):
    """Which orders the card shows, and what of them (R1, R2)."""

    def test_customer(self):
        self.customer.write({"city": "Hamburg", "user_id": self.user_sales2.id})
        self.customer.complaint_tier = "B"
        customer = self._card(self.contact)["customer"]
        self.assertEqual(customer["id"], self.customer.id)
        self.assertEqual(customer["name"], "Harbour Hotel")
        self.assertEqual(customer["city"], "Hamburg")
        self.assertEqual(customer["tier"], "B")
        self.assertEqual(customer["salesperson"], "Sales2")
        self.user_sales2.active = False
        self.assertEqual(self._card()["customer"]["salesperson"], "Sales2")

    def test_nobody(self):
        card = self.env["complaint.call"].with_user(self.user_sales).card("+1 555 019 9999")
        self.assertFalse(card["customer"])
        self.assertEqual(card["orders"], [])
        self.assertEqual(card["complaints"], [])
        self.assertEqual(card["warnings"], [])
        self.assertFalse(card["history"])

    def test_order_of_a_contact(self):
        order = self._order(partner=self.contact)
        [shown] = self._card(self.portal_partner)["orders"]
        self.assertEqual(shown["id"], order.id)
        self.assertEqual(shown["name"], order.name)
        self.assertEqual(shown["client_order_ref"], "PO-4711")
        self.assertEqual(shown["date_order"], fields.Datetime.to_string(order.date_order))
        self.assertEqual(shown["amount_total"], order.amount_total)
        self.assertEqual(shown["currency_id"], order.currency_id.id)
        self.contact.active = False
        self.assertEqual(len(self._card()["orders"]), 1)

    def test_only_the_last(self):
        orders = self._several(7)
        for age, order in enumerate(orders):
            order.date_order = fields.Datetime.subtract(fields.Datetime.now(), days=40 * age)
        card = self._card()
        self.assertEqual([row["id"] for row in card["orders"]], orders[:5].ids)
        self.assertEqual(card["order_count"], 7)
        self.assertEqual(card["quotations"], [])

    def test_quotations_and_cancelled(self):
        quotation = self._order(confirm=False)
        self._order(confirm=False)._action_cancel()
        card = self._card()
        self.assertEqual([row["id"] for row in card["quotations"]], quotation.ids)
        self.assertEqual(card["quotation_count"], 1)
        self.assertEqual(card["quotations"][0]["steps"], [])
        self.assertEqual(card["quotations"][0]["lines"][0]["quantity"], 10)
        self.assertEqual((card["orders"], card["order_count"]), ([], 0))

    def test_lines(self):
        service = self._product(name="Screwdriver", type="service")
        order = self._order(lines=[(service, 1 + number) for number in range(200)])
        order.order_line = [Command.create({"display_type": "line_section", "name": "Tools"})]
        order.order_line[2].qty_delivered = 1
        [shown] = self._card()["orders"]
        self.assertEqual(shown["line_count"], 200)
        self.assertEqual([line["id"] for line in shown["lines"]], order.order_line[:10].ids)
        line = shown["lines"][2]
        self.assertEqual(line["product_id"], service.id)
        self.assertEqual(line["name"], "Screwdriver")
        self.assertEqual((line["quantity"], line["delivered"]), (3, 1))
        self.assertEqual(line["uom"], "Units")

    def test_names_of_goods(self):
        """In the language of who looks; with code and variant, as everywhere."""
        self.env["res.lang"]._activate_lang("fr_FR")
        self.product.default_code = "SD"
        self.product.with_context(lang="fr_FR").name = "Tournevis"
        attribute = self.env["product.attribute"].create(
            {"name": "Colour", "value_ids": [Command.create({"name": n}) for n in ("Red", "Blue")]}
        )
        template = self.env["product.template"].create(
            {
                "name": "Hammer",
                "attribute_line_ids": [
                    Command.create(
                        {
                            "attribute_id": attribute.id,
                            "value_ids": [Command.set(attribute.value_ids.ids)],
                        }
                    )
                ],
            }
        )
        red = template.product_variant_ids[0]
        self._order(lines=[(self.product, 1), (red, 1)])
        self.user_sales.lang = "fr_FR"
        card = self._card(lang="fr_FR")
        self.assertEqual(
            [line["name"] for line in card["orders"][0]["lines"]],
            ["[SD] Tournevis", "Hammer (Red)"],
        )

    def test_own_documents_only(self):
        """Orders the user may not read are neither shown nor counted."""
        own, others = self._order(), self._order(user=self.user_sales2)
        self._order(user=self.user_sales2, confirm=False)
        card = self._card()
        self.assertEqual([row["id"] for row in card["orders"]], own.ids)
        self.assertEqual((card["order_count"], card["quotation_count"]), (1, 0))
        self.assertEqual(card["history"]["order_count"], 1)
        card = self._card(user=self.user_manager)
        self.assertEqual({row["id"] for row in card["orders"]}, set((own + others).ids))
        self.assertEqual(card["quotation_count"], 1)

    def test_without_orders_rights(self):
        self._order()
        card = self._card(user=self.user_quality)
        self.assertEqual((card["orders"], card["order_count"]), ([], 0))
        self.assertEqual(card["customer"]["id"], self.customer.id)

    def test_contributors_and_strangers_are_refused(self):
        for user in self.user_contributor + self.user_stranger + self.user_portal:
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._card(user=user)

    def test_two_companies(self):
        company = self._second_company()
        here, there = self._order(), self._order(company=company)
        self.assertEqual([row["id"] for row in self._card()["orders"]], here.ids)
        self.user_sales.company_ids = [Command.link(company.id)]
        both = self._card(allowed_company_ids=[self.company.id, company.id])
        self.assertEqual({row["id"] for row in both["orders"]}, set((here + there).ids))
        self.assertEqual(both["order_count"], 2)

    def test_complaints_of_an_order(self):
        """By the order itself or by goods of it; only those the user may read."""
        order, other = self._order(), self._order()
        line = Command.create(
            self._prepare_line_vals(sale_line_id=order.order_line.id, quantity_complained=1)
        )
        direct = self._registered_complaint(sale_order_id=order.id)
        by_line = self._registered_complaint(line_ids=[line])
        foreign = self._registered_complaint(sale_order_id=order.id, user_id=self.user_sales2.id)
        shown = {row["id"]: row["complaint_ids"] for row in self._card()["orders"]}
        self.assertEqual(shown, {order.id: [by_line.id, direct.id], other.id: []})
        shown = {
            row["id"]: row["complaint_ids"] for row in self._card(user=self.user_manager)["orders"]
        }
        self.assertEqual(shown[order.id], [foreign.id, by_line.id, direct.id])

    def test_what_nobody_complained_about(self):
        """Drafts, goods that are not ticked, and what was cancelled are no complaints."""
        order, other = self._order(), self._order()
        line = self._prepare_line_vals(sale_line_id=other.order_line.id, quantity_complained=0)
        self._complaint(sale_order_id=order.id)
        case = self._registered_complaint(sale_order_id=order.id)
        case.line_ids = [Command.create(line)]
        twice = self._registered_complaint(sale_order_id=order.id)
        twice.with_user(self.user_manager).action_cancel(reason="Taken in twice")
        shown = {row["id"]: row["complaint_ids"] for row in self._card()["orders"]}
        self.assertEqual(shown, {order.id: case.ids, other.id: []})
