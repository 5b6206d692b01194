"""Numbers are the same in any notation, with the library ``phonenumbers`` and without (R1)."""

import re
from unittest.mock import patch

from odoo.tests import BaseCase, TransactionCase, tagged
from odoo.tools import SQL

from ...models.calling import phone_numbers
from ...models.calling.phone_numbers import DIFFERENT, ENDING, NOWHERE, SAME, SAME_EXTENSION, Region

GERMANY, AMERICA, ITALY = Region("DE", "49"), Region("US", "1"), Region("IT", "39")
CHINA, RUSSIA, HUNGARY = Region("CN", "86"), Region("RU", "7"), Region("HU", "36")
# one number, another, where both are written
ALIKE = (
    ("+49 (0)30 1234-56", "0049 30 123456", GERMANY),
    ("+49 (0)30 1234-56", "030/123456", GERMANY),
    ("030/123456", "+49.30.123456", GERMANY),
    ("%2B49%2030%20123456", "030 123456", GERMANY),
    # A plus that was no plus any more when the link was read
    (" 49 30 123456", "030 123456", GERMANY),
    ("4930123456", "030 123456", GERMANY),
    ("＋４９　３０　１２３４５６", "030 123456", GERMANY),
    ("Tel.: 030 / 12 34 56 (Büro)", "+49 30 123456", GERMANY),
    ("+49 33203/123456", "033203 123456", GERMANY),
    ("+49 033203 123456", "033203 123456", GERMANY),
    ("sip:+4930123456@192.168.100.200", "030 123456", GERMANY),
    ("tel:+49-30-123456;phone-context=+49-30-999999", "030 123456", GERMANY),
    ("(555) 010-0100", "+1 555 010 0100", AMERICA),
    ("1-555-010-0100", "555.010.0100", AMERICA),
    ("011 49 30 123456", "+49 30 123456", AMERICA),
    ("+39 (0)6 1234 5678", "06 12345678", ITALY),
    ("+39 06 12345678", "0612345678", ITALY),
    ("021-62345678", "+86 21 6234 5678", CHINA),
    ("138 1234 5678", "+8613812345678", CHINA),
    ("8 (495) 123-45-67", "+7 495 1234567", RUSSIA),
    ("06 1 234 5678", "+36 1 234 5678", HUNGARY),
    # Several in one field
    ("Tel 030 123456 / 0171 5551234, +49 30 999999", "+49 171 5551234", GERMANY),
    ("030 123456; 030 999999", "+49 30 999999", GERMANY),
    ("555 010 0100 or 555 010 0101", "(555) 010-0101", AMERICA),
)
DIFFERENT_NUMBERS = (
    ("+44 20 7946 0123", "+1 207 946 0123", AMERICA),
    ("+49 30 123456", "+49 40 123456", GERMANY),
    ("030 123456", "+43 30 123456", GERMANY),
    ("123456", "+43 30 123456", GERMANY),
    ("030 123456", "030 1234567", GERMANY),
)
EXTENSIONS = (
    "+49 30 123456 ext. 12",
    "+49 30 123456 x12",
    "+49 30 123456 #12",
    "tel:+49-30-123456;ext=12",
    "030/123456 Durchwahl 12",
    "030 123456 分机12",
)
NOBODY = (
    *(None, False, "", " ", "anonymous", "Anonymous <sip:anonymous@anonymous.invalid>"),
    *("unknown", "private", "sip:anonymous@127.0.0.1", "12345", "+", "00", "%", "_" * 20, "\x00"),
    *("9" * 200, "x" * 200, "1 " * 3, ";ext=123456", 0, 110),
)


class NumbersCase:
    """What holds with the library and without."""

    def _compare(self, one, other, region=GERMANY):
        return phone_numbers.compare(
            phone_numbers.read(one, region), phone_numbers.read(other, region)
        )

    def test_notations(self):
        for one, other, region in ALIKE:
            with self.subTest(one=one, other=other):
                self.assertEqual(self._compare(one, other, region), SAME_EXTENSION)
                self.assertEqual(self._compare(other, one, region), SAME_EXTENSION)

    def test_different_numbers(self):
        for one, other, region in DIFFERENT_NUMBERS:
            with self.subTest(one=one, other=other):
                self.assertEqual(self._compare(one, other, region), DIFFERENT)

    def test_extensions(self):
        for text in EXTENSIONS:
            with self.subTest(text=text):
                self.assertEqual(self._compare(text, EXTENSIONS[0]), SAME_EXTENSION)
                self.assertEqual(self._compare(text, "030 123456"), SAME)
                self.assertEqual(self._compare(text, "030 123456 x13"), SAME)
                self.assertEqual(self._compare(text, "030 12345612"), DIFFERENT)

    def test_nobody(self):
        for text in NOBODY:
            with self.subTest(text=text):
                self.assertEqual(phone_numbers.read(text, GERMANY), [])
                self.assertEqual(self._compare(text, text), DIFFERENT)
                self.assertIsInstance(phone_numbers.show(text, GERMANY), str)

    def test_without_area_code(self):
        """A number without area code is the end of one in its country, not of one abroad."""
        self.assertEqual(self._compare("123456", "+49 30 123456"), ENDING)
        self.assertEqual(self._compare("+49 30 123456", "123456"), ENDING)
        self.assertEqual(self._compare("123456", "+48 30 123456"), DIFFERENT)

    def test_country_unknown(self):
        """Where no country is known, the significant digits at the end decide."""
        self.assertEqual(self._compare("030 123456", "+49 30 123456", NOWHERE), ENDING)
        self.assertEqual(self._compare("030 123457", "+49 30 123456", NOWHERE), DIFFERENT)
        self.assertEqual(self._compare("030 123456", "030/123456", NOWHERE), SAME_EXTENSION)

    def test_long_fields_end(self):
        """Whatever is in a field, no more than five numbers are read of it."""
        text = " ".join(f"030 {number}" for number in range(200_000, 200_500))
        self.assertEqual(len(phone_numbers.read(text.replace(" 030", ", 030"), GERMANY)), 5)


