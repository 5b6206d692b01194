from datetime import date, datetime

from odoo.tests import tagged

from .learning_common import TODAY, LearningCommon

SHIPPED_AFTER = datetime(2026, 5, 1, 10)
CHINESE = "[\u4e00-\u9fff]"


@tagged("post_install", "-at_install")
class TestLearningLanguage(LearningCommon):
    """A job has no language: everybody reads his own (R43)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("zh_CN")
        cls.measure = cls._measure(check_date=date(2026, 6, 20))
        # Quality leads the case
        (cls.user_quality | cls.user_purchasing).lang = "zh_CN"

    def _get_notes(self, complaint):
        return "".join(complaint.message_ids.filtered(lambda m: m.date >= TODAY).mapped("body"))

    def _assert_chinese(self, *texts):
        for text in texts:
            self.assertRegex(text or "", CHINESE)
            for word in ("work", "about", "against", "done", "Done", "compared"):
                self.assertNotIn(word, text)

    def test_check(self):
        self._learn(datetime(2026, 6, 21))
        check = self.measure.check_action_id
        self._assert_chinese(check.name, check.activity_id.summary)
        self.assertIn("New film", check.name)

    def test_refuted_and_taken_back(self):
        complaint = self._about(line={"date_shipped": SHIPPED_AFTER})
        complaint.concerned_user_ids = self.user_sales2
        before = self.measure.complaint_id.message_ids
        self._learn()
        self._assert_chinese(self.measure.activity_id.summary)
        told = self.measure.complaint_id.activity_ids.filtered(
            lambda a: a.user_id == self.user_quality and "New film" in (a.note or "")
        )
        self.assertEqual(len(told), 1)
        self._assert_chinese(told.note)
        note = self.measure.complaint_id.message_ids - before
        self.assertIn("Introduced on line 2", "".join(note.mapped("body")))
        self._assert_chinese(
            *(m.body for m in note if "New film" in m.body and "Shipped from" not in m.body)
        )
        before |= note
        complaint.validity = "not_justified"
        self._learn()
        self._assert_chinese(*(self.measure.complaint_id.message_ids - before).mapped("body"))

    def test_whoever_changes_it_afterwards_leaves_the_owner_his_language(self):
        self._about(line={"date_shipped": SHIPPED_AFTER})
        self._learn()
        summary = self.measure.activity_id.summary
        self.measure.with_user(self.user_manager).deadline = date(2026, 7, 20)
        self.assertEqual(self.measure.activity_id.summary, summary)

    def test_failure(self):
        complaint = self.measure.complaint_id
        before = complaint.message_ids
        complaint._note_learning_failure("New film", ValueError("Poison"))
        self._assert_chinese(*(complaint.message_ids - before).mapped("body"))
