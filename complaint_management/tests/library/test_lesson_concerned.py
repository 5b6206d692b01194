from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...models.library.complaint_lesson_review import ACTIVITY_TYPE
from .common import LibraryCommon, make_picture

SECRET = "Quarrel"


@tagged("post_install", "-at_install")
class TestLessonConcerned(LibraryCommon):
    """Whom a case is about has no part in what is learned from it (R73).

    What is published names nobody and is everybody's; a draft is the case in other words.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["complaint.lesson"].search([])._write_trusted({"state": "retired"})
        cls.case = cls._solved()
        cls.lesson = cls._lesson(problem=f"{SECRET} at the dock")
        cls.lesson._write_trusted({"source_ids": [(4, cls.case.id)]})
        cls.picture = cls.env["complaint.lesson.picture"].create(
            {"lesson_id": cls.lesson.id, "image": make_picture("red"), "name": SECRET}
        )
        # Each of them reads drafts: the author, quality, those above, the leadership
        cls.concerned = (
            cls.user_sales + cls.user_quality + cls.user_manager + cls.user_admin
        ) + cls.user_leadership

    def _name(self, users=None):
        self.case.sudo().concerned_user_ids = self.concerned if users is None else users
        self.env.flush_all()
        self.env.invalidate_all()

    def _asked(self, lesson):
        self.env.invalidate_all()
        kind = self.env.ref(ACTIVITY_TYPE)
        return lesson.activity_ids.filtered(lambda a: a.activity_type_id == kind)

    def _assert_closed(self, record, term):
        record.env.invalidate_all()
        self.assertFalse(record.search([("id", "in", record.ids)]))
        self.assertFalse(record.search(term))
        self.assertFalse(record.search_count([("id", "in", record.ids)]))
        self.assertFalse(record.name_search("", [("id", "in", record.ids)]))
        for operation in ("read", "write", "unlink"):
            self.assertFalse(record.has_access(operation), operation)
        with self.assertRaises(AccessError):
            record.read(["name"])

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_what_is_being_written_is_closed(self):
        message = self.lesson.with_user(self.user_sales).message_post(
            body=SECRET, partner_ids=self.user_quality.partner_id.ids
        )
        todos = [
            self.lesson.activity_schedule(
                "mail.mail_activity_data_todo", summary=SECRET, user_id=user.id
            )
            for user in self.concerned
        ]
        for user in self.concerned:
            self.assertTrue(self.lesson.with_user(user).has_access("read"), user.name)
            self.assertTrue(self.picture.with_user(user).has_access("read"), user.name)
        self._name()
        for state in ("draft", "review"):
            self.lesson._write_trusted({"state": state})
            for user in self.concerned:
                with self.subTest(state=state, user=user.name):
                    lesson = self.lesson.with_user(user)
                    self._assert_closed(lesson, [("problem", "ilike", SECRET)])
                    self._assert_closed(lesson, [("words", "ilike", SECRET)])
                    self._assert_closed(self.picture.with_user(user), [("name", "=", SECRET)])
                    self.assertFalse(message.with_user(user).has_access("read"))
                    for todo in todos:
                        self.assertFalse(todo.with_user(user).has_access("read"))
        self.assertTrue(self.lesson.with_user(self.env.user).has_access("read"))

    def test_others_go_on(self):
        self._name(self.user_sales2)
        for user in (self.user_sales, self.user_quality, self.user_leadership):
            self.assertTrue(self.lesson.with_user(user).has_access("read"), user.name)
        self.lesson.with_user(self.user_sales).write({"problem": "Rust"})
        self.picture.name = False
        self.lesson.with_user(self.user_sales).action_submit()
        self.lesson.with_user(self.user_quality).action_publish()
        self.assertEqual(self.lesson.state, "published")

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_a_copy_is_as_closed_as_the_draft(self):
        copied = self.lesson.with_user(self.user_quality).copy()
        copied.problem = f"{self.user_contributor.name} did it"
        with self.assertRaises(UserError):
            copied.action_submit()
        self._name(self.user_manager)
        self._assert_closed(copied.with_user(self.user_manager), [("cause", "!=", False)])

    def test_published_and_retired_are_read(self):
        self._name()
        for state in ("published", "retired"):
            self.lesson._write_trusted({"state": state})
            for user in (self.user_quality, self.user_leadership):
                with self.subTest(state=state, user=user.name):
                    self.env.invalidate_all()
                    self.assertTrue(self.lesson.with_user(user).problem)
                    self.assertTrue(self.picture.with_user(user).image)

    def test_decides_nothing_about_what_is_published(self):
        self.lesson._write_trusted({"state": "published"})
        manager = self.lesson.with_user(self.user_manager)
        self.assertTrue(manager.can_revise)
        self._name()
        for user in (self.user_sales, self.user_quality, self.user_manager):
            for verb in ("confirm", "revise", "retire"):
                with self.subTest(user=user.name, verb=verb):
                    lesson = self.lesson.with_user(user)
                    self.assertFalse(lesson[f"can_{verb}"])
                    with self.assertRaises(AccessError):
                        getattr(lesson, f"action_{verb}")()

    # ------------------------------------------------------------
    # Who is asked
    # ------------------------------------------------------------
    def _mend(self):
        self.lesson.with_user(self.user_sales).problem = "Rust"
        self.picture.name = False

    def test_somebody_else_is_asked_to_publish_it(self):
        self._name(self.user_quality)
        self._mend()
        self.lesson.with_user(self.user_sales).action_submit()
        self.assertEqual(self._asked(self.lesson).user_id, self.user_manager)

    def test_named_while_he_has_it_to_read(self):
        self._mend()
        self.lesson.message_subscribe(self.user_quality.partner_id.ids)
        self.lesson.with_user(self.user_sales).action_submit()
        self.assertEqual(self._asked(self.lesson).user_id, self.user_quality)
        self._name(self.user_quality)
        self.assertEqual(self._asked(self.lesson).user_id, self.user_manager)
        self.assertNotIn(self.user_quality.partner_id, self.lesson.message_partner_ids)
        self.lesson.message_subscribe(self.user_quality.partner_id.ids)
        self.assertNotIn(self.user_quality.partner_id, self.lesson.message_partner_ids)

    def test_mentioned_in_a_draft_he_is_told_nothing(self):
        self._name(self.user_quality)
        message = self.lesson.with_user(self.user_sales).message_post(
            body=SECRET, partner_ids=self.user_quality.partner_id.ids
        )
        notified = message.sudo().notification_ids.res_partner_id
        self.assertNotIn(self.user_quality.partner_id, notified)

    def test_sent_back_to_somebody_else(self):
        self._mend()
        self.lesson.with_user(self.user_sales).action_submit()
        self._name(self.user_sales)
        self.lesson.with_user(self.user_quality).action_return("Shorter")
        self.assertEqual(self._asked(self.lesson).user_id, self.user_quality)
        self._name(self.user_sales + self.user_quality)
        self.assertEqual(self._asked(self.lesson).user_id, self.user_manager)
        self.assertIn("Shorter", self._asked(self.lesson).note)

    def test_reviewed_by_somebody_else(self):
        self.lesson._write_trusted({"state": "published", "date_next_review": "2026-01-01"})
        self.lesson._ask_owners()
        self.assertEqual(self._asked(self.lesson).user_id, self.user_sales)
        self._name(self.user_sales)
        self.assertFalse(self._asked(self.lesson))
        self.lesson._ask_owners()
        self.assertEqual(self._asked(self.lesson).user_id, self.user_quality)
