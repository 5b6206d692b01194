from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import ComplaintCommon


@tagged("post_install", "-at_install")
class TestCause(ComplaintCommon):
    """A cause is verified by evidence, and a person alone is no root cause (R30, 8D D4)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.complaint = cls._registered_complaint()
        cls.man, cls.method = cls.env["complaint.cause.category"].create(
            [{"name": "Test: man", "is_person": True}, {"name": "Test: method"}]
        )
        cls.cause = cls._cause("The cartons got wet")

    @classmethod
    def _cause(cls, name, **vals):
        return (
            cls.env["complaint.cause"]
            .with_user(cls.user_quality)
            .create({"complaint_id": cls.complaint.id, "name": name, **vals})
        )

    def test_verifying_needs_evidence(self):
        with self.assertRaisesRegex(UserError, "The cartons got wet"):
            self.cause.action_verify()
        self.assertEqual(self.cause.state, "preliminary")
        self.cause.evidence_note = "Salt on the film of pallet 7"
        self.cause.action_verify()
        self.assertEqual(self.cause.state, "verified")

    def test_rejected_causes_stay_readable(self):
        self.cause.action_reject()
        self.assertIn(self.cause, self.complaint.cause_ids)
        self.cause.action_reset()
        self.assertEqual(self.cause.state, "preliminary")

    def test_state_moves_by_verbs_only(self):
        with self.assertRaises(UserError):
            self.cause.write({"state": "verified"})
        with self.assertRaises(UserError):
            self._cause("Verified from the start", state="verified")

    def test_a_person_alone_is_no_root_cause(self):
        careless = self._cause("Worker was careless", category_id=self.man.id)
        self.cause.action_reject()
        self.assertTrue(careless.person_only)
        self._cause("Nobody checks the film", category_id=self.method.id, cause_type="systemic")
        careless.invalidate_recordset(["person_only"])
        self.assertFalse(careless.person_only)

    def test_others_do_not_judge(self):
        with self.assertRaises(AccessError):
            self.cause.with_user(self.user_contributor).action_reject()

    def test_parts_stay_with_their_complaint(self):
        other = self._registered_complaint(user=self.user_sales2, user_id=self.user_sales2.id)
        with self.assertRaises(UserError):
            self.cause.complaint_id = other
