from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import LibraryCommon


@tagged("post_install", "-at_install")
class TestLessonProposal(LibraryCommon):
    """What was learned is proposed with the next case like it (R52)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # What other apps or demo data put on the shelf is not what is tried here
        cls.lessons.search([("state", "=", "published")])._write_trusted({"state": "retired"})
        cls.template = cls.product.product_tmpl_id
        cls.other_category = cls.env["product.category"].create({"name": "Tools"})
        cls.product.categ_id = cls.other_category
        cls.complaint = cls._registered_complaint(
            user=cls.user_sales, description="The handles came loose after two days."
        )

    def _propose(self, user=None, complaint=None):
        return (
            (complaint or self.complaint).with_user(user or self.user_sales).get_lesson_proposals()
        )

    def _ids(self, *args, **kwargs):
        return [row["id"] for row in self._propose(*args, **kwargs)]

    def test_ranked_by_what_they_have_in_common(self):
        words, kind, defect, product, both = self._shelve(
            [
                {"name": "Loose handles", "problem": "Handles loosen in the cold"},
                {"name": "A", "product_category_ids": self.other_category.ids},
                {"name": "B", "defect_ids": self.defect_rust.ids},
                {"name": "C", "product_ids": self.template.ids},
                {
                    "name": "D",
                    "product_ids": self.template.ids,
                    "defect_ids": self.defect_rust.ids,
                },
            ]
        )
        self.assertEqual(self._ids(), [both.id, product.id, defect.id, kind.id, words.id])
        why = {row["id"]: row["why"] for row in self._propose()}
        self.assertEqual(why[both.id], "same product, same defect")
        self.assertEqual(why[words.id], "same words")

    def test_nothing_in_common(self):
        self._shelve(
            [
                {"name": "Rust", "problem": "Cartons got wet in the rain"},
                # One word, stop words, the complaint's category: no reason
                {"name": "Handles", "problem": "the after two"},
                {"name": "X", "category_ids": self.category_quality.ids},
            ]
        )
        self.assertEqual(self._propose(), [])

    def test_category_decides_between_equals(self):
        first, second = self._shelve(
            [
                {
                    "name": "A",
                    "defect_ids": self.defect_rust.ids,
                    "category_ids": self.category_quality.ids,
                },
                {"name": "B", "defect_ids": self.defect_rust.ids},
            ]
        )
        self.assertEqual(self._ids(), [first.id, second.id])

    def test_chinese_words(self):
        lesson, _other = self._shelve(
            [
                {"name": "卷纸异味", "problem": "卷纸有油漆味"},
                {"name": "纸箱", "problem": "纸箱受潮"},
            ]
        )
        complaint = self._complaint(
            user=self.user_sales, description="客户反映卷纸有异味", line_ids=[]
        )
        self.assertEqual(self._ids(complaint=complaint), [lesson.id])

    def test_five_at_most(self):
        self._shelve([{"name": f"L{i}", "product_ids": self.template.ids} for i in range(9)])
        self.assertEqual(len(self._propose()), 5)

    def test_only_what_is_published_and_readable(self):
        draft = self._lesson(product_ids=self.template.ids)
        company = self._second_company()
        self._shelve([{"name": "X", "product_ids": self.template.ids, "company_id": company.id}])
        shared = self._shelve(
            [{"name": "Y", "product_ids": self.template.ids, "company_id": False}]
        )
        self.assertEqual(self._ids(), shared.ids)
        shared._write_trusted({"state": "retired"})
        self.assertEqual(self._propose(), [])
        self.assertEqual(draft.state, "draft")

    def test_a_case_without_goods_and_words(self):
        self._shelve([{"name": "X", "product_ids": self.template.ids}])
        empty = self._complaint(user=self.user_sales, description=False)
        self.assertEqual(self._propose(complaint=empty), [])

    def test_what_is_over_needs_none(self):
        self._shelve([{"name": "X", "product_ids": self.template.ids}])
        self.complaint._write_trusted({"state": "closed"})
        self.assertEqual(self._propose(), [])

    def test_whoever_has_an_action_learns_too(self):
        lesson = self._shelve([{"name": "X", "product_ids": self.template.ids}])
        self.complaint.action_ids.create(
            {
                "complaint_id": self.complaint.id,
                "name": "Look",
                "user_id": self.user_contributor.id,
                "deadline": "2030-01-01",
            }
        )
        self.assertEqual(self._ids(self.user_contributor), lesson.ids)

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_who_may_not_read_the_case(self):
        for user in (self.user_sales2, self.user_stranger):
            with self.subTest(user=user.name), self.assertRaises(AccessError):
                self._propose(user)
        self.complaint.sudo().concerned_user_ids = self.user_quality
        with self.assertRaises(AccessError):
            self._propose(self.user_quality)

    def test_few_queries_however_many(self):
        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.complaint.with_user(self.user_sales).get_lesson_proposals()
            return self.env.cr.sql_log_count - before

        self._shelve([{"name": "L", "product_ids": self.template.ids}])
        few = count()
        few = count()
        self._shelve(
            [
                {
                    "name": f"Loose handles {i}",
                    "product_ids": self.template.ids,
                    "defect_ids": self.defect_rust.ids,
                }
                for i in range(40)
            ]
        )
        self.assertNoQueryEach(few, count(), further=39)

    def test_opening_the_form_asks_for_nothing(self):
        arch = self.env["complaint.complaint"].get_view(
            self.env.ref("complaint_management.complaint_complaint_view_form").id, "form"
        )["arch"]
        self.assertIn('name="complaint_lessons"', arch)
        quick = self.env["complaint.complaint"].get_view(
            self.env.ref("complaint_management.complaint_complaint_view_form_quick").id, "form"
        )["arch"]
        self.assertNotIn("complaint_lessons", quick)

    # ------------------------------------------------------------
    # It helped
    # ------------------------------------------------------------
    def test_helped_is_counted_once_a_case(self):
        lesson = self._shelve([{"name": "X", "product_ids": self.template.ids}])
        self.assertFalse(self._propose()[0]["helped"])
        for user in (self.user_sales, self.user_quality, self.user_sales):
            self.complaint.with_user(user).action_lesson_helped(lesson.id)
        self.assertEqual(lesson.helped_count, 1)
        self.assertEqual(lesson.helped_ids, self.complaint)
        self.assertEqual(self.complaint.helped_lesson_ids, lesson)
        row = self._propose()[0]
        self.assertEqual((row["helped"], row["count"]), (True, 1))
        self.assertEqual(self.complaint.with_user(self.user_sales).lesson_count, 1)

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_helped_needs_both_to_be_readable(self):
        lesson = self._shelve([{"name": "X"}])
        with self.assertRaises(AccessError):
            self.complaint.with_user(self.user_sales2).action_lesson_helped(lesson.id)
        draft = self._lesson(self.user_sales2)
        with self.assertRaises(AccessError):
            self.complaint.with_user(self.user_sales).action_lesson_helped(draft.id)
        lesson._write_trusted({"state": "retired"})
        with self.assertRaises(UserError):
            self.complaint.with_user(self.user_quality).action_lesson_helped(lesson.id)

    def test_a_lesson_that_is_gone(self):
        with self.assertRaises(UserError):
            self.complaint.with_user(self.user_sales).action_lesson_helped(2**31 - 1)

    def test_goods_of_several_lines(self):
        other = self._product(name="Hammer")
        lesson = self._shelve([{"name": "X", "product_ids": other.product_tmpl_id.ids}])
        self.complaint.line_ids = [
            Command.create(self._prepare_line_vals(product_id=other.id)) for _i in range(3)
        ]
        self.assertEqual(self._ids(), lesson.ids)
