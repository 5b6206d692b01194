from contextlib import contextmanager
from unittest.mock import patch

from odoo.tests import tagged

from .analysis_common import AnalysisCommon


@tagged("post_install", "-at_install")
class TestKanban(AnalysisCommon):
    """Columns of what is over are folded, unless one looks for just that."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        states = ("registered", "registered", "closed", "cancelled")
        cls.complaints = cls._imported([{"state": state} for state in states])

    def _open_board(self, *domain, auto_unfold=True, user=None):
        """:return: dict state → ids of the cards shown, ``None`` for a folded column"""
        records = self.env["complaint.complaint"].with_user(user or self.user_quality)
        answer = records.with_context(read_group_expand=True).web_read_group(
            [("partner_id", "in", self.complaints.partner_id.ids), *domain],
            ["state"],
            ["__count"],
            auto_unfold=auto_unfold,
            unfold_read_specification={"name": {}},
        )
        self.counts = {group["state"]: group["__count"] for group in answer["groups"]}
        return {
            group["state"]: group.get("__records") and [card["id"] for card in group["__records"]]
            for group in answer["groups"]
        }

    @contextmanager
    def _count_lookups(self):
        """Yield a list that grows with each time the user's own cases are looked up."""
        model = type(self.env["complaint.complaint"])
        select, lookups = model._select_own, []

        def select_own(records, *args):
            lookups.append(args)
            return select(records, *args)

        with patch.object(model, "_select_own", select_own):
            yield lookups

    def test_over_is_folded(self):
        columns = self._open_board()
        self.assertEqual(len(columns["registered"]), 2)
        self.assertIsNone(columns["closed"])
        self.assertIsNone(columns["cancelled"])
        self.assertEqual((self.counts["closed"], self.counts["cancelled"]), (1, 1))

    def test_over_alone_is_shown(self):
        columns = self._open_board(("state", "in", ("closed", "cancelled")))
        self.assertEqual(columns["closed"], self.complaints[2].ids)
        self.assertEqual(columns["cancelled"], self.complaints[3].ids)

    def test_groups_of_a_list_stay_closed(self):
        columns = self._open_board(("state", "in", ("closed", "cancelled")), auto_unfold=False)
        self.assertEqual(set(columns.values()), {None})

    def test_own_board(self):
        """A salesperson's: his own only, by the columns' order, as a list of each column has it."""
        self.complaints.user_id = self.user_sales2
        (self.complaints[0] | self.complaints[3]).user_id = self.user_sales
        more = self._imported([{"state": "planned"}, {"state": "planned"}])
        more.user_id = self.user_sales
        self.complaints |= more
        domain = ("state", "not in", ["closed", "cancelled"])
        with self._count_lookups() as lookups:
            columns = self._open_board(domain, user=self.user_sales)
        self.assertEqual(len(lookups), 1, "own cases are looked up once for all columns")
        self.assertEqual(columns["registered"], self.complaints[0].ids)
        self.assertEqual(columns["planned"], more.sorted().ids)
        self.assertEqual(sum(self.counts.values()), 3)
        with self._count_lookups() as lookups:
            self._open_board(domain, auto_unfold=False, user=self.user_sales)
        self.assertEqual(len(lookups), 1, "groups of a list are counted once, and not opened")
