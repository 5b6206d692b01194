"""Figures count one case once, however often it was told (R15, R53, R59)."""

from odoo.fields import Domain
from odoo.tests import Form, tagged
from odoo.tools.safe_eval import safe_eval

from .common import SamenessCommon

MODULE = "complaint_management"


@tagged("post_install", "-at_install")
class TestWithoutDuplicates(SamenessCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        goods = {
            "product_id": cls.paint.id,
            "move_id": cls.paint_move.id,
            "sale_line_id": cls.paint_line.id,
        }
        head = {"c_sale_order_id": cls.order.id, "c_picking_id": cls.picking.id}
        cls.original = cls._about(**goods, **head)
        cls.newer = cls._about(**goods, **head)
        cls.cases = cls.original + cls.newer
        cls.sources = [cls.order, cls.picking, cls.customer, cls.paint, cls.paint.product_tmpl_id]

    def _merge(self):
        self.newer.action_same_case(self.original.id, confirmed=True)
        self.env.invalidate_all()

    def test_stat_buttons(self):
        for source in self.sources:
            self.assertEqual(source.complaint_count, 2, source._name)
        self._merge()
        for source in self.sources:
            with self.subTest(source=source._name):
                self.assertEqual(source.complaint_count, 1)
                action = source.action_view_complaints()
                self.assertTrue(action["context"]["search_default_without_duplicates"])
                # Reached by taking the filter away
                found = self.newer.search(action["domain"])
                self.assertEqual(found & self.cases, self.cases)
        self.newer.action_reopen("Another batch")
        self.env.invalidate_all()
        self.assertEqual(self.order.complaint_count, 2)

    def test_filter_says_what_is_counted(self):
        view = self.env.ref(f"{MODULE}.complaint_complaint_view_search")
        arch = self.newer.get_view(view.id, "search")["arch"]
        domain = arch.split('name="without_duplicates"')[1].split('domain="')[1].split('"')[0]
        domain = safe_eval(domain)
        cancelled = self._complaint(duplicate_of_id=self.original.id)
        marked = self._complaint(duplicate_of_id=self.original.id)
        cancelled.action_cancel("Belongs to the other")
        self._merge()
        every = self.cases + cancelled + marked
        ids = [("id", "in", every.ids)]
        counted = every.search(self.newer._get_counted_domain() & Domain(ids))
        self.assertEqual(counted, every.search(domain + ids))
        self.assertEqual(counted, self.original + marked)

    def test_analysis_starts_without_them(self):
        action = self.env.ref(f"{MODULE}.complaint_complaint_action_analysis")
        self.assertIn("search_default_counted", action.context)

    def test_repeats(self):
        """A duplicate makes no repeat of the next case; its original does."""
        self._merge()
        third = self._about(product_id=self.paint.id)
        self.assertTrue(third.is_repeat)
        lone = self._about(
            product_id=self.product.id, c_partner_id=self.customer2.id, c_contact_id=False
        )
        twin = self._about(
            product_id=self.product.id, c_partner_id=self.customer2.id, c_contact_id=False
        )
        twin.action_same_case(lone.id, confirmed=True)
        lone._write_trusted({"state": "cancelled"})
        again = self._about(
            product_id=self.product.id, c_partner_id=self.customer2.id, c_contact_id=False
        )
        self.assertFalse(again.is_repeat)

    def test_deadlines_count_once(self):
        self._merge()
        self.assertEqual(set(self.newer.clock_ids.mapped("state")), {"cancelled"})
        self.assertNotEqual(set(self.original.clock_ids.mapped("state")), {"cancelled"})

    def test_form_shows_both_ways(self):
        self._merge()
        with Form(self.original.with_user(self.user_manager)) as form:
            self.assertEqual(form.duplicate_count, 1)
        arch = self.newer.get_view(view_type="form")["arch"]
        self.assertIn("action_view_duplicates", arch)
