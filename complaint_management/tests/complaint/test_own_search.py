import random
from unittest.mock import patch

from odoo import fields
from odoo.fields import Domain
from odoo.tests import tagged

from ...models.complaint import complaint_own_search
from ...models.complaint.complaint_own_search import FEW
from ..common import ComplaintCommon

COUNT = 40


@tagged("post_install", "-at_install")
class TestOwnSearch(ComplaintCommon):
    """Own cases are found by indexes, and exactly those the record rules open (R60)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        dice = random.Random(60)
        people = cls.user_sales | cls.user_sales2 | cls.user_service | cls.user_contributor
        vals_list = [
            {
                **cls._prepare_complaint_vals(description=f"Case {number}"),
                "user_id": dice.choice(people).id,
                "lead_user_id": dice.choice(people).id if dice.random() < 0.5 else False,
                "coordinator_user_id": dice.choice(people).id if dice.random() < 0.2 else False,
                "team_id": cls.team.id,
            }
            for number in range(COUNT)
        ]
        complaints = cls.env["complaint.complaint"].with_context(tracking_disable=True)
        cls.complaints = complaints.create(vals_list).with_env(cls.env)
        for complaint in dice.sample(list(cls.complaints), COUNT // 4):
            cls._action(complaint, dice.choice(people))
        cls.complaints[:3].active = False

    @classmethod
    def _action(cls, complaint, user):
        return cls.env["complaint.action"].create(
            {
                "complaint_id": complaint.id,
                "name": "Look at it",
                "kind": "containment",
                "user_id": user.id,
                "deadline": fields.Date.today(),
            }
        )

    def _get_own(self, user):
        """:return: complaints that are the user's own, read off in Python"""
        return self.complaints.filtered(
            lambda c: (
                user
                in c.user_id
                + c.create_uid
                + c.lead_user_id
                + c.coordinator_user_id
                + c.action_ids.user_id
            )
        )

    def _find(self, user):
        complaints = self.env["complaint.complaint"].with_user(user)
        # Not by their ids: few are looked up by them, without what is tested here
        return complaints.with_context(active_test=False).search([]) & self.complaints

    def _get_sql(self, user):
        return self.env["complaint.complaint"].with_user(user)._search([]).select().code

    def test_finds_what_is_his_own(self):
        for user in (self.user_sales, self.user_sales2):
            own = self._get_own(user)
            with self.subTest(user=user.login):
                self.assertTrue(own)
                self.assertNotEqual(own, self.complaints)
                self.assertEqual(self._find(user), own)

    def test_contributor_finds_by_action_only(self):
        own = self.complaints.filtered(lambda c: self.user_contributor in c.action_ids.user_id)
        self.assertTrue(own)
        self.assertEqual(self._find(self.user_contributor), own)

    def test_whoever_sees_more_sees_all(self):
        for user in (self.user_manager, self.user_quality, self.user_leadership, self.user_service):
            with self.subTest(user=user.login):
                self.assertEqual(self._find(user), self.complaints)

    def test_a_rule_of_the_company_opens_more(self):
        """What an administrator allows besides is found, too."""
        closed_to_him = self.complaints - self._get_own(self.user_sales)
        other = closed_to_him[-1]
        self.env["ir.rule"].create(
            {
                "name": "One more case",
                "model_id": self.env["ir.model"]._get_id("complaint.complaint"),
                "domain_force": f"[('id', '=', {other.id})]",
                "groups": [(4, self.env.ref("complaint_management.group_complaint_user").id)],
            }
        )
        self.assertEqual(self._find(self.user_sales), self._get_own(self.user_sales) | other)

    def test_whom_it_is_about_finds_nothing_of_it(self):
        mine = self._get_own(self.user_sales).filtered("active")[0]
        mine.sudo().concerned_user_ids = self.user_sales
        self.assertNotIn(mine, self._find(self.user_sales))

    def test_alternatives_are_a_union(self):
        """PostgreSQL gets a way by indexes where somebody sees his own cases only."""
        self.assertIn(" UNION ALL ", self._get_sql(self.user_sales))
        for user in (self.user_manager, self.user_service, self.user_contributor):
            self.assertNotIn(" UNION ALL ", self._get_sql(user))

    def test_few_are_looked_up_by_their_ids(self):
        """Named by id, cases need no second way; a subselect may name any number."""
        complaints = self.env["complaint.complaint"].with_user(self.user_sales)
        ids = self.complaints.ids
        for domain, is_union in (
            ([("id", "in", ids)], False),
            ([("id", "=", ids[0]), ("state", "=", "draft")], False),
            ([("id", "in", range(1, FEW + 2))], True),
            ([("id", "in", self.complaints._as_query())], True),
            ([("id", "not in", ids)], True),
            (["|", ("id", "in", ids), ("state", "=", "draft")], True),
        ):
            with self.subTest(domain=domain):
                sql = complaints._search(domain).select().code
                self.assertEqual(" UNION ALL " in sql, is_union)
        found = complaints.with_context(active_test=False).search([("id", "in", ids)])
        self.assertEqual(found, self._get_own(self.user_sales))

    def test_odd_questions_about_the_state(self):
        """Whatever is asked, the answer is core's."""
        complaints = self.env["complaint.complaint"].with_user(self.user_sales)
        for value in ("draft", 5, False):
            for operator in ("=", "!=", ">", "like"):
                domain = [("state", operator, value)]
                with self.subTest(domain=domain):
                    try:
                        expected = complaints.sudo().search(domain)
                    except ValueError as error:
                        with self.assertRaises(type(error)):
                            complaints.search(domain)
                    else:
                        self.assertLessEqual(complaints.search(domain), expected)

    def test_few_of_a_screen_are_looked_up_once(self):
        open_ones = Domain("state", "not in", ["closed", "cancelled"])
        complaints = self.env["complaint.complaint"].with_user(self.user_sales)
        narrowed = complaints._narrow_to_own(open_ones)
        self.assertEqual(complaints.search(narrowed), complaints.search(open_ones))
        self.assertNotIn(" UNION ALL ", complaints._search(narrowed).select().code)
        for user, domain in (
            (self.user_manager, open_ones),
            (self.user_sales, Domain.TRUE),
        ):
            complaints = self.env["complaint.complaint"].with_user(user)
            self.assertEqual(complaints._narrow_to_own(domain), domain)

    def test_many_of_a_screen_are_looked_up_as_before(self):
        open_ones = Domain("state", "not in", ["closed", "cancelled"])
        complaints = self.env["complaint.complaint"].with_user(self.user_sales)
        with patch.object(complaint_own_search, "FEW", 1):
            self.assertEqual(complaints._narrow_to_own(open_ones), open_ones)

    def test_progress_of_a_list(self):
        """Counted at once for a list as for one, and by one query however long it is."""
        complaint = self._registered_complaint(category_id=self.category_simple.id)
        complaint.action_ids.action_cancel()
        cases = self.complaints | complaint
        for state in ("done", "open", "open"):
            action = self._action(complaint, self.env.user)
            if state == "done":
                action.action_finish(note="Done")
        self.env.invalidate_all()
        listed = dict(zip(cases, cases.mapped("progress"), strict=True))
        totals = dict(zip(cases, cases.mapped("action_total"), strict=True))
        for case in cases:
            case.invalidate_recordset(["progress", "action_total", "action_done"])
            self.assertEqual(case.with_prefetch().progress, listed[case])
            self.assertEqual(case.with_prefetch().action_total, totals[case])
        self.assertEqual((listed[complaint], totals[complaint]), (33, 3))
        few, many = (self._count_progress(self.complaints[:size]) for size in (10, COUNT))
        self.assertNoQueryEach(few, many, COUNT - 10)

    def _count_progress(self, complaints):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        complaints.mapped("progress")
        return self.env.cr.sql_log_count - before
