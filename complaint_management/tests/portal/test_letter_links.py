import re
from html import unescape

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.mail.tests.common import MailCase

from .test_customer_answers import AnswersCommon

LINK = re.compile(r'href="([^"]*/my/complaints/[^"]+)"')


class LinksCommon(AnswersCommon, MailCase):
    """Mails as they leave, and the page their link leads to."""

    def setUp(self):
        super().setUp()
        self.env["mail.mail"].search([]).unlink()

    def _leave(self, record=None):
        """Send what is queued about ``record``.

        :return: dict address → body, as handed to the mail server
        """
        record = record or self.complaint
        mails = self.env["mail.mail"].search(
            [("model", "=", record._name), ("res_id", "=", record.id)]
        )
        self.queued = "".join(str(mail.body_html) + str(mail.body) for mail in mails)
        with self.mock_mail_gateway():
            mails.send()
        return {(mail["email_to"] + mail["email_cc"])[0]: mail["body"] for mail in self._mails}

    def _body_for(self, partner, bodies):
        [body] = [body for to, body in bodies.items() if partner.email in to]
        return body

    def _link(self, body):
        [url] = LINK.findall(body)
        return unescape(url).removeprefix(self.complaint.get_base_url())

    def _write(self, letter="offer", partners=None, complaint=None):
        """A salesperson's letter to ``partners``, default the customer."""
        complaint = (complaint or self.complaint).with_user(self.user_sales)
        template = self.env.ref(f"complaint_management.mail_template_{letter}")
        context = {
            **complaint.action_write_customer()["context"],
            "default_template_id": template.id,
            # Left in the queue, so that the test sees it leave
            "mail_notify_force_send": False,
        }
        composer = self.env["mail.compose.message"].with_user(self.user_sales)
        composer = composer.with_context(**context).create({})
        if partners:
            composer.partner_ids = [Command.set(partners.ids)]
        composer._action_send_mail()


