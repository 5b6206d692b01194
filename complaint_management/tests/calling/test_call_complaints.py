from odoo import fields
from odoo.fields import Command
from odoo.tests import tagged

from .card_common import CallCommon


@tagged("post_install", "-at_install")
class TestCallComplaints(CallCommon):
    """The customer's last complaints on the card: state, deadlines, next step (R1)."""

    def test_registered(self):
        complaint = self._registered_complaint(user=self.user_sales, partner_id=self.contact.id)
        card = self._card()
        self.assertEqual(card["complaint_count"], 1)
        [shown] = card["complaints"]
        self.assertEqual(shown["id"], complaint.id)
        self.assertEqual(shown["name"], complaint.name)
        self.assertEqual(shown["subject"], complaint.subject)
        self.assertEqual((shown["state"], shown["state_label"]), ("registered", "Registered"))
        self.assertEqual(shown["severity"], complaint.severity)
        self.assertEqual(shown["date_received"], fields.Datetime.to_string(complaint.date_received))
        self.assertEqual(shown["next_step"], complaint.next_step)
        self.assertEqual(shown["next_user"], complaint.next_user_id.name)
        self.assertTrue(shown["is_open"])
        self.assertFalse(shown["is_overdue"])
        clocks = {clock["kind"]: clock for clock in shown["clocks"]}
        self.assertEqual(clocks["response"]["label"], "First response")
        self.assertEqual(clocks["response"]["shown_state"], "running")
        self.assertIn("left", clocks["response"]["summary"])

    def test_only_the_last(self):
        complaints = self.env["complaint.complaint"]
        for age in range(7):
            received = fields.Datetime.subtract(fields.Datetime.now(), days=60 * age)
            complaints += self._complaint(date_received=received)
        card = self._card()
        self.assertEqual([row["id"] for row in card["complaints"]], complaints[:5].ids)
        self.assertEqual(card["complaint_count"], 7)

    def test_over(self):
        """A case that is over has no next step and no deadlines any more."""
        complaint = self._registered_complaint(user=self.user_sales)
        complaint.action_cancel(reason="Mistake")
        [shown] = self._card()["complaints"]
        self.assertEqual(shown["clocks"], [])
        self.assertFalse(shown["is_open"] or shown["next_step"] or shown["next_deadline"])

    def test_only_what_one_may_read(self):
        """Others' cases are neither shown nor counted; nor those about whoever looks (R73)."""
        own = self._complaint()
        others = self._complaint(user_id=self.user_sales2.id)
        card = self._card()
        self.assertEqual([row["id"] for row in card["complaints"]], own.ids)
        self.assertEqual(card["complaint_count"], 1)
        self.assertEqual(self._card(user=self.user_manager)["complaint_count"], 2)
        others.concerned_user_ids = [Command.link(self.user_manager.id)]
        self.assertEqual(self._card(user=self.user_manager)["complaint_count"], 1)

    def test_two_companies(self):
        company = self._second_company()
        self._complaint(company_id=company.id)
        self.assertEqual(self._card()["complaint_count"], 0)
        self.user_sales.company_ids = [Command.link(company.id)]
        both = self._card(allowed_company_ids=[self.company.id, company.id])
        self.assertEqual(both["complaint_count"], 1)
