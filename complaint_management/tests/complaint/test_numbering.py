from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import ComplaintCommon


@tagged("post_install", "-at_install")
class TestNumbering(ComplaintCommon):
    """Every company, present and future, has numbers, each once (T18)."""

    def test_numbers_of_a_company_made_later(self):
        company = self._second_company()
        first, second = (
            self._complaint(company_id=company.id, user_id=False) for _index in range(2)
        )
        self.assertNotEqual(first.name, "/")
        self.assertNotEqual(first.name, second.name)
        self.assertTrue(first.team_id)

    def test_missing_sequence_is_made_again(self):
        self.env["ir.sequence"].search([("code", "=", "complaint.complaint")]).unlink()
        self.assertRegex(self._complaint().name, r"^C\d{4}/\d{5}$")

    @mute_logger("odoo.sql_db")
    def test_number_is_unique_in_a_company(self):
        complaint = self._complaint()
        with self.assertRaises(Exception) as caught, self.env.cr.savepoint():
            self._complaint(name=complaint.name)
        self.assertIn("name_company_unique", str(caught.exception))

    def test_copy_starts_anew(self):
        complaint = self._registered_complaint()
        copy = complaint.copy()
        self.assertEqual((copy.state, copy.round, copy.version), ("draft", 0, 1))
        self.assertNotEqual(copy.name, complaint.name)
        self.assertFalse(copy.date_registered)
