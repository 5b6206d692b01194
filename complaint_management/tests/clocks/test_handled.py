from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged

from .clock_common import MONDAY, ClockCommon


@tagged("post_install", "-at_install")
class TestHandled(ClockCommon):
    """Everything for the customer is done: stamped by itself while the plan is executed (R13)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.category_quality.plan_id = cls.team.plan_id = False
        with freeze_time(MONDAY):
            cls.complaint = cls._registered_complaint()
            cls.containment, cls.preventive = cls.env["complaint.action"].create(
                [
                    {
                        "complaint_id": cls.complaint.id,
                        "kind": kind,
                        "name": kind,
                        "user_id": cls.user_quality.id,
                        "deadline": fields.Date.today(),
                    }
                    for kind in ("containment", "preventive")
                ]
            )
            cls.complaint.plan_summary = "Replace them"
            cls.team.objection_hours = 0
            cls.complaint.action_release()
        cls.demand = cls.complaint.demand_ids

    def test_stamped_by_the_last_one(self):
        self.assertEqual(self.complaint.state, "executing")
        self.demand.action_done()
        self.assertFalse(self.complaint.date_handled)
        self.containment.with_user(self.user_quality).action_finish("Blocked")
        self.assertTrue(self.complaint.date_handled)
        # The preventive action goes on: it is not for this customer
        self.assertEqual(self._clocks(self.complaint)["handling"].state, "breached")

    def test_in_time(self):
        with freeze_time(MONDAY):
            self.containment.action_finish("Blocked")
            self.demand.action_decline("Not in this lot", "We explain it in person")
        self.assertEqual(self._clocks(self.complaint)["handling"].state, "met")

    def test_taken_back(self):
        with freeze_time(MONDAY):
            self.demand.action_done()
            self.containment.action_finish("Blocked")
            self.containment.action_restart()
        self.assertFalse(self.complaint.date_handled)
        self.assertEqual(self._clocks(self.complaint)["handling"].state, "running")

    def test_nothing_done_is_not_handled(self):
        """Cancelling all there was to do handles nothing; resolving stamps it then."""
        with freeze_time(MONDAY):
            self.demand.action_cancel()
            self.containment.action_cancel()
        self.assertFalse(self.complaint.date_handled)

    def test_not_before_the_plan_is_executed(self):
        with freeze_time(MONDAY):
            complaint = self._registered_complaint()
            complaint.demand_ids.action_done()
            self.assertFalse(complaint.date_handled)
            complaint.plan_summary = "Explain"
            complaint.action_release()
        self.assertEqual(complaint.date_handled, MONDAY)
