from datetime import timedelta

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from ..common import MODULE, ComplaintCommon


class SeverityCase(ComplaintCommon):
    """The shipped table of points, and a salesperson's drafts."""

    def _factor(self, name):
        return self.env.ref(f"{MODULE}.severity_{name}")

    def _draft(self, **vals):
        return self._complaint(user=self.user_sales, category_id=self.category_simple.id, **vals)


@tagged("post_install", "-at_install")
class TestSeverity(SeverityCase):
    """The grade is proposed from points (R15)."""

    def test_table_is_practice(self):
        points = {
            "impact_one_unit": 0,
            "impact_lot": 1,
            "impact_several": 3,
            "risk_none": 0,
            "risk_function": 1,
            "risk_safety": 4,
            "emotion_calm": 0,
            "emotion_upset": 1,
            "emotion_public": 2,
            "tier_c": 0,
            "tier_b": 1,
            "tier_a": 2,
            "repeat": 1,
        }
        for name, expected in points.items():
            with self.subTest(name=name):
                self.assertEqual(self._factor(name).points, expected)
        critical = self.env["complaint.severity.factor"].search([("always_critical", "=", True)])
        self.assertEqual(critical, self._factor("risk_safety"))
        self.assertEqual(
            (self.company.complaint_severity_major, self.company.complaint_severity_critical),
            (3, 6),
        )

    def test_points_add_up_to_a_grade(self):
        tiers = {False: 0, "C": 0, "B": 1, "A": 2}
        for impact, risk, emotion, tier, grade in (
            ("one_unit", "none", "calm", False, "minor"),
            ("lot", "function", "calm", "C", "minor"),
            ("lot", "function", "upset", "C", "major"),
            ("lot", "function", "calm", "B", "major"),
            ("several", "none", "calm", False, "major"),
            ("several", "function", "calm", "B", "major"),
            ("several", "function", "calm", "A", "critical"),
            ("one_unit", "safety", "calm", False, "critical"),
        ):
            self.customer.complaint_tier = tier
            complaint = self._draft(
                impact_id=self._factor(f"impact_{impact}").id,
                risk_id=self._factor(f"risk_{risk}").id,
                emotion_id=self._factor(f"emotion_{emotion}").id,
            )
            with self.subTest(impact=impact, risk=risk, emotion=emotion, tier=tier):
                self.assertEqual(complaint.severity, grade)
                points = complaint.with_user(self.user_admin).severity_points
                picked = complaint.sudo().impact_id + complaint.risk_id + complaint.emotion_id
                self.assertEqual(points, sum(picked.mapped("points")) + tiers[tier])

    def test_picks_are_optional(self):
        self.assertEqual(self._draft().severity, "minor")

    def test_tier_of_the_company_counts_for_its_people(self):
        self.customer.complaint_tier = "A"
        self.company.complaint_severity_major = 2
        complaint = self._draft(partner_id=self.contact.id)
        self.assertEqual(complaint.severity, "major")

    def test_a_later_tier_leaves_old_cases_alone(self):
        complaint = self._draft(impact_id=self._factor("impact_lot").id)
        self.customer.complaint_tier = "A"
        self.assertEqual(complaint.severity, "minor")
        self.assertEqual(self._draft(impact_id=self._factor("impact_lot").id).severity, "major")

    def test_administrator_changes_table_and_limits(self):
        factor = self._factor("impact_lot").with_user(self.user_admin)
        factor.points = 3
        self.assertEqual(self._draft(impact_id=factor.id).severity, "major")
        settings = self.env["res.config.settings"].create({"complaint_severity_major": 4})
        settings.execute()
        self.assertEqual(self._draft(impact_id=factor.id).severity, "minor")
        with self.assertRaises(AccessError):
            factor.with_user(self.user_manager).points = 1

    def test_own_line_of_a_company_goes_before_the_shared_one(self):
        other = self._second_company()
        self.env["complaint.severity.factor"].create(
            {
                "name": "Our A",
                "dimension": "tier",
                "tier": "A",
                "points": 6,
                "company_id": self.company.id,
            }
        )
        self.customer.complaint_tier = "A"
        factors = self.env["complaint.severity.factor"]
        self.assertEqual(factors._get_rules(self.company)["A"], (6, False))
        self.assertEqual(factors._get_rules(other)["A"], (2, False))
        self.assertEqual(self._draft().severity, "critical")

    def test_a_tier_line_names_its_tier(self):
        factors = self.env["complaint.severity.factor"]
        with self.assertRaises(ValidationError):
            factors.create({"name": "Tier?", "dimension": "tier"})
        with self.assertRaises(ValidationError):
            factors.create({"name": "Impact", "dimension": "impact", "tier": "A"})

    def test_users_see_no_points(self):
        factor = self._factor("impact_lot").with_user(self.user_quality)
        self.assertEqual(factor.name, "A whole lot or delivery")
        with self.assertRaises(AccessError):
            factor.read(["points"])
        with self.assertRaises(AccessError):
            self._draft().with_user(self.user_manager).read(["severity_points"])


