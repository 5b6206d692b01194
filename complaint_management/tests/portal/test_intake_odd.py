from lxml import html

from odoo import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..documents.test_upload import EXE, HTML, SVG
from .intake_common import NEW, SEND, IntakeCase

LONG = "x" * 10_001
MALFORMED = (
    "",
    "0",
    "-1",
    "abc",
    "1e3",
    "1.5",
    "99999999999999999999",
    "²",
    "१",
    "1;DROP",
    "\0",
    "%00",
)


@tagged("post_install", "-at_install")
class TestIntakeOdd(IntakeCase):
    """Whatever is sent: told what is wrong, nothing half-written, no server error (T1, T9, T10)."""

    def setUp(self):
        super().setUp()
        self._log_in()
        self.fields = {
            **self._fields(self._page(f"{NEW}?order={self.order.id}")),
            "description": "Rust",
        }

    def _assert_refused(self, response, status=422, error=None):
        self.assertEqual(response.status_code, status)
        if error:
            self.assertIn(error, " ".join(self._errors(response)))
        self._assert_nothing_new()

    # ------------------------------------------------------------
    # Files
    # ------------------------------------------------------------
    def test_files_that_run(self):
        for name, content in (("a.jpg", EXE), ("b.svg", SVG), ("c.html", HTML), ("d.png", SVG)):
            with self.subTest(name=name):
                files = self._files(("good.jpg", self._photo()), (name, content))
                self._assert_refused(self._post(SEND, self.fields, files), error=f"{name}: ")

    def test_five_hundred_files(self):
        files = self._files(*(("a.jpg", self._photo()) for _number in range(500)))
        self._assert_refused(self._post(SEND, self.fields, files), error="no more than 10 files")

    def test_two_thousand_parts(self):
        files = self._files(*(("a.jpg", b"x") for _number in range(2000)))
        self._assert_refused(self._post(SEND, self.fields, files), status=413)

    def test_file_too_large(self):
        files = self._files(("a.jpg", self._photo() + b"\0" * (10 * 1024 * 1024)))
        self._assert_refused(self._post(SEND, self.fields, files), error="larger than 10 MB")

    def test_hundred_megabytes(self):
        """Refused before it is read, by its announced length."""
        files = self._files(("a.jpg", b"\0" * (100 * 1024 * 1024)))
        self._assert_refused(self._post(SEND, self.fields, files), status=413)

    def test_evidence_beyond_the_companys_limit(self):
        """What the model refuses is told on the form, and takes nothing along."""
        self.company.complaint_evidence_max = 1
        files = self._files(("a.jpg", self._photo()), ("b.jpg", self._photo()))
        response = self._post(SEND, self.fields, files)
        self.assertIn("no more than 1 pieces", html.fromstring(response.text).text_content())
        self._assert_refused(response)

    # ------------------------------------------------------------
    # Words and numbers
    # ------------------------------------------------------------
    def test_empty_form(self):
        for description in ("", "  \r\n\t ", "\0\0"):
            with self.subTest(description=description):
                response = self._post(SEND, {**self.fields, "description": description})
                self._assert_refused(response, error="Tell us in your words")

    def test_too_long(self):
        self._assert_refused(
            self._post(SEND, {**self.fields, "description": LONG}), error="longer than 10000"
        )
        self._assert_refused(
            self._post(SEND, {**self.fields, "phone": "1" * 201}), error="longer than 200"
        )
        response = self._post(SEND, {**self.fields, "description": "x" * 11_000_000})
        self._assert_refused(response, status=413)

    def test_odd_characters(self):
        """NUL, directions, half emojis: what no database takes is left out, the rest stays."""
        fields = {
            **self.fields,
            "description": "Ru\0st \u202e生锈 😀 {{7*7}}\r\nline",
            "phone": "1\0\n2",
        }
        self.assertEqual(self._post(SEND, fields).status_code, 303)
        self.assertEqual(self._new().description, "Rust \u202e生锈 😀 {{7*7}}\nline")
        self.assertEqual(self._new().phone, "1 2")

    def test_quantities(self):
        key = next(name for name in self.fields if name.startswith("quantity_"))
        for quantity in ("-1", "nan", "inf", "1e400", "ten", "--", "0x10", "1" * 50, "1.2.3"):
            with self.subTest(quantity=quantity):
                response = self._post(SEND, {**self.fields, key: quantity})
                self._assert_refused(response)
                self.assertTrue(self._errors(response))

    def test_days(self):
        fields = self._fields(self._page(f"{NEW}?other=1"))
        for day in ("2025-13-01", "yesterday", "0001-01-01", "9999-12-31", "2025", "20251103x"):
            with self.subTest(day=day):
                response = self._post(
                    SEND, {**fields, "description": "Rust", "production_date": day}
                )
                self._assert_refused(response, error="Choose the day")

    def test_wrong_types(self):
        """Fields as files, files as fields, fields twice: only what it is meant for counts."""
        as_file = [("description", ("a.txt", b"words", "text/plain"))]
        fields = {name: value for name, value in self.fields.items() if name != "description"}
        self._assert_refused(self._post(SEND, fields, as_file), error="Tell us in your words")
        odd = {**self.fields, "files": "a.jpg", "lines": "x", "demands": ["x", "\0"], "nonce": "'"}
        self.assertEqual(
            self._post(SEND, odd, [("order", ("o", b"1", "text/plain"))]).status_code, 303
        )
        self.assertFalse(self._new().demand_ids)
        self.assertFalse(self._new().evidence_ids)

    def test_fields_of_the_model_are_no_fields_of_the_form(self):
        fields = {
            **self.fields,
            "partner_id": str(self.customer2.id),
            "state": "closed",
            "company_id": "1",
            "user_id": "2",
            "channel_id": "1",
            "intake_key": "x",
        }
        self.assertEqual(self._post(SEND, fields).status_code, 303)
        self.assertEqual((self._new().partner_id, self._new().state), (self.customer, "draft"))

    def test_body_that_is_no_form(self):
        token = self.fields["csrf_token"]
        for body, kind in (
            (b"{}", "application/json"),
            (b"\0\xff", "multipart/form-data; boundary=x"),
            (b"--x\r\nContent-Disposition: form-data\r\n\r\n", "multipart/form-data; boundary=x"),
            (
                f"csrf_token={token}&description=%00".encode(),
                "application/x-www-form-urlencoded",
            ),
        ):
            with self.subTest(kind=kind), mute_logger("odoo.http"):
                response = self.url_open(
                    SEND, data=body, headers={"Content-Type": kind}, allow_redirects=False
                )
                self.assertLess(response.status_code, 500)
                self.assertGreaterEqual(response.status_code, 400)
                self._assert_nothing_new()

    # ------------------------------------------------------------
    # What is not his
    # ------------------------------------------------------------
    def test_foreign_and_malformed_sources(self):
        """Not his, not there, no number: all the same answer, which says nothing."""
        foreign = self._order(partner=self.customer2)
        delivered = self._deliver(foreign)
        gone = self.order.copy()
        gone_id = gone.id
        gone.unlink()
        sources = [("order", foreign.id), ("order", gone_id), ("delivery", delivered.id)]
        sources += [(name, value) for name in ("order", "delivery") for value in MALFORMED[1:]]
        self.everything = self._count()
        for name, value in sources:
            with self.subTest(source=name, value=value):
                response = self.url_open(NEW, params={name: value}, allow_redirects=False)
                self.assertEqual(response.status_code, 303)
                self.assertTrue(response.headers["Location"].endswith("/my"))
                fields = {**self.fields, "order": "", "delivery": "", name: str(value)}
                response = self._post(SEND, fields)
                self.assertEqual(response.status_code, 303)
                self.assertTrue(response.headers["Location"].endswith("/my"))
                self._assert_nothing_new()

    def test_lines_of_another_order_are_ignored(self):
        other = self._deliver(self._order())
        # In a new database the order's own move may be number 1
        unknown = f"take_m{other.move_ids.id + 10**6}"
        fields = {**self.fields, f"take_m{other.move_ids.id}": "1", unknown: "1", "take_": "1"}
        self.assertEqual(self._post(SEND, fields).status_code, 303)
        self.assertFalse(self._new().line_ids)

    @mute_logger("odoo.http")
    def test_without_csrf_token(self):
        fields = {name: value for name, value in self.fields.items() if name != "csrf_token"}
        self._assert_refused(self._post(SEND, fields), status=400)
        self._assert_refused(self._post(SEND, {**fields, "csrf_token": "x"}), status=400)

    def test_without_login(self):
        self.authenticate(None, None)
        for url in (NEW, f"{NEW}?order={self.order.id}"):
            response = self.url_open(url, allow_redirects=False)
            self.assertIn("/web/login", response.headers["Location"])
        response = self._post(SEND, self.fields)
        self.assertIn(response.status_code, (303, 400))
        self._assert_nothing_new()

    def test_reading_changes_nothing(self):
        response = self.url_open(SEND, params=self.fields, allow_redirects=False)
        self.assertEqual(response.status_code, 303)
        self.assertTrue(response.headers["Location"].endswith(NEW), "back to the form")
        self._assert_nothing_new()

    def test_colleagues_use_the_back_office(self):
        self.user_sales.password = "sales-complaints-1"
        self.authenticate(self.user_sales.login, "sales-complaints-1")
        response = self.url_open(NEW, allow_redirects=False)
        self.assertTrue(response.headers["Location"].endswith("/my"))

    # ------------------------------------------------------------
    # Odd orders
    # ------------------------------------------------------------
    def test_cancelled_order_and_quotation(self):
        cancelled, quotation = self._order(), self._order(confirm=False)
        cancelled._action_cancel()
        for order in (cancelled, quotation):
            page = self._page(f"{NEW}?order={order.id}")
            self.assertIn("Nothing was sold with", page.text_content())
            self.assertFalse(page.xpath("//div[contains(@class, 'o_complaint_goods')]"))
            fields = {**self._fields(page), "description": "Cancelled, but it came"}
            self.assertEqual(self._post(SEND, fields).status_code, 303)
        self.assertEqual(len(self._new()), 2)
        self.assertFalse(self._new().sale_order_id)

    def test_delivery_still_to_come(self):
        backorder = self.order.picking_ids - self.picking
        page = self._page(f"{NEW}?delivery={backorder.id}")
        self.assertIn("has not been delivered", page.text_content())

    def test_undelivered_order(self):
        """Nothing has come yet: that is what he complains about."""
        order = self._order(lines=[(self.product, 5)])
        fields = self._fields(self._page(f"{NEW}?order={order.id}"))
        key = f"take_s{order.order_line.id}"
        self._post(SEND, {**fields, key: "1", "description": "Where is it?"})
        self.assertTrue(self._new().line_ids.quantity_unsaid)
        self.assertEqual(self._new().line_ids.quantity_shipped, 0.0)

    def test_lots_serials_and_two_deliveries(self):
        lots, serial = self._product("lot", name="Drill"), self._product("serial", name="Saw")
        order = self._order(lines=[(lots, 10), (serial, 3)])
        lot_a, lot_b = self._lot(lots, "A"), self._lot(lots, "B")
        first = self._deliver(
            order, {lots: 6.0, serial: 2.0}, lots={lots: [(lot_a, 4.0), (lot_b, 2.0)]}
        )
        second = self._deliver(order, lots={lots: [(lot_b, 4.0)]})
        page = self._page(f"{NEW}?order={order.id}")
        fields = self._fields(page)
        rows = [name for name in fields if name.startswith("quantity_")]
        self.assertEqual(len(rows), 5, rows)
        move = first.move_ids.filtered(lambda m: m.product_id == lots)
        fields[f"quantity_m{move.id}-{lot_b.id}"] = "2"
        later = second.move_ids.filtered(lambda m: m.product_id == serial)
        fields[f"take_m{later.id}-{later.lot_ids.id}"] = "1"
        fields["description"] = "Broken"
        self.assertEqual(self._post(SEND, fields).status_code, 303)
        lines = self._new().line_ids
        self.assertEqual(lines.lot_ids, lot_b + later.lot_ids)
        self.assertEqual(lines.mapped("quantity_complained"), [2.0, 1.0])
        self.assertEqual(lines.mapped("quantity_shipped"), [2.0, 1.0])
        self.assertEqual(lines.picking_id, first + second)

    def test_order_of_a_second_company(self):
        """It becomes that company's complaint, with its number and its limits."""
        company = self._second_company()
        self.user_portal.company_ids = [Command.link(company.id)]
        order = self._order(company=company, user=self.env["res.users"])
        fields = self._fields(self._page(f"{NEW}?order={order.id}"))
        self.assertEqual(self._post(SEND, {**fields, "description": "Late"}).status_code, 303)
        self.assertEqual(self._new().company_id, company)
        self.assertEqual(self._new().team_id.company_id, company)
        self.assertFalse(self._new().user_id)
