"""A consumer complained directly: his batch leads to the dealer's order (R7, R61)."""

from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import TracingCase


class DealerCase(TracingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.dealer = cls.customer2
        cls.dealer.write({"city": "Hangzhou", "phone": "+1 555 010 0300"})
        cls.tissue = cls._product("lot", name="Tissue 3-ply")
        cls.lot = cls._lot(cls.tissue, "B-77 A")
        cls.today = fields.Datetime.now()

    def _consumer(self, user=None, registered=False, line=None, **vals):
        """A consumer on the hotline: words, what is printed on the pack, where he bought it."""
        values = {
            "partner_id": False,
            "contact_id": False,
            "complainant_type": "consumer",
            "complainant_name": "Ms Wang",
            "phone": "+1 555 010 0199",
            "purchase_place": "Corner Shop, Hangzhou",
            "description": "A blade in the tissue",
            "defect_id": self.defect_billing.id,
            "category_id": self.category_simple.id,
            "demand_ids": [Command.create({"kind": "credit", "name": "Her money back"})],
            "line_ids": [
                Command.create(
                    {
                        "name": "Soft tissue, blue pack",
                        "lot_name": "b77a",
                        "quantity_complained": 1,
                        **(line or {}),
                    }
                )
            ],
            **vals,
        }
        complaint = self._complaint(user=user or self.user_sales, **values)
        if registered:
            complaint.action_register()
        return complaint

    def _ship(self, quantity, days_ago, partner=None, user=None):
        picking = self._deliver_lots([(self.lot, quantity)], partner=partner, user=user)
        picking.move_ids.date = picking.date_done = self.today - timedelta(days=days_ago)
        return picking

    def _find(self, complaint):
        """:return: the wizard as the user sees it"""
        action = complaint.action_find_dealer()
        wizard = self.env["complaint.source.wizard"].with_user(complaint.env.user)
        return wizard.browse(action["res_id"])


@tagged("post_install", "-at_install")
class TestDealerProposal(DealerCase):
    def test_likeliest_first(self):
        """Where she bought it goes before the date; what was shipped later cannot be it."""
        far = self._ship(4, 5)
        late = self._ship(4, 20, partner=self.dealer)
        early = self._ship(4, 90, partner=self.dealer)
        impossible = self._ship(4, -3, partner=self.dealer)
        wizard = self._find(self._consumer())
        expected = [late, early, far, impossible]
        self.assertEqual(wizard.line_ids.mapped("source_name"), [p.name for p in expected])
        self.assertEqual(wizard.line_ids[0].customer_name, "Corner Shop")
        self.assertEqual(wizard.line_ids[0].quantity, 4)
        self.assertIn(late.sale_id.name, wizard.line_ids[0].reference)
        self.assertIn("b77a", wizard.found_text)

    def test_production_date(self):
        """Soon after production is likelier than lately; before it is impossible."""
        old = self._ship(4, 60)
        new = self._ship(4, 10)
        before = self._ship(4, 70)
        produced = (self.today - timedelta(days=65)).date()
        complaint = self._consumer(line={"production_date": produced}, purchase_place=False)
        names = self._find(complaint).line_ids.mapped("source_name")
        self.assertEqual(names, [old.name, new.name, before.name])

    def test_no_such_lot(self):
        """Then one looks by product and place."""
        self._ship(4, 20, partner=self.dealer)
        self._ship(4, 10)
        complaint = self._consumer(line={"lot_name": "ZZ-0"})
        wizard = self._find(complaint)
        self.assertFalse(wizard.line_ids)
        self.assertIn("no lot called “ZZ-0”", wizard.found_text)
        self.assertIn("Choose the product", wizard.found_text)
        wizard.write({"product_id": self.tissue.id, "place": "Hangzhou"})
        wizard.action_search()
        self.assertEqual(wizard.line_ids.mapped("customer_name"), ["Corner Shop"])
        wizard.place = "Atlantis"
        wizard.action_search()
        self.assertEqual(len(wizard.line_ids), 2, "nobody there: all who got the product")

    def test_only_what_one_may_read(self):
        self._ship(4, 20, partner=self.dealer, user=self.user_sales2)
        complaint = self._consumer()
        wizard = self._find(complaint)
        self.assertFalse(wizard.line_ids)
        self.assertIn("may not open", wizard.found_text)
        self.assertNotIn("Corner Shop", wizard.found_text)
        service = self._consumer(user=self.user_service)
        self.assertEqual(self._find(service).line_ids.mapped("customer_name"), ["Corner Shop"])

    def test_defaults_of_the_form(self):
        """What a new complaint started with is not meant for the proposals."""
        self._ship(4, 20, partner=self.dealer)
        lines = [Command.create({"quantity_complained": 1})]
        complaint = self._consumer()
        complaint = complaint.with_context(default_line_ids=lines, default_place="Atlantis")
        self.assertEqual(self._find(complaint).line_ids.mapped("customer_name"), ["Corner Shop"])

    def test_button(self):
        complaint = self._consumer()
        self.assertTrue(complaint.can_find_dealer)
        self.assertFalse(self._draft().can_find_dealer, "no goods yet")
        with self.assertRaisesRegex(UserError, "Write first what the consumer has"):
            self._draft().action_find_dealer()
        order = self._order()
        self.assertFalse(self._from_order(order).can_find_dealer)

    def test_queries(self):
        """As many for forty dealers as for ten."""
        for _number in range(10):
            self._ship(1, 3, partner=self.dealer)
        complaint = self._consumer().with_user(self.user_sales)

        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            complaint._propose_dealers("b77a", self.tissue, "Hangzhou")
            return self.env.cr.sql_log_count - before

        count()
        ten = count()
        for _number in range(10):
            self._ship(1, 3, partner=self.customer)
        self.assertLessEqual(count(), ten + 2)


@tagged("post_install", "-at_install")
class TestDealerLink(DealerCase):
    def _check_linked(self, complaint, picking):
        line = complaint.line_ids
        self.assertEqual(complaint.partner_id, self.dealer)
        self.assertEqual(complaint.sale_order_id, picking.sale_id)
        self.assertEqual(complaint.picking_id, picking)
        self.assertEqual(complaint.complainant_type, "consumer")
        self.assertEqual(complaint.complainant_name, "Ms Wang")
        self.assertEqual(complaint.phone, "+1 555 010 0199", "she is reached, not the dealer")
        self.assertFalse(complaint.email_from)
        self.assertFalse(complaint.contact_id)
        self.assertEqual(line.name, "Soft tissue, blue pack", "her words stay")
        self.assertEqual(line.lot_name, "b77a")
        self.assertEqual(line.sudo().lot_ids, self.lot)
        self.assertEqual(line.product_id, self.tissue)
        self.assertEqual(line.move_id, picking.move_ids)
        self.assertEqual(line.date_shipped, picking.move_ids.date)
        self.assertEqual((line.quantity_shipped, line.quantity_complained), (4, 1))
        self.assertEqual(line.days_since_shipment, 20)
        self.assertTrue(any("Linked to the dealer" in m.body for m in complaint.message_ids))
        self.assertEqual(picking.sale_id.with_user(self.user_sales).complaint_count, 1)

    def test_draft(self):
        picking = self._ship(4, 20, partner=self.dealer)
        complaint = self._consumer()
        self._find(complaint).line_ids.action_take()
        self._check_linked(complaint, picking)
        self.assertFalse(complaint.can_find_dealer)
        self.assertEqual(complaint.customer_order_ref, "PO-4711")
        with self.assertRaisesRegex(UserError, "have their order already"):
            complaint._link_dealer(complaint.line_ids, picking, picking.move_ids.id, self.lot.id)

    def test_registered(self):
        """What was left empty is filled in; nothing said is rewritten, no reason is needed."""
        picking = self._ship(4, 20, partner=self.dealer)
        complaint = self._consumer(registered=True)
        self.assertEqual(complaint.state, "registered")
        wizard = self._find(complaint)
        self.assertFalse(wizard.needs_reason)
        wizard.line_ids.action_take()
        self._check_linked(complaint, picking)
        self.assertFalse(complaint.correction_ids)

    def test_consumer_was_recorded_as_customer(self):
        """After registration the customer changes by a correction, with a reason."""
        picking = self._ship(4, 20, partner=self.dealer)
        person = self.env["res.partner"].create({"name": "Ms Wang", "phone": "+1 555 010 0199"})
        complaint = self._consumer(partner_id=person.id, registered=True)
        wizard = self._find(complaint)
        self.assertTrue(wizard.needs_reason)
        with self.assertRaisesRegex(UserError, "why it is corrected"), self.env.cr.savepoint():
            wizard.line_ids.action_take()
        complaint.invalidate_recordset()
        self.assertEqual(complaint.partner_id, person)
        self.assertFalse(complaint.sale_order_id)
        wizard.reason = "She bought at the dealer's"
        wizard.line_ids.action_take()
        self._check_linked(complaint, picking)
        self.assertEqual(complaint.complainant_id, person)
        correction = complaint.correction_ids.filtered(lambda c: c.field_name == "partner_id")
        self.assertIn("Ms Wang", correction.old_value)
        self.assertEqual(correction.reason, "She bought at the dealer's")

    def test_consumer_was_customer_of_a_draft(self):
        picking = self._ship(4, 20, partner=self.dealer)
        person = self.env["res.partner"].create({"name": "Ms Wang", "phone": "+1 555 010 0199"})
        complaint = self._consumer(partner_id=person.id)
        self._find(complaint).line_ids.action_take()
        self._check_linked(complaint, picking)
        self.assertEqual(complaint.complainant_id, person)

    def test_wrong_product_was_written_down(self):
        """Registered with another product: both stay readable."""
        picking = self._ship(4, 20, partner=self.dealer)
        complaint = self._consumer(
            registered=True,
            line={"product_id": self.product.id, "name": "Soft tissue, blue pack"},
        )
        wizard = self._find(complaint)
        self.assertTrue(wizard.needs_reason)
        wizard.reason = "Read from the pack"
        wizard.line_ids.action_take()
        self._check_linked(complaint, picking)
        self.assertIn("product_id", complaint.correction_ids.mapped("field_name"))

    def test_customer_who_is_no_consumer(self):
        """Where the customer himself complains, only his own deliveries are meant."""
        self._ship(4, 20, partner=self.dealer)
        own = self._ship(4, 25)
        complaint = self._consumer(
            partner_id=self.customer.id, complainant_type="customer", complainant_name=False
        )
        wizard = self._find(complaint)
        self.assertEqual(wizard.line_ids.mapped("source_name"), [own.name])
        foreign = self._ship(4, 5, partner=self.dealer)
        with self.assertRaisesRegex(UserError, "is of Corner Shop"):
            complaint._link_dealer(complaint.line_ids, foreign, foreign.move_ids.id, self.lot.id)

    def test_changed_meanwhile(self):
        self._ship(4, 20, partner=self.dealer)
        complaint = self._consumer(registered=True)
        wizard = self._find(complaint)
        complaint.line_ids.quantity_confirmed = 1
        with self.assertRaisesRegex(UserError, "was changed after you opened it"):
            wizard.line_ids.action_take()

    def test_over(self):
        self._ship(4, 20, partner=self.dealer)
        complaint = self._consumer(registered=True)
        wizard = self._find(complaint)
        complaint._write_trusted({"state": "closed"})
        with self.assertRaisesRegex(UserError, "is over"):
            wizard.line_ids.action_take()
        with self.assertRaisesRegex(UserError, "is over"):
            complaint.action_find_dealer()

    def test_foreign_order(self):
        """A browser that names a delivery one may not read gets nothing."""
        foreign = self._ship(4, 20, partner=self.dealer, user=self.user_sales2)
        complaint = self._consumer()
        for source in (foreign.sale_id, foreign):
            with self.subTest(source=source.name), self.assertRaises(AccessError):
                complaint._link_dealer(complaint.line_ids, source, foreign.move_ids.id, self.lot.id)
        self.assertFalse(complaint.partner_id)
