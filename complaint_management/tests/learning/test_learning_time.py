from datetime import date, datetime, timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo.tests import tagged

from .learning_common import TODAY, LearningCommon

SHIPPED_AFTER = datetime(2026, 5, 1, 10)


@tagged("post_install", "-at_install")
class TestLearningTime(LearningCommon):
    """The job goes by the company's day, and is not done before all of it is (R43, T14)."""

    def _due(self, moment):
        with freeze_time(moment):
            return self.Action._search_comparison_due()

    def test_west_of_greenwich(self):
        """Its evening is tomorrow in Greenwich: what was compared today is not due again."""
        self.company.resource_calendar_id.tz = "America/Los_Angeles"
        measure = self._measure()
        self._learn(datetime(2026, 6, 15, 2))
        self.assertEqual(measure.date_compared, date(2026, 6, 14))
        self.assertNotIn(measure, self._due(datetime(2026, 6, 15, 6, 45)))
        self.assertIn(measure, self._due(datetime(2026, 6, 15, 7, 15)))

    def test_east_of_greenwich(self):
        self.company.resource_calendar_id.tz = "Asia/Shanghai"
        measure = self._measure()
        self._learn(datetime(2026, 6, 15, 12))
        self.assertNotIn(measure, self._due(datetime(2026, 6, 15, 15, 45)))
        self.assertIn(measure, self._due(datetime(2026, 6, 15, 16, 15)))

    def test_each_company_by_its_own_day(self):
        company = self._second_company()
        company.resource_calendar_id.tz = "Asia/Shanghai"
        self.company.resource_calendar_id.tz = "America/Los_Angeles"
        ours = self._measure()
        theirs = self._measure()
        theirs.complaint_id._write_trusted({"company_id": company.id, "team_id": False})
        (ours | theirs).check_date = date(2026, 6, 15)
        with freeze_time(datetime(2026, 6, 15, 2)):
            self.assertEqual(self.Action._search_check_due() & (ours | theirs), theirs)

    def test_checked_on_the_company_s_day(self):
        self.company.resource_calendar_id.tz = "America/Los_Angeles"
        measure = self._measure(check_date=date(2026, 6, 15))
        self._learn(datetime(2026, 6, 15, 6, 45))
        self.assertFalse(measure.check_action_id, "It is still the evening before")
        self._learn(datetime(2026, 6, 15, 7, 15))
        self.assertEqual(measure.check_action_id.deadline, date(2026, 6, 15))

    # ------------------------------------------------------------
    # Time is over
    # ------------------------------------------------------------
    def _learn_without_time(self):
        """Run the job as core does when its seconds are over: each call is to do one batch.

        :return: what it says remains
        """
        progress = {"remaining": 0}

        def commit(_cron, processed=0, *, remaining=None, deactivate=False):
            left = max(progress["remaining"] - processed, 0) if remaining is None else remaining
            progress["remaining"] = left
            return 0

        with (
            freeze_time(TODAY),
            patch.object(type(self.env["ir.cron"]), "_commit_progress", commit),
        ):
            self.Action._cron_learn(batch_size=1)
        self.env.invalidate_all()
        return progress["remaining"]

    def test_one_batch_where_time_is_over(self):
        measure = self._measure()
        self._learn()
        complaints = self._about(line={"date_shipped": SHIPPED_AFTER})
        complaints |= self._about(line={"date_shipped": SHIPPED_AFTER})
        self.assertEqual(self._learn_without_time(), 1, "The other complaint")
        self.assertEqual(complaints.mapped("comparing_due"), [False, True])
        self.assertTrue(measure.comparison_due, "Later steps wait until the first is done")

    def test_it_is_not_done_while_a_later_step_has_something_to_do(self):
        measures = self._measure() | self._measure()
        measures.check_date = TODAY.date() - timedelta(days=1)
        self._about(line={"date_shipped": SHIPPED_AFTER, "product_id": self._product().id})
        for _run in range(20):
            if not self._learn_without_time():
                break
        self.assertTrue(all(a.check_action_id for a in measures))
        self.assertFalse(self.env["complaint.complaint"]._search_comparing_due())
