import re
from ast import literal_eval
from datetime import datetime

from freezegun import freeze_time

from odoo import Command
from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from .analysis_common import AnalysisCommon

MODULE = "complaint_management"


@tagged("post_install", "-at_install")
class TestFavourites(AnalysisCommon):
    """Each favourite answers its question, from the cell down to the case, for who may see it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        ids = cls.env["ir.model.data"].search(
            [("module", "=", MODULE), ("model", "=", "ir.filters")]
        )
        cls.favourites = cls.env["ir.filters"].browse(ids.mapped("res_id"))
        cls.complaints = cls._imported(
            [{"user_id": cls.user_sales.id} for _index in range(6)]
            + [{"state": "closed", "user_id": cls.user_sales2.id}]
        )
        cls._add_clocks(cls.complaints[0], {"response": "met", "plan": "breached"})

    def setUp(self):
        super().setUp()
        # Favourites look back from today, the cases are of the beginning of 2026
        self.startPatcher(freeze_time("2026-06-15 09:00:00"))

    def _read(self, favourite, user):
        """:return: (records, domain, rows, measures) as the pivot asks for them"""
        context = literal_eval(favourite.context)
        records = self.env[favourite.model_id].with_user(user)
        domain = literal_eval(favourite.domain)
        groupby = context["pivot_row_groupby"] + context["pivot_column_groupby"]
        fields = records.fields_get(attributes=["aggregator"])
        measures = [
            name if name == "__count" else f"{name}:{fields[name]['aggregator']}"
            for name in context["pivot_measures"]
        ]
        sets = [groupby[:count] for count in range(len(groupby) + 1)]
        found = records.formatted_read_grouping_sets(domain, sets, ["__count", *measures])
        return records, domain, found[-1], measures

    def test_there_are_some(self):
        models = set(self.favourites.mapped("model_id"))
        self.assertLessEqual(
            {
                "complaint.complaint",
                "complaint.cause",
                "complaint.analysis.clock",
                "complaint.analysis.action",
                "complaint.analysis.promise",
                "complaint.analysis.cost",
            },
            models,
        )

    def test_each_answers_down_to_the_case(self):
        """What is in a cell is found behind it."""
        for favourite in self.favourites:
            with self.subTest(favourite.name):
                records, domain, rows, _measures = self._read(favourite, self.user_leadership)
                total = 0
                for row in rows:
                    cell = records.search_count([*domain, *row["__extra_domain"]])
                    self.assertEqual(cell, row["__count"])
                    total += cell
                self.assertEqual(total, records.search_count(domain))

    def test_they_are_for_everybody(self):
        for favourite in self.favourites:
            with self.subTest(favourite.name):
                self.assertFalse(favourite.user_ids)
                self.assertTrue(favourite.action_id)
                self.assertFalse(favourite.is_default)
                action = self.env[favourite.action_id.type].browse(favourite.action_id.id)
                self.assertEqual(action.res_model, favourite.model_id)

    def test_only_what_counts(self):
        """A draft and praise are in no favourite about complaints."""
        draft = self._complaint()
        praise = self._imported([{"category_id": self.env.ref(f"{MODULE}.category_suggestion").id}])
        for favourite in self.favourites.filtered(lambda f: f.model_id == "complaint.complaint"):
            with self.subTest(favourite.name):
                found = self.Complaint.search(literal_eval(favourite.domain))
                self.assertFalse(found & (draft + praise))
                self.assertTrue(found & self.complaints)

    def test_cost_is_of_what_counts(self):
        """What praise and drafts cost is in no favourite about the cost of complaints."""
        praise = self._imported([{"category_id": self.env.ref(f"{MODULE}.category_suggestion").id}])
        cases = self.complaints[:1] + praise + self._complaint()
        for case in cases:
            case.expense_ids = [Command.create({"name": "Courier", "amount": 7.0})]
        self.env.flush_all()
        costs = self.env["complaint.analysis.cost"]
        favourites = self.favourites.filtered(lambda f: f.model_id == costs._name)
        self.assertEqual(len(favourites), 3)
        for favourite in favourites:
            with self.subTest(favourite.name):
                found = costs.search(literal_eval(favourite.domain))
                self.assertEqual(found.complaint_id & cases, self.complaints[:1])

    def test_the_index_alone_is_read(self):
        """All a favourite asks of cases is in the index of what counts: no wide row is read."""
        self.env.cr.execute(
            "SELECT indexdef FROM pg_indexes WHERE indexname = 'complaint_complaint_figures_idx'"
        )
        [definition] = self.env.cr.fetchone()
        covered, condition = definition.split(" WHERE ")
        self.assertEqual(condition, "((active IS TRUE) AND (is_counted IS TRUE))")
        known = {*re.findall(r"\w+", covered.split("USING")[1]), "active", "is_counted"}
        for favourite in self.favourites.filtered(lambda f: f.model_id == "complaint.complaint"):
            context = literal_eval(favourite.context)
            records = self.Complaint.with_user(self.user_leadership)
            query = records._search(literal_eval(favourite.domain))
            terms = [
                records._read_group_groupby(records._table, spec, query)
                for spec in context["pivot_row_groupby"] + context["pivot_column_groupby"]
            ]
            terms += [
                records._read_group_select(f"{name}:avg", query)
                for name in context["pivot_measures"]
                if name != "__count"
            ]
            code = query.select(*terms).code
            with self.subTest(favourite.name):
                self.assertLessEqual(
                    set(re.findall(r'"complaint_complaint"\."(\w+)"', code)), known
                )
                for part in condition.strip("()").split(") AND ("):
                    name, rest = part.split(" ", 1)
                    self.assertIn(f'"complaint_complaint"."{name}" {rest}', code)

    def test_people_are_never_counted(self):
        """By name there are rates and hours, no number of complaints (R56)."""
        people = {"user_id", "lead_user_id", "salesperson_id"}
        for favourite in self.favourites:
            context = literal_eval(favourite.context)
            shaped = {*context.get("group_by", ()), *context["pivot_row_groupby"]}
            if people & shaped:
                with self.subTest(favourite.name):
                    self.assertNotIn("__count", context["pivot_measures"])
                    self.assertNotEqual(context.get("graph_measure"), "__count")

    def test_names_in_the_reader_s_language(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        favourite = self.env.ref(f"{MODULE}.favourite_month")
        favourite.with_context(lang="zh_CN").complaint_title = "数量：按月份和类别"
        action = self.env.ref(f"{MODULE}.complaint_complaint_action_analysis")
        self.user_leadership.lang = "zh_CN"
        filters = self.env["ir.filters"].with_user(self.user_leadership).with_context(lang="zh_CN")

        def name():
            found = filters.get_filters("complaint.complaint", action.id)
            return next(entry["name"] for entry in found if entry["id"] == favourite.id)

        self.assertEqual(name(), "数量：按月份和类别, 2025年1月 – 2026年6月")
        favourite.name = "Monthly"
        self.assertEqual(name(), "Monthly", "whoever renames it is heard")

    def test_months_they_look_at(self):
        action = self.env.ref(f"{MODULE}.complaint_clock_action_analysis")
        found = self.env["ir.filters"].get_filters("complaint.analysis.clock", action.id)
        self.assertTrue(found)
        for entry in found:
            self.assertTrue(entry["name"].endswith(", Jul 2025 – Jun 2026"), entry["name"])
        action = self.env.ref(f"{MODULE}.complaint_complaint_action_analysis")
        names = {
            favourite["name"]
            for favourite in self.env["ir.filters"].get_filters("complaint.complaint", action.id)
        }
        self.assertIn("How many: by customer, Jan 2025 – Jun 2026", names)
        self.assertIn("Open: by age and category", names, "open ones are looked at whenever")

    def test_older_ones_are_left_out(self):
        old, older = self._imported(
            [{"date_received": datetime(2025, 1, 1, 1)}, {"date_received": datetime(2024, 12, 31)}]
        )
        favourite = self.env.ref(f"{MODULE}.favourite_month")
        found = self.Complaint.search(literal_eval(favourite.domain))
        self.assertIn(old, found)
        self.assertNotIn(older, found)

    def test_elsewhere_they_do_not_show(self):
        action = self.env.ref(f"{MODULE}.complaint_complaint_action")
        found = self.env["ir.filters"].get_filters("complaint.complaint", action.id)
        self.assertFalse({entry["id"] for entry in found} & set(self.favourites.ids))

    def test_analyses_start_with_what_counts(self):
        """The default filters of the analyses leave out what does not count."""
        draft = self._complaint()
        rejected, standing = self.env["complaint.cause"].create(
            [{"complaint_id": c.id, "name": "Film"} for c in self.complaints[:2]]
        )
        rejected._write_trusted({"state": "rejected"})
        uncounted = self.env["complaint.cause"].create({"complaint_id": draft.id, "name": "Film"})
        for xmlid, inside, outside in (
            ("complaint_complaint_action_analysis", self.complaints, draft),
            ("complaint_cause_action_analysis", standing, rejected + uncounted),
        ):
            action = self.env.ref(f"{MODULE}.{xmlid}")
            arch = self.env[action.res_model].get_view(action.search_view_id.id, "search")["arch"]
            domain = []
            for key in safe_eval(action.context):
                name = key.removeprefix("search_default_")
                part = arch.split(f'name="{name}"')[1].split('domain="')[1].split('"')[0]
                domain += safe_eval(part)
            found = self.env[action.res_model].search(domain)
            with self.subTest(xmlid):
                self.assertFalse(found & outside)
                self.assertEqual(found & inside, inside)


@tagged("post_install", "-at_install")
class TestDimensions(AnalysisCommon):
    """The customer's firm, the main cause and its department, in the case's own row."""

    def test_firm(self):
        [complaint] = self._imported([{"partner_id": self.contact.id, "contact_id": False}])
        self.assertEqual(complaint.commercial_partner_id, self.customer)
        self.contact.parent_id = self.customer2
        self.assertEqual(complaint.commercial_partner_id, self.customer2)

    def test_main_cause(self):
        complaint, other = self._imported([{}, {}])
        kinds = self.env["complaint.cause.category"].create(
            [{"name": f"Test: {name}"} for name in ("print", "film", "man")]
        )
        departments = self.env["complaint.department"].create(
            [{"name": f"Test: {name}"} for name in ("printing", "purchasing", "packing")]
        )
        causes = self.env["complaint.cause"].create(
            [
                {
                    "complaint_id": complaint.id,
                    "name": "Why",
                    "cause_type": cause_type,
                    "sequence": sequence,
                    "category_id": kinds[index].id,
                    "department_id": departments[index].id,
                }
                for index, (cause_type, sequence) in enumerate(
                    [("escape", 1), ("occurrence", 20), ("occurrence", 10)]
                )
            ]
        )

        def main():
            return (complaint.main_cause_category_id, complaint.responsible_department_id)

        self.assertFalse(any(main()), "a guess is no cause")
        for index in (0, 1, 2):
            causes[index]._write_trusted({"state": "verified"})
            with self.subTest(verified=index):
                self.assertEqual(main(), (kinds[index], departments[index]))
        causes[2]._write_trusted({"state": "rejected"})
        self.assertEqual(main(), (kinds[1], departments[1]))
        causes[1].sequence = 30
        self.assertEqual(main(), (kinds[1], departments[1]))
        self.assertFalse(other.main_cause_category_id)

    def test_rounds_are_averaged(self):
        complaints = self._imported([{"round": 1}, {"round": 4}])
        groups = self._groups(
            "complaint.complaint", [("id", "in", complaints.ids)], "team_id", ["round:avg"]
        )
        self.assertEqual(groups[self.team.id]["round:avg"], 2.5)
        described = self.Complaint.fields_get(["round", "version"], ["aggregator"])
        self.assertEqual(described["round"]["aggregator"], "avg")
        self.assertFalse(described["version"].get("aggregator"))
