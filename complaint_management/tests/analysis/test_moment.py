from datetime import datetime

from freezegun import freeze_time

from odoo.tests import tagged

from ...models.registers.layout.request import TableRequest
from ..common import ComplaintCommon

MONTHS = [(datetime(2025, month, 1), datetime(2025, month + 1, 1)) for month in range(8, 12)]


@tagged("post_install", "-at_install")
class TestMoment(ComplaintCommon):
    """Open, late, closed: one answer, now and of the past, wherever it is asked (R25, R54)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.complaints = cls.env["complaint.complaint"]
        # What was there before is not counted
        cls.complaints.flush_model()
        cls.env.cr.execute("UPDATE complaint_complaint SET active = FALSE")
        cls.env.invalidate_all()

    def _live(self, *steps, **vals):
        """A case that was received on the first of September 2025.

        :param steps: (day, what happens then): registered, closed, cancelled, reopened
        """
        with freeze_time("2025-09-01 08:00:00"):
            case = self._complaint(category_id=self.category_quality.id, **vals)
            case.date_received = datetime(2025, 9, 1, 8)
        for day, step in steps:
            with freeze_time(f"{day} 10:00:00"):
                if step == "registered":
                    case.action_register()
                elif step == "closed":
                    case.demand_ids.filtered(lambda d: d.state == "open").action_cancel()
                    case._write_trusted({"state": "resolved"})
                    case.action_close("rejected", "No fault")
                elif step == "cancelled":
                    case.action_cancel("Withdrawn")
                else:
                    case.action_reopen("He found another")
        self.env.flush_all()
        self.env.invalidate_all()
        return case

    def _is_open(self, case, day):
        moment = datetime.fromisoformat(f"{day} 00:00:00")
        return bool(self.complaints.search(self.complaints._get_open_domain(moment)) & case)

    def assertOpen(self, case, days):
        """:param dict days: day → whether it was open when the day began"""
        self.assertEqual({day: self._is_open(case, day) for day in days}, days)

    # ------------------------------------------------------------
    # A case's life
    # ------------------------------------------------------------
    def test_from_receipt_to_the_end(self):
        """The customer waits from the day he said it, not from the day somebody registered it."""
        case = self._live(("2025-09-05", "registered"), ("2025-09-20", "closed"))
        self.assertOpen(
            case,
            {
                "2025-09-01": False,
                "2025-09-02": True,
                "2025-09-06": True,
                "2025-09-20": True,
                "2025-09-21": False,
            },
        )

    def test_cancelled_later(self):
        """What was cancelled in October was open in September."""
        case = self._live(("2025-09-01", "registered"), ("2025-10-03", "cancelled"))
        self.assertOpen(case, {"2025-09-30": True, "2025-10-03": True, "2025-10-04": False})

    def test_reopened(self):
        """Of the past the same is said whenever one asks: it was not open in between."""
        case = self._live(
            ("2025-09-05", "registered"),
            ("2025-09-20", "closed"),
            ("2025-10-10", "reopened"),
        )
        past = {
            "2025-09-02": True,
            "2025-09-10": True,
            "2025-09-25": False,
            "2025-10-10": False,
            "2025-10-11": True,
        }
        self.assertOpen(case, {**past, "2025-11-20": True})
        with freeze_time("2025-11-05 10:00:00"):
            case.demand_ids.filtered(lambda d: d.state == "open").action_cancel()
            case._write_trusted({"state": "resolved"})
            case.action_close("accepted")
        self.env.flush_all()
        self.assertOpen(case, {**past, "2025-11-04": True, "2025-11-20": False})
        closed = [
            bool(self.complaints.search(self.complaints._get_closed_domain(*month)) & case)
            for month in MONTHS
        ]
        self.assertEqual(closed, [False, True, False, True])

    def test_dissatisfied_is_open_throughout(self):
        """The next round of an open case begins where the last one ended."""
        case = self._live(("2025-09-05", "registered"))
        case._write_trusted({"state": "resolved"})
        with freeze_time("2025-10-10 10:00:00"):
            case.action_dissatisfied("It came again")
        self.env.flush_all()
        self.assertOpen(case, {"2025-09-02": True, "2025-10-01": True, "2025-10-20": True})

    def test_praise_and_drafts_never(self):
        draft = self._live()
        praise = self._live(("2025-09-05", "registered"))
        praise._thaw().category_id = self.env.ref("complaint_management.category_suggestion")
        self.env.flush_all()
        for case in (draft, praise):
            self.assertOpen(case, {"2025-09-10": False, "2025-12-01": False})
            self.assertFalse(self.complaints.search(self.complaints._get_open_domain()) & case)

    def test_the_books_balance(self):
        """Open before, received, closed and open after a month fit together."""
        self._live(("2025-09-05", "registered"))
        self._live(("2025-09-05", "registered"), ("2025-10-20", "closed"))
        self._live(("2025-10-02", "registered"), ("2025-10-20", "cancelled"))
        count, found = self.complaints.search_count, self.complaints
        for start, end in MONTHS:
            received = [
                ("is_counted", "=", True),
                ("date_received", ">=", start),
                ("date_received", "<", end),
            ]
            before, after = (count(found._get_open_domain(moment)) for moment in (start, end))
            closed = count(found._get_closed_domain(start, end))
            self.assertEqual(after, before + count(received) - closed)

    # ------------------------------------------------------------
    # Wherever it is asked
    # ------------------------------------------------------------
    def test_one_number_everywhere(self):
        """Header, its filter, weekly mail, monthly pack and handling status say the same."""
        self._live(("2025-09-05", "registered"))
        self._live(("2025-09-05", "registered"))
        self._live(("2025-09-05", "registered"), ("2025-09-20", "closed"))
        self._live()
        for _index in range(3):
            praise = self._live(("2025-09-05", "registered"))
            praise._thaw().category_id = self.env.ref("complaint_management.category_suggestion")
        self.env.flush_all()
        self.env.invalidate_all()
        reader = self.user_leadership
        complaints = self.complaints.with_user(reader)
        late = self.complaints.search(self.complaints._get_late_domain(datetime.now()))
        self.assertEqual(len(late), 2)
        header = complaints.retrieve_overview()["scopes"]["all"]
        digest = self.env.ref("complaint_management.digest_weekly").with_user(reader)
        rows = self.env["complaint.analysis.status"].with_user(reader)
        [(status,)] = rows._read_group([], [], ["count_open:sum"])
        self.assertEqual(
            {
                "header": header["open"],
                "mail": digest.kpi_complaint_open_value,
                "pack": self._count_in_pack("Open"),
                "status": status,
                "now": complaints.search_count(complaints._get_open_domain()),
            },
            dict.fromkeys(("header", "mail", "pack", "status", "now"), 2),
        )
        self.assertEqual(header["late_response"], 2)
        self.assertEqual(digest.kpi_complaint_late_value, 2)
        self.assertEqual(self._count_in_pack("Overdue by clock"), 2)

    def _count_in_pack(self, label):
        table = self.env["complaint.table.meeting"].with_user(self.user_leadership)
        table = table.with_context(tz="UTC", allowed_company_ids=self.company.ids)
        options = {"month": str(datetime.now().date()), "company": self.company.id}
        fields = {"table": table._name, "format": "xlsx", "ids": [], "options": options}
        figures = table._get_figures(TableRequest.from_values(fields))
        return next(figure.values[0] for figure in figures if figure.label == label)
