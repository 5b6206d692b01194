from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common import ComplaintCommon


@tagged("post_install", "-at_install")
class TestGateResolve(ComplaintCommon):
    """Resolving asks for what the category wants, all at once (R20, R30, R44, R63)."""

    def _case(self, investigation, **vals):
        """A registered case of a category that wants ``investigation``, and no report."""
        category = self.category_quality
        category.write({"investigation": investigation, "needs_report": False, "plan_id": False})
        complaint = self._registered_complaint(
            user=self.user_sales, **{"demand_ids": False, **vals}
        )
        complaint.action_ids._write_trusted({"state": "cancelled"})
        return complaint.with_user(self.user_quality)

    def _missing(self, complaint):
        return "\n".join(complaint._get_missing("resolve"))

    def _cause(self, complaint, verify=True, **vals):
        cause = self.env["complaint.cause"].with_user(self.user_quality)
        cause = cause.create(
            {
                "complaint_id": complaint.id,
                "name": "The cartons got wet",
                "evidence_note": "Salt on the film",
                **vals,
            }
        )
        if verify:
            cause.action_verify()
        return cause

    def test_required(self):
        complaint = self._case("required")
        with self.assertRaises(UserError) as caught:
            complaint.action_resolve()
        message = caught.exception.args[0]
        for part in (complaint.name, "the finding", "justified", "a verified cause"):
            self.assertIn(part, message)
        complaint.finding = "confirmed"
        cause = self._cause(complaint, verify=False)
        missing = self._missing(complaint)
        self.assertNotIn("the finding", missing)
        self.assertIn("confirmed quantity", missing)
        self.assertIn("“The cartons got wet” is only preliminary", missing)
        cause.action_verify()
        complaint.action_confirm_quantities()
        complaint.action_resolve()
        self.assertEqual(complaint.state, "resolved")

    def test_each_open_finding_is_named(self):
        scratch = self.env["complaint.defect"].create({"name": "Test: scratch"})
        lines = [
            Command.create(self._prepare_line_vals(defect_id=defect.id))
            for defect in (self.defect_rust, scratch)
        ]
        complaint = self._case("required", line_ids=lines)
        complaint.point_ids[0].finding = "confirmed"
        missing = self._missing(complaint)
        self.assertIn("the finding on “Test: scratch”", missing)
        self.assertNotIn("the finding on “Test: rust”", missing)

    def test_cause_only(self):
        complaint = self._case("cause_only")
        self.assertEqual(complaint._get_missing("resolve"), ["a verified cause"])
        self._cause(complaint, verify=False).action_reject()
        self.assertEqual(complaint._get_missing("resolve"), ["a verified cause"])
        self._cause(complaint)
        complaint.action_resolve()
        self.assertEqual(complaint.state, "resolved")

    def test_fact_check(self):
        complaint = self._case("fact_check")
        missing = self._missing(complaint)
        for part in ("the finding", "justified", "what was checked"):
            self.assertIn(part, missing)
        self.assertNotIn("cause", missing)
        complaint.finding = "not_confirmed"
        complaint.investigation_result = " "
        self.assertIn("what was checked", self._missing(complaint))
        complaint.investigation_result = "The driver came at 9:00, as agreed."
        complaint.action_resolve()
        self.assertEqual(complaint.state, "resolved")

    def test_none_goes_from_registered_to_resolved_in_one_press(self):
        complaint = self._case("none")
        self.assertEqual(complaint.point_ids.finding, "pending")
        complaint.with_user(self.user_sales).action_resolve()
        self.assertEqual(complaint.state, "resolved")

    def test_the_report_of_this_round(self):
        complaint = self._case("none")
        self.category_quality.needs_report = True
        self.assertIn("report sent", self._missing(complaint))
        complaint._write_trusted({"date_reported": "2026-01-05 10:00:00"})
        complaint.action_resolve()
        complaint.action_object("It is wrong")
        self.assertIn("report sent", self._missing(complaint), "a new round, a new report")

    def test_hundreds_of_goods_make_a_message_one_can_read(self):
        lines = [
            Command.create(self._prepare_line_vals(product_id=False, name=f"Item {index}"))
            for index in range(200)
        ]
        complaint = self._case("none", line_ids=lines)
        complaint.validity = "justified"
        missing = self._missing(complaint)
        self.assertIn("“Item 4”, 195 more", missing)
        self.assertLess(len(missing), 300)
