from odoo.exceptions import AccessError
from odoo.tests import tagged

from .fixtures import SecurityCommon


@tagged("post_install", "-at_install")
class TestGroupingRights(SecurityCommon):
    """Groups of a list tell nobody what he may not read: core forgets many2many (T3, R73)."""

    def test_groups_tell_no_more_than_reading(self):
        records = self._case(self.user_sales, self.user_contributor)
        complaint = records["complaint.complaint"]
        complaint.concerned_user_ids = self.user_stranger
        self.env.flush_all()
        contributor = self.user_contributor
        self.assertTrue(complaint.with_user(contributor).has_access("read"))
        for record, field in (
            (complaint, "concerned_user_ids"),
            (records["complaint.line"], "lot_ids"),
            (self.user_stranger, "concerned_complaint_ids"),
        ):
            domain = [("id", "in", record.ids)]
            with self.subTest(field=field), self.assertRaises(AccessError):
                record.with_user(contributor).formatted_read_group(domain, [field], ["__count"])
        groups = complaint.with_user(self.user_manager).formatted_read_group(
            [("id", "=", complaint.id)], ["concerned_user_ids"], ["__count"]
        )
        self.assertEqual(groups[0]["concerned_user_ids"][0], self.user_stranger.id)
