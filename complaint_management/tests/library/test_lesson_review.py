from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...models.library.complaint_lesson_review import ACTIVITY_TYPE
from .common import LibraryCommon


@tagged("post_install", "-at_install")
class TestLessonReview(LibraryCommon):
    """Somebody looks from time to time whether a lesson is still true, asked once (R52, T14)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["complaint.lesson"].search([])._write_trusted({"state": "retired"})
        cls.cron = cls.env.ref("complaint_management.ir_cron_lesson")

    def _run(self):
        with self.enter_registry_test_mode():
            self.cron.method_direct_trigger()

    def _asked(self, lesson):
        self.env.invalidate_all()
        kind = self.env.ref(ACTIVITY_TYPE)
        return lesson.activity_ids.filtered(lambda a: a.activity_type_id == kind)

    def _due(self, **vals):
        lesson = self._published(**vals)
        lesson._write_trusted({"date_next_review": "2026-01-01"})
        return lesson

    def test_planned_when_published(self):
        with freeze_time("2026-03-31 10:00:00"):
            lesson = self._published()
        self.assertEqual(lesson.date_reviewed, fields.Date.to_date("2026-03-31"))
        self.assertEqual(lesson.date_next_review, fields.Date.to_date("2027-03-31"))

    def test_months_are_a_setting_and_none_is_never(self):
        self.company.complaint_lesson_review_months = 6
        with freeze_time("2026-08-31 10:00:00"):
            lesson = self._published()
        self.assertEqual(lesson.date_next_review, fields.Date.to_date("2027-02-28"))
        self.company.complaint_lesson_review_months = 0
        lesson = self._published()
        self.assertFalse(lesson.date_next_review)
        self._run()
        self.assertFalse(self._asked(lesson))

    def test_asked_once_and_answered_with_one_press(self):
        lesson = self._due()
        for _day in range(3):
            self._run()
        activity = self._asked(lesson)
        self.assertEqual(len(activity), 1)
        self.assertEqual(activity.user_id, self.user_sales)
        self.assertTrue(lesson.is_review_due)
        lesson.with_user(self.user_sales).action_confirm()
        self.assertFalse(self._asked(lesson))
        self.assertFalse(lesson.is_review_due)
        self.assertGreater(lesson.date_next_review, fields.Date.today())
        self._run()
        self.assertFalse(self._asked(lesson))

    def test_done_in_the_list_of_activities_is_an_answer(self):
        lesson = self._due()
        self._run()
        self._asked(lesson).with_user(self.user_sales).action_feedback("Looked at it")
        self.assertFalse(lesson.is_review_due)
        self._run()
        self.assertFalse(self._asked(lesson))

    def test_deleted_it_comes_again(self):
        lesson = self._due()
        self._run()
        self._asked(lesson).unlink()
        self._run()
        self.assertEqual(len(self._asked(lesson)), 1)

    def test_nothing_that_is_not_due(self):
        lessons = [self._published(), self._lesson(), self._due()]
        lessons[2].with_user(self.user_quality).action_retire("Old")
        self._run()
        for lesson in lessons:
            self.assertFalse(self._asked(lesson))

    def test_who_is_asked_where_the_owner_left(self):
        lesson = self._due()
        lesson.owner_id = self.user_service
        self.user_service.action_archive()
        self._run()
        self.assertEqual(self._asked(lesson).user_id, self.user_sales)
        self.user_sales.action_archive()
        self._run()
        self.assertEqual(self._asked(lesson).user_id, self.user_quality)

    def test_owner_without_the_right_to_answer(self):
        lesson = self._due()
        lesson.owner_id = self.user_contributor
        self._run()
        self.assertEqual(self._asked(lesson).user_id, self.user_sales)

    def test_lesson_of_all_companies_without_a_team(self):
        lesson = self._due()
        lesson._write_trusted({"company_id": False, "team_id": False, "owner_id": False})
        self._run()
        self.assertEqual(self._asked(lesson).user_id, self.user_sales)

    def test_one_that_fails_stops_no_other(self):
        bad, good = self._due(), self._due()
        method = type(bad)._get_review_user

        def get_review_user(lesson, *args):
            if lesson == bad:
                raise ValueError("broken")
            return method(lesson, *args)

        with (
            patch.object(type(bad), "_get_review_user", get_review_user),
            mute_logger("odoo.addons.complaint_management.models.complaint.batches"),
        ):
            self._run()
        self.assertFalse(self._asked(bad))
        self.assertEqual(len(self._asked(good)), 1)
        self.assertEqual(self._stuck(), bad, "Skipped, and shown")
        self.assertIn("broken", bad.with_user(self.user_quality).review_error)
        self.assertNotIn("review_error", bad.with_user(self.user_contributor).read()[0])
        self._run()
        self.assertEqual(len(self._asked(bad)), 1)
        self.assertEqual(len(self._asked(good)), 1)
        self.assertFalse(self._stuck() or bad.review_error)

    def _stuck(self):
        """:return: lessons that quality finds by the filter of those nobody could be asked about"""
        self.env.invalidate_all()
        companies = self.user_quality.company_ids.ids
        lessons = self.lessons.with_user(self.user_quality)
        lessons = lessons.with_context(allowed_company_ids=companies)
        return lessons.search([("is_review_stuck", "=", True)])

    def test_nobody_to_ask_is_shown(self):
        company = self._second_company()
        self.user_quality.company_ids |= company
        lesson = self._due(owner_id=False)
        lesson._write_trusted({"company_id": company.id, "team_id": False})
        self._run()
        self.assertFalse(self._asked(lesson))
        self.assertEqual(self._stuck(), lesson)
        lesson.owner_id = self.user_quality
        self._run()
        self.assertEqual(self._asked(lesson).user_id, self.user_quality)
        self.assertFalse(self._stuck())

    def test_answered_it_is_stuck_no_more(self):
        lesson = self._due()
        lesson._write_trusted({"is_review_stuck": True, "review_error": "broken"})
        lesson.with_user(self.user_sales).action_confirm()
        self.assertFalse(lesson.is_review_stuck or lesson.review_error)

    def test_reviewer_is_asked_when_it_is_submitted(self):
        lesson = self._lesson()
        lesson.with_user(self.user_sales).action_submit()
        self.assertEqual(self._asked(lesson).user_id, self.user_quality)
        lesson.with_user(self.user_quality).action_return("Shorter")
        self.assertEqual(self._asked(lesson).user_id, self.user_sales)
        self.assertIn("Shorter", self._asked(lesson).note)
        lesson.with_user(self.user_sales).action_submit()
        lesson.with_user(self.user_quality).action_publish()
        self.assertFalse(self._asked(lesson))

    def test_who_wrote_it_is_not_asked_to_publish_it(self):
        lesson = self._lesson(self.user_quality)
        lesson.with_user(self.user_quality).action_submit()
        self.assertEqual(self._asked(lesson).user_id, self.user_manager)

    def test_few_queries_however_many(self):
        def count(lessons):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            lessons._ask_owners()
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        def due(number):
            return self._shelve(
                [
                    {
                        "name": "L",
                        "date_next_review": "2026-01-01",
                        "team_id": self.team.id,
                        "owner_id": self.user_sales.id,
                    }
                ]
                * number
            )

        count(due(1))
        self.assertNoQueryEach(count(due(1)), count(due(12)), further=11)
