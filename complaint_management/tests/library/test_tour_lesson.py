from odoo.tests import tagged

from ..browser import BrowserCase
from .common import LibraryCommon


@tagged("post_install", "-at_install")
class TestTourLesson(BrowserCase, LibraryCommon):
    """Learning in a real browser (R52)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user_sales.password = cls.user_sales.login

    def test_a_lesson_helps_with_a_case(self):
        lesson = self._published(
            product_ids=self.product.product_tmpl_id.ids, defect_ids=self.defect_rust.ids
        )
        complaint = self._registered_complaint(user=self.user_sales)
        self.start_tour(
            f"/odoo/complaints/{complaint.id}",
            "complaint_lesson_helps",
            login=self.user_sales.login,
        )
        self.assertEqual(lesson.helped_ids, complaint)

    def test_a_case_becomes_a_lesson(self):
        case = self._solved()
        self._photo(case)
        self.start_tour(
            f"/odoo/complaints/{case.id}", "complaint_lesson_make", login=self.user_sales.login
        )
        lesson = case.lesson_ids
        self.assertEqual((lesson.name, lesson.state), ("Rust from wet cartons", "review"))
        self.assertEqual(len(lesson.picture_ids), 1)
