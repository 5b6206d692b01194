from datetime import date, datetime, timedelta

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from .learning_common import CLEAN, TODAY, LearningCommon

SHIPPED_AFTER = datetime(2026, 5, 1, 10)


@tagged("post_install", "-at_install")
class TestLearningImport(LearningCommon):
    """A register that is imported wakes nobody, neither at once nor when the job comes (R43, R53).

    Its measures are followed: what is complained about from now on counts against them.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.complaint_repetition_count = 3
        cls.importer = cls.env["complaint.complaint"].with_user(cls.user_admin)

    def _import(self, received, done=None, state="closed", line=None, **vals):
        """An old case as an administrator imports it, with a done measure where ``done`` says when.

        :param datetime done: when the measure was done
        """
        measures = [self._prepare_done_vals(done)] if done else []
        line = {"lot_name": False, "date_shipped": received - timedelta(days=9), **(line or {})}
        return self.importer.create(
            self._prepare_complaint_vals(
                **{
                    "team_id": self.team.id,
                    "category_id": self.category_quality.id,
                    "defect_id": self.defect_rust.id,
                    "state": state,
                    "outcome": "accepted" if state == "closed" else False,
                    "date_received": received,
                    "date_registered": received,
                    "line_ids": [Command.create(self._prepare_line_vals(**line))],
                    "action_ids": [Command.create(vals) for vals in measures],
                    **vals,
                }
            )
        ).with_env(self.env)

    def _prepare_done_vals(self, done, **vals):
        return {
            "name": "New film",
            "kind": "corrective",
            "user_id": self.user_purchasing.id,
            "deadline": done.date(),
            "state": "done",
            "date_done": done,
            "clean_date": done.date(),
            **vals,
        }

    def _assert_nobody_woken(self, complaints):
        """Neither to-dos nor findings of the job."""
        self.assertFalse(complaints.activity_ids)
        self.assertFalse(complaints.action_ids.filtered(lambda a: a.kind == "verification"))
        self.assertFalse(complaints.action_ids.contradiction_ids)
        self.assertFalse(self.Repetition.search([("complaint_ids", "in", complaints.ids)]))

    def test_old_cases(self):
        """Measures, goods behind them, and the same thing again and again: all is long past."""
        cases = self.env["complaint.complaint"]
        for month in range(1, 7):
            cases |= self._import(datetime(2019, month, 20), datetime(2019, month, 25))
        self.assertFalse(any(cases.mapped("comparing_due")))
        for days in (0, 1, 200):
            self._learn(TODAY + self._days(days))
            self._assert_nobody_woken(cases)
        self.assertEqual(set(cases.action_ids.mapped("state")), {"done"})
        self.assertEqual(set(cases.action_ids.mapped("effectiveness")), {"pending"})
        self.assertFalse(any(cases.action_ids.mapped("check_date")))

    def test_measures_imported_by_themselves(self):
        case = self._import(datetime(2019, 1, 20))
        measures = self.env["complaint.action"].with_user(self.user_admin)
        done = datetime(2019, 2, 1)
        measures = measures.create(
            [
                {"complaint_id": case.id, **self._prepare_done_vals(done)},
                {
                    "complaint_id": case.id,
                    **self._prepare_done_vals(done, check_date=date(2019, 3, 1)),
                },
            ]
        )
        self._learn()
        self._assert_nobody_woken(case)
        self.assertEqual(measures.mapped("check_date"), [False, date(2019, 3, 1)])

    def test_a_check_that_is_still_to_come_is_made(self):
        case = self._import(datetime(2026, 4, 1))
        vals = self._prepare_done_vals(datetime(2026, 5, 1), check_date=date(2027, 7, 1))
        measure = self.Action.create({"complaint_id": case.id, **vals})
        self._learn()
        self.assertFalse(measure.check_action_id)
        self._learn(datetime(2027, 7, 1, 12))
        self.assertTrue(measure.check_action_id)

    def test_goods_imported_by_themselves(self):
        measure = self._measure()
        line = {"product_id": self._product().id}
        case = self._import(datetime(2026, 5, 20), state="executing", line=line)
        self.env["complaint.line"].with_user(self.user_admin).create(
            {
                "complaint_id": case.id,
                **self._prepare_line_vals(date_shipped=SHIPPED_AFTER, lot_name=False),
            }
        )
        self._learn()
        self.assertFalse(measure.contradiction_ids)

    def test_imported_complaints_speak_against_no_measure(self):
        measure = self._measure()
        for state in ("closed", "executing"):
            self._import(datetime(2026, 5, 20), state=state, line={"date_shipped": SHIPPED_AFTER})
        self._learn()
        self.assertEqual(measure.state, "done")
        self.assertFalse(measure.contradiction_ids)
        measure._compare_measures_again()
        self._learn()
        self.assertFalse(measure.contradiction_ids)
        self.assertEqual(measure.count_after, 2, "The figures count them all the same")

    def test_a_new_complaint_speaks_against_an_imported_measure(self):
        case = self._import(datetime(2026, 3, 1), datetime(2026, 4, 1))
        self.assertEqual(case.action_ids.clean_date, CLEAN)
        complaint = self._about(line={"date_shipped": SHIPPED_AFTER})
        self._learn()
        measure = case.action_ids
        self.assertEqual((measure.state, measure.effectiveness), ("open", "ineffective"))
        self.assertEqual(measure.contradiction_ids.new_complaint_id, complaint)
        self.assertEqual(len(self._told(measure)), 1)

    def test_an_imported_measure_done_again_is_checked(self):
        case = self._import(datetime(2026, 3, 1), datetime(2026, 4, 1))
        measure = case.action_ids
        measure.action_restart()
        measure.action_finish("Better")
        day = measure.complaint_id._get_company_day(measure.date_done)
        self.assertEqual(measure.check_date, day + timedelta(days=90))

    def test_a_case_that_goes_on_here(self):
        """Its measures are finished here, and checked like any other."""
        case = self._import(datetime(2026, 6, 1), state="executing")
        measure = self._measure(case, when=datetime(2026, 6, 10, 8))
        self.assertEqual(measure.check_date, date(2026, 6, 10) + timedelta(days=90))
        self._learn(datetime(2026, 9, 8, 12))
        self.assertTrue(measure.check_action_id)

    def test_a_new_complaint_completes_a_repetition(self):
        """What was imported counts with it, within the same time."""
        cases = self._import(datetime(2026, 5, 1)) | self._import(datetime(2026, 5, 20))
        old = self.env["complaint.complaint"]
        for day in range(1, 5):
            old |= self._import(datetime(2019, 5, day))
        self._learn()
        self._assert_nobody_woken(cases | old)
        new = self._about()
        self._learn()
        repetition = self.Repetition.search([])
        self.assertEqual(repetition.complaint_ids, cases | new)

    def test_only_who_imports_says_it_was(self):
        with self.assertRaises(UserError):
            self._complaint(user=self.user_sales, is_imported=True)
        complaint = self._complaint()
        with self.assertRaises(UserError):
            complaint.is_imported = True
