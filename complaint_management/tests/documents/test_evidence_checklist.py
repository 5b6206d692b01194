import base64

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import MODULE
from .common import DocumentsCommon


@tagged("post_install", "-at_install")
class TestEvidenceChecklist(DocumentsCommon):
    """What proof a category wants is there, or it is said why not (R8, R10)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.any_proof, cls.label, cls.receipt, cls.extra = cls.env[
            "complaint.category.evidence"
        ].create(
            [
                {"category_id": cls.category_simple.id, **vals}
                for vals in (
                    {"name": "Any proof", "due": "register"},
                    {"name": "Label", "kind": "photo", "due": "register"},
                    {"name": "Receipt", "kind": "document", "due": "resolve"},
                    {"name": "Extra", "kind": "photo", "due": "optional"},
                )
            ]
        )

    def setUp(self):
        super().setUp()
        self.complaint = self._complaint(user=self.user_sales, category_id=self.category_simple.id)

    def _add(self, **vals):
        evidence = self.env["complaint.evidence"].with_user(self.user_sales)
        return evidence.create({"complaint_id": self.complaint.id, **vals})

    def _missing(self):
        return self.complaint.missing_evidence_ids

    def test_nothing_there(self):
        self.assertEqual(self._missing(), self.any_proof + self.label + self.receipt + self.extra)
        self.assertEqual(self.complaint.evidence_todo, "Any proof, Label")
        with self.assertRaises(UserError) as caught:
            self.complaint.action_register()
        message = caught.exception.args[0]
        self.assertIn("Any proof, or the reason", message)
        self.assertIn("Label, or the reason", message)
        self.assertNotIn("Receipt", message)

    def test_an_empty_row_is_no_evidence(self):
        self._add(kind="photo")
        self.assertIn(self.label, self._missing())

    def test_photos_count_one_by_one(self):
        self._add(kind="photo", file=self._picture())
        self.assertEqual(self._missing(), self.receipt + self.extra)
        self._add(kind="photo", file=self._picture())
        self.assertEqual(self._missing(), self.receipt)

    def test_a_reason_counts(self):
        self._add(kind="photo", missing_reason="The customer sent none")
        self.complaint.action_register()
        self.assertEqual(self.complaint.state, "registered")

    def test_what_was_added_for_an_entry_counts_for_it(self):
        self._add(kind="photo", file=self._picture(), requirement_id=self.extra.id)
        self.assertEqual(self._missing(), self.label + self.receipt)

    def test_due_before_resolving(self):
        self._add(kind="photo", file=self._picture())
        self.complaint.action_register()
        self.assertTrue(any("Receipt" in item for item in self.complaint._get_missing("resolve")))
        self._add(kind="document", file=base64.b64encode(b"words"), file_name="receipt.txt")
        self.assertFalse(any("Receipt" in item for item in self.complaint._get_missing("resolve")))

    def test_optional_never_blocks(self):
        self.assertFalse(any("Extra" in item for item in self.complaint._get_missing("resolve")))

    def test_one_press_opens_the_right_dialog(self):
        row = self.label.with_user(self.user_sales).with_context(complaint_id=self.complaint.id)
        for action in (row.action_add(), row.action_not_available()):
            evidence = self.env["complaint.evidence"].with_user(self.user_sales)
            evidence = evidence.with_context(**action["context"])
            record = evidence.create({"missing_reason": "Lost"})
            self.assertEqual(record.complaint_id, self.complaint)
            self.assertEqual((record.requirement_id, record.name), (self.label, "Label"))

    def test_the_button_grants_nothing(self):
        other = self.label.with_user(self.user_sales2).with_context(complaint_id=self.complaint.id)
        action = other.action_not_available()
        evidence = self.env["complaint.evidence"].with_user(self.user_sales2)
        with self.assertRaises(AccessError):
            evidence.with_context(**action["context"]).create({"missing_reason": "Mine now"})

    def test_a_change_of_the_list_is_seen_at_once(self):
        self.assertIn(self.label, self._missing())
        self.label.with_user(self.user_admin).unlink()
        self.complaint.invalidate_recordset()
        self.assertEqual(self.complaint.evidence_todo, "Any proof")

    def test_shipped_lists(self):
        safety = self.env.ref(f"{MODULE}.category_safety")
        complaint = self._complaint(user=self.user_sales, category_id=safety.id)
        missing = complaint.missing_evidence_ids
        self.assertEqual(missing.mapped("kind"), ["sample", "photo"])
        self.assertEqual(set(missing.mapped("due")), {"register"})
