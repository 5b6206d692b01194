from odoo.tests import tagged

from .mail_common import ADDRESS, CUSTOMER, VERIFIED, MailCommon

# What machines write above their answers.
REPLIES = (
    {"Auto_Submitted": "auto-replied"},
    {"Auto_Submitted": "auto-replied (vacation)"},
    {"X_Autoreply": "yes"},
    {"X_Autorespond": "1"},
    {"Precedence": "auto_reply"},
    {"Return_Path": "<>"},
)
NOTICES = (
    {"Auto_Submitted": "auto-generated"},
    {"Precedence": "bulk"},
    {"Precedence": "junk"},
    {"Subject": "Automatic reply: Torn napkins"},
    {"Subject": "自动回复：纸巾"},
    {"Subject": "Abwesenheitsnotiz: Servietten"},
)
UNANSWERED = (
    {"Precedence": "list", "List_Id": "<complaints.our-company.example.com>"},
    {"List_Id": "<complaints.our-company.example.com>"},
    {"X_Auto_Response_Suppress": "All"},
)
BOUNCE = """Return-Path: <>
From: MAILER-DAEMON@mx.example.com
To: {to}
Subject: Undelivered Mail Returned to Sender
Message-Id: {own}
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

Nobody here by that name.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.com

Final-Recipient: rfc822; hanna@harbour-hotel.example.com
Action: failed
Status: 5.1.1

--b
Content-Type: message/rfc822

From: us@our-company.example.com
To: hanna@harbour-hotel.example.com
Subject: Your complaint
Message-Id: {original}

Dear Hanna
--b--
"""


