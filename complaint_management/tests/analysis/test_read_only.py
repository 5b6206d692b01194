from contextlib import contextmanager

from lxml import etree
from psycopg2.errors import ReadOnlySqlTransaction

from odoo.tests import tagged
from odoo.tools import mute_logger
from odoo.tools.safe_eval import safe_eval

from ..common import ComplaintCommon

READS = (
    "formatted_read_group",
    "formatted_read_grouping_sets",
    "get_views",
    "read_progress_bar",
    "search_count",
    "web_read_group",
    "web_search_read",
)
ROOMS = (
    "complaint_management.menu_complaint_complaints",
    "complaint_management.menu_complaint_analysis",
    "complaint_management.menu_complaint_learning",
    "complaint_management.menu_complaint_registers",
)


@tagged("post_install", "-at_install")
class TestReadOnly(ComplaintCommon):
    """What managers look at reads only: with ``db_replica_host`` a replica answers, which can do
    nothing else. Core would ask the primary again and say so in the log only.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        order = cls._order()
        cls._deliver(order)
        cls.complaint = cls._registered_complaint(sale_order_id=order.id, team_id=cls.team.id)
        cls.env.flush_all()

    @contextmanager
    def _reading_only(self):
        """PostgreSQL refuses writes and locks in here, as a replica does."""
        self.env.flush_all()
        self.env.invalidate_all()
        self.env.cr.execute("SAVEPOINT reading")
        try:
            self.env.cr.execute("SET TRANSACTION READ ONLY")
            yield
        finally:
            # Back before the savepoint, where writing is allowed
            self.env.cr.execute("ROLLBACK TO SAVEPOINT reading")
            self.env.invalidate_all(flush=False)

    def _get_actions(self):
        """:return: the windows the menus of these rooms open"""
        menus = self.env["ir.ui.menu"].browse([self.env.ref(xmlid).id for xmlid in ROOMS])
        menus = self.env["ir.ui.menu"].search([("id", "child_of", menus.ids)])
        actions = [menu.action for menu in menus if menu.action]
        return [action for action in actions if action._name == "ir.actions.act_window"]

    def test_screens_read_only(self):
        actions = self._get_actions()
        self.assertGreater(len(actions), 3)
        for user in (self.user_manager, self.user_sales, self.user_leadership):
            for action in actions:
                model = self.env[action.res_model].with_user(user)
                if not model.has_access("read"):
                    continue
                with self.subTest(user=user.login, action=action.name), self._reading_only():
                    self._read_screens(action, model)

    def _read_screens(self, action, model):
        for kind in action.view_mode.split(","):
            chosen = action.view_ids.filtered(lambda v, kind=kind: v.view_mode == kind).view_id
            answer = model.get_views([[chosen.id, kind], [False, "search"]])
            arch = etree.fromstring(answer["views"][kind]["arch"])
            names = [node.get("name") for node in arch.iter("field")]
            getattr(self, f"_read_{kind}", self._read_nothing)(model, arch, names)

    def _read_nothing(self, model, arch, names):
        """Other views ask for what a list asks for."""

    def _read_list(self, model, arch, names):
        specification = {name: {} for name in names if name in model._fields}
        order = arch.get("default_order") or None
        model.web_search_read([], specification, limit=80, order=order, count_limit=10001)

    def _read_kanban(self, model, arch, names):
        self._read_list(model, arch, names)
        groupby = arch.get("default_group_by")
        if groupby:
            specification = {name: {} for name in names if name in model._fields}
            model.web_read_group(
                [],
                [groupby],
                auto_unfold=True,
                unfold_read_specification=specification,
                unfold_read_default_limit=40,
            )

    def _read_pivot(self, model, arch, names):
        fields = arch.xpath("//field[@type='row' or @type='col']")
        groups = [
            f"{node.get('name')}:{node.get('interval')}"
            if node.get("interval")
            else node.get("name")
            for node in fields
        ]
        measures = [name for name in names if model._fields[name].aggregator and name not in groups]
        aggregates = ["__count", *(f"{name}:{model._fields[name].aggregator}" for name in measures)]
        sets = [[], *([group] for group in groups), groups]
        model.formatted_read_grouping_sets([], sets, aggregates)
        model.formatted_read_group([], groups[:1], aggregates)

    def test_favourites_read_only(self):
        """Every shared favourite is read as the client opens it, with what it measures."""
        favourites = self.env["ir.filters"].search([("model_id", "=like", "complaint.%")])
        for favourite in favourites.filtered(lambda f: not f.user_ids):
            model = self.env[favourite.model_id].with_user(self.user_manager)
            with self.subTest(favourite=favourite.name), self._reading_only():
                self._read_favourite(model, favourite)

    def _read_favourite(self, model, favourite):
        context = safe_eval(favourite.context or "{}", {"uid": self.user_manager.id})
        groups = context.get("pivot_row_groupby") or context.get("group_by") or []
        groups = [groups] if isinstance(groups, str) else groups
        groups = [*groups, *(context.get("pivot_column_groupby") or [])]
        domain = favourite.with_user(self.user_manager)._get_eval_domain()
        aggregates = ["__count", *self._get_measures(model, context)]
        model.formatted_read_grouping_sets(domain, [[], groups[:1], groups], aggregates)
        chart = context.get("graph_groupbys") or []
        model.formatted_read_group(domain, chart, aggregates)

    def _get_measures(self, model, context):
        """:return: list of aggregates of what a favourite shows as pivot and as chart"""
        names = [*context.get("pivot_measures", ()), context.get("graph_measure", "__count")]
        return [
            f"{name}:{model._fields[name].aggregator}"
            for name in dict.fromkeys(names)
            if name != "__count"
        ]

    def test_figures_above_the_list_read_only(self):
        with self._reading_only():
            self.complaint.with_user(self.user_manager).browse().retrieve_overview()

    def test_the_guard_refuses_writes(self):
        """The test itself: what writes does not pass unseen."""
        complaint = self.complaint.with_user(self.user_manager)
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(ReadOnlySqlTransaction),
            self._reading_only(),
        ):
            complaint.phone = "+49 40 5550199"
            complaint.flush_recordset()
        self.assertNotEqual(complaint.phone, "+49 40 5550199")

    def test_reads_ask_for_the_replica(self):
        """Core lets the replica answer what is marked as reading; an override keeps the mark."""
        for name in sorted(self.env.registry):
            if not name.startswith("complaint.") or self.env[name]._abstract:
                continue
            for method in READS:
                with self.subTest(model=name, method=method):
                    found = [
                        getattr(cls, method)._readonly
                        for cls in type(self.env[name]).mro()
                        if hasattr(getattr(cls, method, None), "_readonly")
                    ]
                    self.assertTrue(found and found[0])
        overview = type(self.env["complaint.complaint"]).retrieve_overview
        self.assertTrue(getattr(overview, "_readonly", False))
