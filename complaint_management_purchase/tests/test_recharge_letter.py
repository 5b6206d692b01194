from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import RechargeCommon


@tagged("post_install", "-at_install")
class TestRechargeLetter(RechargeCommon):
    """The vendor reads his goods and what is wrong; the customer reads nothing of it (R20)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lot = cls._lots(cls.blade, "B-1")
        cls.order = cls._purchase([(cls.blade, 10, 4.0)], lots={cls.blade: [(cls.lot, 10)]})
        cls.complaint = cls._blade_complaint(cls.lot)
        cls.complaint.responsibility = "supplier"
        cls.complaint.cause_ids = [
            (0, 0, {"name": "Bad steel", "operator_name": "Otto", "penalty": "50"})
        ]
        cls.complaint.with_user(cls.user_sales).action_recharge()
        cls.recharge = cls.complaint.recharge_ids
        cls.recharge.write({"reason": "The edges break.", "amount_cost": 5.55})

    def _send(self, user=None):
        recharge = self.recharge.with_user(user or self.user_buyer)
        composer = self.env["mail.compose.message"].with_user(user or self.user_buyer)
        composer = composer.with_context(**recharge.action_send()["context"]).create({})
        _mails, message = composer._action_send_mail()
        return message

    def test_sent_to_the_vendor_alone(self):
        before = self.complaint.message_ids
        message = self._send()
        self.assertEqual(message.partner_ids, self.vendor)
        self.assertEqual((message.model, message.res_id), (self.recharge._name, self.recharge.id))
        self.assertEqual(self.recharge.state, "sent")
        self.assertTrue(self.recharge.date_sent)
        fresh = self.complaint.message_ids - before
        self.assertFalse(fresh.filtered(lambda m: self.vendor in m.partner_ids))
        self.assertNotIn("edges break", "".join(str(m.body) for m in fresh))
        mails = self.env["mail.mail"].search([("mail_message_id", "=", message.id)])
        self.assertNotIn(self.contact, mails.recipient_ids)
        self.assertNotIn(self.customer, mails.recipient_ids)
        self.assertFalse(self.complaint.date_responded)

    def test_what_he_reads(self):
        message = self._send()
        body = str(message.body)
        for words in ("The edges break.", "Blade", "B-1", self.order.name, self.recharge.name):
            self.assertIn(words, body)
        self.assertIn("17.55", body)
        html = "".join(
            self.env["mail.mail"].search([("mail_message_id", "=", message.id)]).mapped("body_html")
        )
        for secret in (
            "Harbour",
            "Hanna",
            self.complaint.name,
            "Otto",
            "5.55",
            self.complaint.description,
            "/mail/view",
        ):
            with self.subTest(secret=secret):
                self.assertNotIn(secret, body + html + message.subject)

    def test_in_his_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.vendor.lang = "fr_FR"
        template = self.env.ref("complaint_management_purchase.mail_template_recharge")
        template.with_context(lang="fr_FR").subject = "Réclamation {{ object.name }}"
        self.assertIn("Réclamation", self._send().subject)

    def test_customers_name_only_where_chosen(self):
        self.recharge.reason = "The blades of harbour hotel broke."
        with self._refused("names our customer (Harbour Hotel)"):
            self.recharge.action_send()
        with self._refused("names our customer"):
            self.recharge.action_mark_sent()
        self.recharge.names_customer = True
        self.assertTrue(self.recharge.action_send())

    def test_what_is_missing_is_said(self):
        self.recharge.reason = " "
        with self._refused("write the facts"):
            self.recharge.action_send()
        self.recharge.write({"reason": "Bad", "line_ids": [(5,)]})
        self.recharge.partner_id = False
        with self._refused("choose whom"):
            self.recharge.action_send()

    def test_a_note_between_colleagues_sends_nothing(self):
        self.recharge.with_user(self.user_buyer).message_post(
            body=f"About {self.recharge.name}",
            partner_ids=self.vendor.ids,
            subtype_xmlid="mail.mt_note",
        )
        self.assertEqual(self.recharge.state, "open")

    def test_another_mail_is_not_the_claim(self):
        self.recharge.with_user(self.user_buyer).message_post(
            body="We shall claim soon",
            partner_ids=self.vendor.ids,
            subtype_xmlid="mail.mt_comment",
        )
        self.assertEqual(self.recharge.state, "open")

    def test_salespeople_write_to_no_vendor(self):
        inside = self.recharge.with_user(self.user_sales)
        with self.assertRaises(AccessError):
            inside.action_send()
        with self.assertRaises(AccessError):
            inside.message_post(body="Hello", partner_ids=self.vendor.ids)

    def test_his_answer_comes_to_the_claim(self):
        message = self._send()
        raw = (
            f"From: {self.vendor.email}\nTo: catchall@our-company.example.com\n"
            f"Subject: Re: claim\nMessage-ID: <vendor-1@blades.example.com>\n"
            f"In-Reply-To: {message.message_id}\nReferences: {message.message_id}\n\nWe accept."
        )
        before = self.complaint.message_ids
        self.env["mail.thread"].message_process("complaint.recharge", raw)
        self.assertIn(
            "We accept", "".join(str(b) for b in self.recharge.message_ids.mapped("body"))
        )
        self.assertEqual(self.complaint.message_ids, before)

    def test_colleagues_concerned_are_not_told(self):
        self.recharge.message_subscribe(self.user_quality.partner_id.ids)
        self.complaint.concerned_user_ids = self.user_quality
        message = self.recharge.message_post(
            body="We wait", partner_ids=self.user_quality.partner_id.ids
        )
        self.assertNotIn(self.user_quality.partner_id, message.notified_partner_ids)
        self.recharge.message_subscribe(self.user_quality.partner_id.ids)
        with self.assertRaises(UserError):
            self.complaint.with_user(self.user_quality).concerned_user_ids = self.user_quality

    def test_a_person_is_taken_out_of_it_too(self):
        """T21: facts that named him, and what was written on the claim's thread."""
        self.recharge.write({"reason": "Hanna Harbour found it.", "names_customer": True})
        self._send()
        self.complaint._write_trusted({"state": "closed"})
        words = ["Hanna Harbour"]
        self.complaint._anonymise_person(self.contact, words, "He asked for it")
        self.assertNotIn("Hanna", self.recharge.reason)
        self.assertNotIn("Hanna", "".join(str(b) for b in self.recharge.message_ids.mapped("body")))

    def test_a_person_who_is_the_vendor_too(self):
        """T21: the purchase keeps whom it was bought from, the claim lets go of him."""
        self.recharge.action_withdraw()
        self.complaint._write_trusted({"state": "closed"})
        self.complaint._anonymise_person(self.vendor, ["Rapid Blades"], "He asked for it")
        self.assertNotEqual(self.recharge.partner_id, self.vendor)
        self.assertEqual(self.recharge.line_ids.purchase_order_id, self.order)
