from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import HandlingCommon


@tagged("post_install", "-at_install")
class TestSupervisor(HandlingCommon):
    """A workshop without logins: its supervisor closes for his people in one grid (R26, T3)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.supervisor = cls.user_contributor
        cls.workshop, cls.office = cls.env["complaint.department"].create(
            [
                {"name": "Test: workshop", "user_id": cls.supervisor.id},
                {"name": "Test: office", "user_id": cls.user_manager.id},
            ]
        )
        cls.complaint = cls._bare_complaint()
        cls.first = cls._action(
            cls.complaint, name="Sort the pallet", department_id=cls.workshop.id
        )
        cls.second = cls._action(
            cls.complaint, name="Clean the line", department_id=cls.workshop.id
        )
        cls.foreign = cls._action(cls.complaint, name="Call", department_id=cls.office.id)

    def _as_supervisor(self, records):
        return records.with_user(self.supervisor)

    def test_closes_many_rows_each_with_its_note(self):
        rows = self._as_supervisor(self.first | self.second)
        self.assertTrue(all(rows.mapped("can_note")))
        rows[0].write({"result_draft": "All sorted", "performer_name": "Old Tom"})
        rows[1].result_draft = "Cleaned"
        rows.action_finish_noted()
        self.assertEqual(self.first.completion_note, "All sorted")
        self.assertEqual(self.second.completion_note, "Cleaned")
        self.assertEqual(rows.mapped("state"), ["done", "done"])
        self.assertEqual(self.first.done_by_id, self.supervisor)
        self.assertFalse(self.first.result_draft, "opened again, it starts without a note")

    def test_a_row_without_note_stops_all_and_is_named(self):
        rows = self._as_supervisor(self.first | self.second)
        rows[0].result_draft = "All sorted"
        rows[1].result_draft = "  "
        with self.assertRaisesRegex(UserError, "Clean the line") as refused:
            rows.action_finish_noted()
        self.assertNotIn("Sort the pallet", str(refused.exception))
        self.assertEqual(rows.mapped("state"), ["open", "open"])

    def test_without_selection_all_that_have_a_note(self):
        self._as_supervisor(self.first).result_draft = "All sorted"
        self.foreign.result_draft = "Not his"
        self._as_supervisor(self.Action).action_finish_noted()
        states = (self.first | self.second | self.foreign).mapped("state")
        self.assertEqual(states, ["done", "open", "open"])
        with self.assertRaises(UserError):
            self._as_supervisor(self.Action).action_finish_noted()

    def test_people_are_told_once(self):
        announced = []
        self.patch(
            type(self.complaint),
            "_announce",
            lambda complaints, event, *_args, **_kwargs: announced.append(event),
        )
        rows = self._as_supervisor(self.first | self.second)
        rows[0].result_draft, rows[1].result_draft = "One", "Two"
        rows.action_finish_noted()
        self.assertEqual(announced.count("action_done"), 1)

    def test_sees_his_departments_actions_and_nothing_else(self):
        found = self._as_supervisor(self.Action).search(
            [("id", "in", (self.first | self.second | self.foreign).ids)]
        )
        self.assertEqual(found, self.first | self.second)
        self.assertEqual(found[0].complaint_number, self.complaint.name)
        self.assertFalse(self._as_supervisor(self.complaint).has_access("read"))
        for records in (self.complaint.line_ids, self.complaint.round_ids):
            self.assertFalse(self._as_supervisor(records).has_access("read"))

    def test_the_screen_opens_without_the_case(self):
        views = self._as_supervisor(self.Action).get_views([(False, "list"), (False, "form")])
        for view in ("list", "form"):
            names = [
                name
                for name in views["models"]["complaint.action"]["fields"]
                if name in self.Action._fields
            ]
            specification = {name: {} for name in names if name != "rollout_ids"}
            with self.subTest(view=view):
                self.assertTrue(self._as_supervisor(self.first).web_read(specification))

    def test_plans_nothing(self):
        row = self._as_supervisor(self.first)
        self.assertFalse(row.can_steer or row.can_cancel or row.can_accept or row.can_object)
        self.assertTrue(row.can_finish)
        for vals in (
            {"deadline": "2099-01-01"},
            {"user_id": self.supervisor.id},
            {"name": "Easier"},
            {"department_id": self.office.id},
            {"evidence_note": "I prove it"},
            {"visit_place": "Elsewhere"},
        ):
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                row.write(vals)
        for verb, arguments in (("cancel", ()), ("accept", ()), ("object", ("No",))):
            with self.subTest(verb=verb), self.assertRaises(AccessError):
                getattr(row, f"action_{verb}")(*arguments)
        with self.assertRaises(AccessError):
            row.unlink()

    def test_nothing_in_other_departments(self):
        foreign = self._as_supervisor(self.foreign)
        with self.assertRaises(AccessError):
            foreign.action_finish("Mine now")
        with self.assertRaises(AccessError):
            foreign.result_draft = "Mine now"

    def test_who_is_supervisor_no_more_sees_nothing(self):
        self.workshop.user_id = self.user_manager
        self.assertFalse(self._as_supervisor(self.first).has_access("read"))

    def test_department_without_owner_is_its_supervisors(self):
        action = self._action(
            self.complaint, department_id=self.workshop.id, user_id=False, name="Sweep"
        )
        self.assertEqual(action.user_id, self.supervisor)
        self.assertEqual(action.activity_id.user_id, self.supervisor)

    def test_a_check_of_effect_needs_its_verdict(self):
        check = self._action(
            self.complaint, name="Still fine?", kind="verification", department_id=self.workshop.id
        )
        self._as_supervisor(check).result_draft = "Looks good"
        with self.assertRaisesRegex(UserError, "Still fine"):
            self._as_supervisor(check).action_finish_noted()
        self._as_supervisor(check).action_finish("Looks good", "effective")
        self.assertEqual(check.state, "done")
