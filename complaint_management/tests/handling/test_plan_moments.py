from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from ..common import MODULE
from .common import HandlingCommon


@tagged("post_install", "-at_install")
class TestPlanMoments(HandlingCommon):
    """Lines that count from resolution; a fitting plan for each category (R16, R43, R49)."""

    def _simple(self):
        self.category_simple.plan_id = self.plan
        complaint = self._complaint(
            user=self.user_sales, category_id=self.category_simple.id, severity="major"
        )
        complaint.action_register()
        return complaint

    def _resolve(self, complaint):
        for action in complaint.action_ids.filtered(lambda a: a._blocks_resolution()):
            action.action_finish("Done")
        complaint.action_resolve()

    def test_follow_up_and_effect_wait_for_the_resolution(self):
        complaint = self._simple()
        late = self.plan.template_ids.filtered(lambda t: t.complaint_from == "resolution")
        self.assertEqual(len(late), 3)
        self.assertFalse(complaint.action_ids.template_id & late)
        self._resolve(complaint)
        made = complaint.action_ids.filtered(lambda a: a.template_id in late)
        today = fields.Date.context_today(complaint)
        self.assertEqual(
            sorted(made.mapped("deadline")), [today + timedelta(days=n) for n in (7, 30, 90)]
        )
        self.assertEqual(sorted(made.mapped("kind")), ["followup", "verification", "verification"])
        self.assertTrue(all(made.mapped("activity_id")))

    def test_second_resolution_moves_what_is_open(self):
        complaint = self._simple()
        self._resolve(complaint)
        late = complaint.action_ids.filtered(lambda a: a.kind in ("followup", "verification"))
        late.filtered(lambda a: a.kind == "followup").action_finish("Not bad", "satisfied")
        past = fields.Date.today() - timedelta(days=50)
        late.filtered(lambda a: a.state == "open").deadline = past
        complaint.with_user(self.user_sales).action_object("Again")
        complaint.with_user(self.user_manager).action_instruct("Be quick")
        self._resolve(complaint)
        followups = complaint.action_ids.filtered(lambda a: a.kind == "followup")
        checks = complaint.action_ids.filtered(lambda a: a.kind == "verification")
        self.assertEqual(followups.mapped("state"), ["done", "open"])
        self.assertEqual(len(checks), 2, "moved, not made twice")
        self.assertTrue(all(check.deadline > fields.Date.today() for check in checks))

    def test_each_category_has_its_plan(self):
        expected = {
            "quality": ("quality", 3, 7),
            "safety": ("safety", 1, 5),
            "packaging": ("quality", 3, 7),
            "shortage": ("shortage", 1, 7),
            "delivery": ("delivery", 1, 7),
            "service": ("service", 1, 3),
            "price": ("price", 2, 5),
            "documents": ("documents", 1, 2),
            "suggestion": ("suggestion", None, 5),
        }
        for code, (plan, plan_days, answer_days) in expected.items():
            category = self.env.ref(f"{MODULE}.category_{code}")
            lines = category.plan_id.template_ids
            with self.subTest(category=code):
                self.assertEqual(category.plan_id, self.env.ref(f"{MODULE}.plan_{plan}"))
                by_until = {
                    line.complaint_until: line.delay_count
                    for line in lines.filtered(lambda t: not t.action_kind)
                    if line.responsible_type != "complaint_sales_manager" and line.delay_count
                }
                self.assertEqual(by_until.get("release"), plan_days)
                self.assertEqual(by_until.get("report"), answer_days)
                followups = lines.filtered(lambda t: t.action_kind == "followup")
                self.assertEqual(bool(followups), category.is_complaint)
                self.assertEqual(followups.mapped("delay_count"), [7] * len(followups))

    def test_every_line_finds_somebody(self):
        for plan in self.env["mail.activity.plan"].search(
            [("res_model", "=", "complaint.complaint")]
        ):
            self.category_simple.plan_id = plan
            complaint = self._complaint(
                user=self.user_sales, category_id=self.category_simple.id, severity="critical"
            )
            with self.subTest(plan=plan.name):
                complaint.action_register()
                self.assertTrue(all(complaint.activity_ids.mapped("user_id")))
                wanted = plan.template_ids.filtered(
                    lambda t: t.action_kind and t.complaint_from == "registration"
                )
                self.assertEqual(complaint.action_ids.template_id, wanted)
