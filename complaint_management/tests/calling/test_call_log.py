from odoo.exceptions import AccessError, MissingError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import ComplaintCommon

NUMBER = "+1 555 010 0101"


@tagged("post_install", "-at_install")
class TestCallLog(ComplaintCommon):
    """A call that was taken is logged where it belongs, by whoever may write there (R9, R11)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Sales alone lets nobody write on contacts; other apps do
        cls.user_sales.group_ids += cls.env.ref("base.group_partner_manager")

    def setUp(self):
        super().setUp()
        self.calls = self.env["complaint.call"].with_user(self.user_sales)

    def _last(self, record):
        return record.message_ids.sorted("id")[-1]

    # ------------------------------------------------------------
    # On a complaint
    # ------------------------------------------------------------
    def test_on_a_complaint(self):
        complaint = self._registered_complaint(self.user_sales)
        self.assertFalse(complaint.date_responded)
        logged = self.calls.log(
            partner_id=self.contact.id,
            complaint_id=complaint.id,
            number=NUMBER,
            said="He is <b>angry</b>\nand waits",
        )
        self.assertEqual(logged["res_model"], "complaint.complaint")
        self.assertEqual(logged["res_id"], complaint.id)
        self.assertTrue(complaint.date_responded, "talking to the customer is an answer")
        message = self._last(complaint)
        self.assertEqual(message.author_id, self.user_sales.partner_id)
        self.assertFalse(message.notified_partner_ids)
        self.assertFalse(message.partner_ids)
        for words in ("the customer called", "Hanna Harbour", NUMBER, "&lt;b&gt;angry&lt;/b&gt;"):
            self.assertIn(words, message.body)
        self.assertFalse(self.contact.message_ids.filtered(lambda m: "called" in (m.body or "")))

    def test_number_alone(self):
        """A consumer without contact: the complaint says from where he called."""
        complaint = self._complaint(self.user_sales, partner_id=False, contact_id=False)
        self.calls.log(complaint_id=complaint.id, number=NUMBER)
        self.assertIn(NUMBER, self._last(complaint).body)

    def test_complaint_over(self):
        complaint = self._complaint(self.user_sales)
        complaint._write_trusted({"state": "closed"})
        count = len(complaint.message_ids)
        with self.assertRaisesRegex(UserError, "is over"):
            self.calls.log(complaint_id=complaint.id, said="Again")
        self.assertEqual(len(complaint.message_ids), count)

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")
    def test_rights(self):
        """Not on a colleague's case; not by whom we do not let take complaints."""
        other = self._registered_complaint(self.user_sales2, user_id=self.user_sales2.id)
        with self.assertRaises(AccessError):
            self.calls.log(complaint_id=other.id, said="x")
        with self.assertRaisesRegex(AccessError, "choose the complaint"):
            self.calls.with_user(self.user_quality).log(partner_id=self.contact.id, said="x")
        for user in (self.user_stranger, self.user_contributor, self.user_leadership):
            with self.assertRaises(AccessError):
                self.calls.with_user(user).log(partner_id=self.contact.id, said="x")

    # ------------------------------------------------------------
    # On a contact
    # ------------------------------------------------------------
    def test_on_a_contact(self):
        """A note for colleagues: nobody outside gets a mail of it."""
        self.contact.message_subscribe(self.customer.ids)
        logged = self.calls.log(partner_id=self.contact.id, number=NUMBER, said="Wants a <price>")
        self.assertEqual((logged["res_model"], logged["res_id"]), ("res.partner", self.contact.id))
        message = self._last(self.contact)
        self.assertEqual(message.subtype_id, self.env.ref("mail.mt_note"))
        self.assertTrue(message.subtype_id.internal)
        self.assertEqual(message.author_id, self.user_sales.partner_id)
        self.assertFalse(message.notified_partner_ids)
        for words in ("the customer called", NUMBER, "Wants a &lt;price&gt;"):
            self.assertIn(words, message.body)

    def test_nobody_and_nothing(self):
        for values in ({}, {"number": NUMBER}, {"partner_id": 0, "complaint_id": False}):
            with self.assertRaisesRegex(UserError, "Choose whom"):
                self.calls.log(said="x", **values)
        with self.assertRaises(MissingError):
            self.calls.log(partner_id=2**31 - 1)
        for values in ({"said": 1}, {"number": 4711}, {"number": "1" * 256}):
            with self.assertRaises(UserError):
                self.calls.log(partner_id=self.contact.id, **values)
