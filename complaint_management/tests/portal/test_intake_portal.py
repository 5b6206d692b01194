import base64

from lxml import html

from odoo.exceptions import UserError
from odoo.tests import tagged

from .intake_common import NEW, SEND, IntakeCase


@tagged("post_install", "-at_install")
class TestIntakePortal(IntakeCase):
    """The customer raises a complaint on his portal (R3, R5, R7, R8, R61, T7)."""

    def setUp(self):
        super().setUp()
        self._log_in()

    def _key(self, picking=None):
        move = (picking or self.picking).move_ids.filtered(lambda m: m.product_id == self.product)
        return f"m{move.id}"

    def test_button_on_the_order_leads_to_the_form(self):
        page = self._page(self.order.get_portal_url())
        [button] = page.xpath("//a[@id='complaint_sidebar_button']")
        self.assertEqual(button.get("href"), f"{NEW}?order={self.order.id}")
        self.assertTrue(page.xpath(f"//a[@href='{NEW}?delivery={self.picking.id}']"))
        form = self._page(button.get("href"))
        rows = form.xpath("//div[contains(@class, 'o_complaint_goods')]/div")
        texts = [" ".join(row.text_content().split()) for row in rows]
        # The second delivery is still to come, but what it brings is of the same order line
        self.assertEqual(len(rows), 2)
        self.assertIn("Screwdriver delivered 6", texts[0])

    def test_raise_from_order(self):
        fields = self._fields(self._page(f"{NEW}?order={self.order.id}"))
        fields.update(
            {
                f"take_{self._key()}": "1",
                f"quantity_{self._key()}": "2,5",
                "description": "Rust on the tips.\nSince yesterday.",
                "demands": ["exchange", "missing", "nonsense"],
                "wish": "Call the chef first",
                "phone": "+86 755 1234",
                "reference": "CLAIM-77",
            }
        )
        files = self._files(("a.jpg", self._photo()), ("照片.jpg", self._photo("blue")))
        response = self._post(SEND, fields, files)
        self.assertEqual(response.status_code, 303)
        complaint = self._new()
        self.assertEqual(len(complaint), 1)
        self.assertEqual(complaint.state, "draft")
        self.assertEqual(complaint.sale_order_id, self.order)
        self.assertEqual(complaint.partner_id, self.customer)
        self.assertEqual(complaint.contact_id, self.portal_partner)
        self.assertEqual(complaint.user_id, self.user_sales)
        self.assertEqual(complaint.create_uid, self.user_portal)
        self.assertEqual(complaint.channel_id, self.env.ref("complaint_management.channel_portal"))
        self.assertEqual(complaint.description, "Rust on the tips.\nSince yesterday.")
        self.assertEqual(complaint.customer_reference, "CLAIM-77")
        self.assertEqual(complaint.customer_order_ref, "PO-4711")
        self.assertEqual(complaint.phone, "+86 755 1234")
        self.assertEqual(complaint.email_from, self.portal_partner.email)
        line = complaint.line_ids
        self.assertEqual(line.product_id, self.product)
        self.assertEqual((line.quantity_shipped, line.quantity_complained), (6.0, 2.5))
        self.assertEqual(
            complaint.demand_ids.mapped(lambda d: (d.kind, d.name)),
            [
                ("exchange", "Send what is missing"),
                ("exchange", False),
                ("explanation", "Call the chef first"),
            ],
        )
        evidence = complaint.evidence_ids
        self.assertEqual(evidence.mapped("file_name"), ["a.jpg", "照片.jpg"])
        self.assertEqual(evidence.mapped("kind"), ["photo", "photo"])
        self.assertEqual(base64.b64decode(evidence[1].file), self._photo("blue"))
        self.assertTrue(all(evidence.mapped("customer_visible")))
        # Told, acknowledged, followed by nobody outside
        todo = complaint.activity_ids.filtered(lambda a: a.complaint_until == "register")
        self.assertEqual(todo.user_id, self.user_sales)
        self.assertTrue(complaint.date_acknowledged)
        letters = self.env["mail.mail"].search([("model", "=", complaint._name)])
        letters = letters.filtered(lambda m: m.res_id == complaint.id)
        self.assertEqual(letters.recipient_ids, self.portal_partner)
        self.assertEqual(letters.email_from, self.user_sales.email_formatted)
        self.assertNotIn(self.portal_partner, letters.author_id)
        self.assertFalse(complaint.message_partner_ids & (self.customer + self.portal_partner))
        thanks = self._page(response.headers["Location"])
        self.assertIn(complaint.name, thanks.text_content())
        own = self._page(f"/my/complaints/{complaint.id}")
        self.assertIn("Since yesterday.", own.text_content())

    def test_salesperson_registers_it(self):
        """What came in is a draft like any other."""
        fields = self._fields(self._page(f"{NEW}?delivery={self.picking.id}"))
        fields.update({f"take_{self._key()}": "1", "description": "Rusty tips"})
        self._post(SEND, fields, self._files(("a.jpg", self._photo())))
        complaint = self._new()
        self.assertEqual(complaint.picking_id, self.picking)
        # Ticked without a number: nobody said how many, least of all everything
        line = complaint.line_ids
        self.assertEqual((line.quantity_complained, line.is_affected), (0.0, True))
        self.assertTrue(complaint.has_quantity_unsaid)
        [goods] = complaint._get_print_goods()
        self.assertEqual((goods["name"], goods["quantity"]), ("Screwdriver", ""))
        complaint.defect_id = self.defect_rust
        complaint.demand_ids = [(0, 0, {"kind": "cause_prevention"})]
        with self.assertRaisesRegex(UserError, "how much of “Screwdriver” is concerned"):
            complaint.with_user(self.user_sales).action_register()
        line.quantity_complained = 4.0
        self.assertFalse(complaint.has_quantity_unsaid)
        complaint.with_user(self.user_sales).action_register()
        self.assertEqual(complaint.line_ids, line)
        self.assertEqual(complaint.state, "registered")

    def test_same_form_twice_is_one_complaint(self):
        fields = self._fields(self._page(f"{NEW}?order={self.order.id}"))
        fields["description"] = "Rust"
        photos = self._files(("a.jpg", self._photo()))
        first = self._post(SEND, fields, photos)
        again = self._post(SEND, fields, photos)
        self.assertEqual(first.headers["Location"], again.headers["Location"])
        self.assertEqual(len(self._new()), 1)
        self.assertEqual(len(self._new().evidence_ids), 1)
        self.assertEqual(len(self._new().activity_ids), 1)
        # Another form is another complaint, and nobody else's form is this one
        fields["nonce"] = self._fields(self._page(NEW + "?other=1"))["nonce"]
        self._post(SEND, fields)
        self.assertEqual(len(self._new()), 2)

    def test_nonce_of_somebody_else_opens_nothing(self):
        fields = self._fields(self._page(f"{NEW}?order={self.order.id}"))
        self._post(SEND, {**fields, "description": "Rust"})
        first = self._new()
        self._log_in(self.user_portal2)
        foreign = self._fields(self._page(NEW + "?other=1"))
        foreign.update({"nonce": fields["nonce"], "description": "Mine"})
        response = self._post(SEND, foreign)
        self.assertNotIn(first.name, self._page(response.headers["Location"]).text_content())
        self.assertEqual((self._new() - first).partner_id, self.customer2)

    def test_more_than_delivered_needs_a_reason(self):
        fields = self._fields(self._page(f"{NEW}?order={self.order.id}"))
        fields.update({f"quantity_{self._key()}": "7", "description": "Rust"})
        response = self._post(SEND, fields)
        self.assertEqual(response.status_code, 422)
        self.assertIn("We delivered 6 Units of Screwdriver", self._errors(response)[0])
        self._assert_nothing_new()
        fields["reason"] = "One more came loose"
        self.assertEqual(self._post(SEND, fields).status_code, 303)
        self.assertEqual(self._new().line_ids.quantity_complained, 7.0)
        self.assertIn("One more came loose", self._new().description)

    def test_what_he_typed_stays(self):
        fields = self._fields(self._page(f"{NEW}?order={self.order.id}"))
        fields.update(
            {
                f"take_{self._key()}": "1",
                f"quantity_{self._key()}": "many",
                "description": "<script>alert('rust')</script>",
                "demands": ["return"],
                "phone": "0755",
            }
        )
        response = self._post(SEND, fields)
        self.assertEqual(response.status_code, 422)
        again = self._fields(html.fromstring(response.text))
        for name in (f"take_{self._key()}", f"quantity_{self._key()}", "description", "phone"):
            self.assertEqual(again[name], fields[name])
        self.assertEqual(again["demands"], "return")
        self.assertEqual(again["nonce"], fields["nonce"])
        self.assertNotIn("<script>alert('rust')", response.text)
        self._assert_nothing_new()

    def test_something_else(self):
        """Without order: product, batch code, production date, where bought (R61)."""
        page = self._page(NEW)
        self.assertTrue(page.xpath(f"//a[@href='{NEW}?order={self.order.id}']"))
        [link] = page.xpath(f"//a[@href='{NEW}?other=1']")
        fields = self._fields(self._page(link.get("href")))
        fields.update(
            {
                "product": "Napkins, 100 pieces",
                "lot": "K-2211",
                "production_date": "2025-11-03",
                "quantity": "3",
                "bought": "Corner Shop, yesterday",
                "description": "The print comes off",
            }
        )
        self.assertEqual(self._post(SEND, fields).status_code, 303)
        complaint = self._new()
        self.assertFalse(complaint.sale_order_id)
        self.assertEqual(complaint.partner_id, self.customer)
        self.assertEqual(complaint.company_id, self.company)
        self.assertEqual(complaint.purchase_place, "Corner Shop, yesterday")
        line = complaint.line_ids
        self.assertEqual((line.name, line.lot_name), ("Napkins, 100 pieces", "K-2211"))
        self.assertEqual(str(line.production_date), "2025-11-03")
        self.assertEqual(line.quantity_complained, 3.0)
        self.assertFalse(complaint.user_id)
        todo = complaint.activity_ids.filtered(lambda a: a.complaint_until == "register")
        self.assertEqual(todo.user_id, self.user_manager)

    def test_words_alone_are_enough(self):
        fields = self._fields(self._page(f"{NEW}?order={self.order.id}"))
        fields["description"] = "Your driver was rude"
        self.assertEqual(self._post(SEND, fields).status_code, 303)
        self.assertFalse(self._new().line_ids)
        self.assertEqual(self._new().sale_order_id, self.order)
