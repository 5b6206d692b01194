from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged
from odoo.tools.translate import code_translations

from ..common import ComplaintCommon


class RatingCase(ComplaintCommon):
    @classmethod
    def _resolved(cls, **vals):
        complaint = cls._complaint(category_id=cls.category_simple.id, **vals)
        complaint.action_register()
        complaint.action_resolve()
        return complaint


@tagged("post_install", "-at_install")
class TestRating(RatingCase):
    """The customer says how satisfied he is: one figure a round (R45, R50)."""

    def test_customer_rates(self):
        complaint = self._resolved()
        rating = complaint.with_user(self.user_portal)._rate_by_customer("4", " Quick\0 help ")
        self.assertEqual((rating.rating, rating.feedback), (4, "Quick help"))
        self.assertEqual((rating.partner_id, rating.complaint_source), (self.contact, "portal"))
        self.assertEqual((rating.complaint_round, rating.consumed), (1, True))
        self.assertEqual(complaint.satisfaction, "4")
        self.assertEqual(complaint.rating_last_value, 4)
        message = complaint.message_ids.filtered(lambda m: m.rating_id == rating)
        self.assertEqual(message.author_id, self.contact)
        self.assertIn("Quick help", message.body)
        self.assertFalse(complaint._can_rate())

    def test_whoever_calls_is_asked_in_his_language(self):
        """Not in that of the customer."""
        self.env["res.lang"]._activate_lang("zh_CN")
        self.user_portal.lang = "zh_CN"
        words = {"The customer is not satisfied: call him": "客户不满意，请致电"}
        complaint = self._resolved()
        with patch.dict(
            code_translations.python_translations, {("complaint_management", "zh_CN"): words}
        ):
            complaint.with_user(self.user_portal).with_context(lang="zh_CN")._rate_by_customer(1)
        summaries = complaint.activity_ids.mapped("summary")
        self.assertIn("The customer is not satisfied: call him", summaries)

    def test_words_are_no_markup(self):
        complaint = self._resolved()
        rating = complaint._rate_by_customer(5, "<b onclick='x()'>bold</b>")
        self.assertIn("&lt;b", str(rating.message_id.body))

    def test_figures(self):
        complaint = self._resolved()
        for figure in (0, 6, -1, 2.5, "x", None, "", True):
            with self.subTest(figure=figure), self.assertRaises(UserError):
                complaint._rate_by_customer(figure)
        self.assertFalse(complaint.rating_ids)

    def test_only_what_is_done(self):
        draft = self._complaint(category_id=self.category_simple.id)
        for source in ("portal", "sheet"):
            with self.subTest(source=source), self.assertRaises(UserError):
                draft._rate_by_customer(5, source=source)
        draft.action_register()
        with self.assertRaises(UserError):
            draft._rate_by_customer(5)
        self.assertTrue(draft._rate_by_customer(5, source="sheet"))

    def test_one_a_round(self):
        complaint = self._resolved()
        complaint._rate_by_customer(1, "Still wrong")
        with self.assertRaises(UserError):
            complaint._rate_by_customer(5)
        complaint.action_dissatisfied("Still wrong")
        complaint._write_trusted({"state": "resolved"})
        self.assertTrue(complaint._can_rate())
        complaint._rate_by_customer(5, "Now it is fine")
        self.assertEqual(complaint.rating_ids.sorted("id").mapped("rating"), [1, 5])
        self.assertEqual(complaint.satisfaction, "5")

    def test_somebody_calls_who_is_not_satisfied(self):
        complaint = self._resolved()
        complaint._rate_by_customer(2, "Too slow")
        call = complaint.activity_ids.filtered(lambda a: "not satisfied" in (a.summary or ""))
        self.assertEqual(call.user_id, self.user_sales)
        self.assertIn("Too slow", str(call.note))
        content = self._resolved()
        content._rate_by_customer(3)
        self.assertFalse(content.activity_ids.filtered(lambda a: "satisfied" in (a.summary or "")))

    def test_rating_is_an_answer(self):
        complaint = self._resolved()
        self.assertTrue(complaint.date_next_reminder)
        complaint._rate_by_customer(5)
        self.assertFalse(complaint.date_next_reminder)

    def test_consumer_without_partner(self):
        complaint = self._resolved(
            partner_id=False,
            contact_id=False,
            complainant_type="consumer",
            complainant_name="Carla Consumer",
            email_from="carla@consumer.example.com",
        )
        self.assertEqual(complaint._rate_by_customer(5).rating, 5)

    def test_figures_are_nobodys_to_write(self):
        complaint = self._resolved()
        rating = complaint._rate_by_customer(1)
        for user in (self.user_sales, self.user_admin):
            with self.subTest(user=user.login), self.assertRaises(UserError):
                rating.with_user(user).write({"rating": 5})
        made_up = {
            "res_model_id": self.env["ir.model"]._get_id(complaint._name),
            "res_id": complaint.id,
            "rating": 5,
            "consumed": True,
        }
        with self.assertRaises(UserError):
            self.env["rating.rating"].with_user(self.user_admin).create(made_up)
        message = complaint.with_user(self.user_sales).message_post(body="Five!", rating_value=5)
        self.assertFalse(message.rating_id)
        self.assertEqual(complaint.rating_ids.rating, 1)


@tagged("post_install", "-at_install")
class TestRatingPage(RatingCase, HttpCase):
    """Core's page of a survey, opened with the token of its mail."""

    def _submit(self, token, rate, feedback):
        page = self.url_open(f"/rate/{token}/5")
        self.assertEqual(page.status_code, 200)
        csrf = page.text.split('name="csrf_token" value="')[1].split('"')[0]
        return self.url_open(
            f"/rate/{token}/submit_feedback",
            data={"csrf_token": csrf, "rate": rate, "feedback": feedback},
        )

    def test_survey(self):
        complaint = self._resolved(subject="Zyxwv")
        token = complaint._rating_get_access_token()
        self.assertEqual(token, complaint._rating_get_access_token())
        self.assertEqual(self._submit(token, 5, "Good").status_code, 200)
        rating = complaint.rating_ids
        self.assertEqual((rating.rating, rating.feedback), (5, "Good"))
        self.assertEqual(rating.complaint_source, "survey")
        # Sent again, or later with other words: the figure stays, nothing he says is lost
        self.assertEqual(self._submit(token, 1, "I think again").status_code, 200)
        self.assertEqual(complaint.rating_ids.rating, 5)
        self.assertIn("I think again", str(complaint.message_ids.mapped("body")))

    def test_figures_nobody_offers(self):
        complaint = self._resolved()
        token = complaint._rating_get_access_token()
        for rate in ("7", "many", "", "5 or 5"):
            with self.subTest(rate=rate):
                self.assertEqual(self._submit(token, rate, "Hm").status_code, 400)
        self.assertEqual(self.url_open(f"/rate/{token}/7").status_code, 400)
        self.assertFalse(complaint.rating_ids.filtered("consumed"))

    def test_title_stays_inside(self):
        complaint = self._resolved(subject="Zyxwv")
        token = complaint._rating_get_access_token()
        stranger = self.env["res.users"].create(
            {
                "name": "Other",
                "login": "test_complaint_other_portal",
                "password": "test_complaint_other_portal",
                "group_ids": [(6, 0, [self.env.ref("base.group_portal").id])],
            }
        )
        self.authenticate(stranger.login, stranger.login)
        page = self.url_open(f"/rate/{token}/5").text
        self.assertIn(complaint.name, page)
        self.assertNotIn("Zyxwv", page)
