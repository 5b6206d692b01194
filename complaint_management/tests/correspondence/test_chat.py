from odoo.exceptions import AccessError
from odoo.tests import tagged

from ...models.correspondence.complaint_chat import MOMENTS
from ..common import ComplaintCommon

SECRET = "Zyxwv"


@tagged("post_install", "-at_install")
class TestChat(ComplaintCommon):
    """A short text to paste into WeChat (practice: why salespeople refuse)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.complaint = cls._registered_complaint(user=cls.user_sales, subject=SECRET)

    def _wizard(self, **vals):
        context = self.complaint.with_user(self.user_sales).action_open_chat_text()["context"]
        wizards = self.env["complaint.chat.wizard"].with_user(self.user_sales)
        return wizards.with_context(**context).create(vals)

    def test_fits_the_moment(self):
        wizard = self._wizard()
        self.assertEqual(wizard.moment, "acknowledgement")
        self.assertIn("Hello Hanna Harbour,", wizard.text)
        self.assertIn(self.complaint.name, wizard.text)
        self.assertIn("The tips of the screwdrivers are rusty.", wizard.text)
        self.assertIn("Sales, ", wizard.text)
        self.complaint._write_trusted({"date_responded": "2026-01-01"})
        self.assertEqual(self._wizard().moment, "progress")

    def test_plain_short_and_nothing_internal(self):
        complaint = self.complaint
        complaint.write({"plan_summary": SECRET, "investigation_result": SECRET})
        complaint.demand_ids.answer = "New goods leave on Monday"
        complaint.demand_ids._write_trusted({"state": "offered"})
        for moment, _label in MOMENTS:
            with self.subTest(moment=moment):
                text = complaint._get_chat_text(moment)
                self.assertNotIn(SECRET, text)
                self.assertNotIn("<", text)
                self.assertNotIn("http", text)
                self.assertIn(complaint.name, text)
                self.assertLess(len(text), 600)
        self.assertIn("New goods leave on Monday", complaint._get_chat_text("offer"))
        self.assertNotIn("New goods", complaint._get_chat_text("decline"))

    def test_long_words_are_cut(self):
        complaint = self._complaint(description="Rust. " * 200)
        self.assertLess(len(complaint._get_chat_text("acknowledgement")), 500)
        self.assertIn("…", complaint._get_chat_text("acknowledgement"))

    def test_other_moment_other_text(self):
        wizard = self._wizard(moment="thanks")
        self.assertIn("Thank you for your trust", wizard.text)

    def test_customers_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.contact.lang = "fr_FR"
        self.env["complaint.promise"].create(
            {
                "complaint_id": self.complaint.id,
                "name": "Rapport",
                "deadline": "2099-01-31 10:00:00",
            }
        )
        self.assertIn("• Rapport: 31/01/2099", self.complaint._get_chat_text("delay"))

    def test_counts_when_sent(self):
        wizard = self._wizard()
        self.assertFalse(self.complaint.date_responded)
        wizard.text = "Hello, we are on it"
        wizard.action_sent()
        self.assertTrue(self.complaint.date_responded)
        self.assertIn("Hello, we are on it", self.complaint.message_ids[0].body)

    def test_after_closing_it_is_logged_only(self):
        self.complaint._write_trusted({"state": "closed"})
        self._wizard(moment="thanks").action_sent()
        self.assertFalse(self.complaint.date_responded)

    def test_readers_send_nothing(self):
        with self.assertRaises(AccessError):
            self.complaint.with_user(self.user_leadership).action_open_chat_text()
