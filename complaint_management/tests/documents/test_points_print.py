from odoo import Command
from odoo.tests import tagged

from .common import DocumentsCommon

INTERNAL = "complaint_management.report_complaint_form"


@tagged("post_install", "-at_install")
class TestPointsPrint(DocumentsCommon):
    """Several points: each with its finding in the documents; one point: as without (R62)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.scratch = cls.env["complaint.defect"].create({"name": "Scratched handles"})
        cls.hammer = cls._product(name="Hammer")

    def _two_points(self):
        complaint = self._case(
            line_ids=[
                Command.create(self._prepare_line_vals()),
                Command.create(
                    self._prepare_line_vals(
                        product_id=self.hammer.id, defect_id=self.scratch.id, lot_name="H-1"
                    )
                ),
            ]
        )
        rust, scratch = complaint.point_ids
        rust.write(
            {
                "finding": "confirmed",
                "finding_note": "Rust under the film of pallet 7.",
                "responsibility": "carrier",
                "assessment": "The driver left it in the rain.",
            }
        )
        scratch.write(
            {
                "finding": "no_trouble_found",
                "finding_note": "Five hammers of lot H-1 show none.",
                "words": "The handles look used.",
            }
        )
        complaint.validity = "partly"
        return complaint

    def test_each_point_has_its_finding(self):
        complaint = self._two_points()
        for kind in ("preventive", "feedback"):
            html = self._html(self._report(complaint, kind))
            with self.subTest(kind=kind):
                for part in (
                    "Three of ten shafts show rust.",
                    "Test: rust",
                    "Rust under the film of pallet 7.",
                    "Scratched handles",
                    "The handles look used.",
                    "Hammer",
                    "No trouble found",
                    "Five hammers of lot H-1 show none.",
                ):
                    self.assertIn(part, html)
                for part in ("Carrier", "left it in the rain", "Pending"):
                    self.assertNotIn(part, html)

    def test_open_finding_prints_no_verdict(self):
        complaint = self._two_points()
        complaint.point_ids.write({"finding": "pending", "finding_note": False})
        html = self._html(self._report(complaint))
        self.assertIn("Scratched handles", html)
        for part in ("Confirmed", "Not confirmed", "No trouble found", "Pending"):
            self.assertNotIn(part, html)

    def test_one_point_prints_no_table(self):
        complaint = self._case()
        complaint.point_ids.write({"finding": "confirmed", "finding_note": "Rust."})
        for kind in ("preventive", "feedback"):
            html = self._html(self._report(complaint, kind))
            with self.subTest(kind=kind):
                self.assertIn("Three of ten shafts show rust.", html)
                self.assertNotIn("What was found", html)
                self.assertNotIn("Confirmed", html)
        values = complaint.with_user(self.user_quality)._get_print_internal()
        self.assertEqual(values["points"], [])

    def test_note_of_the_only_point_stands_in_where_nothing_else_was_written(self):
        complaint = self._case(investigation_result=False)
        complaint.point_ids.finding_note = "Rust on three shafts."
        self.assertIn("Rust on three shafts.", self._html(self._report(complaint)))

    def test_internal_form_adds_what_stays_inside(self):
        complaint = self._two_points()
        complaint.point_ids[0].evidence_ids = complaint.evidence_ids
        engine = self.env["ir.actions.report"].with_user(self.user_sales)
        html = engine._render_qweb_html(INTERNAL, complaint.ids)[0].decode()
        for part in ("Findings", "Carrier", "The driver left it in the rain.", "Tip", "Confirmed"):
            self.assertIn(part, html)

    def test_names_that_stay_inside_are_found_in_findings(self):
        complaint = self._two_points()
        report = self._report(complaint)
        complaint.cause_ids.machine = "Press 7"
        self.assertFalse(report.sudo()._get_missing_discretion())
        complaint.point_ids[0].finding_note = "It came from Press 7."
        self.assertIn("Press 7", "\n".join(report.sudo()._get_missing_discretion()))
