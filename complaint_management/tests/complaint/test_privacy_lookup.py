from odoo.tests import tagged

from ..documents.common import DocumentsCommon


@tagged("post_install", "-at_install", "-standard", "complaint_privacy")
class TestPrivacyLookup(DocumentsCommon):
    """Needs privacy_lookup: Odoo's own search for a person's data finds complaints (T21)."""

    def _lookup(self, name, email):
        wizard = self.env["privacy.lookup.wizard"].create({"name": name, "email": email})
        wizard.action_lookup()
        return {(line.res_model, line.res_id) for line in wizard.line_ids}

    def test_person_is_found(self):
        complaint = self._case()
        report = self._approved(complaint)
        found = self._lookup(self.contact.name, self.contact.email)
        self.assertIn(("complaint.complaint", complaint.id), found)
        self.assertIn(("complaint.report", report.id), found)

    def test_consumer_without_entry_is_found(self):
        """By the mail address he wrote from."""
        complaint = self._complaint(
            partner_id=False, contact_id=False, email_from="Carl <carl@consumer.example.com>"
        )
        found = self._lookup("Carl", "carl@consumer.example.com")
        self.assertIn(("complaint.complaint", complaint.id), found)

    def test_nothing_is_found_afterwards(self):
        complaint = self._case()
        self._approved(complaint)
        complaint.sudo()._write_trusted({"state": "closed", "outcome": "accepted"})
        self.env["complaint.anonymise.wizard"].with_user(self.user_admin).create(
            {"partner_id": self.contact.id, "reason": "Asked on 3 May"}
        ).action_confirm()
        found = self._lookup(self.contact.name, self.contact.email)
        self.assertFalse({pair for pair in found if pair[0].startswith("complaint.")})
