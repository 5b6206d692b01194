from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import DocumentsCommon


@tagged("post_install", "-at_install")
class TestDiscretion(DocumentsCommon):
    """Machines, shifts and suppliers stay in the house; ordinary words and the customer do not."""

    def setUp(self):
        super().setUp()
        self.complaint = self._case()
        self.report = self._report(self.complaint)

    def _write(self, text):
        section = self.report.section_ids.filtered(lambda s: s.code == "investigation")
        section.body = text
        return "\n".join(self.report.sudo()._get_missing_discretion())

    def test_machine_and_shift(self):
        self.complaint.cause_ids.write({"machine": "Press 7", "shift": "Team Falcon"})
        missing = self._write("It came from Press 7, run by team falcon.")
        self.assertIn("Press 7", missing)
        self.assertIn("Team Falcon", missing)
        self.assertFalse(self._write("It came from Press 71."))
        with self.assertRaisesRegex(UserError, "Press 7"):
            self._write("It came from Press 7")
            self.report.with_user(self.user_manager).action_approve()

    def test_short_and_ordinary_names(self):
        self.complaint.cause_ids.write({"machine": "A", "shift": "Day"})
        self.assertFalse(self._write("A case a day: A 1."))
        self.assertIn("Day shift", self._write("Made by the day shift."))

    def test_chinese_names(self):
        self.complaint.cause_ids.write({"machine": "三号机", "shift": "夜班组"})
        missing = self._write("问题出在三号机，由夜班组操作。")
        self.assertIn("三号机", missing)
        self.assertIn("夜班组", missing)

    def test_customer_who_is_supplier_too(self):
        supplier = self.env["res.partner"].create({"name": "Wire Works"})
        child = self.env["res.partner"].create({"name": "Hal", "parent_id": self.customer.id})
        self.product.seller_ids = [
            Command.create({"partner_id": partner.id})
            for partner in (self.customer, child, supplier)
        ]
        self.assertEqual(self.report.partner_id, self.contact)
        self.assertFalse(self._write("Harbour Hotel and Hal told us."))
        self.assertIn("Wire Works", self._write("Wire Works told us."))
