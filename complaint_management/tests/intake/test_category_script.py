from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common import MODULE, ComplaintCommon

DEFECTS = {
    "rust", "scratch", "stain", "colour", "print_pale", "print_striped", "print_blurred",
    "peeling", "foreign_metal", "foreign_hair", "foreign_insect", "foreign_blade", "dust", "odour",
    "short_carton", "short_pack", "short_roll", "underweight", "wrong_size",
    "wrong_specification", "wrong_item", "seal_open", "box_damaged", "wet", "marking_changed",
    "maker_missing", "dates_mixed", "date_missing", "barcode", "function", "fit",
    "document_missing", "manner", "language",
}  # fmt: skip
CAUSES = {
    "Man", "Machine", "Material", "Method", "Environment", "Measurement", "Design", "System, IT",
    "Communication", "Transport", "Storage", "Supplier", "Customer's use", "Misunderstanding",
}  # fmt: skip
CHANNELS = {
    "phone_hotline", "phone_salesperson", "email", "messenger", "chat", "letter", "dealer",
    "own_finding", "affiliate", "portal", "supplier_portal", "authority",
}  # fmt: skip
CATEGORIES = {
    "quality", "safety", "packaging", "shortage", "delivery", "service", "price", "documents",
    "suggestion",
}  # fmt: skip


@tagged("post_install", "-at_install")
class TestTaxonomies(ComplaintCommon):
    """Everything one picks from ships as data (R5, R16-R18, R30)."""

    def _shipped(self, model, name="code"):
        rows = self.env["ir.model.data"].search([("module", "=", MODULE), ("model", "=", model)])
        return set(self.env[model].browse(rows.mapped("res_id")).exists().mapped(name))

    def test_lists_are_complete(self):
        for model, name, expected in (
            ("complaint.category", "code", CATEGORIES),
            ("complaint.defect", "code", DEFECTS),
            ("complaint.cause.category", "name", CAUSES),
            ("complaint.channel", "code", CHANNELS),
        ):
            with self.subTest(model=model):
                self.assertFalse(expected - self._shipped(model, name))

    def test_leads_of_the_categories(self):
        expected = {
            "quality": "quality",
            "safety": "quality",
            "packaging": "quality",
            "shortage": "warehouse",
            "delivery": "logistics",
            "service": "sales_manager",
            "price": "finance",
            "documents": "customer_service",
            "suggestion": "product",
        }
        for code, function in expected.items():
            with self.subTest(code=code):
                self.assertEqual(self.env.ref(f"{MODULE}.category_{code}").lead_function, function)

    def test_service_defects_cover_the_five_dimensions(self):
        service = self.env.ref(f"{MODULE}.category_service")
        defects = self.env["complaint.defect"].search([("category_id", "=", service.id)])
        self.assertEqual(
            set(defects.mapped("service_dimension")),
            {"tangibles", "reliability", "responsiveness", "assurance", "empathy"},
        )

    def test_service_complaint_asks_for_its_dimension(self):
        service = self.env.ref(f"{MODULE}.category_service")
        complaint = self._complaint(user=self.user_sales, category_id=service.id)
        missing = "\n".join(complaint._get_missing("register"))
        for label in ("Service Dimension", "Who it is about", "Noticed on", "Where it happened"):
            self.assertIn(label, missing)
        complaint.defect_id = self.env.ref(f"{MODULE}.defect_manner")
        self.assertEqual(complaint.service_dimension, "assurance")
        complaint.service_dimension = "empathy"
        complaint.place = "On the phone"
        self.assertEqual(complaint.service_dimension, "empathy")

    def test_suggestions_run_no_clocks(self):
        suggestion = self.env.ref(f"{MODULE}.category_suggestion")
        complaint = self._complaint(user=self.user_sales, category_id=suggestion.id)
        complaint.action_register()
        self.assertFalse(suggestion.is_complaint)
        self.assertFalse(complaint.clock_ids)


