from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from ..documents.common import DocumentsCommon


@tagged("post_install", "-at_install")
class TestCauseProof(DocumentsCommon):
    """A cause is proven by words or evidence of its case, and stays once relied on (8D D4, T20)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.complaint = cls._case()

    def _cause(self, **vals):
        return self._add_cause(self.complaint, verified=False, **{"evidence_note": False, **vals})

    def _evidence(self, **vals):
        vals = {"complaint_id": self.complaint.id, "name": "Film of pallet 7", **vals}
        return self.env["complaint.evidence"].create(vals)

    def test_linked_evidence_proves(self):
        cause = self._cause()
        photo = self._evidence(file=self._picture(), file_name="film.png")
        cause.evidence_ids = photo
        cause.action_verify()
        self.assertEqual(cause.state, "verified")

    def test_a_place_for_a_photo_proves_nothing(self):
        cause = self._cause(evidence_note=" ")
        cause.evidence_ids = self._evidence(missing_reason="Photo follows")
        with self.assertRaisesRegex(UserError, "The cartons got wet"):
            cause.action_verify()
        self.assertEqual(cause.state, "preliminary")

    def test_evidence_of_its_own_case_only(self):
        cause = self._cause()
        foreign = self._case(photos=1).evidence_ids
        with self.assertRaises(ValidationError):
            cause.evidence_ids = foreign

    def test_goods_it_lies_in(self):
        cause = self._cause(product_id=self.product.id)
        company = self._second_company()
        with self.assertRaises(UserError):
            cause.product_id = self._product(name="Theirs", company_id=company.id)

    # ------------------------------------------------------------
    # Deleting
    # ------------------------------------------------------------
    def test_a_mere_guess_goes(self):
        cause = self._cause()
        cause.with_user(self.user_quality).unlink()
        self.assertFalse(cause.exists())

    def test_what_was_decided_on_stays(self):
        verified, rejected = self._cause(evidence_note="Salt"), self._cause()
        verified.action_verify()
        rejected.action_reject()
        for cause in (verified, rejected):
            for record in (cause, cause.sudo(), cause.with_user(self.user_quality)):
                with self.subTest(cause=cause.state), self.assertRaises(UserError):
                    record.unlink()

    def test_what_was_approved_stays(self):
        cause = self._cause()
        self.complaint._write_trusted({"measures_state": "approved"})
        with self.assertRaises(UserError):
            cause.unlink()

    def test_what_a_document_shows_stays(self):
        before = self._cause()
        self._approved(self.complaint, "feedback")
        self.complaint._void_measures_approval()
        with self.assertRaisesRegex(UserError, "printed for the customer"):
            before.with_user(self.user_quality).unlink()

    def test_a_guess_after_the_document_goes(self):
        report = self._approved(self.complaint, "feedback")
        report._write_trusted({"date_approved": fields.Datetime.now() - timedelta(days=1)})
        self.complaint._void_measures_approval()
        cause = self._cause()
        self.assertTrue(cause.unlink())

    def test_taken_out_with_the_form(self):
        """The delete icon of the list is the same door."""
        cause = self._cause()
        cause.action_reject()
        with self.assertRaises(UserError):
            self.complaint.write({"cause_ids": [Command.delete(cause.id)]})
