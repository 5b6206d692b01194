from datetime import datetime

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import HandlingCommon


@tagged("post_install", "-at_install")
class TestVisit(HandlingCommon):
    """Somebody goes to the customer: party, date, apology on site (R28)."""

    def _demand(self, **vals):
        complaint = self._bare_complaint(
            demand_ids=[Command.create({"kind": "onsite", "name": "Come and see", **vals})]
        )
        return complaint.demand_ids

    def test_one_press_plans_the_visit(self):
        self.customer.write({"street": "1 Quay", "city": "Port"})
        demand = self._demand().with_user(self.user_sales)
        self.assertTrue(demand.can_plan_visit)
        opened = demand.action_plan_visit()
        visit = self.Action.browse(opened["res_id"])
        self.assertEqual(visit.kind, "communication")
        self.assertEqual(visit.user_id, self.user_sales)
        self.assertEqual(visit.visit_user_ids, self.user_sales)
        self.assertIn("Port", visit.visit_place)
        self.assertTrue(visit.is_visit)
        self.assertEqual(demand.state, "accepted")
        self.assertEqual(demand.action_plan_visit()["res_id"], visit.id)

    def test_other_requests_have_no_visit(self):
        demand = self._demand(kind="exchange")
        self.assertFalse(demand.can_plan_visit)
        with self.assertRaises(UserError):
            demand.action_plan_visit()

    def test_the_visit_settles_the_request(self):
        demand = self._demand().with_user(self.user_sales)
        visit = self.Action.browse(demand.action_plan_visit()["res_id"])
        visit.user_id = self.user_contributor
        wizard = self.env["complaint.action.wizard"].with_user(self.user_contributor)
        wizard = wizard.create({"verb": "finish", "action_ids": visit.ids, "note": "Seen it"})
        self.assertTrue(wizard.asks_apology)
        wizard.visit_apologised = True
        wizard.action_confirm()
        self.assertEqual((visit.state, visit.visit_apologised), ("done", True))
        self.assertEqual(demand.state, "done")

    def test_the_day_of_the_visit_is_the_deadline(self):
        complaint = self._bare_complaint()
        moment = datetime(2099, 3, 4, 9, 30)
        visit = self._action(complaint, deadline=False, visit_date=moment)
        self.assertEqual(visit.deadline, moment.date())
        visit.visit_date = datetime(2099, 3, 5, 9, 30)
        self.assertEqual(visit.deadline, fields.Date.to_date("2099-03-05"))

    def test_a_moved_visit_changes_the_plan(self):
        complaint, actions = self._planned_complaint(self.user_purchasing)
        actions.with_user(self.user_quality).visit_date = datetime(2099, 3, 5, 9, 30)
        self.assertEqual(complaint._get_current_rounds().plan_version, 2)

    def test_owner_ticks_the_apology_and_moves_nothing(self):
        visit = self._action(self._bare_complaint(), visit_place="Their warehouse")
        own = visit.with_user(self.user_purchasing)
        own.visit_apologised = True
        with self.assertRaises(AccessError):
            own.visit_date = "2099-01-01 08:00:00"

    def test_printed_inside_only(self):
        complaint = self._bare_complaint()
        self._action(
            complaint, visit_place="Their warehouse", visit_party="Mr Driver", kind="corrective"
        )
        [row] = complaint._get_print_internal()["actions"]
        self.assertIn("Their warehouse", row["visit"])
        self.assertIn("Mr Driver", row["visit"])
        self.assertNotIn("Their warehouse", str(complaint._get_print_measures("corrective")))
