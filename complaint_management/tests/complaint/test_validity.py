from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from ..common import ComplaintCommon


@tagged("post_install", "-at_install")
class TestValidity(ComplaintCommon):
    """The findings say whether the complaint is justified, and for how many (R20, R63)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.scratch = cls.env["complaint.defect"].create({"name": "Test: scratch"})

    def _case(self, *defects):
        lines = [
            Command.create(self._prepare_line_vals(defect_id=defect.id, name=defect.name))
            for defect in defects or (self.defect_rust,)
        ]
        complaint = self._registered_complaint(user=self.user_sales, line_ids=lines)
        return complaint.with_user(self.user_quality)

    # ------------------------------------------------------------
    # Proposals
    # ------------------------------------------------------------
    def test_validity_follows_the_findings(self):
        complaint = self._case(self.defect_rust, self.scratch)
        rust, scratch = complaint.point_ids
        steps = (
            (rust, "confirmed", False),
            (scratch, "no_trouble_found", "partly"),
            (rust, "not_confirmed", "not_justified"),
            (rust, "confirmed", "partly"),
            (scratch, "confirmed", "justified"),
            (scratch, "pending", False),
        )
        for point, finding, validity in steps:
            with self.subTest(finding=finding):
                point.finding = finding
                self.assertEqual(complaint.validity, validity)

    def test_validity_follows_points_that_are_added(self):
        complaint = self._case()
        complaint.point_ids.finding = "not_confirmed"
        for finding, validity in (("pending", False), ("confirmed", False)):
            vals = {"defect_id": self.scratch.id, "finding": finding}
            complaint.point_ids = [Command.create(vals)]
            self.assertEqual(complaint.validity, validity)
        complaint.point_ids.filtered(lambda p: p.finding == "pending").finding = "confirmed"
        self.assertEqual(complaint.validity, "partly")

    def test_point_that_is_added_with_its_finding(self):
        complaint = self._case()
        complaint.point_ids.finding = "not_confirmed"
        vals = {"defect_id": self.scratch.id, "finding": "confirmed"}
        complaint.point_ids = [Command.create(vals)]
        self.assertEqual(complaint.validity, "partly")

    def test_chosen_by_hand_stays(self):
        complaint = self._case()
        complaint.validity = "partly"
        complaint.point_ids.finding = "confirmed"
        self.assertEqual(complaint.validity, "partly")
        complaint.validity = False
        self.assertEqual(complaint.validity, "justified", "emptied: the proposal comes back")
        complaint.point_ids.finding = "not_confirmed"
        self.assertEqual(complaint.validity, "not_justified")

    def test_chosen_by_hand_before_it_was_proposed(self):
        complaint = self._case()
        complaint.validity = "justified"
        complaint.point_ids.finding = "confirmed"
        complaint.point_ids.finding = "not_confirmed"
        self.assertEqual(complaint.validity, "justified")

    def test_responsibility_the_confirmed_points_share(self):
        complaint = self._case(self.defect_rust, self.scratch)
        rust, scratch = complaint.point_ids
        rust.write({"finding": "confirmed", "responsibility": "carrier"})
        scratch.write({"finding": "not_confirmed", "responsibility": "customer"})
        self.assertEqual(complaint.responsibility, "carrier")
        scratch.finding = "confirmed"
        self.assertFalse(complaint.responsibility, "two say different things")
        complaint.responsibility = "ours"
        scratch.responsibility = "carrier"
        self.assertEqual(complaint.responsibility, "ours")

    def test_nobody_forges_what_was_chosen_by_hand(self):
        complaint = self._case()
        with self.assertRaises(UserError):
            complaint.write({"validity_by_hand": True})

    # ------------------------------------------------------------
    # One point: a plain field
    # ------------------------------------------------------------
    def test_one_point_is_judged_on_the_complaint(self):
        complaint = self._case()
        with Form(complaint) as form:
            form.finding = "confirmed"
        self.assertEqual(complaint.point_ids.finding, "confirmed")
        self.assertEqual(complaint.validity, "justified")

    def test_several_points_have_a_finding_each(self):
        complaint = self._case(self.defect_rust, self.scratch)
        self.assertFalse(complaint.finding)
        complaint.finding = "confirmed"
        self.assertEqual(set(complaint.point_ids.mapped("finding")), {"pending"})

    def test_case_from_before_there_were_points(self):
        complaint = self._case()
        self.env.cr.execute("DELETE FROM complaint_point WHERE complaint_id = %s", complaint.ids)
        self.env.invalidate_all()
        complaint.finding = "confirmed"
        self.assertEqual(complaint.point_ids.mapped("finding"), ["confirmed"])

    # ------------------------------------------------------------
    # Confirmed quantities
    # ------------------------------------------------------------
    def test_confirmed_quantity_is_asked_for_where_it_was_right(self):
        complaint = self._case(self.defect_rust, self.scratch)
        rust, scratch = complaint.point_ids

        def asked():
            return "\n".join(complaint._get_missing("resolve"))

        self.assertNotIn("confirmed quantity", asked())
        rust.finding, scratch.finding = "confirmed", "not_confirmed"
        self.assertIn("confirmed quantity of “Test: rust”", asked())
        self.assertTrue(complaint.can_confirm_quantities)
        rust.line_ids.quantity_confirmed = 2
        self.assertNotIn("confirmed quantity", asked())
        self.assertFalse(complaint.can_confirm_quantities)

    def test_confirmed_as_complained_in_one_press(self):
        complaint = self._case(self.defect_rust, self.scratch)
        rust, scratch = complaint.point_ids
        rust.finding, scratch.finding = "confirmed", "not_confirmed"
        complaint.action_confirm_quantities()
        self.assertEqual(rust.line_ids.quantity_confirmed, 3)
        self.assertEqual(scratch.line_ids.quantity_confirmed, 0)
        rust.line_ids.quantity_confirmed = 1
        complaint.action_confirm_quantities()
        self.assertEqual(rust.line_ids.quantity_confirmed, 1, "what was typed stays")

    def test_case_that_is_over_confirms_nothing(self):
        complaint = self._case()
        complaint.validity = "justified"
        complaint.action_cancel("Entered twice")
        self.assertFalse(complaint.can_confirm_quantities)
        with self.assertRaises(UserError):
            complaint.action_confirm_quantities()

    def test_justified_by_hand_asks_for_all_goods(self):
        complaint = self._case()
        complaint.validity = "justified"
        self.assertIn("confirmed quantity", "\n".join(complaint._get_missing("resolve")))
        complaint.validity = "not_justified"
        self.assertNotIn("confirmed quantity", "\n".join(complaint._get_missing("resolve")))
