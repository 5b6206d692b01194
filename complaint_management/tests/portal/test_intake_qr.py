from datetime import timedelta

from freezegun import freeze_time
from lxml import html

from odoo import fields
from odoo.tests import tagged
from odoo.tools import hash_sign, mute_logger

from ..documents.test_upload import EXE
from .intake_common import IntakeCase


@tagged("post_install", "-at_install")
class TestIntakeQr(IntakeCase):
    """The form behind the QR code on the delivery slip: no login, intake only (R5, R61, T1, T5)."""

    def setUp(self):
        super().setUp()
        self.authenticate(None, None)
        self.url = self._url(self.picking)

    def _url(self, picking):
        url = picking._get_complaint_qr_url()
        return url.replace(picking.get_base_url(), "") if url else url

    def _filled(self, **values):
        sent = self._fields(self._page(self.url))
        key = f"quantity_p{self.product.id}-{self.product.uom_id.id}"
        return {
            **sent,
            key: "2",
            "description": "Two are rusty",
            "name": "Walter Warehouse",
            "phone": "0755 1",
            **values,
        }

    def _send(self, sent, files=()):
        return self._post(f"{self.url}/send", sent, files)

    def _assert_closed(self, url):
        response = self.url_open(url)
        self.assertEqual(response.status_code, 404)
        self.assertIn("complaint_closed", response.text)
        for secret in (self.picking.name, self.customer.name, "Screwdriver"):
            self.assertNotIn(secret, response.text)
        response = self._post(f"{url}/send", self._filled())
        self.assertEqual(response.status_code, 404)
        self._assert_nothing_new()

    # ------------------------------------------------------------
    # Raising
    # ------------------------------------------------------------
    def test_raise(self):
        photos = self._files(("a.jpg", self._photo()), ("b.jpg", self._photo("blue")))
        response = self._send(self._filled(lot="L-77", email="walter@mail.example"), photos)
        self.assertEqual(response.status_code, 303)
        complaint = self._new()
        self.assertEqual(len(complaint), 1)
        self.assertEqual(complaint.state, "draft")
        self.assertEqual(complaint.channel_id, self.env.ref("complaint_management.channel_qr"))
        self.assertEqual(complaint.picking_id, self.picking)
        self.assertEqual(complaint.partner_id, self.customer)
        self.assertFalse(complaint.contact_id)
        self.assertEqual(complaint.complainant_name, "Walter Warehouse")
        self.assertEqual(complaint.email_from, "walter@mail.example")
        self.assertEqual(complaint.phone, "0755 1")
        line = complaint.line_ids
        self.assertEqual(line.product_id, self.product)
        self.assertEqual((line.quantity_shipped, line.quantity_complained), (6.0, 2.0))
        self.assertEqual(line.lot_name, "L-77")
        self.assertEqual(len(complaint.evidence_ids), 2)
        self.assertIn("Nobody has verified", complaint.message_ids[0].body)
        self.assertEqual(complaint.sender_state, "unverified")
        self.assertEqual(complaint.sender_email, "walter@mail.example")
        todo = complaint.activity_ids.filtered(lambda a: a.complaint_until == "register")
        self.assertEqual(todo.user_id, self.user_sales)
        thanks = self._page(response.headers["Location"])
        self.assertIn(complaint.name, thanks.text_content())
        # The number opens nothing to whoever has no login
        page = self.url_open(f"/my/complaints/{complaint.id}", allow_redirects=False)
        self.assertEqual(page.status_code, 303)

    def test_nobody_typed_in_is_written_to(self):
        """What goes out by itself goes to the customer we know (T5)."""
        self._send(self._filled(email="victim@elsewhere.example"))
        complaint = self._new()
        mails = self.env["mail.mail"].search([("model", "=", complaint._name)], order="id desc")
        mails = mails.filtered(lambda m: m.res_id == complaint.id)
        addresses = " ".join(
            filter(None, [*mails.mapped("email_to"), *mails.recipient_ids.mapped("email")])
        )
        self.assertNotIn("victim@elsewhere.example", addresses)
        self.assertFalse(complaint.message_partner_ids.filtered("partner_share"))

    def test_stranger_is_quoted_to_nobody_before_a_colleague_looked(self):
        self._send(self._filled(description="Words of a stranger"))
        complaint = self._new()
        self.assertFalse(complaint.date_acknowledged)
        self.assertFalse(complaint.message_ids.filtered("partner_ids"))
        complaint.with_user(self.user_sales).action_confirm_sender()
        self.assertTrue(complaint.date_acknowledged)
        letter = complaint.message_ids.filtered("partner_ids")
        self.assertEqual(letter.partner_ids, self.customer)

    def test_lot_he_read_off_the_goods(self):
        goods = self._product("lot", name="Drill")
        lots = [self._lot(goods, "L-1"), self._lot(goods, "L-2")]
        order = self._order(lines=[(goods, 10)])
        picking = self._deliver(order, lots={goods: [(lots[0], 6.0), (lots[1], 4.0)]})
        self.url = self._url(picking)
        for typed, chosen, label in (
            ("l-2", lots[1], "L-2"),
            ("X-9", lots[0] + lots[1], "X-9, L-1, L-2"),
        ):
            sent = {**self._fields(self._page(self.url)), "lot": typed, "phone": "1"}
            key = f"p{goods.id}-{goods.uom_id.id}"
            self._send({**sent, f"take_{key}": "1", "description": "Rust"})
            complaint = self._new()[0]
            line = complaint.line_ids
            self.assertEqual((line.lot_ids, line.lot_name, line.lot_label), (chosen, typed, label))
            self.assertTrue(complaint.has_lot_name)

    def test_shows_what_stands_on_the_slip_only(self):
        secret = self._order(lines=[(self._product(name="Secret goods"), 1)])
        self._deliver(secret)
        page = self.url_open(self.url).text
        self.assertIn(self.picking.name, page)
        self.assertIn("Screwdriver", page)
        self.assertIn("Hammer", page)
        for text in (
            self.customer.name,
            self.contact.name,
            self.customer.email,
            self.order.name,
            "PO-4711",
            "20.00",
            "Secret goods",
            self.user_sales.name,
        ):
            self.assertNotIn(text, page)

    def test_lots_are_not_shown_and_all_proposed(self):
        goods = self._product("lot", name="Drill")
        lots = [self._lot(goods, "LOT-SECRET-1"), self._lot(goods, "LOT-SECRET-2")]
        order = self._order(lines=[(goods, 10)])
        picking = self._deliver(order, lots={goods: [(lots[0], 6.0), (lots[1], 4.0)]})
        self.url = self._url(picking)
        page = self._page(self.url)
        self.assertNotIn("LOT-SECRET", page.text_content())
        key = f"quantity_p{goods.id}-{goods.uom_id.id}"
        sent = {**self._fields(page), key: "9", "description": "Broken", "phone": "1"}
        self.assertEqual(self._send(sent).status_code, 303)
        line = self._new().line_ids
        self.assertEqual((line.quantity_shipped, line.quantity_complained), (10.0, 9.0))
        self.assertEqual(line.lot_ids, lots[0] + lots[1])

    def test_same_form_twice(self):
        sent = self._filled()
        first, again = self._send(sent), self._send(sent)
        self.assertEqual((first.status_code, again.status_code), (303, 303))
        self.assertEqual(len(self._new()), 1)

    def test_slip_printed_before_the_goods_left(self):
        """No quantities yet: he says it in words."""
        waiting = self.order.picking_ids - self.picking
        self.url = self._url(waiting)
        sent = self._fields(self._page(self.url))
        sent.update({"product": "Hammer", "description": "Broken", "email": "w@mail.example"})
        self.assertEqual(self._send(sent).status_code, 303)
        self.assertEqual(self._new().picking_id, waiting)
        self.assertEqual(self._new().line_ids.name, "Hammer")

    # ------------------------------------------------------------
    # Refused
    # ------------------------------------------------------------
    def test_codes_that_open_nothing(self):
        number, env = self.picking.id, self.env
        token = self.url.rpartition("/")[2]
        scope = "complaint_management.delivery_qr"
        over = fields.Datetime.now() - timedelta(days=1)
        for broken in (
            "x",
            "AA",
            "%00",
            "é",
            token[:-2],
            token[:30] + ("A" if token[30] != "A" else "B") + token[31:],
            token.swapcase(),
            "A" * 3000,
            hash_sign(env, "another scope", number),
            hash_sign(env, scope, number, expiration=over),
            hash_sign(env, scope, 2**31 - 1),
            hash_sign(env, scope, "1"),
            hash_sign(env, scope, [number]),
            hash_sign(env, scope, True),
        ):
            with self.subTest(token=broken[:40]):
                self._assert_closed(f"/complaint/qr/{broken}")

    def test_expiry_counts_from_the_delivery(self):
        self.company.complaint_qr_days = 30
        self.picking.date_done = fields.Datetime.now() - timedelta(days=29)
        url = self._url(self.picking)
        self.assertEqual(self.url_open(url).status_code, 200)
        with freeze_time(fields.Datetime.now() + timedelta(days=2)):
            self.assertFalse(self.env["stock.picking"]._find_by_complaint_qr(url.split("/")[-1]))
            self.assertEqual(self.picking._get_complaint_qr_url(), "")

    def test_switched_off(self):
        self.company.complaint_qr = False
        self.assertEqual(self.picking._get_complaint_qr_url(), "")
        response = self.url_open(self.url)
        self.assertEqual(response.status_code, 404)

    def test_cancelled_delivery(self):
        waiting = self.order.picking_ids - self.picking
        url = self._url(waiting)
        waiting.action_cancel()
        self.assertEqual(self.url_open(url).status_code, 404)
        self.assertEqual(waiting._get_complaint_qr_url(), "")

    def test_only_deliveries_to_customers_have_a_code(self):
        returned = self._return(self.picking, {self.product: 1.0})
        self.assertEqual(returned._get_complaint_qr_url(), "")

    def test_says_how_to_reach_him(self):
        response = self._send(self._filled(phone="", email=""))
        self.assertEqual(response.status_code, 422)
        self.assertIn("e-mail address or a phone number", " ".join(self._errors(response)))
        response = self._send(self._filled(email="no address"))
        self.assertIn("no e-mail address", " ".join(self._errors(response)))
        self._assert_nothing_new()
        kept = self._fields(html.fromstring(response.text))
        self.assertEqual(kept["name"], "Walter Warehouse")

    def test_odd_input(self):
        for odd in (
            {"description": ""},
            {"description": "x" * 10_001},
            {f"quantity_p{self.product.id}-{self.product.uom_id.id}": "-3"},
            {f"quantity_p{self.product.id}-{self.product.uom_id.id}": "100"},
        ):
            with self.subTest(odd=odd):
                self.assertEqual(self._send(self._filled(**odd)).status_code, 422)
        response = self._send(self._filled(), self._files(("a.jpg", EXE)))
        self.assertEqual(response.status_code, 422)
        big = self._files(("a.jpg", b"\0" * (100 * 1024 * 1024)))
        self.assertEqual(self._send(self._filled(), big).status_code, 413)
        self._assert_nothing_new()

    @mute_logger("odoo.http")
    def test_without_csrf_token(self):
        sent = self._filled()
        sent.pop("csrf_token")
        self.assertEqual(self._send(sent).status_code, 400)
        self._assert_nothing_new()

    def test_machine_falls_into_the_decoy(self):
        response = self._send(self._filled(company_website="https://spam.example"))
        self.assertEqual(response.status_code, 303)
        self.assertIn("Thank you", self._page(response.headers["Location"]).text_content())
        self._assert_nothing_new()

    def test_captcha_is_asked_where_there_is_one(self):
        asked = []
        self.patch(
            self.env.registry["ir.http"],
            "_verify_request_recaptcha_token",
            lambda http, action: asked.append(action),
        )
        self._send(self._filled())
        self.assertEqual(asked, ["complaint_qr"])

    # ------------------------------------------------------------
    # Caps
    # ------------------------------------------------------------
    def test_cap_of_one_code(self):
        for number in range(5):
            self.assertEqual(self._send(self._filled()).status_code, 303, number)
        response = self._send(self._filled())
        self.assertEqual(response.status_code, 429)
        self.assertIn("complaint_busy", response.text)
        self.assertEqual(len(self._new()), 5)
        # The other door of the same customer stays open
        other = self._deliver(self._order())
        self.url = self._url(other)
        sent = {**self._fields(self._page(self.url)), "description": "Rust", "phone": "1"}
        self.assertEqual(self._send(sent).status_code, 303)

    def test_cap_of_one_address(self):
        complaints = self.env["complaint.complaint"]
        source = complaints._hash_source("127.0.0.1")
        for _number in range(20):
            self._complaint()._write_trusted({"intake_source": source})
        self.assertEqual(self._send(self._filled()).status_code, 429)
        self.assertFalse(complaints._is_qr_busy(self.picking, complaints._hash_source("10.0.0.1")))

    def test_addresses_are_forgotten(self):
        complaint = self._complaint()
        complaint._write_trusted({"intake_source": "x"})
        self.env["complaint.complaint"]._gc_intake_sources()
        self.assertEqual(complaint.intake_source, "x")
        with freeze_time(fields.Datetime.now() + timedelta(days=3)):
            self.env["complaint.complaint"]._gc_intake_sources()
        self.assertFalse(complaint.intake_source)

    # ------------------------------------------------------------
    # On paper
    # ------------------------------------------------------------
    def test_printed_on_the_slip(self):
        reports = self.env["ir.actions.report"]
        page = reports._render_qweb_html("stock.action_report_delivery", self.picking.ids)[
            0
        ].decode()
        [image] = html.fromstring(page).xpath("//table[@name='complaint_qr']//img")
        self.assertTrue(image.get("src").startswith("data:image/png;base64,"))
        # Whoever packs prints it, too
        page = (
            reports.with_user(self.user_stock)
            ._render_qweb_html("stock.action_report_delivery", self.picking.ids)[0]
            .decode()
        )
        self.assertIn("complaint_qr", page)
        self.company.complaint_qr = False
        page = reports._render_qweb_html("stock.action_report_delivery", self.picking.ids)[
            0
        ].decode()
        self.assertNotIn("complaint_qr", page)
