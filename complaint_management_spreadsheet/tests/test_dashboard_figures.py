import json
from datetime import datetime

from odoo import Command
from odoo.tests import tagged

from odoo.addons.complaint_management.tests.analysis.figures_common import FiguresCommon
from odoo.addons.spreadsheet.utils.validate_data import odoo_charts

DASHBOARD = "complaint_management_spreadsheet.spreadsheet_dashboard_complaints"


@tagged("post_install", "-at_install")
class TestDashboardFigures(FiguresCommon):
    """What the dashboard asks for is what its titles say."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        data = json.loads(cls.env.ref(DASHBOARD).spreadsheet_data)
        cls.pivots = {pivot["name"]: pivot for pivot in data["pivots"].values()}
        cls.charts = {chart["title"]["text"]: chart for chart in odoo_charts(data)}

    def _ask(self, model, domain, groupby, measures):
        """:return: dict label of the group → list of its measures"""
        self.env.flush_all()
        self.env.invalidate_all()
        records = self.env[model].with_user(self.user_quality)
        return {
            row[:1][0] if groupby else (): list(row[1:] if groupby else row)
            for row in records._read_group(domain, groupby, measures)
        }

    def test_ppm_is_of_all_that_was_delivered(self):
        """One bad kilogram of a lot; the other lot and other months were delivered, too."""
        for lot, month in ((0, 1), (1, 1), (1, 2)):
            self._ship(self.resin, 1000, datetime(2024, month, 4, 9), lot=self.lots[lot])
        self._ship(self.old, 500, datetime(2024, 1, 3, 9))
        self._past(
            [
                self._said(
                    self.resin,
                    3,
                    confirmed=1,
                    lots=self.lots[:1],
                    date_shipped=datetime(2024, 1, 4),
                )
            ]
        )
        pivot = self.pivots["Products"]
        measures = [
            f"{m['fieldName']}:{'avg' if m['id'] == 'ppm' else 'sum'}" for m in pivot["measures"]
        ]
        domain = [*pivot["domain"], ("product_id", "in", (self.resin + self.old).ids)]
        found = self._ask(pivot["model"], domain, ["product_id"], measures)
        self.assertFigures(found, {self.resin: [3000.0, 1.0, 1_000_000 / 3000]})
        linked = json.loads(
            next(
                content.split("odoo://view/", 1)[1].removesuffix(")")
                for content in self._get_cells()
                if "odoo://view/" in content
            )
        )
        self.assertEqual(linked["action"]["domain"], pivot["domain"], "the analysis says the same")

    def _get_cells(self):
        for sheet in json.loads(self.env.ref(DASHBOARD).spreadsheet_data)["sheets"]:
            yield from map(str, sheet["cells"].values())

    def test_cost_is_of_complaints(self):
        """A gift to say thank you for praise is no cost of complaints."""
        praise = self.category_quality.copy({"name": "Test: praise", "is_complaint": False})
        counted = self._registered_complaint()
        thanks = self._registered_complaint(category_id=praise.id)
        for case, amount in ((counted, 18.0), (thanks, 70.0)):
            case.expense_ids = [
                Command.create({"name": "Courier", "kind": "courier", "amount": amount})
            ]
        mine = [("complaint_id", "in", (counted + thanks).ids)]
        for name in ("Cost", "Cost before"):
            pivot = self.pivots[name]
            found = self._ask(pivot["model"], [*pivot["domain"], *mine], [], ["amount:sum"])
            self.assertEqual(found, {(): [18.0]}, name)
        chart = self.charts["Cost by kind"]
        domain = [*chart["searchParams"]["domain"], *mine]
        found = self._ask(chart["metaData"]["resModel"], domain, ["kind"], ["amount:sum"])
        self.assertEqual(found, {"freight": [18.0]})

    def test_cancelled_measures_have_no_effect(self):
        case = self._registered_complaint()
        case.action_ids = [
            Command.create(
                {
                    "name": name,
                    "kind": "corrective",
                    "user_id": self.user_quality.id,
                    "deadline": "2026-12-01",
                }
            )
            for name in ("Stays", "Called off")
        ]
        case.action_ids.filtered(lambda a: a.name == "Called off")._write_trusted(
            {"state": "cancelled"}
        )
        chart = self.charts["Effect of measures"]
        domain = [*chart["searchParams"]["domain"], ("complaint_id", "=", case.id)]
        found = self._ask(
            chart["metaData"]["resModel"], domain, chart["metaData"]["groupBy"], ["__count"]
        )
        self.assertEqual(found, {"pending": [1]})
