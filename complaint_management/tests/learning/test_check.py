from datetime import date, datetime, timedelta

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from .learning_common import TODAY, LearningCommon


@tagged("post_install", "-at_install")
class TestCheck(LearningCommon):
    """Every measure is checked on its day, and who judges reads what the figures say (R43)."""

    def test_proposed_when_done(self):
        measure = self._measure(done=False)
        self.assertFalse(measure.check_date)
        self._finish(measure, datetime(2026, 4, 1, 8))
        self.assertEqual(measure.check_date, date(2026, 4, 1) + timedelta(days=90))
        self.assertIn("Test: rust", measure.check_criterion)
        self.assertIn("Screwdriver", measure.check_criterion)

    def test_proposed_of_what_was_not_refuted(self):
        """The measure is to stop what its case's points stand for, as likes count it."""
        dent, noise, crack = (
            self.defect_rust.copy({"name": f"Test: {name}"}) for name in ("dent", "noise", "crack")
        )
        lines = [
            Command.create(self._prepare_line_vals(product_id=product.id, defect_id=defect.id))
            for product, defect in ((self._product(name="Hammer"), dent), (self.product, noise))
        ]
        case = self._about(line_ids=lines)
        case.point_ids.filtered(lambda p: p.defect_id == noise).finding = "no_trouble_found"
        hammer = case.line_ids.filtered(lambda line: line.defect_id == dent)
        case.point_ids.create(
            {"complaint_id": case.id, "defect_id": crack.id, "line_ids": hammer.ids}
        )
        criterion = self._measure(case).check_criterion
        self.assertIn("Test: dent, Test: crack on Hammer", criterion)
        for words in ("noise", "Screwdriver"):
            self.assertNotIn(words, criterion)

    def _finish(self, measure, when):
        with freeze_time(when):
            measure.action_finish("Done")

    def test_days_of_the_plan(self):
        self.category_quality.plan_id = self.env.ref("complaint_management.plan_quality")
        measure = self._measure()
        self.assertEqual(measure.check_date, date(2026, 5, 1), "30 days: its first check of effect")

    def test_what_somebody_wrote_stays(self):
        measure = self._measure(check_date=date(2026, 9, 1), check_criterion="0 of 500 rusty")
        self.assertEqual(measure.check_date, date(2026, 9, 1))
        self.assertEqual(measure.check_criterion, "0 of 500 rusty")

    def test_done_again_is_checked_again(self):
        measure = self._measure()
        measure.action_restart()
        self._finish(measure, datetime(2026, 8, 1, 8))
        self.assertEqual(measure.check_date, date(2026, 8, 1) + timedelta(days=90))

    def test_other_kinds_have_no_check(self):
        measure = self._measure(kind="containment")
        self.assertFalse(measure.check_date or measure.check_criterion)

    # ------------------------------------------------------------
    # The day has come
    # ------------------------------------------------------------
    def _checks(self, measure):
        return measure.complaint_id.action_ids.filtered(lambda a: a.kind == "verification")

    def test_one_check_for_what_is_due(self):
        measure = self._measure(check_date=date(2026, 6, 1))
        other = self._measure(
            measure.complaint_id, name="Train", kind="preventive", check_date=date(2026, 6, 2)
        )
        later = self._measure(measure.complaint_id, name="Later", check_date=date(2026, 9, 1))
        self._close(measure.complaint_id)
        self._learn(datetime(2026, 5, 31, 12))
        self.assertFalse(self._checks(measure))
        self._learn()
        self._learn()
        check = self._checks(measure)
        self.assertEqual(len(check), 1)
        self.assertEqual(check.user_id, self.user_quality)
        self.assertEqual(check.deadline, TODAY.date())
        self.assertTrue(check.activity_id)
        self.assertEqual(check.verified_measure_ids, measure | other)
        check.with_user(self.user_quality).action_finish("Nothing came", "effective")
        self.assertEqual((measure | other).mapped("effectiveness"), ["effective"] * 2)
        self.assertEqual(later.effectiveness, "pending", "Its day has not come")
        self._learn()
        self.assertEqual(self._checks(measure), check)

    # ------------------------------------------------------------
    # Again
    # ------------------------------------------------------------
    def _assert_checked_again(self, measure, when):
        """A second check is made on ``when``, and not before."""
        first = self._checks(measure)
        self._learn(when - timedelta(days=1))
        self.assertEqual(self._checks(measure), first, "Its day has not come")
        self._learn(when)
        self._learn(when)
        second = self._checks(measure) - first
        self.assertEqual(len(second), 1)
        self.assertEqual(measure.check_action_id, second)
        second.with_user(self.user_quality).action_finish("Nothing came", "effective")
        self.assertEqual(measure.effectiveness, "effective")
        self._learn(when + timedelta(days=400))
        self.assertEqual(self._checks(measure), first | second, "It was judged")

    def _check(self, measure, verdict, when=TODAY):
        self._learn(when)
        with freeze_time(when):
            measure.check_action_id.with_user(self.user_quality).action_finish("Seen", verdict)

    def test_refuted_and_improved_it_is_checked_again(self):
        measure = self._measure(check_date=date(2026, 6, 1))
        self._check(measure, "effective")
        august = datetime(2026, 8, 1, 12)
        self._about(received=august, line={"date_shipped": datetime(2026, 7, 1)})
        self._learn(august)
        self.assertEqual(measure.state, "open")
        with freeze_time(datetime(2026, 9, 1, 8)):
            measure.clean_date = date(2026, 9, 1)
            measure.action_finish("Thicker film")
        self._assert_checked_again(measure, datetime(2026, 11, 30, 12))

    def test_refuted_and_done_again_it_is_checked_again(self):
        """Also where nobody says from which goods on it is better."""
        measure = self._measure(check_date=date(2026, 6, 1))
        self._check(measure, "effective")
        august = datetime(2026, 8, 1, 12)
        self._about(received=august, line={"date_shipped": datetime(2026, 7, 1)})
        self._learn(august)
        self._finish(measure, datetime(2026, 9, 1, 8))
        self.assertEqual(measure.effectiveness, "ineffective")
        self._assert_checked_again(measure, datetime(2026, 11, 30, 12))

    def test_judged_ineffective_and_done_again_it_is_checked_again(self):
        measure = self._measure(check_date=date(2026, 6, 1))
        self._check(measure, "ineffective")
        self._learn(TODAY + timedelta(days=400))
        self.assertEqual(len(self._checks(measure)), 1, "It was judged")
        measure.action_restart()
        self.assertEqual(measure.effectiveness, "ineffective")
        self._finish(measure, datetime(2026, 9, 1, 8))
        self.assertEqual(measure.effectiveness, "pending", "Nobody judged what is done now")
        self._assert_checked_again(measure, datetime(2026, 11, 30, 12))

    def test_a_check_that_ended_while_it_was_open_judged_nothing(self):
        measure = self._measure(check_date=date(2026, 6, 1))
        self._learn()
        measure.action_restart()
        with freeze_time(TODAY):
            measure.check_action_id.action_finish("Not there yet", "ineffective")
        self._finish(measure, datetime(2026, 9, 1, 8))
        self.assertEqual(measure.effectiveness, "pending")
        self._assert_checked_again(measure, datetime(2026, 11, 30, 12))

    def test_a_cancelled_check_comes_again_later(self):
        """Not at once: somebody did not want it now."""
        measure = self._measure(check_date=date(2026, 6, 1))
        self._learn()
        with freeze_time(TODAY):
            measure.check_action_id.action_cancel()
        self.assertEqual(measure.check_date, TODAY.date() + timedelta(days=90))
        self._assert_checked_again(measure, TODAY + timedelta(days=90))

    def test_another_day_is_another_check(self):
        measure = self._measure(check_date=date(2026, 6, 1))
        self._check(measure, "effective")
        measure.write({"effectiveness": "pending", "check_date": date(2026, 9, 1)})
        self._assert_checked_again(measure, datetime(2026, 9, 1, 12))

    def test_what_it_was_checked_by_is_not_written_by_hand(self):
        measure, check = self._measure(), self._measure(kind="verification", done=False)
        with self.assertRaises(UserError):
            measure.with_user(self.user_quality).check_action_id = check

    def test_the_plan_s_check_is_enough(self):
        measure = self._measure(check_date=date(2026, 6, 1))
        planned = self._measure(measure.complaint_id, False, kind="verification", name="After 30")
        self._learn()
        self.assertEqual(self._checks(measure), planned)
        self.assertFalse(measure.check_action_id)

    def test_whoever_judges_reads_the_figures(self):
        measure = self._measure(check_date=date(2026, 6, 1))
        self._learn()
        check = self._checks(measure).with_user(self.user_quality)
        opened = check.action_finish()
        wizard = self.env[opened["res_model"]].with_user(self.user_quality).browse(opened["res_id"])
        self.assertIn("New film – Too early to say.", wizard.effect_figures)
        self.assertIn(measure.effect_reason, wizard.effect_figures)

    def test_people_the_case_is_about_check_nothing(self):
        measure = self._measure(check_date=date(2026, 6, 1))
        measure.complaint_id.concerned_user_ids = self.user_quality
        self._learn()
        check = self._checks(measure)
        self.assertTrue(check.user_id)
        self.assertNotEqual(check.user_id, self.user_quality)

    def test_supervisor_reads_his_check_only(self):
        measure = self._measure(check_date=date(2026, 6, 1))
        self._learn()
        department = self.env["complaint.department"].create(
            {"name": "Hall 2", "user_id": self.user_contributor.id}
        )
        check = self._checks(measure)
        check._write_trusted({"department_id": department.id})
        self.env.invalidate_all()
        self.assertFalse(check.with_user(self.user_contributor).verified_measure_ids)
