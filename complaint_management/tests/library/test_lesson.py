from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import LibraryCommon, make_picture


@tagged("post_install", "-at_install")
class TestLesson(LibraryCommon):
    """Written by one, published by another, frozen then (R52, T16, T20)."""

    def test_from_draft_to_shelf(self):
        lesson = self._lesson()
        self.assertEqual(lesson.author_id, self.user_sales)
        self.assertEqual(lesson.writer_ids, self.user_sales)
        lesson.with_user(self.user_sales).action_submit()
        self.assertEqual(lesson.state, "review")
        lesson.with_user(self.user_quality).action_publish()
        self.assertEqual(lesson.state, "published")
        self.assertEqual(lesson.reviewer_id, self.user_quality)
        self.assertTrue(lesson.date_published)

    def test_who_wrote_does_not_publish(self):
        lesson = self._lesson(self.user_quality)
        lesson.with_user(self.user_quality).action_submit()
        self.assertFalse(lesson.with_user(self.user_quality).can_publish)
        with self.assertRaises(AccessError):
            lesson.with_user(self.user_quality).action_publish()
        self.assertTrue(lesson.with_user(self.user_manager).can_publish)

    def test_who_mends_during_the_review_does_not_publish_either(self):
        for vals in ({"cause": "Rain"}, {"name": "Rust"}):
            with self.subTest(vals=vals):
                lesson = self._lesson()
                lesson.with_user(self.user_sales).action_submit()
                lesson.with_user(self.user_quality).write(vals)
                self.assertIn(self.user_quality, lesson.writer_ids)
                with self.assertRaises(AccessError):
                    lesson.with_user(self.user_quality).action_publish()

    def test_a_picture_makes_a_writer(self):
        lesson = self._lesson()
        lesson.with_user(self.user_sales).action_submit()
        seen = lesson.text_version
        pictures = self.env["complaint.lesson.picture"].with_user(self.user_quality)
        pictures.create({"lesson_id": lesson.id, "image": make_picture("red")})
        self.assertIn(self.user_quality, lesson.writer_ids)
        self.assertGreater(lesson.text_version, seen)

    def test_the_same_text_makes_no_writer(self):
        lesson = self._lesson()
        lesson.with_user(self.user_quality).write(
            {"name": lesson.name, "cause": lesson.cause, "lang": "en_US"}
        )
        self.assertEqual(lesson.writer_ids, self.user_sales)

    def test_only_quality_publishes(self):
        lesson = self._lesson()
        lesson.with_user(self.user_sales).action_submit()
        lesson.owner_id = self.user_service
        for user in (self.user_sales, self.user_service, self.user_leadership):
            with self.subTest(user=user.name), self.assertRaises(AccessError):
                lesson.with_user(user).action_publish()

    def test_every_verb_from_every_state(self):
        allowed = {
            "submit": {"draft"},
            "return": {"review"},
            "publish": {"review"},
            "confirm": {"published"},
            "revise": {"published"},
            "retire": {"published"},
        }
        for state in ("draft", "review", "published", "retired"):
            for verb, sources in allowed.items():
                with self.subTest(state=state, verb=verb):
                    lesson = self._lesson()
                    lesson._write_trusted({"state": state})
                    method = getattr(lesson.with_user(self.user_manager), f"action_{verb}")
                    arguments = ["Because"] if verb in ("return", "retire") else []
                    if state in sources:
                        method(*arguments)
                    else:
                        self.assertFalse(lesson.with_user(self.user_manager)[f"can_{verb}"])
                        with self.assertRaises(UserError):
                            method(*arguments)

    def test_state_is_nobodys_to_write(self):
        lesson = self._lesson()
        for name, value in (
            ("state", "published"),
            ("author_id", self.user_manager.id),
            ("writer_ids", [(5,)]),
            ("reviewer_id", self.user_sales.id),
            ("source_ids", [(5,)]),
            ("date_next_review", "2100-01-01"),
        ):
            with self.subTest(field=name), self.assertRaises(UserError):
                lesson.with_user(self.user_quality).write({name: value})
        with self.assertRaises(UserError):
            self._lesson(state="published")
        with self.assertRaises(UserError):
            self._lesson(author_id=self.user_quality.id)
        forged = self.lessons.with_user(self.user_sales).with_context(default_state="published")
        self.assertEqual(forged.create({"name": "Forged"}).state, "draft")

    def test_nobody_publishes_what_he_did_not_see(self):
        lesson = self._lesson()
        lesson.with_user(self.user_sales).action_submit()
        seen = lesson.text_version
        lesson.with_user(self.user_sales).cause = "The roof of the hall leaks."
        stale = lesson.with_user(self.user_quality).with_context(seen_version=seen)
        with self.assertRaises(UserError):
            stale.action_publish()
        self.assertEqual(lesson.state, "review")
        stale.with_context(seen_version=lesson.text_version).action_publish()

    def test_what_is_missing_is_named_at_once(self):
        lesson = self._lesson(cause=False, measure="  ")
        with self.assertRaises(UserError) as caught:
            lesson.with_user(self.user_sales).action_submit()
        self.assertIn("Cause", str(caught.exception))
        self.assertIn("Measure", str(caught.exception))

    def test_sent_back_with_a_reason(self):
        lesson = self._lesson()
        lesson.with_user(self.user_sales).action_submit()
        reviewer = lesson.with_user(self.user_quality)
        action = reviewer.action_return()
        wizard = self.env[action["res_model"]].with_user(self.user_quality)
        wizard = wizard.browse(action["res_id"])
        with self.assertRaises(UserError):
            wizard.action_confirm()
        wizard.reason = "What is a shaft?"
        wizard.action_confirm()
        self.assertEqual((lesson.state, lesson.return_reason), ("draft", "What is a shaft?"))
        lesson.with_user(self.user_sales).action_submit()
        self.assertFalse(lesson.return_reason)

    def test_published_is_frozen(self):
        lesson = self._published()
        for vals in ({"name": "X"}, {"advice": "Y"}, {"quiz": "Z"}, {"lang": "de_DE"}):
            for user in (self.user_sales, self.user_manager, self.env.user):
                with self.subTest(vals=vals, user=user.name), self.assertRaises(UserError):
                    lesson.with_user(user).sudo().write(vals)
        with self.assertRaises(UserError):
            self.env["complaint.lesson.picture"].create(
                {"lesson_id": lesson.id, "image": make_picture("red")}
            )
        lesson.with_user(self.user_quality).write(
            {"defect_ids": [(4, self.defect_rust.id)], "owner_id": self.user_manager.id}
        )

    def test_its_pictures_are_frozen(self):
        lesson = self._lesson()
        picture = self.env["complaint.lesson.picture"].create(
            {"lesson_id": lesson.id, "image": make_picture("red"), "name": "Rust"}
        )
        lesson.with_user(self.user_sales).action_submit()
        lesson.with_user(self.user_quality).action_publish()
        for vals in ({"name": "X"}, {"image": make_picture("blue")}, {"condition": "ok"}):
            with self.subTest(vals=sorted(vals)), self.assertRaises(UserError):
                picture.write(vals)
        with self.assertRaises(UserError):
            picture.unlink()
        with self.assertRaises(UserError):
            lesson.with_user(self.user_quality).write({"picture_ids": [(2, picture.id)]})
        other = self._lesson()
        with self.assertRaises(UserError):
            picture.write({"lesson_id": other.id})

    def test_only_drafts_are_deleted(self):
        lesson = self._published()
        with self.assertRaises(UserError):
            lesson.with_user(self.user_manager).unlink()
        draft = self._lesson()
        picture = self.env["complaint.lesson.picture"].create(
            {"lesson_id": draft.id, "image": make_picture("red")}
        )
        files = self.env["ir.attachment"].search(
            [("res_model", "=", picture._name), ("res_field", "=", "image")]
        )
        files = files.filtered(lambda f: f.res_id == picture.id)
        self.assertTrue(files)
        draft.with_user(self.user_sales).unlink()
        self.assertFalse(picture.exists())
        self.assertFalse(files.exists())


