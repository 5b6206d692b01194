from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..documents.common import DocumentsCommon
from .common import LIVE_TEXTS, RegisterCommon, read_rows


@tagged("post_install", "-at_install")
class TestMeasureTable(RegisterCommon, DocumentsCommon):
    """The preventive-measure report as workbook and on paper (R55, T13)."""

    def _measures(self, complaints):
        self.env.flush_all()
        self.env.invalidate_all()
        return self.env["complaint.analysis.measure"].search(
            [("complaint_id", "in", complaints.ids)]
        )

    def test_workbook_says_what_the_rows_say(self):
        complaint = self._case()
        report = self._approved(complaint)
        report.action_mark_sent()
        report.action_acknowledge()
        done = complaint.action_ids.filtered(lambda a: a.kind == "corrective")
        done.with_user(self.user_quality).action_finish("Wrapped")
        late = self._add_action(
            complaint, name="Late", deadline=fields.Date.today() - timedelta(days=1)
        )
        measures = self._measures(complaint)
        book = self._book("complaint.table.measure", measures)
        rows = {row["Measure"]: row for row in read_rows(book.worksheets[0], "Measure")}
        row = rows[done.name]
        self.assertEqual(row["Complaint"], complaint.name)
        self.assertEqual(row["Customer"], self.customer.name)
        self.assertEqual(row["Cause"], None)
        self.assertEqual(row["Taken?"], "Taken")
        self.assertEqual(row["Due"].date(), done.deadline)
        self.assertEqual(row["Customer told?"], "Acknowledged")
        self.assertEqual(row["Sent on"].date(), report.date_sent.date())
        self.assertEqual(row["Acknowledged on"].date(), report.date_acknowledged.date())
        self.assertEqual(rows[late.name]["Taken?"], "Late")
        self.assertEqual(rows[late.name]["Customer told?"], "Not sent")
        self.assertIsNone(rows[late.name]["Sent on"])

    def test_nothing_in_it_is_live(self):
        complaint = self._case(measures=0)
        for text in LIVE_TEXTS:
            self._add_action(complaint, name=text.strip() or "x")
        # ``_book`` fails on a formula
        rows = read_rows(
            self._book("complaint.table.measure", self._measures(complaint)).worksheets[0],
            "Measure",
        )
        found = [row["Measure"] for row in rows if row["Measure"]]
        self.assertGreaterEqual(len(found), len(LIVE_TEXTS))

    def test_printed_with_its_days(self):
        complaint = self._case()
        html = self._html("complaint.table.measure", self._measures(complaint))
        self.assertIn("Wrap pallet 0 in film", html)
        self.assertIn("Not sent", html)

    def test_contributors_get_none(self):
        with self.assertRaises(AccessError):
            self.env["complaint.analysis.measure"].with_user(
                self.user_contributor
            ).action_measures_xlsx()
        action = (
            self.env["complaint.analysis.measure"].with_user(self.user_sales).action_measures_pdf()
        )
        self.assertEqual(action["params"]["table"], "complaint.table.measure")

    def test_many_rows_take_few_queries(self):
        complaints = self.env["complaint.complaint"].union(
            *(self._case(measures=2) for _i in range(6))
        )
        measures = self._measures(complaints)
        table = self.env["complaint.table.measure"].with_user(self.user_quality)

        def count(rows):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            table._make_file(self._request("complaint.table.measure", "xlsx", rows))
            return self.env.cr.sql_log_count - before

        count(measures)
        self.assertNoQueryEach(count(measures[:2]), count(measures), further=len(measures) - 2)
