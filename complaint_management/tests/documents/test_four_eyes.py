from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .common import DocumentsCommon


@tagged("post_install", "-at_install")
class TestFourEyes(DocumentsCommon):
    """Nobody gets round the second pair of eyes (R33, T16)."""

    def setUp(self):
        super().setUp()
        self.complaint = self._case()

    def _plan(self, **vals):
        return self.env["mail.activity.plan"].create(
            {
                "name": "Test plan",
                "res_model": "complaint.complaint",
                "company_id": False,
                "template_ids": [
                    Command.create(
                        {
                            "summary": "Train the packers",
                            "action_kind": "preventive",
                            "responsible_type": "complaint_lead",
                            **vals,
                        }
                    )
                ],
            }
        )

    # ------------------------------------------------------------
    # Authors of measures
    # ------------------------------------------------------------
    def test_texts_of_a_plan_have_no_author(self):
        """A plan's measure is nobody's text until somebody rewrites it."""
        self.category_quality.plan_id = self._plan()
        complaint = self._registered_complaint(user=self.user_manager)
        measure = complaint.action_ids
        self.assertTrue(measure.template_id)
        self.assertFalse(complaint.measures_author_ids)
        measure.with_user(self.user_manager).evidence_note = "My own proof"
        self.assertEqual(complaint.measures_author_ids, self.user_manager)

    def test_template_id_is_written_by_plans_only(self):
        template = self._plan().template_ids
        vals = {
            "complaint_id": self.complaint.id,
            "name": template.summary,
            "description": "My own instructions",
            "kind": "preventive",
            "deadline": "2099-01-01",
        }
        actions = self.env["complaint.action"].with_user(self.user_manager)
        with self.assertRaises(UserError):
            actions.create({**vals, "template_id": template.id})
        forged = actions.with_context(default_template_id=template.id).create(vals)
        self.assertFalse(forged.template_id)
        with self.assertRaises(UserError):
            forged.template_id = template
        self.assertIn(self.user_manager, self.complaint.measures_author_ids)
        imported = actions.with_user(self.user_admin).create({**vals, "template_id": template.id})
        self.assertTrue(imported)
        self.assertIn(self.user_admin, self.complaint.measures_author_ids)

    def test_former_lead_does_not_approve(self):
        self.complaint.lead_user_id = self.user_manager
        self.complaint.with_user(self.user_manager).lead_user_id = self.user_quality
        self.assertIn(self.user_manager, self.complaint.measures_author_ids)
        with self.assertRaisesRegex(AccessError, "Four eyes"):
            self.complaint.with_user(self.user_manager).action_approve_measures()

    def test_handing_over_before_anything_is_written(self):
        complaint = self._registered_complaint(user=self.user_sales).with_env(self.env)
        complaint.lead_user_id = self.user_manager
        complaint.lead_user_id = self.user_quality
        self.assertFalse(complaint.measures_author_ids)
        self._add_cause(complaint)
        complaint.with_user(self.user_manager).action_approve_measures()

    # ------------------------------------------------------------
    # Editors of the report
    # ------------------------------------------------------------
    def _section(self, report, code):
        return report.section_ids.filtered(lambda s: s.code == code)

    def _assert_refused(self, report):
        self.assertIn(self.user_manager, report.sudo().editor_ids)
        self.assertFalse(report.with_user(self.user_manager).can_approve)
        with self.assertRaisesRegex(UserError, "Four eyes"):
            report.with_user(self.user_manager).action_approve()

    def test_code_of_a_section_stays(self):
        report = self._report(self.complaint)
        for code in ("cause", "opening"):
            with self.assertRaises(UserError):
                self._section(report, code).with_user(self.user_manager).code = "extra"
        with self.assertRaises(UserError):
            report.section_ids.with_user(self.user_manager).create(
                {"report_id": report.id, "title": "Cause", "code": "closing"}
            )

    def test_added_section_has_an_editor(self):
        report = self._report(self.complaint)
        report.section_ids.with_user(self.user_manager).create(
            {"report_id": report.id, "title": "Cause", "body": "As I see it"}
        )
        self._assert_refused(report)

    def test_dropped_section_has_an_editor(self):
        report = self._report(self.complaint)
        self._section(report, "cause").with_user(self.user_manager).unlink()
        self._assert_refused(report)

    def test_any_section_with_content_counts(self):
        report = self._report(self.complaint)
        self._section(report, "handling").with_user(self.user_manager).body = "As I see it"
        self._assert_refused(report)

    def test_later_editor_hides_no_earlier_one(self):
        report = self._report(self.complaint)
        cause = self._section(report, "cause")
        cause.with_user(self.user_manager).body = "As I see it"
        cause.with_user(self.user_quality).body = "As I see it."
        self.assertEqual(cause.edited_by_id, self.user_quality)
        self._assert_refused(report)

    def test_editors_go_into_the_next_version(self):
        report = self._report(self.complaint)
        self._section(report, "cause").with_user(self.user_quality).body = "In my words"
        report.with_user(self.user_manager).action_approve()
        new = report.browse(report.action_new_version()["res_id"])
        self.assertEqual(new.editor_ids, self.user_quality)
        with self.assertRaises(UserError):
            new.with_user(self.user_quality).editor_ids = [Command.clear()]

    def test_courtesy_does_not_count(self):
        report = self._report(self.complaint)
        self._section(report, "opening").with_user(self.user_manager).body = "Dear friends,"
        report.with_user(self.user_manager).action_approve()
        self.assertEqual(report.state, "approved")

    # ------------------------------------------------------------
    # The approver's activity
    # ------------------------------------------------------------
    def test_request_ends_with_the_case(self):
        self.complaint.with_user(self.user_quality).action_request_approval()
        activity = self.complaint.measures_activity_id
        self.assertTrue(activity.active)
        self.complaint.with_user(self.user_quality).action_cancel("Entered twice")
        self.assertFalse(activity.active)
        closed = self._registered_complaint(category_id=self.category_simple.id)
        closed.lead_user_id = self.user_quality
        self._add_cause(closed)
        closed.with_user(self.user_quality).action_request_approval()
        closed.demand_ids.action_cancel()
        closed._write_trusted({"state": "resolved"})
        self.assertTrue(closed.measures_activity_id.active)
        closed.with_user(self.user_quality).action_close("tacit")
        self.assertFalse(closed.measures_activity_id.active)

    def test_asks_no_further_than_the_first_approver(self):
        for index in range(3):
            new_test_user(
                self.env,
                f"test_complaint_more{index}",
                groups="complaint_management.group_complaint_manager",
            )
        Complaint = type(self.complaint)
        asked, has_access = [], Complaint.has_access

        def counting(complaint, operation):
            if complaint.env.user != self.user_quality:
                asked.append(complaint.env.user)
            return has_access(complaint, operation)

        with patch.object(Complaint, "has_access", counting):
            self.complaint.with_user(self.user_quality).action_request_approval()
        self.assertEqual(self.complaint.measures_activity_id.user_id, self.user_manager)
        self.assertEqual(set(asked), {self.user_manager})