@tagged("post_install", "-at_install")
class TestCategoryScript(ComplaintCommon):
    """Questions and hints while recording, and the route a request suggests (R19, R67)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.questions = cls.env["complaint.category.question"].create(
            [
                {
                    "category_id": cls.category_simple.id,
                    "name": "Which <b>invoice</b>?",
                    "hint": "Its number, top right",
                    "field_id": cls.env["ir.model.fields"]
                    ._get("complaint.complaint", "document_concerned")
                    .id,
                },
                {"category_id": cls.category_simple.id, "name": "By when?"},
            ]
        )

    def _draft(self, **vals):
        return self._complaint(user=self.user_sales, **vals)

    def test_every_category_has_a_script(self):
        for category in self.env["complaint.category"].search([("code", "!=", False)]):
            with self.subTest(category=category.code):
                self.assertGreaterEqual(len(category.question_ids), 3)
                self.assertTrue(all(category.question_ids.mapped("hint")))

    def test_shown_while_recording(self):
        script = self._draft(category_id=self.category_simple.id).question_script
        self.assertIn("Which &lt;b&gt;invoice&lt;/b&gt;?", script)
        self.assertIn("Its number, top right", script)
        self.assertIn("Document", script)
        self.assertLess(script.index("Which"), script.index("By when?"))
        self.assertFalse(self._draft(category_id=self.category_quality.id).question_script)

    def test_shown_in_the_reader_s_language(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.questions[1].with_context(lang="zh_CN").name = "什么时候要?"
        complaint = self._draft(category_id=self.category_simple.id)
        self.assertIn("By when?", complaint.question_script)
        self.assertIn("什么时候要?", complaint.with_context(lang="zh_CN").question_script)

    def test_changes_are_seen_at_once(self):
        complaint = self._draft(category_id=self.category_simple.id)
        self.assertIn("By when?", complaint.question_script)
        self.questions[1].unlink()
        complaint.invalidate_recordset()
        self.assertNotIn("By when?", complaint.question_script)

    def test_the_gate_repeats_the_hint(self):
        self.category_simple.required_field_ids = self.questions[0].field_id
        complaint = self._draft(category_id=self.category_simple.id)
        with self.assertRaisesRegex(UserError, r"Document \(Its number, top right\)"):
            complaint.action_register()

    def test_contributor_reads_it_too(self):
        complaint = self._complaint(category_id=self.category_simple.id, user_id=self.user_sales.id)
        script = complaint.with_user(self.user_contributor).sudo().question_script
        self.assertIn("By when?", script)
        rows = self.env["complaint.category.question"].with_user(self.user_contributor)
        self.assertEqual(len(rows._get_script(self.category_simple)), 2)

    # ------------------------------------------------------------
    # Mandatory fields an administrator chooses from
    # ------------------------------------------------------------
    def test_only_understandable_fields_are_offered(self):
        offered = self.category_simple.with_user(self.user_admin).choosable_field_ids
        for field in offered:
            with self.subTest(field=field.name):
                self.assertIn(field.name, self.env[field.model]._fields)
                self.assertFalse(field.readonly)
        self.assertEqual(
            len(offered),
            sum(len(names) for names in self.category_simple._get_requirable_fields().values()),
        )
        for model in self.category_simple._get_requirable_fields():
            rows = offered.filtered(lambda field, model=model: field.model == model)
            labels = rows.with_context(hide_model=True).mapped("display_name")
            self.assertEqual(len(labels), len(set(labels)), f"{model}: two fields, one label")

    def test_what_is_mandatory_may_be_chosen(self):
        offered = self.category_simple.with_user(self.user_admin).choosable_field_ids
        for category in self.env["complaint.category"].search([]):
            self.assertLessEqual(category.required_field_ids, offered)

    def test_labels_name_the_alternatives(self):
        fields = self.env["ir.model.fields"].with_user(self.user_admin)
        lots = fields._get("complaint.line", "lot_ids")
        label = lots.with_context(hide_model=True, complaint_requirement=True).display_name
        self.assertIn(" or ", label)
        self.env["res.lang"]._activate_lang("zh_CN")
        place = fields._get("complaint.complaint", "place")
        place.sudo().with_context(lang="zh_CN").field_description = "发生地点"
        found = fields.with_context(hide_model=True, lang="zh_CN").name_search(
            "", [("id", "=", place.id)]
        )
        self.assertEqual([label for _id, label in found], ["发生地点"])

    # ------------------------------------------------------------
    # Routes
    # ------------------------------------------------------------
    def test_request_suggests_the_route(self):
        complaint = self._draft(demand_ids=[(0, 0, {"kind": "compensation"})])
        self.assertIn("depends on the amount", complaint.route_advice)
        complaint.complainant_type = "supermarket"
        self.assertIn("leadership decides whatever the amount", complaint.route_advice)
        self.assertNotIn("depends on the amount", complaint.route_advice)
        complaint.demand_ids = [(0, 0, {"kind": "explanation"})]
        self.assertIn("Only an explanation", complaint.route_advice)
        complaint.demand_ids.sudo().action_cancel()
        complaint.invalidate_recordset()
        self.assertFalse(complaint.route_advice)

    def test_dealer_returns_go_to_leadership(self):
        complaint = self._draft(complainant_type="dealer", demand_ids=[(0, 0, {"kind": "return"})])
        self.assertIn("leadership decides", complaint.route_advice)

    def test_every_usual_request_has_advice(self):
        kinds = set(self.env["complaint.route"].search([]).mapped("kind"))
        everything = dict(self.env["complaint.demand"]._fields["kind"].selection)
        self.assertEqual(set(everything) - kinds, {"service"})
