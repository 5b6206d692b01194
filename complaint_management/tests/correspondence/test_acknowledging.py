import re
from email import message_from_string

from odoo import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...models.complaint.complaint_state_guard import TRUSTED
from ..common import ComplaintCommon

SECRET = "Zyxwv"


@tagged("post_install", "-at_install")
class TestAcknowledging(ComplaintCommon):
    """The customer hears at once that we have his complaint, once, from a machine (R9, T8)."""

    def _mails(self, complaint, partner=None):
        """:return: mails about ``complaint`` to somebody outside"""
        mails = self.env["mail.mail"].search(
            [("model", "=", complaint._name), ("res_id", "=", complaint.id)]
        )
        return mails.filtered(lambda m: m.email_to or m.recipient_ids & (partner or self.contact))

    def _text(self, mail):
        return " ".join(re.sub(r"<[^>]+>", " ", mail.body_html).split())

    def test_registering_acknowledges_once(self):
        complaint = self._registered_complaint(user=self.user_sales, subject=SECRET)
        mail = self._mails(complaint)
        self.assertEqual(len(mail), 1)
        self.assertEqual(mail.recipient_ids, self.contact)
        self.assertEqual(mail.state, "outgoing")
        self.assertIn(complaint.name, mail.subject)
        self.assertTrue(complaint.date_acknowledged)
        self.assertFalse(complaint.date_responded, "Only a person answers.")
        self.assertEqual(complaint._acknowledge(), complaint.browse())
        self.assertEqual(self._mails(complaint), mail)

    def test_what_it_says(self):
        complaint = self._registered_complaint(user=self.user_sales, subject=SECRET)
        self.user_sales.phone = "+1 555 010 0199"
        text = self._text(self._mails(complaint))
        for part in (
            "Dear Hanna Harbour",
            complaint.name,
            "The tips of the screwdrivers are rusty.",
            "3 Units",
            "Screwdriver",
            "L-2001",
            complaint.demand_ids.display_name,
            "Sales takes care of it and will contact you by",
            complaint._get_print_day(complaint.response_deadline),
            complaint._get_print_day(complaint.report_deadline),
        ):
            self.assertIn(part, text)
        self.assertNotIn(SECRET, self._mails(complaint).body_html)
        links = re.findall(r'href="([^"]+)"', self._mails(complaint).body_html)
        self.assertFalse(
            [link for link in links if "odoo.com" not in link],
            "The customer's own link is in the mail that leaves, not in what is kept.",
        )

    def test_no_machine_answers_it(self):
        complaint = self._registered_complaint(user=self.user_sales)
        mail = self._mails(complaint)
        prepared = mail._prepare_outgoing_list()[0]
        self.assertEqual(prepared["headers"]["Auto-Submitted"], "auto-generated")
        self.assertEqual(prepared["headers"]["X-Auto-Response-Suppress"], "All")
        message = message_from_string(
            f"Auto-Submitted: {prepared['headers']['Auto-Submitted']}\n\n"
        )
        self.assertTrue(self.env["mail.thread"]._is_automatic_mail(message))

    def test_customers_language(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        template = self.env.ref("complaint_management.mail_template_receipt")
        template.with_context(lang="zh_CN").subject = "已收到投诉 {{ object.name }}"
        self.contact.lang = "zh_CN"
        chinese = self._registered_complaint(user=self.user_sales)
        english = self._complaint(
            partner_id=self.customer2.id, contact_id=False, category_id=self.category_simple.id
        )
        english.action_register()
        self.assertIn("已收到投诉", self._mails(chinese).subject)
        self.assertNotIn("已收到投诉", self._mails(english, self.customer2).subject)

    def test_door_first_then_registration(self):
        draft = self._complaint(category_id=self.category_simple.id)
        self.assertFalse(draft.date_acknowledged, "create() sends nothing")
        self.assertEqual(draft._acknowledge(), draft)
        draft.action_register()
        self.assertEqual(len(self._mails(draft)), 1)

    def test_a_portal_user_may_be_acknowledged(self):
        draft = self._complaint(category_id=self.category_simple.id)
        draft.with_user(self.user_portal)._acknowledge()
        self.assertEqual(len(self._mails(draft)), 1)

    def test_whom_no_machine_writes_to(self):
        self.env.company.email = "office@our-company.example.com"
        alias = self.env["mail.alias"].create(
            {
                "alias_name": "ack-test",
                "alias_model_id": self.env["ir.model"]._get_id("res.partner"),
            }
        )
        for vals in (
            {"partner_id": self.customer2.id, "contact_id": self._no_mail().id},
            {"contact_id": self.user_quality.partner_id.id},
            {"partner_id": False, "contact_id": False, "email_from": "no address"},
            {"partner_id": False, "contact_id": False, "email_from": self.user_quality.email},
            {"partner_id": False, "contact_id": False, "email_from": self.env.company.email},
            {"partner_id": False, "contact_id": False, "email_from": alias.alias_full_name},
        ):
            with self.subTest(vals=vals):
                complaint = self._complaint(
                    category_id=self.category_simple.id,
                    complainant_type="consumer",
                    complainant_name="Somebody",
                    phone="+1 555 010 0103",
                    **vals,
                )
                complaint.action_register()
                self.assertFalse(complaint.date_acknowledged)
                self.assertEqual(complaint.state, "registered")

    def _no_mail(self):
        return self.env["res.partner"].create(
            {"name": "Without mail", "parent_id": self.customer2.id}
        )

    def test_consumer_by_address(self):
        complaint = self._complaint(
            partner_id=False,
            contact_id=False,
            complainant_type="consumer",
            complainant_name="Carla Consumer",
            email_from="carla@consumer.example.com",
            category_id=self.category_simple.id,
        )
        complaint.action_register()
        self.assertEqual(self._mails(complaint).email_to, "carla@consumer.example.com")
        self.assertIn("Dear Carla Consumer", self._text(self._mails(complaint)))

    def test_company_may_do_without(self):
        self.env.company.complaint_acknowledge = False
        complaint = self._registered_complaint(user=self.user_sales)
        self.assertFalse(self._mails(complaint))
        self.assertFalse(complaint.date_acknowledged)

    def test_praise_is_no_trouble(self):
        praise = self.env["complaint.category"].create(
            {"name": "Test: praise", "is_complaint": False, "investigation": "none"}
        )
        complaint = self._complaint(category_id=praise.id, description="The driver was so kind.")
        complaint.action_register()
        text = self._text(self._mails(complaint))
        self.assertIn("The driver was so kind.", text)
        self.assertIn("thank you for writing to us", text)
        self.assertNotIn("sorry", text)

    def test_imported_case_gets_none(self):
        complaint = self._complaint(user=self.user_admin, state="registered")
        self.assertFalse(self._mails(complaint))
        self.assertFalse(complaint.date_acknowledged)

    def test_broken_template_stops_nobody(self):
        template = self.env.ref("complaint_management.mail_template_receipt")
        template.body_html = "<t t-out='object.no_such_field'/>"
        logger = "odoo.addons.complaint_management.models.correspondence.complaint_automatic"
        with self.assertLogs(logger, "ERROR"), mute_logger("odoo.addons.mail.models"):
            complaint = self._registered_complaint(user=self.user_sales)
        self.assertEqual(complaint.state, "registered")
        self.assertFalse(complaint.date_acknowledged)

    def test_batch(self):
        drafts = self.env["complaint.complaint"].create(
            [
                self._prepare_complaint_vals(
                    category_id=self.category_simple.id,
                    line_ids=[Command.create(self._prepare_line_vals())],
                )
                for _number in range(3)
            ]
        )
        drafts.action_register()
        self.assertEqual([len(self._mails(draft)) for draft in drafts], [1, 1, 1])

    def test_one_case_stops_no_other(self):
        """A template that does not fit one case leaves the others of the batch their mail (T14)."""
        template = self.env.ref("complaint_management.mail_template_receipt")
        template.subject = "{{ object.contact_id.name.upper() }}"
        fitting, other = self._complaint(), self._complaint()
        poison = self._complaint(partner_id=self.customer2.id, contact_id=False)
        logger = "odoo.addons.complaint_management.models.correspondence.complaint_automatic"
        with self.assertLogs(logger, "ERROR") as logs, mute_logger("odoo.addons.mail.models"):
            queued = (fitting | poison | other)._acknowledge()
        self.assertEqual(queued, fitting | other)
        self.assertEqual([len(self._mails(c)) for c in (fitting, other)], [1, 1])
        self.assertFalse(poison.date_acknowledged)
        self.assertEqual(len(logs.records), 1)

    def test_stamp_is_the_machines(self):
        complaint = self._complaint()
        with self.assertRaisesRegex(Exception, "cannot be edited"):
            complaint.with_user(self.user_admin).date_acknowledged = "2026-01-01"
        complaint.with_context(complaint_transition=TRUSTED).date_acknowledged = "2026-01-01"
        self.assertFalse(complaint._acknowledge())

    def test_title_is_on_no_reminder_either(self):
        complaint = self._complaint(category_id=self.category_simple.id, subject=SECRET)
        complaint.action_register()
        complaint.action_resolve()
        complaint._send_reminders({complaint: 0})
        for mail in self._mails(complaint):
            self.assertNotIn(SECRET, mail.body_html)
