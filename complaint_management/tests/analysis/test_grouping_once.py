from datetime import datetime
from itertools import product

from odoo.models import BaseModel
from odoo.tests import tagged

from .analysis_common import AnalysisCommon

CLOCK = "complaint.analysis.clock"
COMPLAINT = "complaint.complaint"


@tagged("post_install", "-at_install")
class TestGroupingOnce(AnalysisCommon):
    """A pivot's totals and order are those the database gives for each grouping by itself."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Names against the order of their ids
        cls.customers = cls.env["res.partner"].create([{"name": name} for name in "CAB"])
        users = [False, cls.user_sales.id, cls.user_sales2.id]
        # Praise is in no figure, and in every list
        praise = cls.env.ref("complaint_management.category_suggestion")
        categories = (cls.category_quality | praise).ids
        cls.complaints = cls._imported(
            [
                {
                    "user_id": cls.random.choice(users),
                    "partner_id": cls.random.choice(cls.customers).id,
                    "category_id": cls.random.choice(categories),
                    "severity": cls.random.choice(("minor", "major", "critical")),
                    "validity": cls.random.choice(("justified", "partly", False)),
                    "state": cls.random.choice(("registered", "closed")),
                    "date_responded": cls.random.choice((False, datetime(2026, 4, 1))),
                }
                for _number in range(25)
            ]
        )
        for complaint in cls.complaints[:15]:
            cls._add_clocks(
                complaint,
                {
                    "response": cls.random.choice(("met", "breached", "running")),
                    "plan": cls.random.choice(("met", "breached")),
                },
            )
        cls.env.flush_all()

    def _compare(self, model, sets, aggregates, order=None, user=None, domain=()):
        records = self.env[model].with_user(user or self.user_leadership)
        arguments = (list(domain), sets, aggregates, order)
        found = records._read_grouping_sets(*arguments)
        expected = BaseModel._read_grouping_sets(records, *arguments)
        self.assertEqual([len(rows) for rows in found], [len(rows) for rows in expected])
        for rows, others in zip(found, expected, strict=True):
            for row, other in zip(rows, others, strict=True):
                self.assertEqual(len(row), len(other))
                for value, same in zip(row, other, strict=True):
                    if isinstance(same, float):
                        self.assertAlmostEqual(value, same, 6)
                    else:
                        self.assertEqual((value, type(value)), (same, type(same)))
        return found

    def test_all_pairs(self):
        specs = (
            "partner_id",
            "user_id",
            "date_received:month",
            "state",
            "validity",
            "is_counted",
            "round",
        )
        aggregates = ("__count", "hours_to_response:avg", "response_on_time:avg", "round:max",
                      "date_received:min", "hours_to_response:sum", "severity:count")  # fmt: skip
        for row, column in product(specs, repeat=2):
            if row == column:
                continue
            sets = [[], [row], [column], [row, column]]
            for order in (None, f"{row}, {column}"):
                with self.subTest(row=row, column=column, order=order):
                    found = self._compare(COMPLAINT, sets, aggregates, order)
                    self.assertGreater(len(found[3]), 1)

    def test_parts_of_cases(self):
        sets = [[], ["date_received:month"], ["kind"], ["date_received:month", "kind"]]
        self._compare(CLOCK, sets, ["__count", "on_time:avg", "allowed_hours:avg"])

    def test_what_somebody_sees(self):
        sets = [[], ["partner_id"], ["state"], ["partner_id", "state"]]
        [[(number,)], *_rest] = self._compare(
            COMPLAINT, sets, ["__count"], "partner_id, state", self.user_sales2
        )
        own = self.complaints.filtered(lambda c: c.user_id == self.user_sales2)
        self.assertEqual(number, len(own))
        self.assertGreater(number, 0)

    def test_each_cell_opens_its_cases(self):
        """What is said once for all cells of a group is true of each: name and cases."""
        records = self.env[COMPLAINT].with_user(self.user_leadership)
        ours = [("id", "in", self.complaints.ids)]
        for row, column in (("user_id", "date_received:month"), ("is_counted", "validity")):
            sets = [[], [row], [column], [row, column]]
            for groups in records.formatted_read_grouping_sets(ours, sets, ["__count"]):
                for group in groups:
                    found = records.search_count([*ours, *group["__extra_domain"]])
                    self.assertEqual(found, group["__count"])
        named = {group["user_id"] for group in records.formatted_read_group(ours, ["user_id"])}
        self.assertIn((self.user_sales.id, self.user_sales.display_name), named)
        self.assertIn(False, named)

    def test_nothing_found(self):
        for domain in ([("id", "=", 0)], [("subject", "=", "no such")]):
            self._compare(COMPLAINT, [[], ["state"]], ["__count", "round:avg"], domain=domain)

    def test_one_query_without_sets(self):
        """The rows are read in one pass: by their cells, not by names, not once more for totals."""
        records = self.env[COMPLAINT].with_user(self.user_leadership)
        sets = [[], ["partner_id"], ["state"], ["partner_id", "state"]]
        grouped = 'GROUP BY "complaint_complaint"."partner_id", "complaint_complaint"."state"'
        # Who may read what is asked once
        records.search_count([])
        with self.assertQueriesContain([grouped, 'FROM "res_partner"']):
            records._read_grouping_sets([], sets, ["__count"], "partner_id, state")

    def test_what_does_not_add_up(self):
        """Distinct values, tags and other orders are left to the database."""
        sets = [[], ["state"]]
        self._compare(COMPLAINT, sets, ["partner_id:count_distinct"])
        self._compare(COMPLAINT, sets, ["__count"], "state desc")
        self._compare(COMPLAINT, [[], ["lesson_ids"]], ["__count"])
        self._compare(COMPLAINT, [["state"], ["severity"]], ["__count"])