@tagged("post_install", "-at_install")
class TestSeverityDecision(SeverityCase):
    """Somebody decides on another grade; he says why, and later facts may go beyond it (R15)."""

    def _registered(self, **vals):
        complaint = self._draft(**vals)
        complaint.action_register()
        return complaint

    def test_change_needs_a_reason(self):
        complaint = self._registered()
        with self.assertRaisesRegex(UserError, "why the severity is “Major”"):
            complaint.severity = "major"
        complaint.write({"severity": "major", "severity_reason": "His biggest customer saw it"})
        self.assertEqual(complaint.severity, "major")
        with self.assertRaises(UserError):
            complaint.severity_reason = " "

    def test_decision_is_logged(self):
        complaint = self._registered()
        self.env.flush_all()
        self.cr.flush()
        complaint.write({"severity": "major", "severity_reason": "His biggest customer saw it"})
        self.env.flush_all()
        self.cr.flush()
        values = complaint.sudo().message_ids.tracking_value_ids
        self.assertIn("severity_reason", values.field_id.mapped("name"))
        self.assertIn("severity", values.field_id.mapped("name"))

    def test_going_back_to_the_proposal_needs_none(self):
        complaint = self._registered(severity="major")
        complaint.severity = "minor"
        self.assertFalse(complaint.severity_override)

    def test_draft_asks_nothing_and_registering_asks_for_the_milder_grade_only(self):
        graver = self._draft(severity="critical")
        graver.action_register()
        self.assertEqual(graver.severity, "critical")
        milder = self._draft(severity="minor", impact_id=self._factor("impact_several").id)
        self.assertEqual((milder.severity, milder.severity_proposed), ("minor", "major"))
        with self.assertRaisesRegex(UserError, "“Minor” and not “Major”"):
            milder.action_register()
        milder.severity_reason = "The line stood still for another reason"
        milder.action_register()
        self.assertEqual(milder.severity, "minor")

    def test_decision_stays_when_the_category_changes(self):
        complaint = self._draft(severity="major")
        complaint.category_id = self.category_quality
        self.assertEqual(complaint.severity, "major")
        self.category_simple.default_severity = "minor"
        complaint.category_id = self.category_simple
        self.assertEqual(complaint.severity, "major")

    def test_something_graver_goes_beyond_a_decision(self):
        complaint = self._registered()
        complaint.write({"severity": "major", "severity_reason": "Looks worse than it is"})
        complaint.risk_id = self._factor("risk_safety")
        self.assertEqual(complaint.severity, "critical")

    def test_same_facts_do_not_take_a_decision_back(self):
        complaint = self._registered(impact_id=self._factor("impact_several").id)
        self.assertEqual(complaint.severity, "major")
        complaint.write({"severity": "minor", "severity_reason": "Mistaken for another lot"})
        complaint.category_id = self.category_quality
        self.assertEqual((complaint.severity_proposed, complaint.severity), ("major", "minor"))

    def test_only_quality_takes_back_what_is_always_critical(self):
        complaint = self._registered(risk_id=self._factor("risk_safety").id)
        vals = {"severity": "minor", "severity_reason": "It was a toy blade"}
        with self.assertRaisesRegex(AccessError, "only quality"):
            complaint.write(vals)
        complaint.with_user(self.user_quality).write(vals)
        self.assertEqual(complaint.severity, "minor")

    def test_what_was_proposed_is_not_for_users_to_say(self):
        """Nobody keeps a grave fact from counting by claiming that it was known (R15)."""
        complaint = self._draft(severity="major", severity_reason="Big customer")
        complaint.severity_override_base = "critical"
        complaint.action_register()
        complaint.severity_override_base = "critical"
        complaint.risk_id = self._factor("risk_safety")
        self.assertEqual(complaint.severity, "critical")

    def test_salesperson_does_not_register_a_foreign_body_as_minor(self):
        complaint = self._draft(severity="minor", severity_reason="Nothing happened")
        complaint.category_id = self.env.ref(f"{MODULE}.category_safety")
        self.assertEqual(complaint.severity, "critical", "graver than what he decided on")
        complaint.severity = "minor"
        self.assertIn("only quality lowers it", "\n".join(complaint._get_missing("register")))

    def test_form_keeps_the_press_when_a_category_is_picked_next(self):
        with Form(
            self.env["complaint.complaint"].with_user(self.user_sales),
            view=f"{MODULE}.complaint_complaint_view_form",
        ) as form:
            form.description = "Rusty"
            form.partner_id = self.customer
            form.severity = "major"
            form.defect_id = self.defect_rust
            self.assertEqual(form.severity, "major")
        self.assertEqual(form.record.severity, "major")

    def test_becoming_critical_is_announced(self):
        told = []
        self.patch(
            self.env.registry["complaint.complaint"],
            "_after_become_critical",
            lambda complaints: told.extend(complaints.ids),
        )
        complaint, other = self._registered(), self._registered()
        (complaint + other).write({"emotion_id": self._factor("emotion_public").id})
        self.assertFalse(told)
        complaint.risk_id = self._factor("risk_safety")
        self.assertEqual(told, complaint.ids)
        complaint.impact_id = self._factor("impact_several")
        self.assertEqual(told, complaint.ids, "once is enough")

    def test_imported_cases_keep_their_grade(self):
        complaint = self._complaint(
            user=self.user_admin,
            category_id=self.env.ref(f"{MODULE}.category_safety").id,
            state="closed",
            severity="minor",
        )
        self.assertEqual(complaint.severity, "minor")


