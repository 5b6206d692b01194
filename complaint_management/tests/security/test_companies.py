from odoo import Command
from odoo.models import TransientModel
from odoo.tests import tagged

from ...models.routing.complaint_function import FUNCTIONS
from .fixtures import SecurityCommon, own_models

# What nobody reads but the system.
CLOSED = {"complaint.digest.item"}


@tagged("post_install", "-at_install")
class TestCompanies(SecurityCommon):
    """No company sees another's complaints, configuration or numbers (T4, T18)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        company = cls._second_company()
        team = cls.env["complaint.team"].search([("company_id", "=", company.id)], limit=1)
        cls.customer2.company_id = company
        cls.user_sales2.company_ids += company
        cls.foreign = cls._case(
            cls.user_sales2,
            cls.user_sales2,
            company_id=company.id,
            team_id=team.id,
            partner_id=cls.customer2.id,
            contact_id=False,
            line_ids=[Command.create({"product_id": cls.product.id, "quantity_complained": 1})],
        )
        cls.foreign |= {
            "complaint.team": team,
            "complaint.team.function": team.function_ids[:1]
            or team.function_ids.create({"team_id": team.id, "function": "quality"}),
        }
        cls.foreign["complaint.notice"] = cls.env["complaint.notice"].create(
            {"event": "resolved", "recipient": "lead", "company_id": company.id}
        )
        for model in (
            "category",
            "channel",
            "defect",
            "cause.category",
            "department",
            "severity.factor",
        ):
            cls.foreign[f"complaint.{model}"] = cls.env[f"complaint.{model}"].create(
                {"name": "Theirs", "company_id": company.id}
            )
        for model in ("category.question", "category.evidence"):
            cls.foreign[f"complaint.{model}"] = cls.env[f"complaint.{model}"].create(
                {"name": "Theirs", "category_id": cls.foreign["complaint.category"].id}
            )
        cls.foreign["complaint.region"] = cls.env["complaint.region"].create(
            {"name": "Theirs", "company_id": company.id, "user_id": cls.user_sales2.id}
        )
        profile = cls.env["complaint.report.profile"].create(
            {"name": "Theirs", "company_id": company.id}
        )
        cls.foreign["complaint.report.profile"] = profile
        cls.foreign["complaint.report.profile.section"] = profile.section_ids[:1]
        cls.foreign["complaint.report.form.field"] = cls.env["complaint.report.form.field"].create(
            {"profile_id": profile.id, "target": "A1", "source": "words"}
        )
        cls.foreign["complaint.policy"] = cls.env["complaint.policy"].create(
            {"company_id": company.id}
        )
        cls.foreign["complaint.limit"] = cls.env["complaint.limit"].create(
            {"function": "finance", "amount": 50, "company_id": company.id}
        )
        cls.foreign["complaint.approval.policy"] = cls.env["complaint.approval.policy"].create(
            {"kind": "gift", "company_id": company.id}
        )
        level = cls.env["complaint.escalation.level"].create(
            {
                "name": "Their step",
                "company_id": company.id,
                "recipient_ids": [Command.create({"recipient": "lead"})],
            }
        )
        cls.foreign["complaint.escalation.level"] = level
        cls.foreign["complaint.escalation.recipient"] = level.recipient_ids
        cls.foreign["complaint.route"] = cls.env["complaint.route"].create(
            {"name": "Theirs", "kind": "explanation", "company_id": company.id}
        )
        cls.foreign |= cls._library(cls.user_sales2, "published", company)

    def _own_stored_models(self):
        for name in own_models(self.env):
            if not issubclass(self.env.registry[name], TransientModel):
                yield name

    def test_every_model_has_a_company_and_its_rule(self):
        rules = self.env["ir.rule"].search([("groups", "=", False)])
        for name in self._own_stored_models():
            with self.subTest(model=name):
                self.assertIn("company_id", self.env[name]._fields)
                self.assertTrue(
                    rules.filtered(
                        lambda rule, name=name: (
                            rule.model_id.model == name
                            and "company_ids" in (rule.domain_force or "")
                            and rule.perm_read
                            and rule.perm_write
                            and rule.perm_create
                            and rule.perm_unlink
                        )
                    )
                )

    def test_no_record_of_another_company_is_seen(self):
        """Not even the administrator sees what belongs to a company that is not his."""
        self.assertEqual(sorted(self.foreign), list(self._own_stored_models()))
        for model, record in self.foreign.items():
            with self.subTest(model=model):
                self.assertEqual(record.company_id, self.company_2)
                record = record.with_user(self.user_admin)
                self.assertTrue(model in CLOSED or not record.search([("id", "=", record.id)]))
                for operation in ("read", "write", "unlink"):
                    self.assertFalse(record.has_access(operation), operation)

    def test_company_switched_off_is_not_seen(self):
        """Its own salesperson sees the case only while he works in that company."""
        complaint = self.foreign["complaint.complaint"].with_user(self.user_sales2)
        for companies, seen in ((self.company, 0), (self.company_2, 1)):
            here = complaint.with_context(allowed_company_ids=companies.ids)
            self.assertEqual(here.search_count([("id", "=", complaint.id)]), seen)

    def test_members_of_that_company_see_it(self):
        self.user_admin.company_ids += self.company_2
        for model, record in self.foreign.items():
            with self.subTest(model=model):
                record = record.with_user(self.user_admin).with_context(
                    allowed_company_ids=self.company_2.ids
                )
                seen = model not in CLOSED and record.search([("id", "=", record.id)])
                self.assertEqual(bool(seen), model not in CLOSED)

    def test_shared_configuration_is_seen_everywhere(self):
        category = self.env["complaint.category"].create({"name": "Ours and theirs"})
        self.assertFalse(category.company_id)
        self.assertTrue(category.with_user(self.user_contributor).has_access("read"))

    def test_a_new_company_has_its_team(self):
        company = self.env["res.company"].create({"name": "Third Company"})
        team = self.env["complaint.team"].search([("company_id", "=", company.id)])
        self.assertEqual(len(team), 1)
        self.assertEqual(
            set(team.function_ids.mapped("function")), {key for key, _label in FUNCTIONS}
        )
        self.assertFalse(team.function_ids.user_id)
        self.assertEqual(self.env["complaint.team"]._get_default_team(company), team)

    def test_missing_teams_come_once(self):
        company = self.env["res.company"].create({"name": "Third Company"})
        teams = self.env["complaint.team"].with_context(active_test=False)
        teams.search([("company_id", "=", company.id)]).unlink()
        for _run in range(2):
            self.env["res.company"]._create_missing_complaint_teams()
            self.assertEqual(teams.search_count([("company_id", "=", company.id)]), 1)

    def test_numbers_of_companies_do_not_meet(self):
        numbers = [
            self._complaint(
                company_id=company.id, partner_id=False, contact_id=False, user_id=False
            ).name
            for company in (self.company, self.company_2) * 2
        ]
        self.assertEqual(len(set(numbers[::2])), 2)
        self.assertEqual(len(set(numbers[1::2])), 2)
        self.assertTrue(all(number not in ("/", False) for number in numbers))
