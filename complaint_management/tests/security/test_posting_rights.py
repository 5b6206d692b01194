from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .fixtures import SecurityCommon


@tagged("post_install", "-at_install")
class TestPostingRights(SecurityCommon):
    """Who may only read a complaint talks to colleagues about it, not to the customer."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.complaint = cls.cases["own"]["complaint.complaint"]
        cls.complaint.lead_user_id = cls.user_quality
        cls.readers = cls.user_contributor + cls.user_leadership

    def _mails(self):
        """:return: mails a person wrote to people outside the house about the complaint"""
        mails = (
            self.env["mail.mail"]
            .search([("model", "=", "complaint.complaint"), ("res_id", "=", self.complaint.id)])
            .filtered(lambda m: "Auto-Submitted" not in (m.headers or ""))
        )
        return mails.filtered(lambda m: m.email_to or any(m.recipient_ids.mapped("partner_share")))

    def test_readers_write_to_nobody_outside(self):
        for user in self.readers:
            complaint = self.complaint.with_user(user)
            for values in (
                {"partner_ids": self.contact.ids},
                {"partner_ids": (self.contact + self.user_sales.partner_id).ids},
                {"outgoing_email_to": "hanna@harbour-hotel.example.com"},
                {"partner_ids": self.portal_partner.ids, "message_type": "comment"},
                {"partner_ids": self.contact.ids, "subtype_xmlid": "mail.mt_comment"},
            ):
                with (
                    self.subTest(user=user.name, values=values),
                    self.assertRaisesRegex(AccessError, "outside the company"),
                ):
                    complaint.message_post(body="It was our fault", **values)
            with self.assertRaisesRegex(AccessError, "outside the company"):
                complaint.message_notify(body="It was our fault", partner_ids=self.contact.ids)
        self.assertFalse(self._mails())

    def test_readers_write_to_colleagues(self):
        for user in self.readers:
            with self.subTest(user=user.name):
                message = self.complaint.with_user(user).message_post(
                    body="Please look", partner_ids=self.user_sales.partner_id.ids
                )
                self.assertIn(self.user_sales.partner_id, message.notified_partner_ids)

    def test_comment_of_a_reader_stays_inside_when_the_customer_follows(self):
        self.complaint.message_subscribe(partner_ids=self.contact.ids)
        message = self.complaint.with_user(self.user_contributor).message_post(
            body="It was our fault", message_type="comment", subtype_xmlid="mail.mt_comment"
        )
        self.assertTrue(message.is_internal)
        self.assertIn(self.user_sales.partner_id, message.sudo().notified_partner_ids)
        self.assertNotIn(self.contact, message.sudo().notified_partner_ids)
        self.assertFalse(self._mails())

    def test_those_who_work_on_it_write_to_the_customer(self):
        self.complaint.message_subscribe(partner_ids=self.portal_partner.ids)
        message = self.complaint.with_user(self.user_sales).message_post(
            body="We are on it",
            partner_ids=self.contact.ids,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )
        self.assertFalse(message.is_internal)
        self.assertLessEqual(self.contact + self.portal_partner, message.notified_partner_ids)
        self.assertTrue(self._mails())

    def test_the_system_writes_for_anybody(self):
        complaint = self.complaint.with_user(self.user_contributor).sudo()
        message = complaint.message_post(body="Received", partner_ids=self.contact.ids)
        self.assertIn(self.contact, message.notified_partner_ids)

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_composer(self):
        for mode in ("comment", "mass_mail"):
            for user in self.readers:
                composer = (
                    self.env["mail.compose.message"]
                    .with_user(user)
                    .with_context(
                        default_model="complaint.complaint",
                        default_res_ids=self.complaint.ids,
                        default_composition_mode=mode,
                    )
                    .create(
                        {
                            "body": "It was our fault",
                            "subject": "Your complaint",
                            "partner_ids": [Command.set(self.contact.ids)],
                        }
                    )
                )
                with self.subTest(mode=mode, user=user.name), self.assertRaises(AccessError):
                    composer._action_send_mail()
        self.assertFalse(self._mails())

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_mail_template(self):
        template = self.env.ref("complaint_management.mail_template_registration")
        for user in self.readers:
            with self.subTest(user=user.name), self.assertRaises(AccessError):
                template.with_user(user).send_mail(
                    self.complaint.id, email_values={"email_to": self.contact.email}
                )
        self.assertFalse(self._mails())
        template.with_user(self.user_sales).send_mail(
            self.complaint.id, email_values={"email_to": self.contact.email}
        )
        self.assertTrue(self._mails())

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_reader_lets_nobody_follow(self):
        with self.assertRaises(AccessError):
            self.complaint.with_user(self.user_contributor).message_subscribe(self.contact.ids)
