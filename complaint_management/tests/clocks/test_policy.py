from psycopg2 import IntegrityError

from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .clock_common import ClockCommon


@tagged("post_install", "-at_install")
class TestPolicy(ClockCommon):
    """The most specific policy decides, without a query (R11, R13, R14)."""

    def _policy(self, **vals):
        return self.env["complaint.policy"].create({"plan_days": 1, **vals})

    def _handling(self, **vals):
        """:return: days the winning policy gives a complaint"""
        vals = {"category_id": self.category_quality.id, "urgency": "normal", **vals}
        complaint = self._complaint(**vals)
        return self.env["complaint.policy"]._get_limits(complaint)["handling_days"]

    def test_most_specific_wins(self):
        category = self.category_quality.id
        self._policy(category_id=category, severity="major", handling_days=11)
        self._policy(category_id=category, urgency="urgent", handling_days=12)
        self._policy(urgency="urgent", severity="major", handling_days=13)
        self.assertEqual(self._handling(severity="minor"), 5)
        self.assertEqual(self._handling(severity="major"), 11)
        # Urgency before severity, category before both
        self.assertEqual(self._handling(severity="major", urgency="urgent"), 12)
        other = self.category_simple.id
        self.assertEqual(self._handling(category_id=other, severity="major", urgency="urgent"), 13)

    def test_own_company_first(self):
        """Among equally specific ones the company's own wins; others' do not count."""
        company = self._second_company()
        self._policy(category_id=self.category_quality.id, company_id=company.id, handling_days=21)
        self.assertEqual(self._handling(), 5)
        self.assertEqual(self._handling(company_id=company.id), 21)
        # What is said for the category beats what the company says of all
        self._policy(company_id=self.company.id, handling_days=22)
        self.assertEqual(self._handling(), 5)
        self.assertEqual(self._handling(category_id=self.category_simple.id), 22)

    def test_shipped(self):
        """The clocks of each category as practice has them: plan, handling, report."""
        expected = {
            ("quality", "normal"): (3, 5, 7),
            ("quality", "urgent"): (1, 2, 5),
            ("safety", "urgent"): (1, 2, 5),
            ("safety", "normal"): (1, 2, 5),
            ("packaging", "normal"): (3, 5, 7),
            ("shortage", "normal"): (1, 3, 7),
            ("delivery", "urgent"): (1, 2, 5),
            ("service", "normal"): (1, 3, 0),
            ("service", "urgent"): (1, 2, 0),
            ("price", "normal"): (2, 5, 0),
            ("price", "urgent"): (1, 2, 0),
            ("documents", "normal"): (1, 2, 0),
            ("suggestion", "normal"): (0, 0, 0),
        }
        for (code, urgency), days in expected.items():
            category = self.env.ref(f"complaint_management.category_{code}")
            limits = self.env["complaint.policy"]._get_limits(
                self._complaint(category_id=category.id, urgency=urgency)
            )
            names = ("plan_days", "handling_days", "report_days")
            with self.subTest(category=code, urgency=urgency):
                self.assertEqual(tuple(limits[name] for name in names), days)
                self.assertEqual(limits["response_hours"], 0.25 if any(days) else 0)

    def test_no_policy(self):
        """Without any policy no clock runs, and registering works."""
        self.env["complaint.policy"].search([]).action_archive()
        complaint = self._registered_complaint()
        self.assertFalse(complaint.clock_ids)

    def test_plan_before_handling(self):
        with self.assertRaisesRegex(ValidationError, "no later than the handling"):
            self._policy(plan_days=4, handling_days=3)
        self._policy(plan_days=4, handling_days=0)

    @mute_logger("odoo.sql_db")
    def test_not_negative(self):
        for name in ("response_hours", "plan_days", "handling_days", "report_days"):
            with self.assertRaises(IntegrityError), self.cr.savepoint():
                self._policy(**{name: -1, "plan_days": -1 if name == "plan_days" else 0})

    def test_no_query(self):
        complaint = self._complaint(category_id=self.category_quality.id)
        policies = self.env["complaint.policy"]
        policies._get_limits(complaint)
        with self.assertQueryCount(0):
            policies._get_limits(complaint)

    def test_archived_ones_count_for_nobody(self):
        """What is remembered for all does not depend on the context of who asked first."""
        archived = self._policy(category_id=self.category_quality.id, urgency="normal")
        archived.write({"handling_days": 31, "active": False})
        complaint = self._complaint(category_id=self.category_quality.id)
        forged = complaint.with_context(active_test=False)
        for asking in (forged, complaint):
            limits = asking.env["complaint.policy"]._get_limits(asking)
            self.assertEqual(limits["handling_days"], 5)
