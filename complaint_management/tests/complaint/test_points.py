from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import ComplaintCommon


@tagged("post_install", "-at_install")
class TestPoints(ComplaintCommon):
    """Each thing said to be wrong is a point of its own (R62, 8D D2)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.scratch = cls.env["complaint.defect"].create(
            {"name": "Test: scratch", "category_id": cls.category_quality.id}
        )

    def _case(self, *defects, **vals):
        """A registered case with one line for each of ``defects``."""
        lines = [
            Command.create(self._prepare_line_vals(defect_id=defect and defect.id))
            for defect in defects
        ]
        return self._registered_complaint(user=self.user_sales, line_ids=lines, **vals)

    # ------------------------------------------------------------
    # Made at registration
    # ------------------------------------------------------------
    def test_one_for_each_defect(self):
        complaint = self._case(self.defect_rust, self.scratch, self.defect_rust)
        rust, scratch = complaint.point_ids
        self.assertEqual((rust.defect_id, scratch.defect_id), (self.defect_rust, self.scratch))
        lines = complaint.line_ids
        self.assertEqual(rust.line_ids, lines[0] + lines[2])
        self.assertEqual(scratch.line_ids, lines[1])
        self.assertEqual(set(complaint.point_ids.mapped("finding")), {"pending"})

    def test_goods_without_defect_have_the_main_one(self):
        complaint = self._case(None, self.scratch)
        self.assertEqual(
            [(p.defect_id, len(p.line_ids)) for p in complaint.point_ids],
            [(self.defect_rust, 1), (self.scratch, 1)],
        )

    def test_without_goods_the_main_defect_else_none(self):
        complaint = self._case()
        self.assertEqual(complaint.point_ids.defect_id, self.defect_rust)
        complaint = self._complaint(user=self.user_sales, category_id=self.category_simple.id)
        complaint.action_register()
        self.assertEqual(len(complaint.point_ids), 1)
        self.assertFalse(complaint.point_ids.defect_id)
        self.assertEqual(complaint.point_ids.display_name, complaint.subject)

    def test_drafts_have_none_and_what_was_written_there_stays(self):
        complaint = self._complaint(
            user=self.user_sales, defect_id=self.defect_rust.id, category_id=False
        )
        self.assertFalse(complaint.point_ids)
        complaint.category_id = self.category_quality
        point = self.env["complaint.point"].with_user(self.user_sales)
        point = point.create({"complaint_id": complaint.id, "words": "And you are late"})
        complaint.action_register()
        self.assertEqual(complaint.point_ids, point)

    def test_registering_twice_what_was_reopened_makes_nothing_new(self):
        complaint = self._case(self.defect_rust, self.scratch)
        points = complaint.point_ids
        complaint._make_points()
        self.assertEqual(complaint.point_ids, points)

    def test_imported_verdicts_are_findings(self):
        vals = self._prepare_complaint_vals(
            defect_id=self.defect_rust.id,
            state="resolved",
            validity="justified",
            line_ids=[Command.create(self._prepare_line_vals())],
        )
        complaint = self.env["complaint.complaint"].with_user(self.user_admin).create(vals)
        self.assertEqual(complaint.point_ids.mapped("finding"), ["confirmed"])
        self.assertEqual(complaint.validity, "justified")

    def test_few_queries_for_many(self):
        vals = self._prepare_complaint_vals(
            category_id=self.category_simple.id,
            line_ids=[Command.create(self._prepare_line_vals())],
        )
        complaints = self.env["complaint.complaint"].create([dict(vals) for _index in range(22)])
        complaints._open_round("first")
        self.env.flush_all()

        def count(batch):
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            batch._make_points()
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        count(complaints[:1])
        self.assertNoQueryEach(count(complaints[1:2]), count(complaints[2:]), further=19)

    # ------------------------------------------------------------
    # Later
    # ------------------------------------------------------------
    def test_goods_added_later(self):
        complaint = self._case(self.defect_rust)
        point = complaint.point_ids
        lines = self.env["complaint.line"].with_user(self.user_sales)
        same, new = lines.create(
            [
                self._prepare_line_vals(complaint_id=complaint.id, defect_id=defect.id)
                for defect in (self.defect_rust, self.scratch)
            ]
        )
        self.assertIn(same, point.line_ids)
        self.assertEqual(len(complaint.point_ids), 2)
        self.assertEqual((complaint.point_ids - point).line_ids, new)
        self.assertEqual(complaint.point_ids.mapped("sequence"), [10, 20])

    def test_corrected_defect_takes_its_point_along(self):
        complaint = self._case(self.defect_rust)
        point = complaint.point_ids
        complaint.line_ids.defect_id = self.scratch
        self.assertEqual(complaint.point_ids, point)
        self.assertEqual(point.defect_id, self.scratch)

    def test_one_of_two_goods_with_another_defect(self):
        complaint = self._case(self.defect_rust, self.defect_rust)
        complaint.line_ids[1].defect_id = self.scratch
        self.assertEqual(
            [(p.defect_id, p.line_ids) for p in complaint.point_ids],
            [(self.defect_rust, complaint.line_ids[0]), (self.scratch, complaint.line_ids[1])],
        )
        complaint.line_ids[1].defect_id = self.defect_rust
        self.assertEqual(complaint.point_ids.defect_id, self.defect_rust, "the error left nothing")
        self.assertEqual(complaint.point_ids.line_ids, complaint.line_ids)

    def test_corrected_main_defect(self):
        complaints = self._case() + self._case(None)
        for complaint in complaints:
            complaint.defect_id = self.scratch
            self.assertEqual(complaint.point_ids.mapped("defect_id"), self.scratch)

    def test_what_was_judged_stays(self):
        complaint = self._case(self.defect_rust)
        complaint.point_ids.finding = "confirmed"
        complaint.line_ids.defect_id = self.scratch
        self.assertEqual(complaint.point_ids[0].defect_id, self.defect_rust)

    # ------------------------------------------------------------
    # Guards
    # ------------------------------------------------------------
    def test_goods_and_evidence_of_its_own_case_only(self):
        complaint, other = self._case(self.defect_rust), self._case(self.defect_rust)
        for name, foreign in (
            ("line_ids", other.line_ids),
            ("evidence_ids", other.evidence_ids),
        ):
            with self.subTest(field=name), self.assertRaises(ValidationError):
                complaint.point_ids.write({name: [Command.link(foreign.id)]})

    def test_what_the_customer_said_stays(self):
        complaint = self._case(self.defect_rust)
        point = complaint.point_ids.with_user(self.user_quality)
        point.words = "Rust on the tips"
        with self.assertRaises(UserError):
            point.words = "Nothing"
        with self.assertRaises(UserError):
            point.defect_id = self.scratch
        with self.assertRaises(UserError):
            point.unlink()

    def test_findings_of_a_closed_case_stand(self):
        complaint = self._case(self.defect_rust)
        complaint.action_cancel("Entered twice")
        with self.assertRaises(UserError):
            complaint.point_ids.with_user(self.user_quality).finding = "confirmed"

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_who_judges(self):
        point = self._case(self.defect_rust).point_ids
        for user in (self.user_contributor, self.user_sales2, self.user_leadership):
            with self.subTest(user=user.name), self.assertRaises(AccessError):
                point.with_user(user).finding = "confirmed"
        point.with_user(self.user_quality).finding = "confirmed"
        message = point.complaint_id.message_ids[0]
        self.assertIn("Test: rust", message.body)
        self.assertIn("Confirmed", message.body)
        self.assertEqual(message.author_id, self.user_quality.partner_id)

    def test_judging_is_a_version_others_should_have_seen(self):
        complaint = self._case(self.defect_rust)
        before = complaint.version
        complaint.point_ids.finding = "confirmed"
        self.assertGreater(complaint.version, before)
