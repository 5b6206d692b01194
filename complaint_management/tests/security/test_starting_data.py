from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from ...models.routing.complaint_function import FUNCTIONS
from ..common import ComplaintCommon

ADDON = "complaint_management"


@tagged("post_install", "-at_install")
class TestStartingData(ComplaintCommon):
    """The addon works as installed: kinds, defects, causes, channels, teams (practice)."""

    def _data(self, model):
        rows = self.env["ir.model.data"].search([("module", "=", ADDON), ("model", "=", model)])
        return self.env[model].browse(rows.mapped("res_id")).exists()

    def test_everything_is_there_and_shared(self):
        counts = {
            "complaint.category": 9,
            "complaint.defect": 40,
            "complaint.cause.category": 14,
            "complaint.channel": 12,
            "complaint.department": 8,
        }
        for model, at_least in counts.items():
            records = self._data(model)
            with self.subTest(model=model):
                self.assertGreaterEqual(len(records), at_least)
                self.assertFalse(records.company_id)

    def test_every_defect_proposes_a_category(self):
        self.assertTrue(all(self._data("complaint.defect").mapped("category_id")))

    def test_every_category_starts_a_plan(self):
        for category in self._data("complaint.category"):
            with self.subTest(category=category.name):
                self.assertEqual(category.plan_id.res_model, "complaint.complaint")
                self.assertFalse(category.plan_id.company_id)

    def test_safety_is_critical(self):
        defect = self.env.ref(f"{ADDON}.defect_foreign_blade")
        complaint = self._complaint(user=self.user_sales, defect_id=defect.id)
        self.assertEqual(complaint.category_id, self.env.ref(f"{ADDON}.category_safety"))
        self.assertEqual((complaint.severity, complaint.urgency), ("critical", "urgent"))

    def test_authorities_are_critical_whatever_the_category_says(self):
        self.category_quality.default_severity = "minor"
        complaint = self._complaint(
            user=self.user_sales,
            category_id=self.category_quality.id,
            channel_id=self.env.ref(f"{ADDON}.channel_authority").id,
        )
        self.assertEqual(complaint.severity, "critical")

    def test_grade_chosen_by_hand_stays(self):
        complaint = self._complaint(
            user=self.user_sales, category_id=self.category_quality.id, severity="major"
        )
        self.assertEqual(complaint.severity, "major")
        complaint.channel_id = self.env.ref(f"{ADDON}.channel_email")
        self.assertEqual((complaint.severity, complaint.urgency), ("major", "normal"))

    def test_only_a_person_is_a_person(self):
        self.assertEqual(
            self._data("complaint.cause.category").filtered("is_person"),
            self.env.ref(f"{ADDON}.cause_category_man"),
        )

    def test_talking_is_a_response(self):
        talking = self._data("complaint.channel").filtered("counts_as_response")
        self.assertEqual(
            set(talking.mapped("code")), {"phone_hotline", "phone_salesperson", "visit"}
        )

    def test_every_company_has_a_team_with_all_functions(self):
        for company in self.env["res.company"].search([]):
            teams = self.env["complaint.team"].search([("company_id", "=", company.id)])
            functions = {tuple(sorted(team.function_ids.mapped("function"))) for team in teams}
            self.assertIn(tuple(sorted(key for key, _label in FUNCTIONS)), functions)

    def test_mandatory_fields_exist_and_can_be_filled(self):
        for category in self._data("complaint.category"):
            for field in category.required_field_ids:
                with self.subTest(category=category.code, field=field.name):
                    self.assertIn(field.name, self.env[field.model]._fields)
                    self.assertFalse(field.readonly)

    def test_asked_fields_follow_the_category(self):
        complaint = self._complaint(category_id=self.env.ref(f"{ADDON}.category_price").id)
        self.assertEqual(
            set(complaint.asked_fields.split()), {"document_concerned", "claimed_amount"}
        )

    # ------------------------------------------------------------
    # The administrator's screens
    # ------------------------------------------------------------
    def test_administrator_chooses_mandatory_fields_by_label(self):
        """He may read field names without being a system administrator."""
        self.assertFalse(self.user_admin.has_group("base.group_erp_manager"))
        fields_ = self.env["ir.model.fields"].with_user(self.user_admin)
        found = fields_.with_context(hide_model=True).name_search(
            "", [("model", "=", "complaint.line"), ("readonly", "=", False)]
        )
        self.assertIn("Complained", [label for _id, label in found])
        category = self.env["complaint.category"].with_user(self.user_admin).create({"name": "X"})
        category.required_field_ids = fields_._get("complaint.complaint", "place")
        complaint = self._complaint(user=self.user_sales, category_id=category.id)
        missing = complaint._get_missing("register")
        self.assertTrue(any("Where it happened" in item for item in missing))

    def test_nobody_else_reads_field_names(self):
        with self.assertRaises(AccessError):
            self.env["ir.model.fields"].with_user(self.user_manager).search([], limit=1)
        with self.assertRaises(AccessError):
            self.env["ir.model.fields"].with_user(self.user_admin).create({"name": "x_field"})

    def test_configuration_screens_open_for_the_administrator(self):
        for model in ("category", "channel", "defect", "cause.category", "department"):
            with self.subTest(model=model):
                form = Form(self.env[f"complaint.{model}"].with_user(self.user_admin))
                form.name = "New"
                form.save()

    def test_administrator_names_the_holder_of_a_function(self):
        team = self.env["complaint.team"].search(
            [("company_id", "=", self.company.id), ("id", "!=", self.team.id)], limit=1
        )
        with (
            Form(team.with_user(self.user_admin)) as form,
            form.function_ids.edit(0) as row,
        ):
            row.user_id = self.user_quality
        self.assertEqual(team.function_ids[0].user_id, self.user_quality)

    def test_settings_write_to_the_company(self):
        settings = self.env["res.config.settings"].create({})
        settings.complaint_warranty_months = 18
        settings.complaint_four_eyes = False
        settings.execute()
        self.assertEqual(self.env.company.complaint_warranty_months, 18)
        self.assertFalse(self.env.company.complaint_four_eyes)
