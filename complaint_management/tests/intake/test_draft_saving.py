"""Drafts that save themselves: what the server lets a browser do by itself (R3, T17)."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .test_prefill_order import PrefillCase


@tagged("post_install", "-at_install")
class TestDraftSaving(PrefillCase):
    def _save(self, complaint, vals, seen_version=None):
        return complaint.save_draft(vals, {"version": {}, "line_ids": {}}, seen_version)

    def test_new_draft(self):
        result = self._save(self.complaints, {"description": "The t"})
        (values,) = result["records"]
        complaint = self.complaints.browse(values["id"])
        self.assertTrue(result["is_seen"])
        self.assertEqual((complaint.state, complaint.subject), ("draft", "The t"))
        self._save(complaint, {"description": "The tips are rusty"}, values["version"])
        self.assertEqual(complaint.subject, "The tips are rusty", "a title of half the words grows")
        complaint.subject = "Rust again"
        self._save(complaint, {"description": "The tips are rusty. Again!"}, complaint.version)
        self.assertEqual(complaint.subject, "Rust again", "what somebody wrote is not overwritten")

    def test_nothing_is_told(self):
        complaint = self._complaint(user=self.user_sales)
        self.env.flush_all()
        self.cr.precommit.run()
        messages, activities = complaint.message_ids, complaint.activity_ids
        self._save(
            complaint,
            {"subject": "Rust", "partner_id": self.customer2.id, "urgency": "urgent"},
            complaint.version,
        )
        self.env.flush_all()
        self.cr.precommit.run()
        self.assertEqual(complaint.partner_id, self.customer2)
        self.assertEqual(complaint.message_ids, messages)
        self.assertEqual((complaint.activity_ids, complaint.state), (activities, "draft"))

    def test_version_of_somebody_else(self):
        """Both are kept; the one who did not see the other's change cannot register (T17)."""
        complaint = self._complaint(user=self.user_sales, defect_id=self.defect_rust.id)
        seen = complaint.version
        complaint.with_user(self.user_service).description = "Quite rusty"
        result = self._save(complaint, {"place": "In the shed"}, seen)
        self.assertFalse(result["is_seen"])
        self.assertEqual((complaint.description, complaint.place), ("Quite rusty", "In the shed"))
        with self.assertRaisesRegex(UserError, "changed after you opened it"):
            complaint.with_context(seen_version=seen).action_register()
        result = self._save(complaint, {"description": "Very rusty"}, complaint.version)
        self.assertTrue(result["is_seen"])
        (values,) = result["records"]
        complaint.with_context(seen_version=values["version"]).action_register()

    def test_what_is_no_draft(self):
        complaint = self._registered_complaint(user=self.user_sales)
        with self.assertRaisesRegex(UserError, "no draft any more"):
            self._save(complaint, {"phone": "0755 1"}, complaint.version)
        self.assertNotEqual(complaint.phone, "0755 1")

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_who_may_not(self):
        complaint = self._complaint(user=self.user_sales)
        for user in self.user_sales2 + self.user_contributor + self.user_portal:
            if user == self.user_sales2 and complaint.with_user(user).has_access("write"):
                continue
            with self.assertRaises(AccessError):
                self._save(complaint.with_user(user), {"description": "Mine"}, complaint.version)
        with self.assertRaises(AccessError):
            self._save(self.complaints.with_user(self.user_contributor), {"description": "Mine"})

    def test_verbs_stay_verbs(self):
        complaint = self._complaint(user=self.user_sales)
        with self.assertRaises(UserError):
            self._save(complaint, {"state": "registered"}, complaint.version)

    def test_malformed(self):
        for vals, specification in ((None, {}), ("x", {}), ({}, None)):
            with self.assertRaises(UserError):
                self.complaints.save_draft(vals, specification)
        both = self._complaint(user=self.user_sales) + self._complaint(user=self.user_sales)
        with self.assertRaises(UserError):
            both.with_user(self.user_sales).save_draft({}, {})

    def test_gate_says_where_to_go(self):
        complaint = self.complaints.create({})
        missing = {item["place"] for item in complaint.get_missing("register")}
        self.assertEqual(missing, {"description", "partner_id", "defect_id"})
        complaint.write({"line_ids": [(0, 0, {"name": "Rasp"})]})
        self.assertIn("line_ids", {item["place"] for item in complaint.get_missing("register")})
        with self.assertRaises(UserError):
            complaint.get_missing("dance")
