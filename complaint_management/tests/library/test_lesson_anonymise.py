from odoo.tests import tagged

from .common import LibraryCommon, make_picture


@tagged("post_install", "-at_install")
class TestLessonAnonymise(LibraryCommon):
    """Who is taken out of a case is taken out of its lessons (T21)."""

    def test_text_search_and_pictures(self):
        case = self._solved()
        action = case.with_user(self.user_sales).action_make_lesson()
        lesson = self.lessons.browse(action["res_id"])
        lesson.write(
            {
                "problem": "Zora Quandt saw rust",
                "cause": "Rain",
                "measure": "Film",
                "accepted_words": "Zora Quandt",
            }
        )
        self.env["complaint.lesson.picture"].create(
            {"lesson_id": lesson.id, "image": make_picture("red"), "name": "Pallet of Zora Quandt"}
        )
        lesson.with_user(self.user_sales).action_submit()
        lesson.with_user(self.user_quality).action_publish()
        self.assertEqual(self.lessons.search([("words", "ilike", "quandt")]), lesson)
        changed = case.with_user(self.user_admin)._anonymise_person(
            self.env["res.partner"], ["Zora Quandt"], "Asked for it"
        )
        self.assertEqual(changed, case)
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertNotIn("Zora", lesson.problem)
        self.assertIn("saw rust", lesson.problem)
        self.assertIn("[removed]", lesson.accepted_names)
        self.assertNotIn("Zora", lesson.accepted_names)
        self.assertNotIn("Zora", lesson.picture_ids.name)
        self.assertFalse(self.lessons.search([("words", "ilike", "quandt")]))
        self.assertEqual(lesson.state, "published")
