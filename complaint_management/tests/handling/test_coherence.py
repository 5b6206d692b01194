from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import HandlingCommon


@tagged("post_install", "-at_install")
class TestCoherence(HandlingCommon):
    """An action fits its complaint: its own cause, and only while the case asks for it."""

    def test_cause_of_another_complaint(self):
        complaint, other = self._bare_complaint(), self._bare_complaint()
        causes = self.env["complaint.cause"].create(
            [{"complaint_id": c.id, "name": "Wet cartons"} for c in (complaint, other)]
        )
        action = self._action(complaint, kind="corrective", cause_id=causes[0].id)
        with self.assertRaisesRegex(ValidationError, "another complaint"):
            action.cause_id = causes[1]
        with self.assertRaisesRegex(ValidationError, "another complaint"):
            self._action(complaint, kind="corrective", cause_id=causes[1].id)

    def test_new_actions_of_a_case_that_is_over(self):
        complaint = self._complaint(category_id=self.category_simple.id)
        complaint.action_register()
        complaint.action_resolve()
        complaint.with_user(self.user_manager).action_close("tacit")
        measure = self._action(complaint, kind="preventive")
        self.assertEqual(measure.state, "open")
        with self.assertRaisesRegex(ValidationError, "is over"):
            self._action(complaint, kind="correction")
        with self.assertRaisesRegex(ValidationError, "is over"):
            measure.kind = "correction"
        cancelled = self._bare_complaint().with_user(self.user_quality)
        cancelled.action_cancel("Entered twice")
        with self.assertRaisesRegex(ValidationError, "is over"):
            self._action(cancelled, kind="preventive")

    def test_history_comes_with_what_was_done(self):
        complaint = self._complaint(
            user=self.user_admin,
            category_id=self.category_simple.id,
            state="closed",
            action_ids=[
                (
                    0,
                    0,
                    {
                        "name": "Sorted",
                        "kind": "containment",
                        "deadline": "2020-02-03",
                        "state": "done",
                    },
                )
            ],
        )
        self.assertEqual(complaint.action_ids.state, "done")
