from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...models.learning.complaint_action_comparison import FIGURES
from .learning_common import LearningCommon


@tagged("post_install", "-at_install")
class TestEffectRights(LearningCommon):
    """What the company delivers is for those who read all its complaints, not for whoever has a
    measure (R43, R60); what the figures propose is for him, too.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls._about(user_id=cls.user_sales.id)
        cls.measure = cls._measure(cls.case, user_id=cls.user_contributor.id)
        cls.measure._write_trusted(
            {"proposed_effectiveness": "effective", "compared_days": 9, "delivered_after": 815}
        )
        cls.secret = (*FIGURES, "effect_reason")
        cls.env.flush_all()
        cls.env.invalidate_all()

    def _measures(self, user):
        self.env.invalidate_all()
        return self.measure.with_user(user)

    def _get_shown(self, measure):
        form = measure.get_views([(False, "form"), (False, "list")])
        return set(form["models"]["complaint.action"]["fields"])

    @mute_logger("odoo.addons.base.models.ir_model")
    def test_whoever_has_it_reads_what_is_proposed_and_no_figures(self):
        for user in (self.user_contributor, self.user_sales, self.user_service):
            with self.subTest(user=user.name):
                measure = self._measures(user)
                self.assertEqual(measure.proposed_effectiveness, "effective")
                self.assertIn("check_date", measure.read()[0])
                self.assertFalse(set(self.secret) & measure.read()[0].keys())
                self.assertFalse(set(self.secret) & self._get_shown(measure))
                for name in self.secret:
                    with self.assertRaises(AccessError):
                        measure.read([name])
                for name in FIGURES:
                    with self.assertRaises(AccessError):
                        measure.search([(name, ">", 0)])
                    with self.assertRaises(AccessError):
                        measure.formatted_read_group([], [], [f"{name}:max"])
                    with self.assertRaises(AccessError):
                        measure.search([], order=name)

    def test_who_reads_all_complaints_reads_the_figures(self):
        for user in (self.user_quality, self.user_manager, self.user_leadership):
            with self.subTest(user=user.name):
                measure = self._measures(user)
                self.assertEqual(measure.delivered_after, 815)
                self.assertTrue(measure.read(list(self.secret)))
                self.assertGreaterEqual(self._get_shown(measure), {"effect_reason"})

    @mute_logger("odoo.addons.base.models.ir_model")
    def test_on_a_phone_the_figures_are_on_the_card(self):
        action = self.env.ref("complaint_management.complaint_action_action_effect")
        views = {mode: view for view, mode in action.views}
        for user, is_shown in ((self.user_contributor, False), (self.user_quality, True)):
            with self.subTest(user=user.name):
                arch = self._measures(user).get_view(views["kanban"], "kanban")["arch"]
                self.assertEqual("effect_reason" in arch, is_shown)
                self.assertIn("proposed_effectiveness", arch)

    def test_who_checks_it_without_that_right(self):
        check = self.Action.create(
            {
                "complaint_id": self.case.id,
                "name": "Look",
                "kind": "verification",
                "user_id": self.user_contributor.id,
                "deadline": "2026-07-01",
            }
        )
        for user, is_shown in ((self.user_contributor, False), (self.user_quality, True)):
            with self.subTest(user=user.name):
                self.env.invalidate_all()
                opened = check.with_user(user).action_finish()
                wizard = self.env[opened["res_model"]].with_user(user).browse(opened["res_id"])
                self.assertIn("New film – Effective.", wizard.effect_figures)
                self.assertEqual("815 delivered" in wizard.effect_figures, is_shown)
