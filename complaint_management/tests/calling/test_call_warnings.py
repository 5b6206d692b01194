from odoo import fields
from odoo.tests import tagged

from .card_common import CallCommon


@tagged("post_install", "-at_install")
class TestCallWarnings(CallCommon):
    """What the card warns of, the gravest first (R1)."""

    def _warnings(self, **kwargs):
        """:return: list of (level, text)"""
        return [(w["level"], w["text"]) for w in self._card(**kwargs)["warnings"]]

    def test_nothing_to_say(self):
        self._order()
        self._complaint()
        self.assertEqual(self._warnings(), [])

    def test_open_and_critical(self):
        grave = self._registered_complaint(user=self.user_sales)
        grave.with_user(self.user_quality).write(
            {"severity": "critical", "severity_reason": "Somebody was hurt"}
        )
        self._complaint()
        self.assertEqual(len(self._warnings()), 1)  # a draft is nobody's open complaint
        self._registered_complaint(user=self.user_sales)
        card = self._card()
        self.assertEqual(
            [(w["level"], w["model"], w["res_id"]) for w in card["warnings"]],
            [("danger", "complaint.complaint", grave.id), ("warning", False, False)],
        )
        self.assertIn(grave.name, card["warnings"][0]["text"])
        self.assertEqual(card["warnings"][1]["text"], "2 complaints are open.")
        grave.with_user(self.user_manager).action_cancel(reason="Mistake")
        self.assertEqual(self._warnings(), [])

    def test_overdue(self):
        complaint = self._registered_complaint(user=self.user_sales)
        clock = complaint.clock_ids.sorted("date_deadline")[0]
        clock.sudo()._write_clock(
            {"date_deadline": fields.Datetime.subtract(clock.date_start, days=2)}
        )
        [warning] = self._card()["warnings"]
        self.assertEqual((warning["level"], warning["res_id"]), ("warning", complaint.id))
        self.assertTrue(warning["text"].startswith("Overdue: "))
        [shown] = self._card()["complaints"]
        self.assertTrue(shown["is_overdue"])
        self.assertIn("breached", [c["shown_state"] for c in shown["clocks"]])

    def test_tier(self):
        self.customer.complaint_tier = "B"
        self.assertEqual(self._warnings(), [])
        self.customer.complaint_tier = "A"
        self.assertEqual(self._warnings(), [("info", "Tier A customer")])

    def test_unpaid(self):
        """Overdue invoices: only those the user may read, and nobody else's money."""
        order = self._order()
        invoice = self._invoice(
            order, invoice_date="2026-01-01", invoice_date_due=fields.Date.today()
        )
        self.assertEqual(self._warnings(), [])
        invoice.button_draft()
        invoice.write({"invoice_payment_term_id": False, "invoice_date_due": "2026-02-01"})
        invoice.action_post()
        amount = self.company.currency_id.format(200)
        text = f"Unpaid invoices overdue: 1, {amount}, since 2026-02-01"
        self.assertEqual(self._warnings(), [("warning", text)])
        self.assertEqual(self._warnings(user=self.user_manager), [("warning", text)])
        self.assertEqual(self._warnings(user=self.user_sales2), [])
        self.assertEqual(self._warnings(user=self.user_quality), [])

    def test_words_of_sales(self):
        self.customer.sale_warn_msg = "Cash only"
        self.user_sales.group_ids -= self.env.ref("sale.group_warning_sale")
        self.assertEqual(self._warnings(), [])
        self._give(self.user_sales, "sale.group_warning_sale")
        self.assertEqual(self._warnings(partner=self.contact), [("warning", "Cash only")])

    def test_archived_and_gone(self):
        self.contact.active = False
        [(level, text)] = self._warnings(partner=self.contact)
        self.assertEqual(level, "info")
        self.assertIn("Hanna Harbour", text)
        gone = self.env["res.partner"].create({"name": "Gone"})
        partner_id = gone.id
        gone.unlink()
        card = self.env["complaint.call"].with_user(self.user_sales).card(partner_id=partner_id)
        self.assertEqual(
            [w["text"] for w in card["warnings"]], ["This contact is no longer there."]
        )
        self.assertFalse(card["customer"])
