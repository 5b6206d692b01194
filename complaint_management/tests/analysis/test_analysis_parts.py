from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ...models.complaint.complaint_state_guard import TRUSTED
from .analysis_common import AnalysisCommon, average

NOW = datetime(2026, 4, 1, 12, 0)
KINDS = ("response", "plan", "handling", "report")


@tagged("post_install", "-at_install")
class TestAnalysisParts(AnalysisCommon):
    """Deadlines, actions and promises as figures, recomputed in Python on random data."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.departments = cls.env["complaint.department"].create(
            [{"name": "Test: 仓储物流部"}, {"name": "Test: painting"}]
        )
        cls.owners = [cls.user_sales, cls.user_quality, cls.user_contributor]
        cls.complaints = cls._imported([{"user_id": cls.user_sales.id} for _index in range(25)])
        # These count nowhere
        cls.praise = cls._imported([{"category_id": cls.env.ref(cls._praise()).id}])
        cls.draft = cls._complaint()
        cls.cases = cls.complaints + cls.praise + cls.draft
        for complaint in cls.complaints + cls.praise:
            cls._random_clocks(complaint)
        cls._random_actions()
        cls._random_promises()
        cls.env.flush_all()
        cls.env.invalidate_all()

    @staticmethod
    def _praise():
        return "complaint_management.category_suggestion"

    @classmethod
    def _random_clocks(cls, complaint):
        states = ("met", "breached", "running", "paused", "cancelled")
        for _round in range(cls.random.randrange(1, 3)):
            clocks = cls._add_clocks(complaint, {k: cls.random.choice(states) for k in KINDS})
            for clock in clocks.sudo():
                # A breached deadline may run on
                if clock.state == "met" or (
                    clock.state == "breached" and cls.random.random() < 0.7
                ):
                    taken = cls.random.uniform(0, 24) + (clock.state == "breached") * 24
                    clock._write_trusted(
                        {"date_stopped": clock.date_deadline, "hours_taken": round(taken, 2)}
                    )

    @classmethod
    def _random_actions(cls):
        cls.actions = cls.env["complaint.action"].browse()
        vals_list = []
        for _index in range(80):
            kind = cls.random.choice(("containment", "corrective", "preventive"))
            measure = kind != "containment"
            state = cls.random.choice(("open", "in_progress", "done", "cancelled"))
            deadline = NOW + timedelta(days=cls.random.randrange(-20, 20))
            done = deadline + timedelta(hours=cls.random.randrange(-200, 200))
            vals_list.append(
                {
                    "complaint_id": cls.random.choice(cls.cases).id,
                    "name": "Sort",
                    "kind": kind,
                    "user_id": cls.random.choice(cls.owners).id,
                    "department_id": cls.random.choice(cls.departments).id,
                    "deadline": deadline.date(),
                    "state": state,
                    "date_done": done if state == "done" else False,
                    "effectiveness": measure
                    and cls.random.choice(("pending", "effective", "ineffective")),
                }
            )
        actions = cls.env["complaint.action"].with_context(complaint_transition=TRUSTED)
        cls.actions = actions.create(vals_list).with_env(cls.env)

    @classmethod
    def _random_promises(cls):
        vals_list = []
        for _index in range(60):
            state = cls.random.choice(("open", "kept", "broken", "moved"))
            deadline = cls._moment()
            late = state == "broken" and cls.random.random() < 0.5
            vals_list.append(
                {
                    "complaint_id": cls.random.choice(cls.cases).id,
                    "name": "Call back",
                    "user_id": cls.random.choice(cls.owners).id,
                    "deadline": deadline,
                    "state": state,
                    "date_kept": late and deadline + timedelta(hours=cls.random.randrange(1, 90)),
                }
            )
        promises = cls.env["complaint.promise"].with_context(complaint_transition=TRUSTED)
        cls.promises = promises.create(vals_list).with_env(cls.env)

    def _domain(self):
        return [("complaint_id", "in", self.cases.ids)]

    def _counted(self, parts, excluded):
        return parts.filtered(lambda p: p.complaint_id in self.complaints and p.state != excluded)

    def assertFigures(self, model, groupby, parts, key, figures):
        """What the pivot shows by ``groupby`` is what Python makes of ``parts``.

        :param key: function of a part; returns its group's value
        :param dict figures: measure → function of a part; returns its figure or None
        """
        groups = self._groups(
            model, self._domain(), groupby, ["__count", *(f"{name}:avg" for name in figures)]
        )
        expected = parts.grouped(key)
        self.assertEqual(groups.keys(), expected.keys())
        for value, mine in expected.items():
            with self.subTest(model, group=value):
                self.assertEqual(groups[value]["__count"], len(mine))
            for name, figure in figures.items():
                with self.subTest(model, group=value, measure=name):
                    self.assertAlmostEqual(
                        groups[value][f"{name}:avg"], average(map(figure, mine)), 5
                    )

    # ------------------------------------------------------------
    # Figures
    # ------------------------------------------------------------
    def test_deadlines(self):
        stopped = ("met", "breached")
        figures = {
            "on_time": lambda c: {"met": 100.0, "breached": 0.0}.get(c.state),
            "hours_taken": lambda c: (
                c.hours_taken if c.state in stopped and c.date_stopped else None
            ),
            "hours_late": lambda c: (
                c.hours_taken - 24 if c.state == "breached" and c.date_stopped else None
            ),
        }
        clocks = self._counted(self.cases.clock_ids, "cancelled")
        self.assertTrue(self.cases.clock_ids - clocks)
        model = "complaint.analysis.clock"
        self.assertFigures(model, "kind", clocks, lambda c: c.kind, figures)
        self.assertFigures(model, "round_number", clocks, lambda c: c.round_number, figures)

    @freeze_time(NOW)
    def test_actions(self):
        def days(action):
            end = action.date_done.date() if action.state == "done" else NOW.date()
            return (end - action.deadline).days

        def on_time(action):
            if days(action) > 0:
                return 0.0
            return 100.0 if action.state == "done" else None

        figures = {
            "on_time": on_time,
            "days_late": lambda a: days(a) if days(a) > 0 else None,
            "effective": lambda a: {"effective": 100.0, "ineffective": 0.0}.get(a.effectiveness),
        }
        actions = self._counted(self.actions, "cancelled")
        model = "complaint.analysis.action"
        self.assertFigures(model, "department_id", actions, lambda a: a.department_id.id, figures)
        self.assertFigures(model, "user_id", actions, lambda a: a.user_id.id, figures)
        self.assertFigures(model, "kind", actions, lambda a: a.kind, figures)
        words = {0.0: "late", 100.0: "on_time", None: "undecided"}
        rows = self.env[model].search(self._domain())
        self.assertEqual(
            {row.id: row.timeliness for row in rows}, {a.id: words[on_time(a)] for a in actions}
        )

    def test_promises(self):
        def days(promise):
            late = promise.state == "broken" and promise.date_kept
            return (promise.date_kept - promise.deadline) / timedelta(days=1) if late else None

        figures = {
            "kept": lambda p: {"kept": 100.0, "broken": 0.0}.get(p.state),
            "days_late": days,
        }
        promises = self._counted(self.promises, "moved")
        model = "complaint.analysis.promise"
        self.assertFigures(model, "user_id", promises, lambda p: p.user_id.id, figures)
        self.assertFigures(model, "state", promises, lambda p: p.state, figures)

    def test_a_day_ends_where_the_company_works(self):
        """23:30 in Shanghai is on time, though the same moment of the next day in Auckland."""
        action = self.actions.filtered(lambda a: a.complaint_id in self.complaints)[0]
        row = self.env["complaint.analysis.action"].browse(action.id)

        def look():
            """Do it again: by which day is settled when it is done."""
            action._write_trusted({"state": "open", "deadline": "2026-04-01", "date_done": False})
            done = {"state": "done", "date_done": datetime(2026, 4, 1, 15, 30)}
            action._write_trusted(done)
            self.env.flush_all()
            self.env.invalidate_all()

        for zone, timeliness, late in (
            ("Asia/Shanghai", "on_time", 0),
            ("Pacific/Auckland", "late", 1),
            ("America/Los_Angeles", "on_time", 0),
        ):
            self.calendar.tz = zone
            look()
            with self.subTest(zone):
                self.assertEqual((row.timeliness, row.days_late), (timeliness, late))
        self.company.resource_calendar_id = False
        look()
        self.assertEqual(row.timeliness, "on_time", "UTC where nobody said when work is done")

    # ------------------------------------------------------------
    # Drill-down
    # ------------------------------------------------------------
    def test_from_the_cell_to_the_case(self):
        for part in ("clock", "action", "promise"):
            model = self.env[f"complaint.analysis.{part}"].with_user(self.user_quality)
            rows = model.formatted_read_group(self._domain(), ["complaint_id"], ["__count"])
            with self.subTest(part):
                cell = model.search([*self._domain(), *rows[0]["__extra_domain"]])
                self.assertEqual(len(cell), rows[0]["__count"])
                action = cell[:1].action_open_complaint()
                self.assertEqual(action["res_model"], "complaint.complaint")
                self.assertEqual(action["res_id"], rows[0]["complaint_id"][0])

    def test_dimensions(self):
        """A row says of its case what the case says."""
        for part in ("clock", "action", "promise"):
            row = self.env[f"complaint.analysis.{part}"].search(self._domain(), limit=1)
            case = row.complaint_id
            for name in (
                "category_id",
                "defect_id",
                "severity",
                "urgency",
                "team_id",
                "company_id",
            ):
                with self.subTest(part, field=name):
                    self.assertEqual(row[name], case[name])
            self.assertEqual(row.salesperson_id, case.user_id)
            self.assertEqual(row.lead_user_id, case.lead_user_id)
            self.assertEqual(row.commercial_partner_id, self.customer)

    # ------------------------------------------------------------
    # Who sees it
    # ------------------------------------------------------------
    def test_companies(self):
        """No row of one company in a figure of the other (T4)."""
        company, manager = self._other_company_reader()
        foreign = self._complaint(company_id=company.id, user_id=manager.id, team_id=False)
        foreign._write_trusted({"state": "registered", "date_registered": NOW})
        self._add_clocks(foreign, {"plan": "met"})
        foreign._write_trusted({"round": 1})
        parts = {
            "clock": foreign.clock_ids,
            "action": self.env["complaint.action"].create(
                {
                    "complaint_id": foreign.id,
                    "name": "Sort",
                    "user_id": manager.id,
                    "deadline": NOW.date(),
                }
            ),
            "promise": self.env["complaint.promise"].create(
                {
                    "complaint_id": foreign.id,
                    "name": "Call",
                    "user_id": manager.id,
                    "deadline": NOW,
                }
            ),
        }
        for name, part in parts.items():
            model = self.env[f"complaint.analysis.{name}"]
            with self.subTest(name):
                self.assertEqual(model.with_user(manager).search([]).ids, part.ids)
                rows = model.with_user(self.user_leadership).search([("id", "in", part.ids)])
                self.assertFalse(rows)

    def test_rights(self):
        foreign = self.complaints[0]
        foreign._thaw().write({"user_id": self.user_sales2.id})
        for part in ("clock", "action", "promise"):
            model = self.env[f"complaint.analysis.{part}"]
            domain = self._domain()
            every = model.search(domain)
            with self.subTest(part):
                self.assertEqual(model.with_user(self.user_leadership).search(domain), every)
                mine = model.with_user(self.user_sales2).search(domain)
                self.assertEqual(mine.complaint_id, every.complaint_id & foreign)
                with self.assertRaises(AccessError):
                    model.with_user(self.user_contributor).search(domain)
                with self.assertRaises(AccessError):
                    every[:1].with_user(self.user_admin).write({"kind": "plan"})

    def test_a_pivot_is_few_queries(self):
        for part in ("clock", "action", "promise"):
            model = self.env[f"complaint.analysis.{part}"].with_user(self.user_leadership)
            model.formatted_read_group(self._domain(), ["team_id"], ["__count"])
            before = self.env.cr.sql_log_count
            model.formatted_read_grouping_sets(
                self._domain(), [[], ["team_id"], ["team_id", "date_received:month"]], ["__count"]
            )
            self.assertLessEqual(self.env.cr.sql_log_count - before, 5, part)