@tagged("post_install", "-at_install")
class TestMailMachines(MailCommon):
    """Machines are not answered, and open no complaints; nothing of it is lost (T8)."""

    def setUp(self):
        super().setUp()
        self._trust_server()
        self.env["mail.mail"].search([]).unlink()

    def test_automatic_replies_are_set_aside(self):
        for headers in REPLIES:
            with self.subTest(**headers):
                before = self._count()
                self.assertFalse(self._receive(self._mail(**headers)))
                after = self._count()
                self.assertEqual(after, (before[0], before[1], before[2] + 1))
                self.assertEqual(
                    (self._kept()[0].state, self._kept()[0].reason), ("rejected", "reply")
                )
        self.assertFalse(self._outgoing())

    def test_sixty_replies_open_nothing(self):
        before = self._count()
        for _number in range(60):
            self._receive(self._mail(Auto_Submitted="auto-replied"))
        after = self._count()
        self.assertEqual((after[0] - before[0], after[2] - before[2]), (0, 60))
        self.assertFalse(self._kept().activity_ids)

    def test_notices_wait_for_a_decision(self):
        """A customer's supplier portal writes by itself, too: somebody looks."""
        for headers in NOTICES:
            with self.subTest(**headers):
                self.assertFalse(self._receive(self._mail(**headers)))
                kept = self._kept()[0]
                self.assertEqual((kept.state, kept.reason), ("kept", "machine"))
        kept.with_user(self.user_service).action_retry()
        self.assertTrue(kept.complaint_id)
        self.assertFalse(self._outgoing(), "not answered either")

    def test_lists_open_drafts_without_an_answer(self):
        """Our own address is often a list; the person behind it is not asked for a list's sake."""
        for headers in UNANSWERED:
            with self.subTest(**headers):
                complaint = self._receive(self._mail(Authentication_Results=VERIFIED, **headers))
                self.assertEqual(complaint.state, "draft")
                self.assertFalse(complaint.date_acknowledged)
        self.assertFalse(self._outgoing())

    def test_out_of_office_to_a_complaint(self):
        """It is kept in the chatter, reopens nothing and is nobody's answer."""
        complaint = self._registered_complaint()
        posted = complaint.message_post(
            body="Dear Hanna", message_type="comment", subtype_xmlid="mail.mt_comment"
        )
        self.env["mail.mail"].search([]).unlink()
        answered = self._receive(
            self._mail(
                Subject="Automatic reply: napkins",
                Auto_Submitted="auto-replied",
                In_Reply_To=posted.message_id,
            )
        )
        self.assertEqual(answered, complaint)
        self.assertFalse(complaint.date_customer_answered)
        self.assertFalse(self._outgoing())

    def test_cap(self):
        self.env["ir.config_parameter"].set_param("complaint_management.mail_sender_cap", "3")
        before = self._count()
        for number in range(5):
            self._receive(self._mail(Subject=f"Number {number}"))
        other = self._receive(self._mail(From="Guest <guest@nowhere.example.org>"))
        self.assertTrue(other, "the cap is each sender's own")
        after = self._count()
        self.assertEqual((after[0] - before[0], after[2] - before[2]), (4, 2))
        kept = self._kept()[:2]
        self.assertEqual(set(kept.mapped("reason")), {"flood"})
        self.assertEqual(len(kept.activity_ids), 1)
        self.assertFalse(self._outgoing())
        kept.with_user(self.user_service).action_retry()
        self.assertEqual(set(kept.mapped("state")), {"done"})

    def test_cap_is_a_setting(self):
        settings = self.env["res.config.settings"].create({"complaint_mail_sender_cap": 0})
        settings.execute()
        for _number in range(22):
            complaint = self._receive(self._mail())
        self.assertTrue(complaint)

    def test_cap_of_answers(self):
        self.env["ir.config_parameter"].set_param("complaint_management.mail_sender_cap", "2")
        complaint = self._receive(self._mail())
        first = complaint.message_ids.filtered(lambda m: m.message_type == "email")
        for _number in range(3):
            self._receive(self._mail(Subject="Re: again", In_Reply_To=first.message_id))
        mails = complaint.message_ids.filtered(lambda m: m.message_type == "email")
        self.assertEqual(len(mails), 2)
        self.assertEqual(self._kept(reason="flood")[0].name, "Re: again")

    def test_bounce_of_our_mail(self):
        complaint = self._registered_complaint()
        posted = complaint.message_post(
            body="Dear Hanna",
            partner_ids=self.contact.ids,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )
        bounce = BOUNCE.format(to=ADDRESS, own=self._message_id(), original=posted.message_id)
        before = self._count()
        self._receive(bounce.replace("\n", "\r\n").encode())
        after = self._count()
        self.assertEqual((after[0], after[2]), (before[0], before[2]))
        note = complaint.message_ids.filtered(lambda m: "hanna@harbour" in (m.body or ""))[:1]
        self.assertEqual(note.attachment_ids.name, "returned_mail.eml")
        kind = self.env.ref("complaint_management.mail_activity_incoming_mail")
        self.assertIn(kind, complaint.activity_ids.activity_type_id)

    def test_bounce_of_anything_else(self):
        bounce = BOUNCE.format(
            to=ADDRESS, own=self._message_id(), original="<unknown@our-company.example.com>"
        )
        self._receive(bounce.replace("\n", "\r\n").encode())
        self.assertEqual((self._kept()[0].state, self._kept()[0].reason), ("rejected", "bounce"))

    def test_loop_of_our_own_mail(self):
        """Our own mail, sent back by a rule in the customer's mailbox, is here already."""
        complaint = self._registered_complaint()
        posted = complaint.message_post(body="Dear Hanna", subtype_xmlid="mail.mt_comment")
        before = self._count()
        self._receive(self._mail(From=CUSTOMER, Message_Id=posted.message_id))
        self.assertEqual(self._count()[:2], before[:2])

    def test_refused_machine_gets_no_returned_mail(self):
        self.team.alias_contact = "partners"
        self._receive(self._mail(From="Robot <robot@nowhere.example.org>", Precedence="bulk"))
        self.assertFalse(self.env["mail.mail"].search([]))
        self.assertEqual(self._kept()[0].reason, "refused")
