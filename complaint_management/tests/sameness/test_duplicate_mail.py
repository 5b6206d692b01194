"""A customer who answers to the duplicate is heard by whoever works on the case (R5, R48)."""

from odoo.tests import tagged

from ..correspondence.mail_common import MailCommon


@tagged("post_install", "-at_install")
class TestDuplicateMail(MailCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.original = cls._registered_complaint()
        cls.newer = cls._registered_complaint()
        cls.original.lead_user_id = cls.user_quality
        cls.message = cls.newer.message_post(
            body="Dear Hanna", partner_ids=cls.contact.ids, subtype_xmlid="mail.mt_comment"
        )
        cls.newer.action_same_case(cls.original.id, confirmed=True)
        cls.kind = cls.env.ref("complaint_management.mail_activity_incoming_mail")

    def _answer(self):
        mail = self._mail("Two more are torn.", In_Reply_To=self.message.message_id)
        self.assertEqual(self._receive(mail), self.newer)

    def _asked(self, complaint):
        return complaint.activity_ids.filtered(lambda a: a.activity_type_id == self.kind)

    def test_lead_of_the_case_is_asked_once(self):
        self._answer()
        self._answer()
        self.assertFalse(self._asked(self.newer))
        asked = self._asked(self.original)
        self.assertEqual(asked.user_id, self.user_quality)
        self.assertIn(self.newer.name, asked.summary)
        bodies = self.original.message_ids.mapped("body")
        linked = [body for body in bodies if "The customer wrote to <a" in body]
        self.assertEqual(len(linked), 2)
        self.assertIn(self.newer.name, linked[0])

    def test_words_on_the_page_of_the_duplicate(self):
        """They are posted there; the case that goes on hears of them, in nobody's name."""
        who = self.contact
        thread = self.newer.with_user(self.env.ref("base.public_user")).sudo()
        thread.message_post(
            body="When do you come?",
            author_id=who.id,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )
        self.assertEqual(self._asked(self.original).user_id, self.user_quality)
        note = self.original.message_ids[:1]
        self.assertIn("The customer wrote to <a", note.body)
        self.assertNotEqual(note.author_id, who)
        # What a colleague writes there is none of the customer's words
        self._asked(self.original).unlink()
        self.newer.message_post(body="See the other one", message_type="comment")
        self.assertFalse(self._asked(self.original))

    def test_case_that_is_over(self):
        self.original.action_cancel("Entered twice")
        self._answer()
        self.assertFalse(self._asked(self.newer))
        self.assertIn("reopen", self._asked(self.original).summary)
