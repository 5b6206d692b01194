from datetime import datetime, timedelta
from random import Random

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .learning_common import TODAY, LearningCommon


@tagged("post_install", "-at_install")
class TestRepetition(LearningCommon):
    """The same product and defect, N times in M days, is proposed to quality once (R53)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write({"complaint_repetition_count": 3, "complaint_repetition_days": 90})

    def _come(self, *days, **vals):
        """:return: complaints received so many days before today"""
        complaints = self.env["complaint.complaint"]
        for day in days:
            complaints += self._about(received=TODAY - timedelta(days=day), **vals)
        return complaints

    def _found(self, state=None, product=None):
        domain = [("product_id", "=", (product or self.product).id)]
        return self.Repetition.search(domain + ([("state", "=", state)] if state else []))

    def _told(self):
        return self.env["mail.activity"].search(
            [
                ("summary", "=", "Complaints repeat themselves"),
                ("user_id", "=", self.user_quality.id),
            ]
        )

    # ------------------------------------------------------------
    # Once
    # ------------------------------------------------------------
    def test_proposed_once_and_grows_quietly(self):
        complaints = self._come(80, 40)
        self._learn()
        self.assertFalse(self._found())
        complaints += self._come(1)
        self._learn()
        found = self._found()
        self.assertEqual((found.state, found.defect_id), ("proposed", self.defect_rust))
        self.assertEqual((found.complaint_ids, found.complaint_count), (complaints, 3))
        self.assertEqual((found.needed_count, found.needed_days), (3, 90))
        self.assertEqual(len(self._told()), 1)
        self.assertIn("Screwdriver", self._told().note)
        more = self._come(0)
        self._learn()
        complaints._compare_again()
        self._learn()
        self.assertEqual(found.complaint_ids, complaints + more)
        self.assertEqual(found.date_last, more.date_received)
        self.assertEqual((len(self._found()), len(self._told())), (1, 1))

    def test_too_far_apart(self):
        self._come(100, 50, 0)
        self._learn()
        self.assertFalse(self._found())

    def test_registered_in_any_order(self):
        self._come(0, 50)
        self._learn()
        self._come(100)
        self._learn()
        self.assertFalse(self._found())
        self._come(60)
        self._learn()
        self.assertEqual(self._found().complaint_count, 4, "In two overlapping windows")

    def test_random_independently(self):
        random = Random(53)
        received = sorted(random.sample(range(900), 14), reverse=True)
        complaints = dict(zip(received, self._come(*received), strict=True))
        expected = set()
        for first in received:
            within = [day for day in received if first - 90 <= day <= first]
            if len(within) >= 3:
                expected.update(within)
        self._learn()
        self.assertTrue(0 < len(expected) < 14, "Chance left nothing")
        self.assertEqual(
            set(self._found().complaint_ids.ids), {complaints[day].id for day in expected}
        )

    def test_off(self):
        self.company.complaint_repetition_count = 0
        self._come(2, 1, 0)
        self._learn()
        self.assertFalse(self._found())

    # ------------------------------------------------------------
    # What counts
    # ------------------------------------------------------------
    def test_what_does_not_count(self):
        complaints = self._come(3, 2, 1, 0)
        complaints[0].validity = "not_justified"
        complaints[1].action_cancel("Mistake")
        self._learn()
        self.assertFalse(self._found())

    def test_lapses_and_comes_back_quietly(self):
        complaints = self._come(2, 1, 0)
        self._learn()
        complaints[0].validity = "not_justified"
        self._learn()
        found = self._found()
        self.assertEqual((found.state, found.complaint_count), ("lapsed", 2))
        complaints[0].validity = "partly"
        self._learn()
        self.assertEqual((found.state, found.complaint_ids), ("proposed", complaints))
        self.assertEqual(len(self._told()), 1)

    def test_all_of_it_lapses_and_comes_back_quietly(self):
        complaints = self._come(2, 1, 0)
        self._learn()
        complaints.validity = "not_justified"
        self._learn()
        found = self._found()
        self.assertEqual((found.state, found.complaint_count), ("lapsed", 0))
        complaints[:2].validity = "partly"
        self._learn()
        self.assertEqual((found.state, found.complaint_count), ("lapsed", 2))
        complaints[2:].validity = "partly"
        self._learn()
        self.assertEqual((self._found(), found.state), (found, "proposed"))
        self.assertEqual(found.complaint_ids, complaints)
        self.assertEqual(len(self._told()), 1)

    def _lapsed(self):
        """:return: repetition of which two of three complaints are left"""
        complaints = self._come(2, 1, 0)
        self._learn()
        complaints[0].validity = "not_justified"
        self._learn()
        return self._found("lapsed")

    def _come_later(self, *days):
        """:return: complaints received so many days after today, compared on the last of them"""
        moments = [TODAY + timedelta(days=day) for day in days]
        complaints = self.env["complaint.complaint"].union(
            *(self._about(received=moment) for moment in moments)
        )
        self._learn(moments[-1])
        return complaints

    def test_lapsed_takes_nothing_in_that_comes_much_later(self):
        found = self._lapsed()
        self._come_later(200)
        self.assertEqual(self._found(), found)
        self.assertEqual((found.state, found.complaint_count), ("lapsed", 2))

    def test_lapsed_does_not_swallow_what_comes_later(self):
        found = self._lapsed()
        later = self._come_later(200, 201, 202)
        again = self._found("proposed")
        self.assertEqual((again.complaint_ids, found.state), (later, "lapsed"))
        self.assertEqual(len(self._told()), 2, "Nobody was told of these")
        found.complaint_ids.filtered(lambda c: c.validity == "not_justified").validity = "partly"
        self._learn(TODAY + timedelta(days=203))
        self.assertEqual(len(self._found("proposed")), 1)
        self.assertEqual(len(self._told()), 2)

    def test_what_is_left_of_a_lapsed_one_counts_on(self):
        found = self._lapsed()
        left = found.complaint_ids.filtered(lambda c: c.validity != "not_justified")
        later = self._come_later(10)
        self.assertEqual(self._found("proposed").complaint_ids, left | later)
        self.assertEqual(len(self._told()), 2)

    def test_deciding_on_a_lapsed_one_leaves_the_new_one(self):
        found = self._lapsed()
        later = self._come_later(200, 201, 202)
        found.with_user(self.user_quality).action_dismiss("Mistakes")
        found.sudo()._write_trusted({"date_decided": TODAY + timedelta(days=203)})
        later._compare_again()
        self._learn(TODAY + timedelta(days=204))
        self.assertEqual(self._found("proposed").complaint_ids, later)

    def test_lapsed_one_by_defect_explains_no_cause(self):
        complaints = self._come(2, 1, 0)
        self._learn()
        defects = self.env["complaint.defect"].create(
            [{"name": f"D{index}", "category_id": self.category_quality.id} for index in range(3)]
        )
        category = self.env["complaint.cause.category"].create({"name": "Film"})
        for complaint, defect in zip(complaints, defects, strict=True):
            complaint.defect_id = complaint.line_ids.defect_id = defect
            self._cause(complaint, category).action_verify()
        self._learn()
        self.assertEqual(self._found("lapsed").defect_id, self.defect_rust)
        self.assertEqual(self._found("proposed").cause_category_id, category)

    def _cause(self, complaint, category):
        return self.env["complaint.cause"].create(
            {
                "complaint_id": complaint.id,
                "name": "Film",
                "category_id": category.id,
                "evidence_note": "Seen",
            }
        )

    def test_points_of_the_same_goods(self):
        """What repeats itself is the defect of the points that were not refuted."""
        scratches = self.defect_rust.copy({"name": "Test: scratches"})
        complaints = self._come(2, 1, 0)
        complaints.point_ids.finding = "not_confirmed"
        self.env["complaint.point"].create(
            [
                {
                    "complaint_id": complaint.id,
                    "defect_id": scratches.id,
                    "line_ids": [Command.set(complaint.line_ids.ids)],
                    "finding": "confirmed",
                }
                for complaint in complaints
            ]
        )
        self._learn()
        self.assertEqual(self._found().defect_id, scratches)
        complaints.point_ids.finding = "confirmed"
        self._learn()
        self.assertEqual(self._found().defect_id, scratches | self.defect_rust)

    def test_duplicates_count_once(self):
        complaints = self._come(2, 1)
        third = self._come(0)
        third.action_same_case(complaints[0].id, confirmed=True)
        self._learn()
        self.assertFalse(self._found())

    def test_cause_category_over_different_defects(self):
        category = self.env["complaint.cause.category"].create({"name": "Film"})
        defects = self.env["complaint.defect"].create(
            [{"name": f"D{index}", "category_id": self.category_quality.id} for index in range(3)]
        )
        complaints = self.env["complaint.complaint"]
        for index, defect in enumerate(defects):
            complaints += self._come(index, defect_id=defect.id, line={"defect_id": defect.id})
        causes = self.env["complaint.cause"].create(
            [
                {
                    "complaint_id": complaint.id,
                    "name": "Film",
                    "category_id": category.id,
                    "evidence_note": "Seen",
                }
                for complaint in complaints
            ]
        )
        self._learn()
        self.assertFalse(self._found())
        causes.action_verify()
        self._learn()
        found = self._found()
        self.assertEqual((found.cause_category_id, found.complaint_count), (category, 3))

    def test_same_cases_are_not_proposed_by_cause_as_well(self):
        category = self.env["complaint.cause.category"].create({"name": "Film"})
        complaints = self._come(2, 1, 0)
        self.env["complaint.cause"].create(
            [
                {
                    "complaint_id": complaint.id,
                    "name": "Film",
                    "category_id": category.id,
                    "evidence_note": "Seen",
                }
                for complaint in complaints
            ]
        ).action_verify()
        self._learn()
        self.assertEqual(self._found().defect_id, self.defect_rust)

    def test_two_companies(self):
        company = self._second_company()
        company.write({"complaint_repetition_count": 3, "complaint_repetition_days": 90})
        self._come(2, 1)
        theirs = self._complaint(
            company_id=company.id,
            team_id=False,
            category_id=self.category_quality.id,
            defect_id=self.defect_rust.id,
            line_ids=[Command.create(self._prepare_line_vals())],
            demand_ids=[Command.create({"kind": "apology"})],
        )
        theirs.action_register()
        self._learn()
        self.assertFalse(self._found())

    # ------------------------------------------------------------
    # Deciding
    # ------------------------------------------------------------
    def _proposed(self):
        self._come(3, 2, 1)
        self._learn()
        return self._found("proposed")

    def test_accepted_by_a_measure(self):
        found = self._proposed()
        mine = found.with_user(self.user_quality)
        opened = mine.action_accept()
        wizard = self.env[opened["res_model"]].with_user(self.user_quality).browse(opened["res_id"])
        self.assertEqual(wizard.complaint_id, found.complaint_ids.sorted("date_received")[-1:])
        wizard.name = "Another film"
        action = wizard.action_confirm()
        measure = self.Action.browse(action["res_id"])
        self.assertEqual((measure.kind, measure.name), ("preventive", "Another film"))
        self.assertEqual(found.action_ids, measure)
        self.assertEqual((found.state, found.decided_by_id), ("accepted", self.user_quality))
        with self.assertRaisesRegex(UserError, "decided already"):
            mine.action_dismiss("No")

    def test_on_a_closed_complaint(self):
        found = self._proposed()
        complaint = found.complaint_ids[:1]
        self._close(complaint)
        found.with_user(self.user_quality).action_accept(
            {
                "complaint_id": complaint.id,
                "name": "Another film",
                "user_id": self.user_quality.id,
                "deadline": TODAY.date(),
            }
        )
        self.assertEqual(found.action_ids.complaint_id, complaint)

    def test_accepted_by_a_lesson(self):
        found = self._proposed()
        self._close(found.complaint_ids)
        mine = found.with_user(self.user_quality)
        wizard = self.env["complaint.repetition.wizard"].with_user(self.user_quality)
        wizard = wizard.browse(mine.action_accept()["res_id"])
        wizard.write({"way": "lesson", "name": False})
        action = wizard.action_confirm()
        self.assertEqual((action["res_model"], found.state), ("complaint.lesson", "accepted"))
        self.assertEqual(found.lesson_id.id, action["res_id"])
        self.assertEqual(found.lesson_id.source_ids, wizard.complaint_id)
        self.assertFalse(found.action_ids)

    def test_dismissed_needs_a_reason(self):
        found = self._proposed().with_user(self.user_quality)
        wizard = self.env["complaint.repetition.wizard"].browse(found.action_dismiss()["res_id"])
        with self.assertRaises(UserError):
            wizard.action_confirm()
        wizard.reason = "The machine was scrapped"
        wizard.action_confirm()
        self.assertEqual((found.state, found.reason), ("dismissed", "The machine was scrapped"))

    def test_after_it_was_handled_as_many_new_ones(self):
        found = self._proposed()
        found.with_user(self.user_quality).action_dismiss("One machine")
        found.sudo()._write_trusted({"date_decided": TODAY})
        later = [TODAY + timedelta(days=day) for day in (1, 2)]
        for moment in later:
            self._about(received=moment)
        self._learn(later[-1])
        self.assertEqual(self._found(), found, "Two are not enough")
        last = TODAY + timedelta(days=3)
        new = self._about(received=last)
        self._learn(last)
        again = self._found("proposed")
        self.assertEqual(again.complaint_count, 3)
        self.assertIn(new, again.complaint_ids)
        self.assertFalse(again.complaint_ids & found.complaint_ids)
        self.assertEqual(len(self._told()), 2)

    # ------------------------------------------------------------
    # Rights
    # ------------------------------------------------------------
    def test_written_by_the_system_only(self):
        found = self._proposed()
        for user in (self.user_quality, self.user_manager, self.user_admin):
            with self.subTest(user.login):
                with self.assertRaises(UserError):
                    found.with_user(user).write({"state": "dismissed"})
                with self.assertRaises(UserError):
                    found.with_user(user).unlink()
        for user in (self.user_sales, self.user_service):
            with self.assertRaises(AccessError):
                found.with_user(user).read(["state"])
        with self.assertRaises(AccessError):
            found.with_user(self.user_leadership).action_dismiss("Never mind")

    def test_people_a_complaint_is_about(self):
        complaints = self._come(2, 1, 0)
        complaints[0].concerned_user_ids = self.user_quality
        self._learn()
        found = self._found()
        self.assertFalse(found.with_user(self.user_quality).search([("id", "=", found.id)]))
        self.assertTrue(found.with_user(self.user_manager).search([("id", "=", found.id)]))
        self.assertFalse(self._told())
        self.assertTrue(
            self.env["mail.activity"].search([("summary", "=", "Complaints repeat themselves")])
        )

    def test_wrong_complaint(self):
        found = self._proposed().with_user(self.user_quality)
        other = self._about(received=datetime(2026, 1, 1), defect_id=self.defect_billing.id)
        with self.assertRaisesRegex(UserError, "one of the complaints"):
            found.action_accept({"complaint_id": other.id, "name": "X"})
        self.assertEqual(found.state, "proposed")
