from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import HandlingCommon


@tagged("post_install", "-at_install")
class TestLabour(HandlingCommon):
    """What the work costs: hours of those who do it, money for those inside (R37, R60)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.complaint_hourly_cost = 40.0
        cls.complaint = cls._bare_complaint()
        cls.rework = cls._action(
            cls.complaint, name="Straighten the tips", kind="correction", labour_hours=2.5
        )

    def test_estimate_then_what_was_spent(self):
        inside = self.rework.with_user(self.user_sales)
        self.assertEqual((inside.labour_hourly_cost, inside.labour_cost), (40.0, 100.0))
        self.assertEqual(inside.labour_currency_id, self.env.company.currency_id)
        inside.labour_hours_done = 3.0
        self.assertEqual(inside.labour_cost, 120.0)
        inside.labour_hourly_cost = 50.0
        self.assertEqual(inside.labour_cost, 150.0)

    def test_what_is_called_off_costs_what_was_spent(self):
        self.rework.action_cancel()
        self.assertEqual(self.rework.labour_cost, 0.0)
        self.rework.labour_hours_done = 0.5
        self.assertEqual(self.rework.labour_cost, 20.0)

    def test_another_rate_changes_no_estimate(self):
        self.env.company.complaint_hourly_cost = 60.0
        self.rework.labour_hours = 1.0
        self.assertEqual(self.rework.labour_cost, 40.0)
        later = self._action(self.complaint, kind="correction", labour_hours=1.0)
        self.assertEqual(later.labour_cost, 60.0)

    def test_each_company_has_its_rate(self):
        company = self._second_company()
        company.complaint_hourly_cost = 7.0
        complaint = self._complaint(company_id=company.id, user_id=False)
        action = self._action(complaint, user=self.env.user, kind="correction", labour_hours=2.0)
        self.assertEqual(action.labour_cost, 14.0)

    def test_what_a_closed_case_cost_stays(self):
        later = self._action(self.complaint, kind="correction", labour_hours=1.0)
        self.rework.labour_hours_done = 2.0
        self.rework._write_trusted({"state": "done"})
        self.complaint.sudo()._write_trusted({"state": "closed"})
        for name in ("labour_hours", "labour_hours_done", "labour_hourly_cost"):
            with self.subTest(name), self.assertRaisesRegex(UserError, "cannot be rewritten"):
                self.rework.sudo()[name] = 1.0
        later.labour_hours_done = 1.5
        self.assertEqual(later.labour_cost, 60.0, "work that goes on still counts")

    def test_the_owner_notes_hours_when_he_finishes(self):
        wizard = self.env["complaint.action.wizard"].with_user(self.user_purchasing)
        wizard = wizard.create({"verb": "finish", "action_ids": self.rework.ids, "note": "Done"})
        self.assertTrue(wizard.asks_labour)
        wizard.labour_hours_done = 3.25
        wizard.action_confirm()
        self.assertEqual((self.rework.state, self.rework.labour_hours_done), ("done", 3.25))
        self.assertEqual(self.rework.labour_cost, 130.0)

    def test_hours_noted_before_are_proposed_and_kept(self):
        self.rework.with_user(self.user_purchasing).labour_hours_done = 1.5
        wizard = self.env["complaint.action.wizard"].with_user(self.user_purchasing)
        wizard = wizard.create({"verb": "finish", "action_ids": self.rework.ids, "note": "Done"})
        self.assertEqual(wizard.labour_hours_done, 1.5)
        wizard.action_confirm()
        self.assertEqual(self.rework.labour_hours_done, 1.5)

    def test_nobody_is_asked_for_hours_of_a_call_or_of_several(self):
        call = self._action(self.complaint, kind="communication")
        for actions in (call, call | self.rework):
            wizard = self.env["complaint.action.wizard"].create(
                {"verb": "finish", "action_ids": actions.ids, "note": "Done"}
            )
            self.assertFalse(wizard.asks_labour)

    def test_supervisor_notes_hours_of_his_people(self):
        workshop = self.env["complaint.department"].create(
            {"name": "Test: workshop", "user_id": self.user_contributor.id}
        )
        self.rework.department_id = workshop
        row = self.rework.with_user(self.user_contributor)
        row.labour_hours_done = 2.0
        self.assertEqual(self.rework.labour_cost, 80.0)
        with self.assertRaises(AccessError):
            row.labour_hours = 9.0

    @mute_logger("odoo.models")
    def test_contributors_see_hours_and_no_money(self):
        own = self.rework.with_user(self.user_purchasing)
        self.assertEqual(own.labour_hours, 2.5)
        for name in ("labour_cost", "labour_hourly_cost"):
            self.assertNotIn(name, own.fields_get())
            with self.subTest(name), self.assertRaises(AccessError):
                own.read([name])
            with self.subTest(name), self.assertRaises(AccessError):
                own.formatted_read_group([], [], [f"{name}:sum"])
        with self.assertRaises(AccessError):
            own.labour_hourly_cost = 1.0
        with self.assertRaises(AccessError):
            own.labour_hours = 9.0
        self.assertNotIn(
            "labour_cost", own.get_view(view_type="form")["arch"], "nor does the form name it"
        )

    def test_hours_are_a_number(self):
        for value in (-1.0, 1e9):
            with (
                self.subTest(value),
                self.assertRaises(CheckViolation),
                mute_logger("odoo.sql_db"),
                self.env.cr.savepoint(),
            ):
                self.rework.labour_hours = value
                self.rework.flush_recordset()