@tagged("post_install", "-at_install")
class TestLessonVersion(LibraryCommon):
    """The old version stays until the new one is published (R52)."""

    def setUp(self):
        super().setUp()
        self.old = self._lesson(product_ids=self.product.product_tmpl_id.ids)
        self.env["complaint.lesson.picture"].create(
            {"lesson_id": self.old.id, "image": make_picture("red"), "name": "Rust"}
        )
        self.old.with_user(self.user_sales).action_submit()
        self.old.with_user(self.user_quality).action_publish()

    def _revise(self, user):
        return self.lessons.browse(self.old.with_user(user).action_revise()["res_id"])

    def test_new_version(self):
        new = self._revise(self.user_quality)
        self.assertEqual((new.state, new.version), ("draft", 2))
        self.assertEqual(new.name, self.old.name)
        self.assertEqual(new.product_ids, self.old.product_ids)
        self.assertEqual(new.picture_ids.mapped("name"), ["Rust"])
        self.assertNotEqual(new.picture_ids, self.old.picture_ids)
        self.assertEqual(self.old.state, "published")
        new.with_user(self.user_quality).measure = "Pallets are wrapped twice."
        new.with_user(self.user_quality).action_submit()
        new.with_user(self.user_manager).action_publish()
        self.assertEqual((new.state, self.old.state), ("published", "retired"))
        self.assertTrue(self.old.retire_reason)

    def test_pressed_twice_it_is_one(self):
        new = self._revise(self.user_quality)
        self.assertEqual(self._revise(self.user_manager), new)

    @mute_logger("odoo.sql_db")
    def test_two_at_once_is_refused_by_the_database(self):
        new = self._revise(self.user_quality)
        with self.assertRaises(Exception) as caught, self.env.cr.savepoint():
            self.old.with_user(self.user_manager)._make_version()
            self.env.flush_all()
        self.assertIn("one_revision", str(caught.exception))
        self.assertTrue(new.exists())

    def test_owner_may_and_strangers_may_not(self):
        self.assertTrue(self._revise(self.user_sales))
        for verb in ("confirm", "revise", "retire"):
            with self.subTest(verb=verb), self.assertRaises(AccessError):
                getattr(self.old.with_user(self.user_sales2), f"action_{verb}")()

    def test_retired_with_a_reason(self):
        action = self.old.with_user(self.user_sales).action_retire()
        self.assertEqual(action["res_model"], "complaint.lesson.wizard")
        self.old.with_user(self.user_sales).action_retire("Not sold any more")
        self.assertEqual(self.old.state, "retired")
        self.assertEqual(self.old.retire_reason, "Not sold any more")
