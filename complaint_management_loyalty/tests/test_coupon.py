from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.complaint_management.tests.common import ComplaintCommon


@tagged("post_install", "-at_install")
class TestCoupon(ComplaintCommon):
    """A coupon as thank-you, once a complaint (R49, R50)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.program = cls.env["loyalty.program"].create(
            {
                "name": "Thank you",
                "program_type": "coupons",
                "reward_ids": [(0, 0, {"reward_type": "discount", "discount": 5})],
            }
        )
        cls.env.company.complaint_coupon_program_id = cls.program
        cls.complaint = cls._complaint(category_id=cls.category_simple.id)
        cls.complaint.action_register()
        cls.complaint.action_resolve()
        cls.inside = cls.complaint.with_user(cls.user_sales)

    def _mails(self, words):
        mails = self.env["mail.mail"].search(
            [("model", "=", "complaint.complaint"), ("res_id", "=", self.complaint.id)]
        )
        return mails.filtered(lambda m: words in (m.subject or ""))

    def test_code_stands_in_the_thanks(self):
        self.assertTrue(self.inside.can_give_coupon)
        self.inside.action_give_coupon()
        card = self.complaint.coupon_id
        self.assertEqual((card.program_id, card.partner_id), (self.program, self.contact))
        self.assertEqual((card.points, card.code), (1.0, self.complaint.coupon_code))
        self.assertTrue(card.expiration_date)
        self.assertFalse(self.inside.can_give_coupon)
        self.complaint.action_close("accepted")
        self.assertIn(card.code, self._mails("is settled").body_html)
        self.assertIn(card.code, self.complaint._get_chat_text("thanks"))
        self.assertFalse(self._mails("a small thank-you"))

    def test_given_after_the_thanks_it_is_mailed(self):
        self.complaint.action_close("accepted")
        self.assertNotIn("coupon", self._mails("is settled").body_html)
        self.inside.action_give_coupon()
        mail = self._mails("a small thank-you")
        self.assertIn(self.complaint.coupon_code, mail.body_html)
        self.assertEqual(mail.recipient_ids, self.contact)

    def test_where_nobody_is_thanked_it_is_mailed(self):
        """After the end no thanks bring the code any more."""
        self.env.company.complaint_thank = False
        self.complaint.action_close("accepted")
        self.inside.action_give_coupon()
        self.assertIn(self.complaint.coupon_code, self._mails("a small thank-you").body_html)

    def test_followup_gives_one(self):
        for _again in range(2):
            action = self.env["complaint.action"].create(
                {
                    "complaint_id": self.complaint.id,
                    "name": "Call the customer",
                    "kind": "followup",
                    "user_id": self.user_sales.id,
                    "deadline": "2099-01-01",
                }
            )
            wizard = self.env["complaint.action.wizard"].with_user(self.user_sales)
            wizard.create(
                {
                    "verb": "finish",
                    "action_ids": action.ids,
                    "note": "Happy",
                    "satisfaction": "coupon",
                }
            ).action_confirm()
            self.assertEqual(action.verdict, "coupon")
        self.assertEqual(len(self.program.coupon_ids), 1)

    def test_refusals(self):
        with self.assertRaises(AccessError):
            self.complaint.with_user(self.user_leadership).action_give_coupon()
        draft = self._complaint(category_id=self.category_simple.id)
        with self.assertRaisesRegex(UserError, "for the end"):
            draft.action_give_coupon()
        self.inside.action_give_coupon()
        with self.assertRaisesRegex(UserError, "already"):
            self.inside.action_give_coupon()
        with self.assertRaises(UserError):
            self.inside.coupon_code = "FREE"
        self.env.company.complaint_coupon_program_id = False
        with self.assertRaisesRegex(UserError, "No coupon program"):
            draft.action_give_coupon()
