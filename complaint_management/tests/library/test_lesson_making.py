from PIL import ExifTags, Image

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import LibraryCommon, make_picture


@tagged("post_install", "-at_install")
class TestLessonMaking(LibraryCommon):
    """One press makes a lesson from a solved case (R52)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contact.name = "Jane Buyer"
        cls.case = cls._solved(
            description="Jane Buyer says: the tips are rusty.", customer_reference="REK-2024-17"
        )
        cls.case._thaw().write({"lesson_learned": "Rain gets in. See REK-2024-17."})

    def _make(self, user=None, case=None):
        action = (case or self.case).with_user(user or self.user_sales).action_make_lesson()
        return self.lessons.browse(action["res_id"])

    def test_what_is_known_is_filled_in(self):
        lesson = self._make()
        self.assertEqual(lesson.state, "draft")
        self.assertIn("the tips are rusty", lesson.problem)
        self.assertEqual(lesson.cause, "The cartons got wet")
        self.assertEqual(lesson.measure, "Wrap the pallets")
        self.assertIn("Rain gets in", lesson.advice)
        self.assertEqual(lesson.product_ids, self.product.product_tmpl_id)
        self.assertEqual(lesson.product_category_ids, self.product.categ_id)
        self.assertEqual(lesson.defect_ids, self.defect_rust)
        self.assertEqual(lesson.category_ids, self.category_quality)
        self.assertEqual(lesson.source_ids, self.case)
        self.assertEqual(lesson.author_id, self.user_sales)
        self.assertEqual(lesson.company_id, self.case.company_id)

    def test_names_and_numbers_are_taken_out(self):
        lesson = self._make()
        text = " ".join(str(lesson[name]) for name in ("name", "problem", "cause", "advice"))
        for name in ("Jane Buyer", "REK-2024-17", "Otto", "50"):
            self.assertNotIn(name, text)
        self.assertIn("[customer]", text)
        self.assertIn("[number]", text)

    def test_pressed_again_it_opens_the_draft(self):
        lesson = self._make()
        self.assertEqual(self._make(), lesson)
        self.assertNotEqual(self._make(self.user_quality), lesson)

    def test_not_before_it_is_solved(self):
        complaint = self._registered_complaint(user=self.user_sales)
        with self.assertRaises(UserError):
            complaint.with_user(self.user_sales).action_make_lesson()

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")
    def test_who_may_not_read_the_case_or_write_lessons(self):
        for user in (self.user_sales2, self.user_leadership, self.user_contributor):
            with self.subTest(user=user.name), self.assertRaises(AccessError):
                self.case.with_user(user).action_make_lesson()

    def test_a_case_without_anything(self):
        complaint = self._complaint(user=self.user_sales, description=False, partner_id=False)
        complaint._write_trusted({"state": "closed"})
        lesson = self._make(case=complaint)
        self.assertTrue(lesson.name)
        self.assertFalse(lesson.cause)

    def test_rejected_causes_and_open_measures_teach_nothing(self):
        case = self._registered_complaint(user=self.user_sales)
        for state in ("preliminary", "rejected"):
            case.cause_ids.create({"complaint_id": case.id, "name": state})._write_trusted(
                {"state": state}
            )
        case.action_ids.create(
            {
                "complaint_id": case.id,
                "name": "Some day",
                "kind": "preventive",
                "user_id": self.user_contributor.id,
                "deadline": "2030-01-01",
            }
        )
        case._write_trusted({"state": "closed"})
        lesson = self._make(case=case)
        self.assertFalse(lesson.cause)
        self.assertFalse(lesson.measure)

    def test_button_on_the_case(self):
        self.assertEqual(self.case.lesson_count, 0)
        lesson = self._make()
        case = self.case.with_user(self.user_sales)
        self.assertEqual(case.lesson_count, 1)
        self.assertEqual(case.action_view_lessons()["res_id"], lesson.id)
        self._make(self.user_quality)
        quality = self.case.with_user(self.user_quality)
        self.assertEqual(len(quality.action_view_lessons()["domain"][0][2]), 2)
        # A colleague's draft is not counted
        self.env.invalidate_all()
        self.assertEqual(self.case.with_user(self.user_sales).lesson_count, 1)


@tagged("post_install", "-at_install")
class TestLessonPictures(LibraryCommon):
    """Pictures are picked by a person, copied, and lose what the camera noted (R52)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls._solved()
        cls.photos = cls._photo(cls.case, "red", condition="nok") + cls._photo(
            cls.case, "green", condition="ok", name="As it should be"
        )
        action = cls.case.with_user(cls.user_sales).action_make_lesson()
        cls.lesson = cls.lessons.browse(action["res_id"])

    def _open(self, user=None):
        action = self.lesson.with_user(user or self.user_sales).action_pick_pictures()
        return (
            self.env[action["res_model"]]
            .with_user(user or self.user_sales)
            .browse(action["res_id"])
        )

    def test_nothing_is_picked_beforehand(self):
        wizard = self._open()
        self.assertEqual(wizard.line_ids.evidence_id, self.photos)
        self.assertFalse(any(wizard.line_ids.mapped("is_picked")))
        with self.assertRaises(UserError):
            wizard.action_confirm()

    def test_what_is_picked_is_copied(self):
        wizard = self._open()
        wizard.line_ids[1].is_picked = True
        wizard.action_confirm()
        picture = self.lesson.picture_ids
        self.assertEqual((picture.name, picture.condition), ("As it should be", "ok"))
        files = self.env["ir.attachment"].search(
            [("res_model", "=", picture._name), ("res_id", "=", picture.id), ("res_field", "!=", 0)]
        )
        self.assertTrue(files)
        self.assertNotIn("Jane", " ".join(files.mapped("name")))
        self.assertTrue(picture.image)

    def test_the_cameras_notes_stay_behind(self):
        exif = Image.Exif()
        exif[ExifTags.Base.Artist] = "SECRETPLACE"
        pictures = self.env["complaint.lesson.picture"]
        picture = pictures.create(
            {
                "lesson_id": self.lesson.id,
                "image": make_picture("red", exif=exif, comment=b"SECRETPLACE"),
            }
        )
        self.env.invalidate_all()
        files = self.env["ir.attachment"].search(
            [("res_model", "=", picture._name), ("res_id", "=", picture.id), ("res_field", "!=", 0)]
        )
        for file in files:
            self.assertNotIn(b"SECRETPLACE", file.raw)

    def test_no_picture_is_refused(self):
        for content in (b"bm8gcGljdHVyZQ==", b"%%%"):
            with self.subTest(content=content), self.assertRaises(UserError):
                self.env["complaint.lesson.picture"].create(
                    {"lesson_id": self.lesson.id, "image": content}
                )

    def test_without_photos(self):
        lesson = self._lesson()
        with self.assertRaises(UserError):
            lesson.with_user(self.user_sales).action_pick_pictures()

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_readers_of_the_lesson_see_the_picture_and_not_the_evidence(self):
        wizard = self._open()
        wizard.line_ids.is_picked = True
        wizard.action_confirm()
        self.lesson.write({"measure": "Film", "advice": "-", "problem": "Rust"})
        self.lesson.with_user(self.user_sales).action_submit()
        self.lesson.with_user(self.user_quality).action_publish()
        reader = self.lesson.with_user(self.user_stranger)
        self.assertTrue(reader.picture_ids[:1].image)
        self.assertFalse(self.photos.with_user(self.user_stranger).has_access("read"))

    def test_cover_is_the_first(self):
        wizard = self._open()
        wizard.line_ids.is_picked = True
        wizard.action_confirm()
        first, second = self.lesson.picture_ids
        self.assertEqual(self.lesson.cover_id, first)
        first.sequence = 20
        self.lesson.invalidate_recordset()
        self.assertEqual(self.lesson.cover_id, second)

    def test_command_from_the_form(self):
        self.lesson.with_user(self.user_sales).write(
            {"picture_ids": [Command.create({"image": make_picture("blue"), "name": "Blue"})]}
        )
        self.assertEqual(self.lesson.picture_ids.name, "Blue")
