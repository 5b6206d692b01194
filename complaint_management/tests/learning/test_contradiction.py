from datetime import datetime

from odoo import Command
from odoo.tests import tagged

from .learning_common import TODAY, LearningCommon

SHIPPED_AFTER = datetime(2026, 5, 1, 10)
SHIPPED_BEFORE = datetime(2026, 3, 31, 10)


@tagged("post_install", "-at_install")
class TestContradiction(LearningCommon):
    """A complaint about goods behind the clean point: the measure does not work, and quality is
    told once (R43).
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.measure = cls._measure()

    def _against(self, **vals):
        line = {"date_shipped": SHIPPED_AFTER, **vals.pop("line", {})}
        return self._about(line=line, **vals)

    def _assert_works(self, measure=None):
        measure = measure or self.measure
        self.assertEqual(
            (measure.state, measure.effectiveness, measure.is_refuted), ("done", "pending", False)
        )
        self.assertFalse(measure.contradiction_ids)
        self.assertFalse(self._told(measure))

    def _assert_refuted(self, *complaints, measure=None):
        measure = measure or self.measure
        self.assertEqual((measure.state, measure.effectiveness), ("open", "ineffective"))
        self.assertTrue(measure.is_refuted)
        self.assertEqual(
            sorted(measure.contradiction_ids.new_complaint_id.ids), sorted(c.id for c in complaints)
        )
        self.assertEqual(len(self._told(measure)), 1)

    # ------------------------------------------------------------
    # Marks
    # ------------------------------------------------------------
    def test_goods_behind_mark_reopen_and_tell(self):
        complaint = self._against()
        self._learn()
        self._assert_refuted(complaint)
        self.assertEqual(self.measure.deadline, (TODAY + self._days(7)).date())
        activity = self.measure.activity_id
        self.assertEqual(activity.user_id, self.user_purchasing)
        self.assertIn("Does not work", activity.summary)
        note = self.measure.complaint_id.message_ids.filtered(
            lambda m: "does not work" in (m.body or "")
        )
        self.assertIn("Introduced on line 2", note.body)
        self.assertIn(complaint.name, note.body)
        self.assertIn("New film", complaint.contradicts)

    def test_goods_from_before_never_do(self):
        self._about(line={"date_shipped": SHIPPED_BEFORE})
        self._learn()
        self._assert_works()

    def test_the_day_itself_carries_the_measure(self):
        complaint = self._about(line={"date_shipped": datetime(2026, 4, 1, 0, 0)})
        self._learn()
        self._assert_refuted(complaint)

    def test_the_day_is_the_company_s(self):
        """Late on the last of March in Greenwich is the first of April in Shanghai."""
        self.company.resource_calendar_id.tz = "Asia/Shanghai"
        complaint = self._about(line={"date_shipped": datetime(2026, 3, 31, 17)})
        self._learn()
        self._assert_refuted(complaint)

    def test_nothing_known_of_the_goods(self):
        self._about()
        self._learn()
        self._assert_works()

    def test_closed_case(self):
        self._close(self.measure.complaint_id)
        complaint = self._against()
        self._learn()
        self._assert_refuted(complaint)
        self.assertEqual(self.measure.complaint_id.state, "closed")
        self.measure.with_user(self.user_purchasing).action_finish("Now on both lines")
        self.assertEqual(self.measure.state, "done")

    def test_other_defect_or_product(self):
        self._against(line={"defect_id": self.defect_billing.id}, defect_id=self.defect_billing.id)
        other = self._product(name="Hammer")
        self._against(line={"product_id": other.id})
        self._learn()
        self._assert_works()

    def test_verified_cause_of_the_same_category(self):
        category = self.env["complaint.cause.category"].create({"name": "Film"})
        cause = self.env["complaint.cause"].create(
            {
                "complaint_id": self.measure.complaint_id.id,
                "name": "Soft film",
                "category_id": category.id,
                "evidence_note": "Seen",
            }
        )
        cause.action_verify()
        self.measure._write_trusted({"cause_id": cause.id})
        complaint = self._against(
            line={"defect_id": self.defect_billing.id}, defect_id=self.defect_billing.id
        )
        guess = cause.create(
            {
                "complaint_id": complaint.id,
                "name": "Film again",
                "category_id": category.id,
                "evidence_note": "Measured",
            }
        )
        self._learn()
        self._assert_works()
        guess.action_verify()
        self._learn()
        self._assert_refuted(complaint)

    def test_unfinished_and_cancelled_measures_are_not_marked(self):
        planned = self._measure(done=False)
        cancelled = self._measure(done=False)
        cancelled.action_cancel()
        self._against()
        self._learn()
        self.assertEqual((planned.state, planned.effectiveness), ("open", "pending"))
        self.assertEqual(cancelled.state, "cancelled")
        self.assertFalse((planned | cancelled).contradiction_ids)

    def test_other_company(self):
        company = self._second_company()
        self.measure.complaint_id.company_id = self.company
        complaint = self._complaint(
            company_id=company.id,
            team_id=False,
            category_id=self.category_quality.id,
            defect_id=self.defect_rust.id,
            line_ids=[
                Command.create(self._prepare_line_vals(date_shipped=SHIPPED_AFTER, lot_name=False))
            ],
            demand_ids=[Command.create({"kind": "apology"})],
        )
        complaint.action_register()
        self._learn()
        self._assert_works()

    # ------------------------------------------------------------
    # Once
    # ------------------------------------------------------------
    def test_once_however_often_it_is_looked_at(self):
        complaint = self._against()
        for _time in range(3):
            self._learn()
            complaint._compare_again()
            self.measure._compare_measures_again()
        self._assert_refuted(complaint)

    def test_further_complaints_join_quietly(self):
        first = self._against()
        self._learn()
        second = self._against()
        self._learn()
        self._assert_refuted(first, second)

    def test_two_at_once_are_told_in_one(self):
        complaints = self._against() | self._against()
        self._learn()
        self._assert_refuted(*complaints)
        self.assertIn(complaints[0].name, self._told(self.measure).note)
        self.assertIn(complaints[1].name, self._told(self.measure).note)

    def test_two_measures_of_a_case(self):
        other = self._measure(self.measure.complaint_id, name="Train", kind="preventive")
        complaint = self._against()
        self._learn()
        self.assertEqual(set((self.measure | other).mapped("state")), {"open"})
        self.assertEqual(len(self._told(other)), 1, "One to-do names both")
        self.assertIn("Train", self._told(other).note)
        self.assertEqual(len(complaint.contradicted_ids), 2)

    def test_people_a_complaint_is_about_are_not_told(self):
        complaint = self._against()
        complaint.concerned_user_ids = self.user_quality
        self._learn()
        self.assertEqual(self.measure.state, "open")
        self.assertFalse(self._told(self.measure))
        told = self.measure.complaint_id.activity_ids.filtered(
            lambda a: "does not work" in (a.note or "")
        )
        self.assertEqual(len(told), 1, "Who stands in is told")
        self.assertNotIn(complaint.name, told.note)

    # ------------------------------------------------------------
    # Taken back
    # ------------------------------------------------------------
    def _assert_taken_back(self, why):
        row = self.measure.contradiction_ids
        self.assertEqual((row.state, row.withdrawn_because), ("withdrawn", why))
        self.assertEqual((self.measure.effectiveness, self.measure.is_refuted), ("pending", False))
        self.assertEqual(self.measure.state, "open", "What to do about it its owner says")
        self.assertEqual(len(self._told(self.measure)), 1)

    def test_not_justified(self):
        complaint = self._against()
        complaint.validity = "not_justified"
        self._learn()
        self._assert_works()
        complaint.validity = "justified"
        self._learn()
        self._assert_refuted(complaint)
        complaint.validity = "not_justified"
        self._learn()
        self._assert_taken_back("not_justified")
        complaint.validity = "partly"
        self._learn()
        self._assert_refuted(complaint)

    def test_refuted_point(self):
        complaint = self._against()
        complaint.point_ids.finding = "no_trouble_found"
        complaint.validity = "partly"
        self._learn()
        self._assert_works()

    def _add_point(self, complaint, defect, finding="pending"):
        """Something else that is wrong with the same goods."""
        return self.env["complaint.point"].create(
            {
                "complaint_id": complaint.id,
                "defect_id": defect.id,
                "line_ids": [Command.set(complaint.line_ids.ids)],
                "finding": finding,
            }
        )

    def test_two_points_on_the_same_goods(self):
        """Each point is about its own defect: one confirmed says nothing of one refuted."""
        scratches = self.defect_rust.copy({"name": "Test: scratches"})
        case = self._about(
            received=datetime(2026, 3, 2), defect_id=scratches.id, line={"defect_id": scratches.id}
        )
        other = self._measure(case)
        complaint = self._against()
        complaint.point_ids.finding = "not_confirmed"
        self._add_point(complaint, scratches, "confirmed")
        self._learn()
        self._assert_works()
        self._assert_refuted(complaint, measure=other)

    def test_refuted_point_of_the_measure_s_case(self):
        """What turned out to be nothing the measure is not to stop."""
        scratches = self.defect_rust.copy({"name": "Test: scratches"})
        case = self.measure.complaint_id
        case.point_ids.finding = "not_confirmed"
        self._add_point(case, scratches, "confirmed")
        self._against()
        self._learn()
        self._assert_works()
        complaint = self._against(line={"defect_id": scratches.id}, defect_id=scratches.id)
        self._learn()
        self._assert_refuted(complaint)

    def test_measure_of_a_case_that_was_refuted(self):
        """It was taken all the same: it is to stop what was said."""
        self.measure.complaint_id.point_ids.finding = "no_trouble_found"
        complaint = self._against()
        self._learn()
        self._assert_refuted(complaint)

    def test_point_added_to_goods_that_were_refuted(self):
        complaint = self._against()
        complaint.point_ids.finding = "not_confirmed"
        complaint.validity = "partly"
        self._learn()
        self._assert_works()
        self._add_point(complaint, self.defect_rust)
        self._learn()
        self._assert_refuted(complaint)

    def test_received_before_its_day(self):
        """Goods recorded as shipped later than they were complained about say nothing."""
        complaint = self._about(
            received=datetime(2026, 3, 10), line={"date_shipped": datetime(2026, 4, 5)}
        )
        for _time in range(2):
            self._learn()
            self._assert_works()
            complaint._compare_again()
        self.assertFalse(self.measure.complaint_id.message_ids.filtered(self._says_refuted))

    @staticmethod
    def _says_refuted(message):
        return "does not work" in (message.body or "")

    def test_cancelled(self):
        complaint = self._against()
        self._learn()
        complaint.action_cancel("Sent twice")
        self._learn()
        self._assert_taken_back("cancelled")

    def test_corrected_goods(self):
        complaint = self._against()
        self._learn()
        complaint.line_ids._correct("date_shipped", SHIPPED_BEFORE, "The older delivery")
        self._learn()
        self._assert_taken_back("goods")
        complaint.line_ids._correct("date_shipped", SHIPPED_AFTER, "No, the newer one")
        self._learn()
        self._assert_refuted(complaint)

    def test_one_of_two_withdrawn(self):
        first, second = self._against(), self._against()
        self._learn()
        first.action_cancel("Sent twice")
        self._learn()
        self.assertTrue(self.measure.is_refuted)
        second.action_cancel("Sent twice")
        self._learn()
        self.assertFalse(self.measure.is_refuted)

    def test_merged_as_duplicate_and_its_own_again(self):
        older = self._about(received=datetime(2026, 6, 10), line={"product_id": False, "name": "X"})
        complaint = self._against()
        self._learn()
        complaint.action_same_case(older.id, confirmed=True)
        self.assertEqual(complaint.outcome, "duplicate")
        self._learn()
        row = self.measure.contradiction_ids.filtered(lambda r: r.new_complaint_id == complaint)
        self.assertEqual((row.state, row.withdrawn_because), ("withdrawn", "duplicate"))
        # The goods went over to the case that goes on: now that one speaks against the measure
        standing = self.measure.contradiction_ids - row
        self.assertEqual(standing.new_complaint_id, older)
        complaint.action_reopen("Another delivery")
        self._learn()
        self.assertEqual(row.state, "standing")
        self.assertEqual(len(self._told(self.measure)), 1)

    # ------------------------------------------------------------
    # Another clean point
    # ------------------------------------------------------------
    def test_improved_measure(self):
        self._against()
        self._learn()
        self.measure.clean_date = datetime(2026, 6, 16).date()
        self.measure.action_finish("Thicker film")
        self._learn()
        self.assertEqual((self.measure.state, self.measure.effectiveness), ("done", "pending"))
        self._about(received=datetime(2026, 6, 20), line={"date_shipped": SHIPPED_AFTER})
        self._learn(datetime(2026, 6, 21))
        self.assertEqual(self.measure.state, "done", "Goods made before it was improved")
        late = datetime(2026, 7, 1)
        again = self._about(received=late, line={"date_shipped": datetime(2026, 6, 20)})
        self._learn(late)
        self.assertEqual((self.measure.state, self.measure.effectiveness), ("open", "ineffective"))
        self.assertEqual(len(self._told(self.measure)), 2)
        standing = self.measure.contradiction_ids.filtered(lambda r: r.state == "standing")
        self.assertEqual(standing.new_complaint_id, again)

    def test_finished_again_without_another_clean_point(self):
        """Nobody is told again of goods that were made before the measure was improved."""
        self._against()
        self._learn()
        self.measure.action_finish("Thicker film")
        self._against()
        self._learn()
        self.assertEqual((self.measure.state, self.measure.effectiveness), ("done", "ineffective"))
        self.assertEqual(len(self.measure.contradiction_ids), 2)
        self.assertEqual(len(self._told(self.measure)), 1)

    def _printed(self):
        """:return: clean point of the measure as customers' documents print it"""
        complaint = self.measure.complaint_id.with_user(self.user_sales)
        [row] = complaint._get_print_measures("corrective")
        section = {"tables": []}
        complaint._fill_print_8d_d6(section)
        [[_name, *cells]] = section["tables"][0]["rows"]
        found = [cell for cell in cells if cell.startswith("Shipped")]
        self.assertEqual(found, [row["clean"]] if row["clean"] else [])
        return row["clean"]

    def test_refuted_one_is_not_printed(self):
        self.measure.validation_note = "0 of 500"
        self.assertEqual(self._printed(), "Shipped from 04/01/2026 on")
        complaint = self._against()
        version = self.measure.complaint_id.version
        self._learn()
        self.assertEqual(self._printed(), "")
        self.measure.action_finish("Thicker film")
        self._learn()
        self.assertEqual(self._printed(), "", "Done again, good from the same goods on")
        self.measure.clean_date = datetime(2026, 4, 15).date()
        self.assertEqual(self._printed(), "", "Those goods carry this one, too")
        self.measure.clean_date = datetime(2026, 6, 16).date()
        self.assertEqual(self._printed(), "Shipped from 06/16/2026 on")
        self._learn()
        self.assertEqual(self._printed(), "Shipped from 06/16/2026 on")
        self.assertGreater(self.measure.complaint_id.version, version)
        self.measure.clean_date = datetime(2026, 4, 1).date()
        self._learn()
        self.assertEqual(self._printed(), "")
        version = self.measure.complaint_id.version
        complaint.action_cancel("Sent twice")
        self._learn()
        self.assertEqual(self._printed(), "Shipped from 04/01/2026 on")
        self.assertGreater(self.measure.complaint_id.version, version)

    def test_many_refuted_ones_are_printed_at_once(self):
        measured = {}
        for name, count in (("few", 2), ("many", 12)):
            case = self._about(received=datetime(2026, 3, 1, 9))
            for index in range(count):
                self._measure(case, name=f"Film {index}")
            self._against()
            self._learn()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            rows = case.with_user(self.user_sales)._get_print_measures("corrective")
            measured[name] = self.env.cr.sql_log_count - before
            self.assertEqual([row["clean"] for row in rows], [""] * count)
        self.assertNoQueryEach(measured["few"], measured["many"], 10)

    def test_clean_point_set_later(self):
        late = self._measure(clean_date=False)
        complaint = self._against()
        self._learn()
        self.assertEqual(late.state, "done")
        late.clean_date = datetime(2026, 4, 15).date()
        self._learn()
        self._assert_refuted(complaint, measure=late)
