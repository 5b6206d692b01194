from datetime import timedelta

from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from .learning_common import TODAY, LearningCommon


@tagged("post_install", "-at_install")
class TestRepetitionWays(LearningCommon):
    """Acting on a repetition: what is offered can be done (R53)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write({"complaint_repetition_count": 3, "complaint_repetition_days": 90})
        cls.cases = cls.env["complaint.complaint"].concat(
            *(cls._about(received=TODAY - timedelta(days=day)) for day in (3, 2, 1))
        )

    def _open(self):
        """:return: the wizard, as quality"""
        self._learn()
        found = self.Repetition.search([("product_id", "=", self.product.id)])
        opened = found.with_user(self.user_quality).action_accept()
        wizards = self.env[opened["res_model"]].with_user(self.user_quality)
        return wizards.browse(opened["res_id"])

    def test_a_lesson_is_written_of_a_solved_case(self):
        self._close(self.cases[0])
        wizard = self._open()
        self.assertEqual((wizard.choice_ids, wizard.complaint_id), (self.cases, self.cases[-1:]))
        with Form(wizard) as form:
            form.way = "lesson"
            self.assertEqual(form.complaint_id, self.cases[0])
            form.way = "measure"
            self.assertEqual(form.complaint_id, self.cases[0], "What fits stays")
            form.way = "lesson"
        self.assertEqual(wizard.choice_ids, self.cases[0])
        action = wizard.action_confirm()
        lesson = self.env[action["res_model"]].browse(action["res_id"])
        self.assertEqual(lesson.source_ids, self.cases[0])

    def test_none_is_solved(self):
        wizard = self._open()
        wizard.way = "lesson"
        self.assertFalse(wizard.choice_ids or wizard.complaint_id)
        with self.assertRaises(UserError):
            wizard.action_confirm()
        self.assertEqual(wizard.repetition_id.state, "proposed")

    def test_cancelled_ones_are_not_offered(self):
        self._about(received=TODAY)
        wizard = self._open()
        cancelled = wizard.complaint_id
        cancelled.with_env(self.env).action_cancel("Sent twice")
        wizard.invalidate_recordset(["choice_ids"])
        self.assertNotIn(cancelled, wizard.choice_ids)

    def test_words(self):
        """“Accepted” would read as tolerated."""
        states = dict(self.Repetition._fields["state"]._description_selection(self.env))
        self.assertEqual(states["accepted"], "Acted on")
        search = self.Repetition.get_view(view_type="search")["arch"]
        for state in states:
            self.assertIn(f"'{state}'", search, "Each can be looked for")
