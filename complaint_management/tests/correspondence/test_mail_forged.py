from odoo.exceptions import AccessError
from odoo.tests import tagged

from ...models.correspondence.mail_headers import MailHeaders
from ...models.correspondence.mail_nature import is_sender_verified
from .mail_common import AUTHSERV, CUSTOMER, DOMAIN, VERIFIED, MailCommon

DOMAIN_OF_CUSTOMER = "harbour-hotel.example.com"
STRANGER = "Mallory <mallory@evil.example.org>"


@tagged("post_install", "-at_install")
class TestMailForged(MailCommon):
    """Nobody becomes a reader by being named in a mail, and nobody is believed for naming (T5)."""

    def _followers(self, complaint):
        return complaint.message_partner_ids.filtered("partner_share")

    def test_copied_strangers_are_nobody(self):
        copied = self.env["res.partner"].create(
            {"name": "Copied", "email": "copied@evil.example.org"}
        )
        complaint = self._receive(
            self._mail(
                Cc=f"copied@evil.example.org, {self.portal_partner.email}, new@x.example.org"
            )
        )
        self.assertFalse(self._followers(complaint))
        message = complaint.message_ids.filtered(lambda m: m.message_type == "email")
        self.assertFalse(message.partner_ids & (copied | self.portal_partner))
        self.assertFalse(message.notified_partner_ids.filtered("partner_share"))
        self.assertFalse(self.env["res.partner"].search([("email", "=", "new@x.example.org")]))

    def test_answers_are_not_proposed_to_strangers(self):
        """The composer names the customer and his people, not whom the sender put in copy."""
        complaint = self._receive(
            self._mail(Cc="copied@evil.example.org, office@harbour-hotel.example.com")
        )
        proposed = complaint.with_user(self.user_service)._message_get_suggested_recipients(
            reply_discussion=True
        )
        emails = {recipient["email"] for recipient in proposed}
        self.assertIn("hanna@harbour-hotel.example.com", emails)
        self.assertIn("office@harbour-hotel.example.com", emails)
        self.assertNotIn("copied@evil.example.org", emails)

    def test_nothing_goes_to_an_unverified_sender(self):
        self.env["mail.mail"].search([]).unlink()
        for sender in (CUSTOMER, STRANGER, self.user_portal.email):
            complaint = self._receive(self._mail(From=sender))
            self.assertEqual(complaint.sender_state, "unverified")
            self.assertFalse(self._followers(complaint))
            self.assertFalse(complaint.date_acknowledged)
        self.assertFalse(self._outgoing())

    def test_forged_colleague(self):
        """The boss's address makes him neither author nor creator, nor the salesperson."""
        complaint = self._receive(self._mail(From=f"Boss <{self.user_leadership.email}>"))
        message = complaint.message_ids.filtered(lambda m: m.message_type == "email")
        self.assertFalse(message.author_id)
        self.assertIn(self.user_leadership.email, message.email_from)
        self.assertNotIn(self.user_leadership, complaint.create_uid | complaint.user_id)
        self.assertFalse(complaint.date_responded)

    def _answer_as(self, sender, **headers):
        """:return: tuple (complaint, its new mail) after an answer to a mail the customer has"""
        complaint = self._registered_complaint()
        complaint.message_subscribe(self.contact.ids)
        ours = complaint.with_user(self.user_sales).message_post(
            body="We look into it.",
            partner_ids=self.portal_partner.ids,
            message_type="comment",
            subtype_xmlid="mail.mt_note",
        )
        # His own message, so that core wants to tell him of the answer
        theirs = complaint.message_post(
            body="And?",
            author_id=self.contact.id,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )
        self.env["mail.mail"].search([]).unlink()
        complaint._write_trusted({"date_responded": False})
        landed = self._receive(
            self._mail(
                "You get everything back.",
                From=sender,
                In_Reply_To=theirs.message_id,
                References=f"{ours.message_id} {theirs.message_id}",
                **headers,
            )
        )
        self.assertEqual(landed, complaint)
        return complaint, complaint.message_ids.filtered(lambda m: m.message_type == "email")[:1]

    def test_forged_answer_of_a_colleague(self):
        """The customer has our mails: a reference to one makes nobody the boss."""
        boss = self.user_leadership.email
        passes = f"{AUTHSERV}; dmarc=pass header.from={boss.partition('@')[2]}"
        fails = f"{AUTHSERV}; dmarc=fail header.from={boss.partition('@')[2]}"
        for named, results in ((False, None), (False, passes), (True, None), (True, fails)):
            with self.subTest(named=named, results=results):
                self.env["ir.config_parameter"].set_param(
                    "complaint_management.mail_authserv_id", AUTHSERV if named else False
                )
                complaint, message = self._answer_as(
                    f"Boss <{boss}>", Authentication_Results=results
                )
                self.assertFalse(message.author_id)
                self.assertTrue(message.is_internal)
                self.assertFalse(complaint.date_responded)
                self.assertFalse(complaint.date_customer_answered)
                self.assertFalse(message.partner_ids.filtered("partner_share"))
                self.assertFalse(message.notified_partner_ids.filtered("partner_share"))
                self.assertFalse(self._outgoing(), "nobody outside gets it")
                self.assertIn("not verified", "".join(complaint.message_ids.mapped("body")))

    def test_forged_answer_from_our_domain(self):
        """A name nobody has, in our own domain, reads as ours all the same."""
        complaint, message = self._answer_as(f"Refunds <refunds@{DOMAIN}>")
        self.assertTrue(message.is_internal)
        self.assertFalse(self._outgoing())
        self.assertFalse(complaint.date_responded)

    def test_forged_answer_is_no_sign_of_life(self):
        complaint = self._registered_complaint()
        complaint._write_trusted({"state": "resolved", "date_next_reminder": "2099-01-01"})
        ours = complaint.with_user(self.user_sales).message_post(body="Is it settled?")
        self._receive(self._mail(From=self.user_leadership.email, In_Reply_To=ours.message_id))
        self.assertTrue(complaint.date_next_reminder)
        self.assertFalse(complaint.date_customer_answered)

    def test_verified_answer_of_a_colleague(self):
        """Whom our mail server vouches for answers the customer by mail."""
        self._trust_server()
        boss = self.user_leadership.email
        complaint, message = self._answer_as(
            boss, Authentication_Results=f"{AUTHSERV}; dmarc=pass header.from={boss.split('@')[1]}"
        )
        self.assertEqual(message.author_id, self.user_leadership.partner_id)
        self.assertFalse(message.is_internal)
        self.assertIn(self.contact, message.notified_partner_ids)
        self.assertTrue(complaint.date_responded)

    def test_forged_portal_user(self):
        complaint = self._receive(self._mail(From=self.user_portal.email))
        self.assertNotEqual(complaint.create_uid, self.user_portal)
        self.assertFalse(self._followers(complaint))

    def test_forged_results_header(self):
        """Only the topmost finding of our own server counts, and only while we named it."""
        forged = {
            "evil": ("evil.example.org; dmarc=pass", None),
            "fail above": (f"{AUTHSERV}; dmarc=fail", f"{AUTHSERV}; dmarc=pass"),
            "other domain": (f"{AUTHSERV}; dkim=pass header.d=evil.example.org", None),
            "comment": (f"{AUTHSERV}; dmarc=fail (dmarc=pass)", None),
            "comment in a comment": (f"{AUTHSERV}; spf=fail (a (b) ; dmarc=pass )", None),
            "open comment": (
                f"{AUTHSERV}; spf=fail (a; dkim=pass header.d={DOMAIN_OF_CUSTOMER}",
                None,
            ),
            "closed before": (f"{AUTHSERV}; spf=fail a) ; dmarc=pass (b", None),
            "quoted": (
                f'{AUTHSERV}; spf=fail smtp.mailfrom="; dmarc=pass "@evil.example.org',
                None,
            ),
            "escaped": (f'{AUTHSERV}; spf=fail smtp.mailfrom="\\"; dmarc=pass \\""@evil.org', None),
            "longer word": (f"{AUTHSERV}; spf=fail; dmarc=pass@evil.example.org", None),
            "ending": (f"{AUTHSERV}; dkim=pass header.d=hotel.example.com", None),
            "top level": (f"{AUTHSERV}; dkim=pass header.d=com", None),
            "spf of another": (f"{AUTHSERV}; spf=pass smtp.mailfrom=a@evil.example.org", None),
        }
        self.assertEqual(
            self._receive(self._mail(Authentication_Results=VERIFIED)).sender_state, "unverified"
        )
        self._trust_server()
        for case, (first, second) in forged.items():
            raw = self._mail(Authentication_Results=first)
            if second:
                raw = raw.replace(
                    b"From:", f"Authentication-Results: {second}\r\nFrom:".encode(), 1
                )
                head, _gap, rest = raw.partition(b"\r\n\r\n")
                lines = head.split(b"\r\n")
                lines.sort(key=lambda line: b"dmarc=fail" not in line)
                raw = b"\r\n".join(lines) + b"\r\n\r\n" + rest
            with self.subTest(case=case):
                self.assertEqual(self._receive(raw).sender_state, "unverified")

    def test_verified(self):
        for results in (
            f"{AUTHSERV}; dmarc=pass (p=reject) header.from=harbour-hotel.example.com",
            f"{AUTHSERV} 1; spf=none; dkim=pass header.d=harbour-hotel.example.com",
            f"{AUTHSERV}; spf=pass smtp.mailfrom=bounce@harbour-hotel.example.com",
            f'{AUTHSERV}; spf=pass smtp.mailfrom="a b"@harbour-hotel.example.com',
            f'{AUTHSERV}; dkim=pass(2048 (bits)) header.i="@harbour-hotel.example.com"',
        ):
            headers = MailHeaders(self._mail(Authentication_Results=results))
            with self.subTest(results=results):
                self.assertTrue(
                    is_sender_verified(headers, AUTHSERV, "hanna@harbour-hotel.example.com")
                )

    def test_handed_in_by_a_login(self):
        """Core lets every login hand in a mail over RPC: its head proves nothing."""
        self._trust_server()
        mail = self._mail(Authentication_Results=VERIFIED).decode()
        threads = self.env["mail.thread"]
        with self.assertRaises(AccessError):
            threads.with_user(self.user_portal).message_process(False, mail)
        result = threads.with_user(self.user_stranger).message_process(False, mail)
        complaint = self.env["complaint.complaint"].browse(result)
        self.assertEqual(complaint.subject, "Torn napkins")
        self.assertEqual(complaint.sender_state, "unverified")

    def test_guessed_number(self):
        """A number and a forged sender reach colleagues only; a stranger opens his own draft."""
        known = self._registered_complaint()
        known.message_subscribe(self.portal_partner.ids)
        self.env["mail.mail"].search([]).unlink()
        stranger = self._receive(self._mail(From=STRANGER, Subject=f"Re: [{known.name}]"))
        self.assertNotEqual(stranger, known)
        self.assertEqual(
            stranger.with_user(self.user_service).hint_complaint_id, known, "proposed, not joined"
        )
        forged = self._receive(self._mail(Subject=f"Re: [{known.name}] napkins"))
        self.assertEqual(forged, known)
        self.assertFalse(self._outgoing(), "the customer who follows gets nothing")
        self.assertIn("number in its subject", "".join(known.message_ids.mapped("body")))

    def test_confirming(self):
        complaint = self._receive(self._mail())
        complaint.with_user(self.user_service).action_confirm_sender()
        self.assertEqual(complaint.sender_state, "confirmed")
        with self.assertRaisesRegex(Exception, "use the buttons"):
            complaint.with_user(self.user_service).sender_state = "verified"

    def test_domain_is_a_hint_only(self):
        complaint = self._receive(self._mail(From="New <new@harbour-hotel.example.com>"))
        self.assertFalse(complaint.partner_id)
        self.assertEqual(complaint.hint_partner_id, self.customer)
        complaint.with_user(self.user_service).action_take_hint_partner()
        self.assertEqual(complaint.partner_id, self.customer)
        self.assertEqual(complaint.sender_state, "unverified")
        public = self._receive(self._mail(From=f"X <x@{'gmail.com'}>"))
        self.assertFalse(public.hint_partner_id)

    def test_own_domain(self):
        complaint = self._receive(self._mail(From=f"Nobody <nobody@{DOMAIN}>"))
        self.assertFalse(complaint.partner_id)
        self.assertFalse(complaint.user_id)
