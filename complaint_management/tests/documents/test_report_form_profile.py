"""Setting up a customer's form: what cannot be filled is refused there and then (R72, T12)."""

import base64

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from . import office_files as files
from .form_common import CELLS, FormCommon


@tagged("post_install", "-at_install")
class TestReportFormProfile(FormCommon):
    """Files, places and sources."""

    def _refused(self, words, content=None, name="form.xlsx", lines=()):
        with self.assertRaisesRegex(ValidationError, words), self.env.cr.savepoint():
            self._make_profile(content or files.sheet(CELLS), name, lines)

    def test_files_that_are_not_taken(self):
        self._refused("without macros", name="form.xlsm")
        self._refused("without macros", name="form")
        self._refused("not what its name", name="form.docx")
        self._refused("broken", content=b"x" * 100)
        self._refused("password", content=b"\xd0\xcf\x11\xe0" + bytes(100))
        macro = files.spoil(files.sheet(), add={"xl/vbaProject.bin": b"x"})
        self._refused("macro", content=macro)
        with self.assertRaisesRegex(ValidationError, "broken"), self.env.cr.savepoint():
            self.profile.form_file = base64.b64encode(b"PK\x03\x04 spoiled")

    def test_places_that_are_not_there(self):
        for target, words in (
            ("Sheet9!B7", "no such sheet, only 8D"),
            ("B900", "outside the form"),
            ("ZZ1", "outside the form"),
            ("XFE1", "neither a cell nor a text"),
            ("<<Cause>>", "neither a cell nor a text"),
            ("B", "neither a cell nor a text"),
            ("A20", "calculated by a formula"),
        ):
            with self.subTest(target=target):
                content = files.sheet({**CELLS, "A20": "=1+1"})
                self._refused(words, content, lines=[(target, "cause", {})])

    def test_all_that_is_wrong_is_told_at_once(self):
        lines = [("Sheet9!B7", "cause", {}), ("B900", "words", {})]
        self._refused("(?s)no such sheet.*outside", lines=lines)

    def test_a_list_over_a_formula(self):
        content = files.sheet({"A1": "x", "A4": "=1+1"})
        self._refused("A4 is calculated", content, lines=[("A2", "goods.name", {"rows": 3})])
        self._make_profile(content, "form.xlsx", [("A2", "words", {"rows": 3})], sequence=99)

    def test_a_place_is_filled_once(self):
        content = files.sheet({"A1": "x"}, merged=("B3:D5",))
        lines = [("B3", "cause", {}), ("C4", "words", {})]
        self._refused("filled by another line", content, lines=lines)
        lines = [("A2", "goods.name", {"rows": 3}), ("A4", "words", {})]
        self._refused("filled by another line", content, lines=lines)
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self._make_profile(files.sheet(CELLS), "f.xlsx", [("B4", "cause", {})] * 2)

    def test_sources_are_picked_from_the_list(self):
        for source in ("operator_name", "complaint_id.cause_ids.operator_name", "{{words}}"):
            with self.subTest(source=source):
                self._refused("not on the list", lines=[("B4", source, {})])

    def test_code_in_the_form_is_refused(self):
        """Whatever somebody types in braces: it is a key of the list, or the form is not taken."""
        for text in (
            "{{operator_name}}",
            "{{ object.env.user.login }}",
            "{{complaint_number|safe}}",
            "{{goods.penalty}}",
            "{{ 7*7 }}",
            "{{",
        ):
            with self.subTest(text=text):
                self._refused("not a placeholder", files.sheet({"A1": text}))
        content = files.word_with(b"<w:p><w:r><w:t>{{secret}}</w:t></w:r></w:p>")
        lines = [("<<CAUSE>>", "cause", {})]
        self._refused("not a placeholder: {{secret}}", content, "f.docx", lines)

    def test_other_braces_of_the_customer_are_mapped(self):
        """His own system's marks look like ours: a line says what they mean."""
        content = files.sheet({"A1": "No. {{QM:Number}} {{ words }}"})
        lines = [("{{QM:Number}}", "complaint_number", {})]
        profile = self._make_profile(content, "form.xlsx", lines, sequence=1)
        self.assertEqual(profile._get_form_keys(), ["complaint_number", "words"])

    def test_a_part_that_is_damaged_inside(self):
        content = files.spoil(
            files.sheet(CELLS),
            {"xl/worksheets/sheet1.xml": lambda d: d.replace(b'<row r="1"', b'<row r="one"')},
        )
        self._refused("broken", content, lines=[("B4", "cause", {})])

    def test_rows(self):
        for rows in (0, -1, 501):
            with (
                self.subTest(rows=rows),
                mute_logger("odoo.sql_db"),
                self.assertRaises(IntegrityError),
                self.env.cr.savepoint(),
            ):
                self.profile.form_field_ids[0].rows = rows
                self.env.flush_all()

    def test_only_administrators_set_up(self):
        profile = self.profile.with_user(self.user_manager)
        for vals in (
            {"form_file": base64.b64encode(files.sheet())},
            {"form_field_ids": [Command.clear()]},
        ):
            with self.assertRaises(AccessError):
                profile.write(vals)
        with self.assertRaises(AccessError):
            profile.form_field_ids[0].source = "cause"

    def test_every_source_can_be_filled(self):
        """No key without a value, and nothing but strings."""
        report = self._report(self._case_8d(), "form")
        values, tables = report._get_form_values()
        self.assertEqual(set(values), set(report._get_form_sources()))
        for key, value in values.items():
            self.assertIs(type(value), str, key)
        for name, (_label, columns) in report._get_form_lists().items():
            for row in tables[name]:
                self.assertLessEqual(set(columns), set(row), name)

    def test_disciplines_of_an_8d(self):
        """Forms with one box for each discipline get it as text."""
        values = self._report(self._case_8d(), "form")._get_placeholder_values()
        self.assertIn("Lea Leader", values["d1"])
        self.assertIn("Two lower layers", values["d2"])
        self.assertIn("Sorted and replaced", values["d3"])
        self.assertIn("1. Wet cartons", values["d4"])
        self.assertIn("Rain test", values["d5"])
        self.assertIn("0 of 500 pieces", values["d6"])
        self.assertIn("CP-12 Packing", values["d7"])
        self.assertIn("Look at three deliveries", values["d8"])
        self.assertEqual(values["part_number"], "A 000 123")
        self.assertEqual(values["plant"], "Plant 7, Exampleton")

    def test_a_title_with_placeholders(self):
        """An 8D report titled by a placeholder, while placeholders read the 8D report."""
        self.env["complaint.report.profile"].create(
            {
                "name": "8D with number",
                "kind": "8d",
                "partner_id": self.customer.id,
                "title": "8D {{complaint_number}}",
                "intro": "About {{product}}",
            }
        )
        complaint = self._case_8d()
        report = self._report(complaint, "8d")
        self.assertEqual(report._get_print_8d()["title"], f"8D {complaint.name}")
        self.assertIn("Sorted and replaced", report._get_placeholder_values()["d3"])