@tagged("post_install", "-at_install")
class TestRepeat(SeverityCase):
    """The same customer and the same thing within six months weigh (R15)."""

    def _again(self, days_before=30, register=True, **vals):
        """A case received so many days before today."""
        received = self.env.cr.now().replace(microsecond=0, tzinfo=None)
        complaint = self._draft(
            **{
                "defect_id": self.defect_billing.id,
                "date_received": received - timedelta(days=days_before),
                **vals,
            }
        )
        if register:
            complaint.action_register()
        return complaint

    def test_same_defect(self):
        first = self._again()
        self.assertFalse(first.is_repeat)
        second = self._again(0)
        self.assertTrue(second.is_repeat)
        self.assertFalse(first.is_repeat, "the later one says nothing about the first")

    def test_same_product_bought_by_a_person_of_the_same_company(self):
        line = Command.create({"product_id": self.product.id, "quantity_complained": 1})
        self._again(partner_id=self.contact.id, defect_id=False, line_ids=[line])
        self.assertTrue(self._again(0, defect_id=False, line_ids=[line]).is_repeat)

    def test_what_is_no_repeat(self):
        self._again(partner_id=self.customer2.id)
        self._again(defect_id=self.defect_rust.id)
        self._again(200)
        self._again(register=False)
        self._again().with_user(self.user_manager).action_cancel("Entered twice")
        self.assertFalse(self._again(0).is_repeat)
        self.company.complaint_repeat_months = 12
        self.assertTrue(self._again(0, defect_id=self.defect_billing.id).is_repeat)

    def test_two_registered_together(self):
        first = self._again(1, register=False)
        second = self._again(0, register=False)
        (first + second).action_register()
        self.assertEqual((first.is_repeat, second.is_repeat), (False, True))

    def test_it_weighs_from_registration_on(self):
        self._again()
        complaint = self._again(
            0,
            register=False,
            impact_id=self._factor("impact_lot").id,
            risk_id=self._factor("risk_function").id,
        )
        self.assertEqual(complaint.severity, "minor")
        complaint.action_register()
        self.assertEqual(complaint.severity, "major")

    def test_one_query_for_many(self):
        self._again()
        complaints = self.env["complaint.complaint"].concat(*(self._again(0) for _n in range(12)))

        def count(records):
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            records._get_repeated_ids()
            return self.env.cr.sql_log_count - before

        self.assertNoQueryEach(count(complaints[:1]), count(complaints), further=11)
