from odoo import fields
from odoo.fields import Command
from odoo.tests import tagged

from .common import DocumentsCommon


@tagged("post_install", "-at_install")
class TestWhoAndWhat(DocumentsCommon):
    """All that is recorded of who complains about what arrives in the documents (R6, R7)."""

    def test_dealer_consumer_and_employee(self):
        """A dealer is the customer, a consumer complains, and it is about one of our people."""
        complaint = self._case(
            complainant_type="consumer",
            complainant_name="Connie Consumer",
            person_concerned="The driver of the white van",
            place="Loading bay 4",
            date_occurred=fields.Date.to_date("2026-03-04"),
            purchase_place="Market hall",
        )
        with self.subTest("customer, person and complainant stay apart"):
            self.assertEqual(complaint.partner_id, self.customer)
            self.assertEqual(complaint.contact_id, self.contact)
            self.assertEqual(complaint.complainant_name, "Connie Consumer")
        html = self._html(self._report(complaint, "feedback"))
        for part in ("Harbour Hotel", "Hanna Harbour", "Connie Consumer", "Market hall"):
            with self.subTest(part=part):
                self.assertIn(part, html)
        self.assertNotIn("white van", html, "Whom it is about stays in the house")

    def test_several_production_dates(self):
        """Goods of one delivery were made on several days; the consumer's carton has one, too."""
        days = ("2026-01-05", "2026-01-06", "2026-02-11")
        lines = [
            Command.create(self._prepare_line_vals(production_date=day, lot_name=f"B-{number}"))
            for number, day in enumerate(days)
        ]
        complaint = self._case(line_ids=lines)
        html = self._html(self._report(complaint, "feedback"))
        for number, day in enumerate(days):
            with self.subTest(day=day):
                self.assertIn(complaint._get_print_day(fields.Date.to_date(day)), html)
                self.assertIn(f"B-{number}", html)
