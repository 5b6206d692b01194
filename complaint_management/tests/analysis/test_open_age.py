from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from ...models.analysis.complaint_age import AGES
from .analysis_common import AnalysisCommon

MODEL = "complaint.complaint"


@tagged("post_install", "-at_install")
class TestOpenAge(AnalysisCommon):
    """Open complaints by age: the cell of a pivot, and the cases behind it (R25)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        now = fields.Datetime.now()
        # Minutes from an edge, so that a slow test does not cross one
        cls.days = [0, 0.9, 1.1, 3.9, 4.1, 7.9, 8.1, 14.9, 15.1, 30.9, 31.1, 400]
        cls.complaints = cls._imported(
            [{"date_received": now - timedelta(days=days)} for days in cls.days]
            + [
                {"date_received": now - timedelta(days=2), "state": "closed"},
                {"date_received": now - timedelta(days=40), "state": "cancelled"},
            ]
        )
        cls.domain = [("id", "in", cls.complaints.ids)]

    def _expected(self, key):
        firsts = [*AGES.values(), 10**6]
        index = list(AGES).index(key)
        return [
            complaint.id
            for complaint, days in zip(self.complaints, self.days, strict=False)
            if firsts[index] <= days < firsts[index + 1]
        ]

    def test_pivot_and_what_is_behind_each_cell(self):
        records = self.Complaint.with_user(self.user_leadership)
        rows = records.formatted_read_group(self.domain, ["open_age"], ["__count"])
        self.assertEqual([row["open_age"] for row in rows], [*AGES, False])
        for row in rows:
            key = row["open_age"]
            cell = records.search([*self.domain, *row["__extra_domain"]])
            with self.subTest(key):
                self.assertEqual(len(cell), row["__count"])
                if key:
                    self.assertEqual(sorted(cell.ids), sorted(self._expected(key)))
                    self.assertEqual(set(cell.mapped("open_age")), {key})
                else:
                    self.assertEqual(set(cell.mapped("state")), {"closed", "cancelled"})
                    self.assertEqual(set(cell.mapped("open_age")), {False})

    def test_grouping_sets_as_the_pivot_asks(self):
        records = self.Complaint.with_user(self.user_leadership)
        sets = records.formatted_read_grouping_sets(
            self.domain, [[], ["open_age"], ["open_age", "severity"]], ["__count"]
        )
        self.assertEqual(sum(row["__count"] for row in sets[1]), len(self.complaints))

    def test_search(self):
        search = self.Complaint.search
        old = search([*self.domain, ("open_age", "in", ["5", "6"])])
        self.assertEqual(set(old.mapped("open_age")), {"5", "6"})
        self.assertEqual(search([*self.domain, ("open_age", "!=", False)]), self.complaints[:12])
        self.assertEqual(
            search([*self.domain, ("open_age", "not in", ["5", "6"])]), self.complaints - old
        )
        self.assertFalse(search([*self.domain, ("open_age", "in", [])]))

    def test_received_in_the_future(self):
        self.complaints[0]._thaw().date_received = fields.Datetime.now() + timedelta(days=1)
        self.assertEqual(self.complaints[0].open_age, "1")
        groups = self._groups(MODEL, self.domain, "open_age", ["__count"])
        self.assertEqual(groups["1"]["__count"], 2)

    def test_people_may_group_by_it(self):
        described = self.Complaint.with_user(self.user_sales).fields_get(["open_age"])["open_age"]
        self.assertTrue(described["groupable"])