@tagged("post_install", "-at_install")
class TestLetterLinks(LinksCommon):
    """Letters lead the customer to his page, and nobody else (R35, R46, R48)."""

    def test_receipt_leads_to_the_page(self):
        complaint = self._complaint_of(self.customer, self.contact)
        body = self._body_for(self.contact, self._leave(complaint))
        self.assertIn("See your complaint and answer here", body)
        self.assertNotIn("access_token", self.queued, "neither queue nor chatter hold it")
        self.authenticate(None, None)
        page = self.url_open(self._link(body))
        self.assertIn(complaint.name, page.text)
        self.assertIn("complaint_messages", page.text)
        self.assertNotIn("/odoo", body)
        self.assertNotIn("/web", body.replace("/web/image", ""))

    def test_offer_is_answered_by_the_link(self):
        self._write("offer")
        url = self._link(self._body_for(self.contact, self._leave()))
        self.authenticate(None, None)
        page = self.url_open(url)
        self.assertIn(f"/my/complaints/{self.complaint.id}/accept", page.text)
        path, query = url.split("?")
        data = dict(part.split("=") for part in query.split("&"))
        data.update(
            csrf_token=re.search(r'name="csrf_token" value="([^"]+)"', page.text)[1],
            seen=self.complaint._get_customer_version(),
            demand_id=self.demand.id,
            option_id=self.new.id,
        )
        self.url_open(f"{path}/accept", data=data)
        self.assertEqual(self.demand.state, "accepted")
        self.assertEqual(self.demand.customer_answered_by, self.contact.name)

    def test_link_opens_its_case_only(self):
        other = self._complaint_of(self.customer, self.contact)
        self._write("offer")
        url = self._link(self._body_for(self.contact, self._leave()))
        self.authenticate(None, None)
        page = self.url_open(url.replace(f"/{self.complaint.id}?", f"/{other.id}?"))
        self.assertNotIn(other.name, page.text)
        self.assertNotIn("/my/complaints/", page.url)

    def test_every_letter_that_asks_carries_it(self):
        for letter in ("acknowledgement", "progress", "delay", "confirmation", "tacit_closing"):
            with self.subTest(letter=letter):
                self.env["mail.mail"].search([]).unlink()
                self._write(letter)
                self.assertTrue(self._link(self._body_for(self.contact, self._leave())))

    def test_reminder_carries_it(self):
        self.complaint._send_reminders({self.complaint: 0})
        self.assertTrue(self._link(self._body_for(self.contact, self._leave())))

    def test_copies_carry_none(self):
        self.user_quality.notification_type = "email"
        colleague = self.user_quality.partner_id
        self._write("offer", self.contact + colleague)
        bodies = self._leave()
        self.assertTrue(self._link(self._body_for(self.contact, bodies)))
        self.assertNotIn("access_token", self._body_for(colleague, bodies))
        self.env["mail.mail"].search([]).unlink()
        # Somebody of another company gets it too, and answers to all quote the letter
        self._write("offer", self.contact + self.portal_partner2)
        bodies = self._leave()
        self.assertEqual(len(bodies), 2)
        self.assertNotIn("access_token", "".join(bodies.values()))

    def test_typed_in_addresses_carry_none(self):
        template = self.env.ref("complaint_management.mail_template_receipt")
        template.write({"email_cc": "boss@elsewhere.example.com"})
        complaint = self._complaint_of(self.customer, self.contact)
        bodies = self._leave(complaint)
        self.assertEqual(len(bodies), 2)
        self.assertNotIn("access_token", "".join(bodies.values()))
        template.write({"email_cc": False, "email_to": "x@elsewhere.example.com"})
        complaint = self._complaint_of(self.customer, self.contact)
        self.assertNotIn("access_token", "".join(self._leave(complaint).values()))

    def test_who_gets_none(self):
        complaint, contact = self.complaint, self.contact

        def may():
            return complaint._may_get_link(contact)

        self.assertTrue(may())
        self.assertFalse(complaint._may_get_link(self.portal_partner2), "another company")
        self.assertFalse(complaint._may_get_link(self.user_quality.partner_id), "a colleague")
        address = contact.email
        contact.email = f"{address}, boss@elsewhere.example.com"
        self.assertFalse(may(), "a second address")
        contact.email = self.user_quality.email
        self.assertFalse(may(), "a colleague's address")
        contact.email = address
        complaint._write_trusted({"sender_state": "unverified", "sender_email": address})
        self.assertFalse(may(), "an address nobody vouched for")
        complaint._write_trusted({"sender_state": "confirmed"})
        self.assertTrue(may())

    def test_draft_of_ours_and_end(self):
        draft = self._complaint(contact_id=self.contact.id)
        self.assertFalse(draft._may_get_link(self.contact))
        self.complaint._write_trusted({"state": "closed", "date_closed": "2020-01-01"})
        self.assertFalse(self.complaint._may_get_link(self.contact))

    def test_left_out_where_the_company_chose_so(self):
        self.complaint.company_id.complaint_letter_link = False
        self._write("offer")
        body = self._body_for(self.contact, self._leave())
        self.assertNotIn("access_token", body)
        self.assertNotIn("answer here", body)

    def test_custom_layout(self):
        """A layout of the company's own leaves no room: the link comes at the end."""
        template = self.env.ref("complaint_management.mail_template_receipt")
        template.email_layout_xmlid = False
        complaint = self._complaint_of(self.customer, self.contact)
        self.assertTrue(self._link(self._body_for(self.contact, self._leave(complaint))))


@tagged("post_install", "-at_install")
class TestLinksEnd(LinksCommon):
    """Links are withdrawn, and end some time after closing (T1)."""

    def _opens(self, url):
        return self.complaint.name in self.url_open(url).text

    def test_withdraw(self):
        self.authenticate(None, None)
        url = self.complaint._get_customer_url(self.contact)
        url = url.removeprefix(self.complaint.get_base_url())
        self.assertTrue(self._opens(url))
        self.complaint.with_user(self.user_sales).action_withdraw_links()
        self.assertFalse(self._opens(url))
        self.assertIn("links to this complaint were withdrawn", self.complaint.message_ids[0].body)
        self._write("offer")
        again = self._link(self._body_for(self.contact, self._leave()))
        self.assertNotEqual(again, url)
        self.assertTrue(self._opens(again))

    def test_only_who_works_on_it_withdraws(self):
        with self.assertRaises(AccessError):
            self.complaint.with_user(self.user_purchasing).action_withdraw_links()

    def test_of_a_closed_case_too(self):
        self.complaint._write_trusted({"state": "closed", "date_closed": "2026-01-01"})
        token = self.complaint.access_token
        self.complaint.with_user(self.user_sales).action_withdraw_links()
        self.assertNotEqual(self.complaint.access_token, token)

    def test_days_are_the_companys(self):
        self.complaint._write_trusted({"state": "closed", "date_closed": "2026-01-01"})
        self.complaint.company_id.complaint_link_days = 3650
        self.assertTrue(self.complaint._is_open_to_link())
        self.complaint.company_id.complaint_link_days = 1
        self.assertFalse(self.complaint._is_open_to_link())