@tagged("post_install", "-at_install")
class TestPhoneNumbers(NumbersCase, BaseCase):
    def test_library_is_there(self):
        self.assertTrue(phone_numbers.phonenumbers)

    def test_shown(self):
        self.assertEqual(phone_numbers.show("030/123456", GERMANY), "+49 30 123456")
        self.assertEqual(phone_numbers.show("0049 30 123456", AMERICA), "+49 30 123456")
        self.assertEqual(
            phone_numbers.show("tel:+1-555-010-0100;ext=12"), "+1 555-010-0100 ext. 12"
        )
        self.assertEqual(phone_numbers.show("anonymous"), "anonymous")


@tagged("post_install", "-at_install")
class TestPhoneNumbersAlone(NumbersCase, BaseCase):
    """The same without the library: ``phonenumbers`` is as if it were not installed."""

    def setUp(self):
        super().setUp()
        self.enterContext(patch.object(phone_numbers, "phonenumbers", None))

    def test_shown(self):
        self.assertEqual(phone_numbers.show("tel:030/123456", GERMANY), "030/123456")
        self.assertEqual(phone_numbers.show(" +49  30 123456\n"), "+49 30 123456")


@tagged("post_install", "-at_install")
class TestPhoneIndex(TransactionCase):
    """The database finds by its last digits what Python then compares."""

    def test_ends_are_known(self):
        texts = {text for pair in (*ALIKE, *DIFFERENT_NUMBERS) for text in pair[:2]}
        texts |= {*EXTENSIONS, "Fax 030 123457", "0301234", "030 1234 / 030 5678"}
        for text in texts:
            if re.match(r"sip|%", text):
                continue  # nobody stores these: they come from telephone systems
            with self.subTest(text=text):
                query = SQL("SELECT %s", SQL(phone_numbers.ENDS_SQL, SQL("%s::text", text)))
                [(ends,)] = self.env.execute_query(query)
                read = {number.end for number in phone_numbers.read(text, GERMANY)}
                self.assertLessEqual(read, set(ends))

    def _copy(self, record, texts):
        """Have so many rows that PostgreSQL looks for the best index of a table.

        :param record: what is copied, as a row: which columns must be filled depends on what is
            installed
        :param dict texts: columns that are told apart by a number behind a text
        """
        self.env.flush_all()
        table = SQL.identifier(record._table)
        told_apart = [SQL("%s::text, %s || number", name, text) for name, text in texts.items()]
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO %(table)s
                SELECT made.*
                  FROM %(table)s record, generate_series(1, 4000) number,
                       JSONB_POPULATE_RECORD(record, JSONB_BUILD_OBJECT(%(columns)s)) made
                 WHERE record.id = %(id)s
                """,
                table=table,
                columns=SQL(", ").join(
                    [
                        SQL("'id', NEXTVAL(%s)", f"{record._table}_id_seq"),
                        SQL("'phone', '030 ' || (1000000 + number)"),
                        *told_apart,
                    ]
                ),
                id=record.id,
            )
        )
        # Else the plan depends on what was known of the table before
        self.env.cr.execute(SQL("ANALYZE %s", table))

    def test_index_serves(self):
        """Both tables have the index, and the query is written so that it is used."""
        partner = self.env["res.partner"].create({"name": "Many"})
        complaint = self.env["complaint.complaint"].create({"partner_id": partner.id})
        self._copy(partner, {})
        self._copy(complaint, {"name": "Copy ", "access_token": "copy-"})
        self.env.cr.execute("SET LOCAL enable_seqscan = off")
        numbers = phone_numbers.read("030 123456", GERMANY)
        domain = self.env["complaint.call"]._get_phone_domain(numbers)
        for model in ("res.partner", "complaint.complaint"):
            query = self.env[model].sudo()._search(domain)
            rows = self.env.execute_query(SQL("EXPLAIN %s", query.select()))
            plan = "\n".join(row[0] for row in rows)
            self.assertIn(self.env[model]._table + "_phone_ends_idx", plan)
