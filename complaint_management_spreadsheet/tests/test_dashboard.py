import json

from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.complaint_management.tests.common import ComplaintCommon
from odoo.addons.spreadsheet.utils.validate_data import (
    fields_in_spreadsheet,
    menus_xml_ids_in_spreadsheet,
    odoo_charts,
)

from ..dashboard.build import make_files

READERS = ("user_quality", "user_manager", "user_leadership")
OTHERS = ("user_contributor", "user_sales", "user_service", "user_stranger")


@tagged("post_install", "-at_install")
class TestDashboard(ComplaintCommon):
    """The dashboard asks for what there is, as those who may see it (R25, R56)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.dashboard = cls.env.ref(
            "complaint_management_spreadsheet.spreadsheet_dashboard_complaints"
        )
        cls.data = json.loads(cls.dashboard.spreadsheet_data)

    def test_files_are_built(self):
        """The files are what ``dashboard.build`` writes: nobody mends them by hand."""
        for path, content in make_files().items():
            self.assertEqual(path.read_text(encoding="utf-8"), content, path.name)

    def test_every_word_is_translated(self):
        """Odoo shows titles of axes and names of pivots as they stand in the file."""
        for sheet in self.data["sheets"]:
            for figure in sheet["figures"]:
                self.assertNotIn("axesDesign", figure["data"], figure["id"])
            for content in sheet["cells"].values():
                self.assertFalse(content.startswith("=PIVOT("), content)

    def test_fields(self):
        """Every field, menu and filter exists."""
        for model, names in fields_in_spreadsheet(self.data).items():
            for name in names:
                with self.subTest(model=model, name=name):
                    self._get_field(model, name)
        for xmlid in menus_xml_ids_in_spreadsheet(self.data):
            self.assertTrue(self.env.ref(xmlid).action, xmlid)
        figures = {figure["id"] for figure in self.data["sheets"][0]["figures"]}
        self.assertLessEqual(set(self.data["chartOdooMenusReferences"]), figures)

    def _get_field(self, model, chain):
        field = None
        for name in chain.split(":")[0].split("."):
            field = self.env[model]._fields[name]
            model = field.comodel_name
        return field

    def test_readers_read(self):
        """Each question the dashboard asks is answered to each of its readers, filtered or not."""
        self._registered_complaint()
        for role in READERS:
            user = getattr(self, role)
            for name, model, domain, groups, measures in self._get_questions():
                with self.subTest(role=role, name=name):
                    records = self.env[model].with_user(user)
                    records.formatted_read_group(domain, groups, measures)

    def _get_questions(self):
        for pivot in self.data["pivots"].values():
            yield (
                pivot["name"],
                pivot["model"],
                [*pivot["domain"], *self._get_filters(pivot["fieldMatching"])],
                [row["fieldName"] for row in pivot["rows"]],
                [self._get_aggregate(pivot["model"], m["fieldName"]) for m in pivot["measures"]],
            )
        for chart in odoo_charts(self.data):
            meta = chart["metaData"]
            yield (
                chart["title"]["text"],
                meta["resModel"],
                [*chart["searchParams"]["domain"], *self._get_filters(chart["fieldMatching"])],
                meta["groupBy"],
                [self._get_aggregate(meta["resModel"], meta["measure"])],
            )

    def _get_aggregate(self, model, measure):
        if measure == "__count":
            return measure
        field = self.env[model].fields_get([measure], ["aggregator"])[measure]
        return f"{measure}:{field['aggregator']}"

    def _get_filters(self, matching):
        values = {
            "period": (">=", "2020-01-01"),
            "team": ("in", self.team.ids),
            "salesperson": ("in", self.user_sales.ids),
        }
        return [(field["chain"], *values[name]) for name, field in matching.items()]

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_rights(self):
        """Quality, managers and leadership see it, others do not."""
        dashboards = self.env["spreadsheet.dashboard"]
        for role in (*READERS, *OTHERS):
            seen = dashboards.with_user(getattr(self, role)).search([])
            self.assertEqual(self.dashboard in seen, role in READERS, role)

    def test_country(self):
        """The map asks for the country of the customer."""
        self.customer.country_id = self.env.ref("base.de")
        complaint = self._registered_complaint()
        complaints = self.env["complaint.complaint"].with_user(self.user_quality)
        groups = dict(
            complaints._read_group([("id", "=", complaint.id)], ["country_id"], ["__count"])
        )
        self.assertEqual(groups, {self.env.ref("base.de"): 1})
