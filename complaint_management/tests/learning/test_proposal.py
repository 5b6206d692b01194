from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .learning_common import LearningCommon


@tagged("post_install", "-at_install")
class TestProposal(LearningCommon):
    """Whoever may judge a measure accepts the proposed verdict by one press (R43)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.measure = cls._measure(user_id=cls.user_contributor.id)

    def _propose(self, proposal):
        self.measure._write_trusted({"proposed_effectiveness": proposal})
        return self.measure.with_user(self.user_quality)

    def test_accepted_it_is_the_verdict_and_said_in_the_chatter(self):
        for proposal, word in (("effective", "Effective"), ("ineffective", "Ineffective")):
            with self.subTest(proposal=proposal):
                measure = self._propose(proposal)
                self.assertTrue(measure.can_accept_proposal)
                measure.with_context(seen_proposal=proposal).action_accept_proposal()
                self.assertEqual(measure.effectiveness, proposal)
                self.assertFalse(measure.can_accept_proposal)
                note = measure.complaint_id.message_ids[:1]
                self.assertIn(f"“New film”: {word}, as the figures propose.", note.body)
                self.assertEqual(note.author_id, self.user_quality.partner_id)

    def test_on_a_closed_case(self):
        self._close(self.measure.complaint_id)
        said = self._propose("effective").action_accept_proposal()
        self.assertIn(self.measure.name, said["params"]["message"])
        # A client action alone would not read the form again
        self.assertEqual(said["params"]["next"], {"type": "ir.actions.act_window_close"})
        self.assertEqual(self.measure.effectiveness, "effective")

    def test_nothing_to_accept(self):
        for proposal in (False, "pending"):
            with self.subTest(proposal=proposal):
                self._assert_not_acceptable(self._propose(proposal))
        self.measure.effectiveness = "effective"
        self._assert_not_acceptable(self._propose("effective"))

    def test_what_is_not_done_is_not_judged(self):
        measure = self._propose("ineffective")
        self.measure.action_restart()
        self._assert_not_acceptable(measure)

    def test_another_proposal_than_was_seen(self):
        measure = self._propose("ineffective").with_context(seen_proposal="effective")
        with self.assertRaises(UserError):
            measure.action_accept_proposal()
        self.assertEqual(self.measure.effectiveness, "pending")

    def test_another_verdict_than_was_seen(self):
        """Somebody judged meanwhile: his verdict stays (T17)."""
        measure = self._propose("effective").with_context(seen_verdict="pending")
        self.measure.effectiveness = "ineffective"
        with self.assertRaises(UserError):
            measure.action_accept_proposal()
        self.assertEqual(self.measure.effectiveness, "ineffective")

    def test_its_owner_does_not_judge_it(self):
        measure = self._propose("effective").with_user(self.user_contributor)
        self.assertFalse(measure.can_accept_proposal)
        with self.assertRaises(AccessError):
            measure.action_accept_proposal()
        self.assertEqual(self.measure.effectiveness, "pending")

    def _assert_not_acceptable(self, measure):
        self.assertFalse(measure.can_accept_proposal)
        before = self.measure.effectiveness
        with self.assertRaises(UserError):
            measure.action_accept_proposal()
        self.assertEqual(self.measure.effectiveness, before)
