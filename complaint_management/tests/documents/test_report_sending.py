import re
from html import unescape

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools import html2plaintext

from odoo.addons.mail.tests.common import MailCommon

from .common import DocumentsCommon


@tagged("post_install", "-at_install")
class TestReportSending(DocumentsCommon, MailCommon):
    """A report is sent when a message brings its stored bytes to the customer (R44)."""

    def _compose(self, report):
        context = report.action_send()["context"]
        return Form(
            self.env["mail.compose.message"].with_user(report.env.user).with_context(**context)
        )

    def test_composer(self):
        report = self._approved()
        complaint = report.complaint_id
        form = self._compose(report)
        self.assertEqual(form.partner_ids[:], self.contact)
        self.assertEqual(len(form.attachment_ids), 1)
        self.assertEqual(form.attachment_ids[0].raw, report._get_pdf_bytes())
        self.assertEqual(report.state, "approved", "opening the composer sends nothing")
        composer = form.save()
        self.assertFalse(complaint.date_reported)
        with self.mock_mail_gateway():
            composer._action_send_mail()
        self.assertEqual(report.state, "sent")
        self.assertTrue(report.date_sent)
        self.assertEqual(complaint.date_reported, report.date_sent)
        self.assertTrue(complaint.date_responded)
        self.assertIn(report.name, complaint.message_ids[0].body)
        message = report.message_ids.filtered("attachment_ids")
        self.assertEqual(self._sha(message.attachment_ids.raw), report.pdf_sha256)
        [mail] = [m for m in self._mails if self.contact.email in str(m["email_to"])]
        self.assertEqual([self._sha(a[1]) for a in mail["attachments"]], [report.pdf_sha256])
        for inside in ("/odoo/", "/web#", "/mail/view"):
            self.assertNotIn(inside, mail["body"])
        # The one link is his own, to the page where he answers and signs
        links = re.findall(r'href="([^"]*access_token[^"]*)"', mail["body"])
        self.assertEqual(list(map(unescape, links)), [complaint._get_customer_url(self.contact)])
        self.assertNotIn("access_token", message.body)

    def test_programmatic(self):
        report = self._approved()
        with self.mock_mail_gateway():
            report._send()
        self.assertEqual(report.state, "sent")
        self.contact.email = False
        with self.assertRaisesRegex(UserError, "no e-mail address"):
            self._approved()._send()

    def test_without_the_bytes_it_is_not_sent(self):
        report = self._approved()
        report.message_post(body="Hello", partner_ids=self.contact.ids, message_type="comment")
        self.assertEqual(report.state, "approved")
        report.with_context(mark_so_as_sent=True, complaint_sent=True).message_post(
            body="Hello",
            partner_ids=self.contact.ids,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            attachments=[(report.pdf_name, b"something else")],
        )
        self.assertEqual(report.state, "approved")

    def test_to_colleagues_it_is_not_sent(self):
        report = self._approved()
        report.message_post(
            body="Look",
            partner_ids=self.user_quality.partner_id.ids,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            attachments=[(report.pdf_name, report._get_pdf_bytes())],
        )
        self.assertEqual(report.state, "approved")

    def test_nothing_leaves_before_approval(self):
        report = self._report()
        for verb in (report.action_send, report._send, report.action_mark_sent):
            with self.assertRaisesRegex(UserError, "not approved yet"):
                verb()
        with self.assertRaises(AccessError):
            self._approved().with_user(self.user_leadership).action_send()

    def test_handed_over(self):
        report = self._approved()
        report.action_mark_sent()
        self.assertEqual(report.state, "sent")
        self.assertIn("handed over by Sales", report.complaint_id.message_ids[0].body)
        sent = report.date_sent
        report.action_mark_sent()
        self.assertEqual(report.date_sent, sent)

    def test_acknowledge(self):
        report = self._approved()
        with self.assertRaisesRegex(UserError, "not sent yet"):
            report.action_acknowledge()
        report.action_mark_sent()
        report.action_acknowledge()
        self.assertEqual(report.state, "acknowledged")
        self.assertLessEqual(report.date_acknowledged, fields.Datetime.now())

    def test_answers_reach_the_complaint(self):
        report = self._approved()
        with self.mock_mail_gateway():
            message = report._send()
        answer = report.with_user(self.env.user).message_post(
            body="We agree",
            message_type="email",
            email_from=self.contact.email,
            parent_id=message.id,
        )
        self.assertEqual(
            (answer.model, answer.res_id), ("complaint.complaint", report.complaint_id.id)
        )

    def test_mail_says_what_the_document_is(self):
        """No answers to requests are promised beside an 8D report, which has none (practice)."""
        words = {
            "preventive": "how we answer your requests",
            "letter": "what we do for you",
            "feedback": "sign it and send it back",
            "8d": "what caused the failure",
        }
        complaint = self._registered_complaint(user=self.user_sales)
        template = self.env.ref("complaint_management.mail_template_complaint_report")
        for kind, said in words.items():
            with self.subTest(kind=kind):
                report = self._report(complaint, kind)
                body = template._render_field("body_html", report.ids)[report.id]
                text = " ".join(html2plaintext(body).split())
                self.assertIn(said, text)
                for other in set(words.values()) - {said}:
                    self.assertNotIn(other, text)

    def test_template_speaks_the_addressees_language(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        template = self.env.ref("complaint_management.mail_template_complaint_report")
        template.with_context(lang="zh_CN").subject = "投诉报告 {{ object.name }}"
        self.contact.lang = "zh_CN"
        form = self._compose(self._approved())
        self.assertIn("投诉报告", form.subject)
