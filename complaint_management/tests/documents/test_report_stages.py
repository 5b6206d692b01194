import time
from datetime import datetime

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .eightd_common import EightdCommon


@tagged("post_install", "-at_install")
class TestReportStages(EightdCommon):
    """Interim and final 8D versions: what each asks for, what goes out, what changed (R44, R33)."""

    def _approve(self, report):
        report.with_user(self.user_manager).action_approve()
        return report.with_user(self.user_sales)

    def test_final_without_parts_is_refused_naming_each(self):
        complaint = self._registered_complaint(user=self.user_sales)
        report = self._report(complaint, "8d")
        report.stage = "final"
        with self.assertRaises(UserError) as refused:
            report.with_user(self.user_manager).action_approve()
        for part in (
            "D3: what was checked where",
            "D4: the cause – Why it happened",
            "D4: the cause – Why it was not found",
            "D7: a revised document",
            "D8: a check that the measures work",
        ):
            self.assertIn(part, str(refused.exception))
        self.assertEqual(report.state, "draft")

    def test_each_missing_part_is_found(self):
        """Take one part away from a complete case: just that one is missing."""
        complaint = self._case_8d()
        self.assertEqual(complaint._get_missing_for_8d("final"), [])
        measure = complaint.action_ids.filtered(lambda a: a.kind == "corrective")
        cases = [
            (complaint.check_ids, {"date": False}, "D3"),
            (measure, {"validation_note": False}, "D6: what validates"),
            (measure, {"cause_id": False}, "D5: a measure against"),
            (complaint, {"date_containment_removed": False}, "D8: the day containment"),
        ]
        for record, vals, part in cases:
            with self.subTest(part=part):
                before = {name: record[:1][name] for name in vals}
                record.with_context(complaint_transition=None).sudo()._write_trusted(vals)
                missing = complaint._get_missing_for_8d("final")
                self.assertEqual(len(missing), 1, missing)
                self.assertIn(part, missing[0])
                record._write_trusted(
                    {
                        name: value.id if hasattr(value, "ids") else value
                        for name, value in before.items()
                    }
                )

    def test_interim_asks_for_its_own(self):
        complaint = self._registered_complaint(user=self.user_sales)
        self._add_containment(complaint.sudo())
        self.assertEqual(complaint._get_missing_for_8d("d3"), [])
        self.assertTrue(complaint._get_missing_for_8d("d5"))
        report = self._report(complaint, "8d")
        self.assertEqual(report.stage, "d3")
        self._approve(report)
        self.assertEqual(report.state, "approved")

    def test_stages_follow_one_another(self):
        complaint = self._registered_complaint(user=self.user_sales)
        self._add_containment(complaint.sudo())
        self.assertRegex(complaint.eightd_dates, "D3 due on .* · D5 due on .* · D8 due on")
        first = self._report(complaint, "8d")
        self._approve(first).action_mark_sent()
        self.assertEqual(first.stage, "d3")
        self.assertFalse(complaint.date_reported, "an interim version is no answer yet")
        second = self._report(complaint, "8d")
        self.assertEqual((second.stage, second.version), ("d5", 2))
        self._add_cause(complaint)
        self._add_solution(complaint)
        action = second.with_user(self.user_quality).action_generate()
        self.assertTrue(action)
        self._approve(second).action_mark_sent()
        self.assertFalse(complaint.date_reported)
        complaint.date_containment_removed = "2026-01-05"
        third = self._report(complaint, "8d")
        self.assertEqual((third.stage, third.version), ("final", 3))
        self._approve(third).action_mark_sent()
        self.assertTrue(complaint.date_reported)
        sent = complaint._get_stages_sent()
        self.assertEqual(sent["d3"], first.date_sent)
        self.assertEqual(sent["final"], third.date_sent)
        self.assertRegex(complaint.eightd_dates, "D3 sent on .* · D5 sent on .* · D8 sent on")
        rows = {row["code"]: row for row in third._get_print_8d()["stages"]}
        self.assertTrue(all(rows[code]["sent"] for code in ("d3", "d5", "final")))

    def test_draft_left_from_an_earlier_round(self):
        """After a reopening it is a document of the round in which it is approved."""
        complaint = self._registered_complaint(user=self.user_sales)
        self._add_containment(complaint.sudo())
        draft = self._report(complaint, "8d")
        complaint.sudo()._write_trusted({"round": 2})
        again = self._report(complaint, "8d")
        self.assertEqual(again, draft)
        self._approve(again).action_mark_sent()
        self.assertEqual(again.round_number, 2)
        self.assertIn("d3", complaint._get_stages_sent())

    def test_interim_has_its_own_letter(self):
        """The mail with an interim version promises the final one and stamps no answer."""
        complaint = self._registered_complaint(user=self.user_sales)
        self._add_containment(complaint.sudo())
        report = self._approve(self._report(complaint, "8d"))
        context = report.action_send()["context"]
        template = self.env.ref("complaint_management.mail_template_complaint_report_interim")
        self.assertEqual(context["default_template_id"], template.id)
        report._send()
        self.assertEqual(report.state, "sent")
        self.assertFalse(complaint.date_reported)

    def test_letter_is_an_answer(self):
        complaint = self._case()
        report = self._approved(complaint, "letter")
        report.action_mark_sent()
        self.assertTrue(complaint.date_reported)
        sheet = self._approved(self._case(), "feedback")
        sheet.action_mark_sent()
        self.assertFalse(sheet.complaint_id.date_reported)

    def test_letter_tells_no_guesses(self):
        complaint = self._case()
        complaint.cause_ids.with_user(self.user_quality).action_reset()
        report = self._report(complaint, "letter")
        bodies = {section.code: section.body for section in report.section_ids}
        self.assertEqual(bodies["cause"], "Three of ten shafts show rust.")

    def test_letter_of_a_remedy_without_its_day(self):
        """Registers that were imported may not know when something was done."""
        complaint = self._case()
        action = self._add_action(complaint, kind="correction", name="New goods")
        action.sudo()._write_trusted({"state": "done", "date_done": False})
        bodies = {s.code: s.body for s in self._report(complaint, "letter").section_ids}
        self.assertIn("New goods", bodies["remedy"])

    def test_letter_without_answer_is_refused(self):
        complaint = self._registered_complaint(user=self.user_sales)
        complaint.demand_ids.name = "New goods"
        report = self._report(complaint, "letter")
        with self.assertRaisesRegex(UserError, "an answer to the request “New goods”"):
            report.with_user(self.user_manager).action_approve()

    def test_resolving_asks_for_the_wanted_document(self):
        complaint = self._case()
        self.env["complaint.report.profile"].create(
            {"name": "Cars", "partner_id": self.customer.id, "kind": "8d"}
        )
        self.assertIn("the final 8D report sent to the customer", complaint._get_missing("resolve"))

    def test_only_8d_has_stages(self):
        report = self._report(self._case())
        with self.assertRaisesRegex(ValidationError, "Only 8D reports"):
            report.stage = "d3"

    def test_due_in_working_days(self):
        complaint = self._case()
        calendar = self.env["resource.calendar"].create({"name": "40 hours", "tz": "UTC"})
        self.team.resource_calendar_id = calendar
        # A Friday morning: the next working day is Monday
        complaint.sudo()._write_trusted({"date_received": datetime(2026, 11, 27, 8, 0)})
        profile = self.env.ref("complaint_management.report_profile_8d")
        due = complaint._get_report_due(profile)
        self.assertEqual(set(due), {"d3", "d5", "final"})
        self.assertEqual(due["d3"].date(), datetime(2026, 11, 27).date())
        profile.due_d3 = 2
        self.assertEqual(complaint._get_report_due(profile)["d3"].date().isoformat(), "2026-11-30")
        profile.due_d3 = 0
        self.assertNotIn("d3", complaint._get_report_due(profile))

    # ------------------------------------------------------------
    # Against the version before
    # ------------------------------------------------------------
    def test_difference(self):
        complaint = self._case_8d()
        first = self._report(complaint, "8d")
        self.assertFalse(first.difference)
        self._approve(first)
        action = first.with_user(self.user_quality).action_new_version()
        second = first.browse(action["res_id"]).with_user(self.user_manager)
        self.assertEqual(second.previous_id, first)
        self.assertIn("Nothing printed has changed", second.difference)
        complaint.first_good_lot = "LOT-0100"
        section = second.section_ids.filtered(lambda s: s.code == "d2")
        section.with_user(self.user_quality).body = "<b>Rust</b>"
        second.invalidate_recordset(["difference"])
        self.assertRegex(
            second.difference, r"line-through[^>]*>First certified-good lot · LOT-0099"
        )
        self.assertIn("LOT-0100", second.difference)
        self.assertIn("&lt;b&gt;Rust", second.difference)
        self.assertIn("D2 Problem description", second.difference)
        self.assertNotIn("D1 Team", second.difference)

    def test_difference_of_sections_with_one_title(self):
        """No line is lost where two sections are called the same."""
        old = [["Remarks", ["One"]], ["Remarks", ["Two"]]]
        new = [["Remarks", ["One, changed"]], ["Remarks", ["Two"]]]
        shown = self.env["complaint.report"]._render_difference(old, new)
        self.assertIn("One, changed", shown)
        self.assertNotIn("Two", shown)

    def test_difference_of_long_tables(self):
        """Hundreds of rows of which each changed a little are compared at once."""
        old = [
            ["Goods", [f"Screwdriver · LOT-{n:04} · {n} pieces · 2026-11-05" for n in range(400)]]
        ]
        new = [["Goods", [line.replace("-11-", "-12-") for line in old[0][1]]]]
        start = time.process_time()
        shown = self.env["complaint.report"]._render_difference(old, new)
        self.assertLess(time.process_time() - start, 3)
        self.assertEqual(shown.count("<div"), 800)

    def test_difference_of_a_preventive_report(self):
        complaint = self._case()
        first = self._report(complaint)
        self._approve(first)
        action = first.with_user(self.user_quality).action_new_version()
        second = first.browse(action["res_id"])
        self._add_action(complaint, name="Second look")
        second.invalidate_recordset(["difference"])
        self.assertIn("Second look", second.difference)
        self.assertNotIn("Wrap pallet", second.difference)
