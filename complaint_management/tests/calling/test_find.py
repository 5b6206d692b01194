"""One search box for whatever a caller names: kinds, order, rights, odd input (R2)."""

from unittest.mock import patch

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from ...models.calling import phone_numbers
from ..common import ComplaintCommon


@tagged("post_install", "-at_install")
class TestFind(ComplaintCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tracked = cls._product("lot", name="Zzyzx cream", default_code="ZZ-100")
        cls.tracked.barcode = "4006381333931"
        cls.lot = cls._lot(cls.tracked, "LOT-Q1")
        cls.order = cls._order(lines=[(cls.tracked, 4.0)], client_order_ref="PO 77/88-A")
        cls.delivery = cls._deliver(cls.order, lots={cls.tracked: [(cls.lot, 4.0)]})
        cls.invoice = cls.order._create_invoices()
        cls.invoice.action_post()
        # A colleague's order with the same goods
        cls.other_order = cls._order(
            partner=cls.customer2,
            user=cls.user_sales2,
            lines=[(cls.tracked, 1.0)],
            client_order_ref="PO 77/88-B",
        )
        cls.other_delivery = cls._deliver(cls.other_order, lots={cls.tracked: [(cls.lot, 1.0)]})
        cls.other_invoice = cls.other_order._create_invoices()
        cls.other_invoice.action_post()
        cls.case = cls._complaint(
            user=cls.user_sales, customer_reference="THEIR-9", subject="Rusty tips"
        )
        cls.call = cls.env["complaint.call"].with_user(cls.user_sales)

    def _find(self, term, user=None):
        return self.call.with_user(user or self.user_sales).find(term)["results"]

    def _kinds(self, term, user=None):
        """:return: list of ``(kind, title)``"""
        return [(hit["kind"], hit["title"]) for hit in self._find(term, user)]

    # ------------------------------------------------------------
    # Kinds
    # ------------------------------------------------------------
    def test_order(self):
        [hit] = self._find(self.order.name)
        self.assertEqual((hit["kind"], hit["id"], hit["exact"]), ("order", self.order.id, True))
        self.assertEqual((hit["order_id"], hit["partner_id"]), (self.order.id, self.customer.id))
        self.assertEqual(hit["partner_name"], "Harbour Hotel")
        self.assertIn("PO 77/88-A", hit["detail"])
        self.assertEqual(self._find(f"  {self.order.name.lower()} "), [hit])

    def test_customers_order(self):
        for term in ("PO 77/88-A", "po 77/88-a", "ＰＯ　７７/８８-A", " PO  77/88-A\n"):
            with self.subTest(term=term):
                [hit] = self._find(term)
                self.assertEqual((hit["kind"], hit["title"]), ("customer_order", "PO 77/88-A"))
                self.assertEqual((hit["order_id"], hit["exact"]), (self.order.id, True))
                self.assertIn(self.order.name, hit["detail"])

    def test_part_of_a_number(self):
        [hit] = self._find("77/88")
        self.assertEqual((hit["order_id"], hit["exact"]), (self.order.id, False))

    def test_delivery(self):
        [hit] = self._find(self.delivery.name)
        self.assertEqual((hit["kind"], hit["picking_id"]), ("delivery", self.delivery.id))
        self.assertEqual((hit["order_id"], hit["exact"]), (self.order.id, True))

    def test_return_is_found(self):
        returned = self._return(self.delivery, {self.tracked: 1.0})
        self.assertEqual(self._kinds(returned.name), [("delivery", returned.name)])

    def test_invoice(self):
        [hit] = self._find(self.invoice.name)
        self.assertEqual((hit["kind"], hit["id"]), ("invoice", self.invoice.id))
        self.assertEqual((hit["order_id"], hit["partner_id"]), (self.order.id, self.customer.id))

    def test_lot(self):
        [hit] = self._find("lot-q1")
        self.assertEqual((hit["kind"], hit["id"], hit["title"]), ("lot", self.lot.id, "LOT-Q1"))
        self.assertEqual((hit["order_id"], hit["picking_id"]), (self.order.id, self.delivery.id))
        self.assertEqual(hit["sale_line_id"], self.order.order_line.id)
        self.assertIn("Zzyzx cream", hit["detail"])
        self.assertEqual(hit["partner_id"], self.customer.id)

    def test_lot_as_it_is_read_off_a_carton(self):
        for term in ("lot q1", "LOTQ1", "lot_q.1"):
            self.assertEqual(self._kinds(term), [("lot", "LOT-Q1")])

    def test_product(self):
        for term in ("ZZ-100", "zz-100", "4006381333931"):
            [hit] = self._find(term)
            self.assertEqual((hit["kind"], hit["id"]), ("product", self.tracked.id))
            self.assertTrue(hit["exact"])
        self.assertEqual(self._kinds("zzyzx"), [("product", "Zzyzx cream")])

    def test_customer(self):
        self.customer.write({"ref": "K-0815", "vat": "US 12-345"})
        for term in ("Harbour Hotel", "K-0815", "k-0815", "office@harbour-hotel.example.com"):
            with self.subTest(term=term):
                hit = self._find(term)[0]
                self.assertEqual((hit["kind"], hit["id"]), ("customer", self.customer.id))
                self.assertTrue(hit["exact"])
        self.assertEqual(
            {name for kind, name in self._kinds("harbour")},
            {"Harbour Hotel", "Harbour Hotel, Hanna Harbour", "Harbour Hotel, Pat Portal"},
        )

    def test_names_of_two_signs(self):
        """Chinese names are short: two characters find what begins with them."""
        hotel = self.env["res.partner"].create({"name": "海港酒店", "is_company": True})
        for term in ("海港", "海港酒", "海港酒店"):
            [hit] = self._find(term)
            self.assertEqual(hit["id"], hotel.id)

    def test_accents(self):
        """Typed without the letters one's keyboard lacks, a name is found, too."""
        bakery = self.env["res.partner"].create({"name": "Größe & Mühle"})
        for term in ("Grösse", "GROSSE & MUHLE", "mühle"):
            self.assertEqual([hit["id"] for hit in self._find(term)], [bakery.id])

    def test_phone(self):
        for term in ("+1 555 010 0101", "001 555-010-0101", "tel:+15550100101", "+1(555)0100101"):
            with self.subTest(term=term):
                [hit] = self._find(term)
                self.assertEqual((hit["kind"], hit["id"]), ("phone", self.contact.id))
        with patch.object(phone_numbers, "phonenumbers", None):
            self.assertEqual(self._find("0015550100101")[0]["id"], self.contact.id)
        # Ends alike, but is another number
        self.assertEqual(self._find("+44 20 700 100 101"), [])

    def test_end_of_a_phone(self):
        """Six digits at the end lead to him; what is dialled nowhere is not taken for his whole
        number.
        """
        for term, kind in (("0100101", "customer"), ("010 0101", "customer"), ("100101", "phone")):
            with self.subTest(term=term):
                [hit] = self._find(term)
                self.assertEqual((hit["kind"], hit["id"]), (kind, self.contact.id))
                self.assertEqual(hit["exact"], kind == "phone")
        for term in ("9100101", "00101", "010010"):
            self.assertEqual(self._find(term), [])

    def test_phone_of_a_customer_with_complaints(self):
        """His complaints carry the same number; they are on his card, not beside him."""
        self._complaint(user=self.user_sales, contact_id=False)
        self.assertEqual(self._kinds("+1 555 010 0100"), [("phone", "Harbour Hotel")])

    def test_complaint(self):
        for term in (self.case.name, self.case.name.lower(), "their-9"):
            with self.subTest(term=term):
                [hit] = self._find(term)
                self.assertEqual((hit["kind"], hit["complaint_id"]), ("complaint", self.case.id))
                self.assertTrue(hit["exact"])
        self.assertIn("Rusty tips", hit["detail"])

    def test_consumer(self):
        consumer = self._complaint(
            user=self.user_sales,
            partner_id=False,
            contact_id=False,
            complainant_name="Carla Consumer",
            phone="+49 171 6660001",
        )
        for term in ("0049 171 666 0001", "carla con"):
            [hit] = self._find(term)
            self.assertEqual((hit["kind"], hit["complaint_id"]), ("complaint", consumer.id))

    # ------------------------------------------------------------
    # Order and number
    # ------------------------------------------------------------
    def test_exact_first(self):
        self._order(client_order_ref="EXACT-10")
        self._order(client_order_ref="EXACT-1")
        self._product(name="exact-1")
        self._order(client_order_ref="EXACT-11")
        hits = self._find("exact-1")
        self.assertEqual([hit["exact"] for hit in hits], [True, True, False, False])
        self.assertEqual([hit["kind"] for hit in hits[:2]], ["customer_order", "product"])

    def test_at_most_twenty(self):
        self.env["res.partner"].create(
            [{"name": f"Common {number}", "ref": "COMMON"} for number in range(30)]
        )
        hits = self._find("common")
        self.assertEqual(len(hits), 20)
        self.assertTrue(all(hit["exact"] for hit in hits))
        self.assertLessEqual(len(self._find("Common ")), 20)

    def test_exact_among_many(self):
        """What is hit exactly is not lost among what is hit in part."""
        self.env["sale.order"].create(
            [
                {"partner_id": self.customer.id, "client_order_ref": f"AB{n}"}
                for n in range(120, 160)
            ]
        )
        order = self._order(client_order_ref="AB1")
        hits = self._find("AB1")
        self.assertEqual((hits[0]["order_id"], hits[0]["exact"]), (order.id, True))
        self.assertLessEqual(len(hits), 6)

    # ------------------------------------------------------------
    # Rights
    # ------------------------------------------------------------
    def test_own_documents_only(self):
        """A colleague's order, its invoice and what a lot says about it are not found."""
        self.assertEqual(self._kinds(self.other_order.name), [])
        self.assertEqual(self._kinds("PO 77/88-B"), [])
        self.assertEqual(self._kinds(self.other_invoice.name), [])
        orders = {hit["order_id"] for hit in self._find("LOT-Q1")}
        self.assertEqual(orders, {self.order.id})
        everything = self._find("LOT-Q1", self.user_service)
        orders = {hit["order_id"] for hit in everything}
        self.assertEqual(orders, {self.order.id, self.other_order.id})

    def test_colleagues_delivery(self):
        """Core lets salespeople read all deliveries; the order behind stays closed."""
        [hit] = self._find(self.other_delivery.name)
        self.assertEqual((hit["picking_id"], hit["order_id"]), (self.other_delivery.id, False))

    def test_lot_of_others_does_not_exist(self):
        lot = self._lot(self.tracked, "LOT-SECRET")
        self.assertEqual(self._find("LOT-SECRET"), [])
        order = self._order(user=self.user_sales2, lines=[(self.tracked, 1.0)])
        self._deliver(order, lots={self.tracked: [(lot, 1.0)]})
        self.assertEqual(self._find("LOT-SECRET"), [])
        self.assertEqual(len(self._find("LOT-SECRET", self.user_sales2)), 1)

    def test_without_sales_rights(self):
        """Quality has no sales rights: complaints and customers are found, orders are not."""
        self.assertEqual(self._kinds(self.order.name, self.user_quality), [])
        self.assertEqual(self._kinds("LOT-Q1", self.user_quality), [])
        self.assertEqual(self._kinds(self.case.name, self.user_quality)[0][0], "complaint")
        self.assertEqual(self._kinds("Harbour Hotel", self.user_quality)[0][0], "customer")

    def test_other_company(self):
        other = self._second_company()
        order = self._order(company=other, client_order_ref="FOREIGN-1")
        self.customer2.company_id = other
        for term in (order.name, "FOREIGN-1", "Corner Shop"):
            found = [hit["id"] for hit in self._find(term) if hit["kind"] != "product"]
            self.assertNotIn(order.id, found)
            self.assertNotIn(self.customer2.id, found)
        self.user_sales.company_ids = [Command.link(other.id)]
        both = self.call.with_context(allowed_company_ids=(self.company + other).ids)
        self.assertEqual(both.find("FOREIGN-1")["results"][0]["order_id"], order.id)

    def test_archived(self):
        self.customer2.active = False
        self.assertEqual(self._find("Corner Shop"), [])
        found = self.call.with_context(active_test=False).find("Corner Shop")
        self.assertEqual(found["results"], [])

    def test_strangers_find_nothing(self):
        for user in (self.user_stranger, self.user_stock, self.user_portal):
            with self.subTest(user=user.name), self.assertRaises(AccessError):
                self._find(self.order.name, user)

    # ------------------------------------------------------------
    # Odd input
    # ------------------------------------------------------------
    def test_too_little(self):
        for term in ("", " ", "S", "%", "%%%", "___", "-/-", "\x00", None, False, 5, [], {}):
            with self.subTest(term=term):
                self.assertEqual(self._find(term), [])

    def test_wildcards_mean_themselves(self):
        for term in ("P%77", "PO_77/88-A", "%88-A", "po%", "\\PO 77", "LO_-Q1", "H%l"):
            with self.subTest(term=term):
                self.assertEqual(self._find(term), [])
        order = self._order(client_order_ref="100%_A\\B")
        self.assertEqual(self._find("100%_a\\b")[0]["order_id"], order.id)

    def test_garbage(self):
        for term in (
            "x" * 5000,
            "9" * 5000,
            "' OR 1=1; --",
            "a\x00b",
            "\ud800ab",
            "💥💥",
            "(((1 2",
        ):
            with self.subTest(term=term[:20]):
                self.assertEqual(self._find(term), [])

    # ------------------------------------------------------------
    # Cost
    # ------------------------------------------------------------
    def test_queries(self):
        """About ten queries, however much is found: those for the user, his company, and whether a
        case is about him (R73) included.
        """
        self._order(client_order_ref="COST")
        self._product(name="COST")
        self.env["res.partner"].create({"name": "Cost", "ref": "COST"})
        self._find("COST")
        for term in ("COST", "LOT-Q1", "+1 555 010 0101", self.invoice.name, "nothing at all"):
            self.env.flush_all()
            self.env.invalidate_all()
            with self.subTest(term=term), self.assertQueryCount(13):
                self._find(term)
