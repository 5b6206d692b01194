from datetime import datetime

from odoo.tests import tagged

from .learning_common import LearningCommon


@tagged("post_install", "-at_install")
class TestEffectWords(LearningCommon):
    """One complaint and several in words, whether they may be named or not (R43, R73)."""

    def _numbers(self, named, hidden):
        """:return: how so many complaints against a measure are named where many read it"""
        measure = self._measure()
        complaints = self.env["complaint.complaint"].concat(
            *(self._about() for _index in range(named + hidden))
        )
        complaints[named:].concerned_user_ids = self.user_stock
        rows = self.Contradiction._record([(measure, complaint) for complaint in complaints])
        return rows._get_numbers(), complaints[:named].mapped("name")

    def test_those_nobody_may_be_named_of(self):
        self.assertEqual(self._numbers(0, 1)[0], "1 complaint")
        self.assertEqual(self._numbers(0, 3)[0], "3 complaints")

    def test_some_are_named(self):
        for hidden in (1, 2):
            text, names = self._numbers(2, hidden)
            self.assertEqual(text, f"{names[0]}, {names[1]}, {hidden} more")

    def test_taken_back(self):
        """What was withdrawn in one run is said in one sentence."""
        for count, words in ((1, "no longer speaks"), (2, "no longer speak ")):
            product = self._product(name=f"Tool {count}")
            measure = self._measure(self._about(datetime(2026, 3, 1), {"product_id": product.id}))
            line = {"product_id": product.id, "date_shipped": datetime(2026, 5, 1)}
            came = [self._about(line=line) for _index in range(count)]
            self._learn()
            self.assertTrue(measure.is_refuted)
            for complaint in came:
                complaint.validity = "not_justified"
            self._learn()
            notes = "".join(measure.complaint_id.message_ids.mapped("body"))
            self.assertEqual(notes.count(words), 1, notes)
