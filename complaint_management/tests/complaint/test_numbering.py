import threading

from psycopg2.errors import SerializationFailure

from odoo import SUPERUSER_ID, api
from odoo.sql_db import db_connect
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

    def test_a_company_has_its_range_from_the_first_day(self):
        company = self._second_company()
        ranges = self.env["ir.sequence"].search([("code", "=", "complaint.complaint")])
        self.assertEqual(len(ranges.filtered(lambda r: r.company_id == company)), 1)
        self.env["res.company"]._create_missing_complaint_numbering()
        again = self.env["ir.sequence"].search([("code", "=", "complaint.complaint")])
        self.assertEqual(again, ranges)

    def test_two_notice_a_missing_range_at_once(self):
        """The second waits, and does it again as core does with each conflict: one range, two
        numbers.

        Real transactions beside the test's: what they leave is removed again.
        """
        self._hide_ranges()
        second, errors = self._environment(), []

        def number(env):
            try:
                env["complaint.complaint"]._next_number(self.company.id)
            except SerializationFailure as error:
                errors.append(error)

        with mute_logger("odoo.sql_db"):
            with (first := self._environment()).cr:
                # Both have looked before one of them commits
                self.assertFalse(second["ir.sequence"].search(self.domain))
                name = first["complaint.complaint"]._next_number(self.company.id)
                thread = threading.Thread(target=number, args=(second,))
                thread.start()
                thread.join(1)
                self.assertTrue(thread.is_alive(), "the second waits for the first")
            thread.join(60)
        self.assertEqual(len(errors), 1)
        second.cr.rollback()
        with second.cr:
            self.assertNotEqual(second["complaint.complaint"]._next_number(self.company.id), name)
            self.assertEqual(second["ir.sequence"].search_count(self.domain), 1)

    def _environment(self):
        """:return: an environment in a transaction of its own"""
        return api.Environment(db_connect(self.env.cr.dbname).cursor(), SUPERUSER_ID, {})

    def _hide_ranges(self):
        """Take the number ranges away for the time of the test, for all transactions."""
        self.domain = [("code", "=", "complaint.complaint")]
        with (env := self._environment()).cr:
            hidden = env["ir.sequence"].search(self.domain)
            hidden.active = False
        self.addCleanup(self._show_ranges, hidden.ids)

    def _show_ranges(self, ids):
        with (env := self._environment()).cr:
            env["ir.sequence"].search(self.domain).unlink()
            env["ir.sequence"].browse(ids).active = True

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
