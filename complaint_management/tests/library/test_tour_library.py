from odoo.tests import tagged

from ..browser import BrowserCase
from .common import LibraryCommon

TOUR = "complaint_library_"


class LibraryTourCase(LibraryCommon, BrowserCase):
    """A shelf with nothing but our lessons on it, and people who log in."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lessons.search([("state", "=", "published")])._write_trusted({"state": "retired"})
        for user in cls.user_sales + cls.user_quality + cls.user_manager:
            user.password = user.login

    def _tour(self, url, name, user):
        self.start_tour(url, TOUR + name, login=user.login)
        self.env.invalidate_all()


@tagged("post_install", "-at_install")
class TestTourLibrary(LibraryTourCase):
    """From the solved case to the next one like it (R52)."""

    browser_size = "1400x900"

    def test_written_published_found(self):
        case = self._solved(subject="Rusty tips", description="The tips are rusty.")
        self._tour(f"/odoo/complaints/{case.id}", "write", self.user_quality)
        lesson = case.lesson_ids
        self.assertEqual((lesson.name, lesson.state), ("Rust from wet cartons", "review"))
        self.assertEqual(lesson.author_id, self.user_quality)
        self._tour(f"/odoo/complaint.lesson/{lesson.id}", "publish", self.user_manager)
        self.assertEqual((lesson.state, lesson.reviewer_id), ("published", self.user_manager))
        # Newer ones, which would stand before it where nobody looks for words
        self._shelve(
            [
                {"name": "Something else", "problem": "The colour was wrong."},
                {"name": "Mould", "advice": "No wet cartons, please."},
            ]
        )
        self._tour("/odoo/complaint-lessons", "find", self.user_sales)

    def test_proposed_and_helped(self):
        lesson = self._published(product_ids=self.product.product_tmpl_id.ids)
        complaint = self._registered_complaint(user=self.user_sales)
        self._tour(f"/odoo/complaints/{complaint.id}", "helped", self.user_sales)
        self.assertEqual(lesson.helped_ids, complaint)
        self.assertEqual(complaint.helped_lesson_ids, lesson)


@tagged("post_install", "-at_install")
class TestTourTrainingPhone(LibraryTourCase):
    """Who was taught is written down where he stands (R52)."""

    browser_size = "390x844"
    touch_enabled = True

    def test_sheet_on_a_phone(self):
        training = self.env["complaint.training"].create(
            {"lesson_ids": self._published().ids, "attendee_ids": self._attendees("Otto Turner")}
        )
        self._tour(f"/odoo/complaint-trainings/{training.id}", "training", self.user_quality)
        self.assertEqual(training.attendee_ids.mapped("name"), ["Otto Turner", "Paula Packer"])
