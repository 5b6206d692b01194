from odoo import Command
from odoo.exceptions import UserError
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
