from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import LibraryCommon


@tagged("post_install", "-at_install")
class TestLessonNeutral(LibraryCommon):
    """A lesson names nobody of its case, in whatever text (R52, R73)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer.write({"name": "Müller Handels GmbH", "street": "Hafenweg 7"})
        cls.contact.write({"name": "Jane Buyer", "email": "jane@buyer.example.com"})
        cls.supplier = cls.env["res.partner"].create(
            {"name": "Stahlwerk Nord AG", "is_company": True}
        )
        cls.product.seller_ids = [Command.create({"partner_id": cls.supplier.id})]
        cls.case = cls._solved(customer_reference="REK-2024-17", phone="+49 40 123 456-78")
        cls.case.sudo().concerned_user_ids = cls.user_stock

    def _make(self):
        action = self.case.with_user(self.user_sales).action_make_lesson()
        lesson = self.lessons.browse(action["res_id"])
        lesson.write(
            {"name": "Rust", "problem": "Rust", "cause": "Rain", "measure": "Film", "advice": "-"}
        )
        return lesson

    def test_every_kind_of_name_in_every_text(self):
        lesson = self._make()
        names = (
            "Müller Handels GmbH",
            "müller handels",
            "Hafenweg 7",
            "Jane Buyer",
            "Buyer",
            "jane@buyer.example.com",
            "someone.else@buyer.example.com",
            "Stahlwerk Nord",
            "REK-2024-17",
            self.case.name,
            "+49 40 12345678",
            "Otto",
            self.user_stock.name,
            self.user_contributor.name,
        )
        fields = ("name", "problem", "recognition", "cause", "measure", "advice", "key_points")
        for index, name in enumerate(names):
            field = (*fields, "quiz")[index % 8]
            with self.subTest(name=name, field=field):
                before = lesson[field]
                lesson[field] = f"It came from {name}, as always."
                with self.assertRaises(UserError) as caught:
                    lesson.with_user(self.user_sales).action_submit()
                self.assertIn(f"“{name}”", str(caught.exception))
                lesson[field] = before
        lesson.with_user(self.user_sales).action_submit()

    def test_caption_of_a_picture(self):
        lesson = self._make()
        self._photo(self.case)
        action = lesson.with_user(self.user_sales).action_pick_pictures()
        wizard = self.env[action["res_model"]].with_user(self.user_sales).browse(action["res_id"])
        wizard.line_ids.write({"is_picked": True, "name": "Pallet of Jane Buyer"})
        wizard.action_confirm()
        with self.assertRaises(UserError):
            lesson.with_user(self.user_sales).action_submit()
        lesson.picture_ids.name = "Pallet"
        lesson.with_user(self.user_sales).action_submit()

    def test_all_names_at_once(self):
        lesson = self._make()
        lesson.problem = f"Jane Buyer wrote about {self.case.name}"
        with self.assertRaises(UserError) as caught:
            lesson.with_user(self.user_sales).action_submit()
        for name in ("Jane Buyer", self.case.name):
            self.assertIn(name, str(caught.exception))

    def test_ordinary_words_are_no_names(self):
        lesson = self._make()
        lesson.problem = "The buyers' mullers janet 123456 REK-2024-1 saw rust in 2024."
        lesson.with_user(self.user_sales).action_submit()

    def test_the_author_may_accept_a_word(self):
        self.contact.name = "Carla Best"
        lesson = self._make()
        lesson.advice = "The best film is the thick one."
        with self.assertRaises(UserError):
            lesson.with_user(self.user_sales).action_submit()
        lesson.accepted_words = "Best, sure"
        lesson.with_user(self.user_sales).action_submit()

    def _accepting(self):
        """:return: a lesson in review whose text has a customer's name nobody accepted yet"""
        self.contact.name = "Carla Best"
        lesson = self._make()
        lesson.with_user(self.user_sales).action_submit()
        lesson.with_user(self.user_sales).advice = "The best film is the thick one."
        self.env.invalidate_all()
        return lesson.with_user(self.user_quality)

    def test_who_accepts_a_word_does_not_publish_it(self):
        lesson = self._accepting()
        with self.assertRaises(UserError):
            lesson.action_publish()
        lesson.accepted_words = "Best"
        self.assertIn(self.user_quality, lesson.writer_ids)
        with self.assertRaises(AccessError):
            lesson.action_publish()
        lesson.with_user(self.user_manager).action_publish()

    def test_a_word_accepted_meanwhile_is_noticed(self):
        lesson = self._accepting()
        seen = lesson.text_version
        lesson.with_user(self.user_sales).accepted_words = "Best"
        with self.assertRaisesRegex(UserError, "Somebody changed"):
            lesson.with_context(seen_version=seen).action_publish()
        lesson.with_context(seen_version=lesson.text_version).action_publish()
        self.assertEqual(lesson.state, "published")

    def test_accepted_words_are_shown_while_it_is_written(self):
        lesson = self._accepting()
        lesson.with_user(self.user_sales).accepted_words = "Best"
        users = (self.user_sales, self.user_quality, self.user_leadership)
        for user in users:
            self.env.invalidate_all()
            self.assertEqual(lesson.with_user(user).accepted_words, "Best", user.name)
        lesson.action_publish()
        for user in (*users, self.user_admin, self.user_contributor, self.user_stranger):
            with self.subTest(user=user.name):
                self.env.invalidate_all()
                row = lesson.with_user(user).read()[0]
                self.assertFalse([name for name in row if row[name] == "Best"])
                with self.assertRaises(AccessError):
                    lesson.with_user(user).read(["accepted_names"])
                with self.assertRaises(AccessError):
                    lesson.with_user(user).search([("accepted_names", "ilike", "b")])
        with self.assertRaises(UserError):
            lesson.with_user(self.user_manager).accepted_words = "Rust"
        with self.assertRaises(UserError):
            lesson.with_user(self.user_manager).accepted_words = False
        # The next version need not be told again
        action = lesson.with_user(self.user_sales).action_revise()
        version = self.lessons.browse(action["res_id"]).with_user(self.user_sales)
        self.assertEqual(version.accepted_words, "Best")
        version.action_submit()

    def test_chinese_names(self):
        self.customer.name = "杭州美景酒店有限公司"
        lesson = self._make()
        lesson.problem = "杭州美景酒店说卷纸有异味。"
        with self.assertRaises(UserError) as caught:
            lesson.with_user(self.user_sales).action_submit()
        self.assertIn("杭州美景酒店", str(caught.exception))

    def test_publishing_looks_again(self):
        lesson = self._make()
        lesson.with_user(self.user_sales).action_submit()
        lesson.with_user(self.user_sales).measure = "Jane Buyer checks"
        with self.assertRaises(UserError):
            lesson.with_user(self.user_quality).action_publish()
        self.assertEqual(lesson.state, "review")

    def test_a_lesson_without_a_case(self):
        lesson = self._lesson(problem="Jane Buyer is nobody here")
        lesson.with_user(self.user_sales).action_submit()
        lesson = self._lesson(problem="Write to x@y.example.com")
        with self.assertRaises(UserError):
            lesson.with_user(self.user_sales).action_submit()
