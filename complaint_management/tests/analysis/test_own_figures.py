from unittest.mock import patch

from odoo import Command, fields
from odoo.tests import tagged

from .analysis_common import AnalysisCommon

# Views of parts of cases, and a measure of each
FIGURES = {
    "complaint.analysis.clock": "on_time:avg",
    "complaint.analysis.action": "on_time:avg",
    "complaint.analysis.promise": "kept:avg",
    "complaint.analysis.goods": "quantity_complained:sum",
    "complaint.analysis.demand": "amount_claimed:sum",
    "complaint.analysis.cost": "amount:sum",
}


@tagged("post_install", "-at_install")
class TestOwnFigures(AnalysisCommon):
    """Figures of one's own cases are found by indexes, and are those the rules open (R60)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        people = [
            {"user_id": cls.user_sales.id},
            {"user_id": cls.user_sales2.id},
            {"user_id": cls.user_sales2.id, "lead_user_id": cls.user_sales.id},
            {"user_id": cls.user_sales2.id, "coordinator_user_id": cls.user_sales.id},
            {"user_id": cls.user_manager.id},
        ]
        cls.complaints = cls._imported(
            [{**vals, "line_ids": [Command.create(cls._goods())]} for vals in people * 2]
        )
        for number, complaint in enumerate(cls.complaints):
            cls._add_clocks(complaint, {"response": "met" if number % 2 else "breached"})
            cls._add_parts(complaint, number)
        # Not his case, yet he has something to do in it
        cls.complaints[4].action_ids.user_id = cls.user_sales
        cls.env.flush_all()

    @classmethod
    def _goods(cls):
        return {
            "product_id": cls.product.id,
            "product_uom_id": cls.product.uom_id.id,
            "quantity_complained": 3.0,
            "defect_id": cls.defect_rust.id,
        }

    @classmethod
    def _add_parts(cls, complaint, number):
        day = fields.Date.today()
        complaint.write(
            {
                "action_ids": [
                    Command.create(
                        {
                            "name": "Look at it",
                            "kind": "containment",
                            "user_id": cls.user_quality.id,
                            "deadline": day,
                        }
                    )
                ],
                "demand_ids": [Command.create({"kind": "credit", "name": "Money back"})],
                "expense_ids": [Command.create({"name": "Courier", "amount": number + 1.0})],
                "promise_ids": [
                    Command.create({"name": "A call", "deadline": fields.Datetime.now()})
                ],
            }
        )

    def _read(self, model, user):
        """:return: (ids of the rows, the figure of the company)"""
        records = self.env[model].with_user(user)
        domain = [("complaint_id", "in", self.complaints.ids)]
        return (
            set(records.search(domain).ids),
            records.formatted_read_group(domain, ["company_id"], ["__count", FIGURES[model]]),
        )

    def test_same_rows_as_by_the_rules_alone(self):
        complaints = self.env.registry["complaint.complaint"]
        users = (
            self.user_sales,
            self.user_sales2,
            self.user_service,
            self.user_manager,
            self.user_quality,
            self.user_leadership,
        )
        for model in FIGURES:
            for user in users:
                with self.subTest(model=model, user=user.login):
                    found = self._read(model, user)
                    with patch.object(complaints, "_select_own", lambda *args: None):
                        expected = self._read(model, user)
                    self.assertEqual(found, expected)
                    self.assertTrue(found[0])

    def test_his_own_and_no_others(self):
        own = self.complaints.filtered(
            lambda c: (
                self.user_sales
                in c.user_id + c.lead_user_id + c.coordinator_user_id + c.action_ids.user_id
            )
        )
        self.assertTrue(own)
        self.assertNotEqual(own, self.complaints)
        for model in FIGURES:
            records = self.env[model].with_user(self.user_sales)
            with self.subTest(model):
                rows = records.search([("complaint_id", "in", self.complaints.ids)])
                self.assertEqual(rows.complaint_id, own)

    def test_these_are_all(self):
        """Whoever adds a view that finds one's own cases compares its rows, too."""
        mixin = self.env.registry["complaint.own.figures.mixin"]
        models = {
            name
            for name, model in self.env.registry.items()
            if issubclass(model, mixin) and not model._abstract
        }
        self.assertEqual(models, set(FIGURES))

    def test_a_rule_of_the_company_opens_more(self):
        """What an administrator allows besides is found, too."""
        for model in FIGURES:
            self.env["ir.rule"].create(
                {
                    "name": "All of it",
                    "model_id": self.env["ir.model"]._get_id(model),
                    "domain_force": "[(1, '=', 1)]",
                    "groups": [(4, self.env.ref("complaint_management.group_complaint_user").id)],
                }
            )
            records = self.env[model].with_user(self.user_sales)
            with self.subTest(model):
                rows = records.search([("complaint_id", "in", self.complaints.ids)])
                self.assertEqual(rows.complaint_id, self.complaints)

    def test_whom_it_is_about_finds_nothing_of_it(self):
        mine = self.complaints[0]
        mine.sudo().concerned_user_ids = self.user_sales
        self.env.flush_all()
        for model in FIGURES:
            records = self.env[model].with_user(self.user_sales)
            with self.subTest(model):
                self.assertFalse(records.search([("complaint_id", "=", mine.id)]))

    def _get_settings(self):
        names = "current_setting('jit'), current_setting('work_mem')"
        self.env.cr.execute(f"SELECT {names}")
        return self.env.cr.fetchone()

    def test_settings_last_for_the_transaction(self):
        """Long plans of views are not compiled, and sort in memory; tables need nothing."""
        shown = []
        for model in ("complaint.complaint", "complaint.analysis.goods"):
            self.env[model].with_user(self.user_sales)._read_group([], [], ["__count"])
            shown.append(self._get_settings())
        self.assertEqual(shown[1], ("off", "32MB"))
        self.assertNotEqual(shown[0], shown[1])

    def test_lists_are_read_by_them_too(self):
        self.env["complaint.complaint"].search_read([], ["name"], limit=1)
        self.assertNotEqual(self._get_settings(), ("off", "32MB"))
        self.env["complaint.analysis.goods"].search_read([], ["product_id"], limit=1)
        self.assertEqual(self._get_settings(), ("off", "32MB"))

    def test_alternatives_are_a_union(self):
        """The query names the alternatives for who sees his own only, and for nobody else."""
        for model in FIGURES:
            records = self.env[model]
            for user, narrowed in ((self.user_sales, True), (self.user_leadership, False)):
                with self.subTest(model=model, user=user.login):
                    code = records.with_user(user)._search([]).where_clause.code
                    self.assertEqual("UNION ALL" in code, narrowed)
