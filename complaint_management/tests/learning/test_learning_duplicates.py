from datetime import date, datetime

from odoo.tests import tagged

from .learning_common import TODAY, LearningCommon

SHIPPED_AFTER = datetime(2026, 5, 1, 10)


@tagged("post_install", "-at_install")
class TestLearningDuplicates(LearningCommon):
    """Done measures of a case that was merged into another are followed on (R5, R43)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.older = cls._about(received=datetime(2026, 2, 1, 9))
        cls.measure = cls._measure(check_date=date(2026, 6, 1))
        cls.duplicate = cls.measure.complaint_id
        cls.duplicate.action_same_case(cls.older.id, confirmed=True)

    def test_it_is_a_duplicate_with_a_done_measure(self):
        self.assertEqual(self.duplicate.outcome, "duplicate")
        self.assertEqual(self.duplicate.duplicate_of_id, self.older)
        self.assertEqual(self.measure.state, "done")

    def test_refuted(self):
        complaint = self._about(line={"date_shipped": SHIPPED_AFTER})
        self._learn()
        self.assertEqual((self.measure.state, self.measure.effectiveness), ("open", "ineffective"))
        self.assertEqual(self.measure.contradiction_ids.new_complaint_id, complaint)
        self.assertEqual(len(self._told(self.measure)), 1)
        self.assertEqual(self.measure.activity_id.user_id, self.user_purchasing)

    def test_the_case_that_goes_on_is_its_own(self):
        """Its goods are those the measure was taken for."""
        self.older.line_ids.date_shipped = SHIPPED_AFTER
        self._learn()
        self.assertFalse(self.measure.contradiction_ids)
        self.assertEqual(self.measure.state, "done")

    def test_checked(self):
        self._learn()
        self._learn()
        check = self.measure.check_action_id
        self.assertEqual(check.user_id, self.user_quality)
        self.assertEqual(check.deadline, TODAY.date())
        self.assertEqual(check.verified_measure_ids, self.measure)
        check.with_user(self.user_quality).action_finish("Nothing came", "effective")
        self.assertEqual(self.measure.effectiveness, "effective")

    def test_goods_of_the_duplicate_speak_against_nothing(self):
        other = self._measure()
        duplicate = self._about(line={"date_shipped": SHIPPED_AFTER})
        duplicate.action_same_case(other.complaint_id.id, confirmed=True)
        self._learn()
        self.assertEqual(other.state, "done")
