from odoo import Command
from odoo.tests import tagged

from ..common import ComplaintCommon


@tagged("post_install", "-at_install")
class TestConcernedLists(ComplaintCommon):
    """Lists leave out cases about their reader by looking these up, not by asking each (R73)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls._complaint(user_id=cls.user_sales2.id).with_env(cls.env)
        cls.his = cls.env["complaint.complaint"].with_user(cls.user_sales2)

    def _name(self, users):
        self.case.sudo().concerned_user_ids = [Command.set(users.ids)]

    def test_they_know_at_once(self):
        self.assertIn(self.case, self.his.search([]))
        self._name(self.user_sales2)
        self.assertNotIn(self.case, self.his.search([]))
        self.case.sudo().active = False
        self.assertNotIn(self.case, self.his.with_context(active_test=False).search([]))
        self._name(self.user_stranger)
        self.case.sudo().write({"active": True, "user_id": self.user_sales2.id})
        self.assertIn(self.case, self.his.search([]))

    def test_the_rule_is_kept_by_its_word(self):
        """Kept with the ids it found, it would open a case he was named in since."""
        self.his.search([])
        rules = self.env["ir.rule"].with_user(self.user_sales2)
        names = {
            condition.field_expr
            for condition in rules._compute_domain(self.case._name, "read").iter_conditions()
        }
        self.assertIn("is_about_reader", names)

    def test_nothing_is_compared_for_whom_nothing_is_about(self):
        manager = self.env["complaint.complaint"].with_user(self.user_manager)
        self.assertNotIn("complaint_concerned", manager._search([]).select().code)
        self.assertNotIn(" NOT IN ", manager._search([]).select().code)
        self.assertIn(self.case, manager.search([]))
        self._name(self.user_manager)
        self.assertIn(" NOT IN ", manager._search([]).select().code)
        self.assertNotIn(self.case, manager.search([]))

    def test_search_and_filter_agree(self):
        self._name(self.user_sales2)
        cases = self.his.sudo()
        found = [("id", "=", self.case.id)]
        for condition, is_found in (
            (("is_about_reader", "=", True), True),
            (("is_about_reader", "!=", True), False),
            (("is_about_reader", "=", False), False),
            (("is_about_reader", "in", [True, False]), True),
        ):
            with self.subTest(condition=condition):
                self.assertEqual(bool(cases.search([condition, *found])), is_found)
                self.assertEqual(bool(cases.search(found).filtered_domain([condition])), is_found)
