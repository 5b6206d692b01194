from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from .eightd_common import EightdCommon


@tagged("post_install", "-at_install")
class TestPrint8d(EightdCommon):
    """What stands in an 8D report, discipline by discipline (R44, practice: *8D*)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.complaint = cls._case_8d(photos=2)
        cls.report = cls._report(cls.complaint, "8d")

    def _sections(self, values=None):
        values = values or self.report._get_print_8d()
        return {section["code"]: section for section in values["sections"]}

    def _table(self, section, code):
        return next(table for table in section["tables"] if table["code"] == code)

    def test_header_box(self):
        self.report.profile_id.sudo().supplier_code = "123456"
        values = self.report._get_print_8d()
        header = {row["key"]: row["value"] for row in values["header"]}
        for key, text in {
            "customer": "Harbour Hotel",
            "plant": "Plant 7, Exampleton",
            "reference": "Q-2026-0815",
            "supplier_code": "123456",
            "part_number": "A 000 123",
            "part_name": "Screwdriver",
            "drawing": "4711-C",
            "quantity": "3",
            "failure": "0 km",
            "repeat": "no",
            "safety": "no",
            "our_number": self.complaint.name,
        }.items():
            with self.subTest(key=key):
                self.assertIn(text, header[key])
        self.assertEqual([row["code"] for row in values["stages"]], ["d3", "d5", "final"])
        self.assertTrue(all(row["due"] and not row["sent"] for row in values["stages"]))

    def test_whoever_approves_has_seen_what_is_printed(self):
        """Each recorded value that an 8D report prints makes a new version (T17)."""
        complaint = self._case_8d(photos=1).with_user(self.user_quality)
        measure = complaint.action_ids.filtered(lambda a: a.kind == "corrective")[:1]
        for record, name, value in (
            (complaint, "customer_plant", "Plant 8"),
            (complaint, "failure_place", "field"),
            (complaint, "first_good_lot", "LOT-0100"),
            (complaint, "first_good_marking", "Blue dot"),
            (complaint, "date_containment_removed", "2026-01-05"),
            (complaint, "lesson_learned", "Another"),
            (complaint.line_ids[:1], "customer_part", "A 000 124"),
            (complaint.line_ids[:1], "drawing_revision", "4711-D"),
            (measure, "choice_note", "Another"),
            (measure, "clean_point", "LOT-0100"),
            (measure, "validation_note", "1 of 500 pieces"),
            (measure, "evidence_note", "Another"),
            (complaint.cause_ids[:1], "evidence_note", "Another"),
            (complaint.member_ids[:1], "contact", "+1 555 1"),
            (complaint.evidence_ids[:1], "condition", "ok"),
            (complaint.evidence_ids[:1], "customer_visible", False),
        ):
            with self.subTest(model=record._name, field=name):
                before = complaint.version
                record.write({name: value})
                self.assertGreater(complaint.version, before)

    def test_many_goods(self):
        """The header box names a few of many goods; the table below has all, with their numbers."""
        complaint = self._case_8d()
        complaint.sudo().line_ids = [
            Command.create(
                self._prepare_line_vals(
                    product_id=False, name=f"Type {n}", customer_part=f"A 000 {n:03}"
                )
            )
            for n in range(200)
        ]
        values = self._report(complaint, "8d")._get_print_8d()
        header = {row["key"]: row["value"] for row in values["header"]}
        for key in ("part_name", "part_number"):
            self.assertLess(len(header[key]), 120)
            self.assertIn(" in all, see D2)", header[key])
        goods = self._table(self._sections(values)["d2"], "goods")
        self.assertEqual(len(goods["rows"]), 201)
        self.assertIn("A 000 199", goods["rows"][-1])

    def test_every_discipline(self):
        sections = self._sections()
        self.assertEqual(list(sections), [f"d{number}" for number in range(1, 9)])
        team = self._table(sections["d1"], "team")
        self.assertEqual(team["rows"][0], ["Team leader", "Lea Leader", "Quality engineer"])
        self.assertEqual(
            self._table(sections["d2"], "comparison")["rows"],
            [["Where", "Two lower layers of the pallet", "Upper layers"]],
        )
        checks = self._table(sections["d3"], "checks")["rows"]
        self.assertEqual(checks[0][:4], ["At the customer", "500", "12", "Sorted and replaced"])
        self.assertEqual(checks[1][1:3], ["", ""], "not checked yet: no numbers")
        self.assertIn(["First certified-good lot", "LOT-0099"], sections["d3"]["pairs"])
        causes = self._table(sections["d4"], "causes")
        self.assertEqual(len(causes["rows"]), 2)
        self.assertIn("3. No rule", causes["rows"][0][2])
        measures = self._table(sections["d5"], "measures")
        self.assertIn("Rain test with ten pallets: all dry.", measures["rows"][0])
        introduced = self._table(sections["d6"], "introduced")["rows"]
        self.assertEqual(len(introduced), 2)
        self.assertIn("0 of 500 pieces rusty in three deliveries.", introduced[0])
        self.assertIn("CP-12 Packing", self._table(sections["d7"], "documents")["rows"][0])
        self.assertEqual(sections["d7"]["text"], "Film belongs into the packing rule.")
        self.assertEqual(
            self._table(sections["d8"], "effect")["rows"][0][0], "Look at three deliveries"
        )
        self.assertEqual(sections["d8"]["pairs"][0][0], "Containment removed on")

    def test_all_are_plain_strings(self):
        def walk(value):
            if isinstance(value, dict):
                for part in value.values():
                    walk(part)
            elif isinstance(value, list):
                for part in value:
                    walk(part)
            else:
                self.assertIn(type(value), (str, float))

        walk(self.report._get_print_8d())

    def test_photos_bad_before_good(self):
        good, bad = self.complaint.evidence_ids
        good.condition, bad.condition = "ok", "nok"
        photos = self._sections()["d2"]["photos"]
        self.assertEqual([photo["condition"] for photo in photos], ["Not OK", "OK"])

    def test_no_money_and_no_future_done(self):
        self.complaint.demand_ids.write({"answer": "We pay 4,000 for sorting"})
        self.complaint.revision_ids.date_done = fields.Date.today() + timedelta(days=5)
        html = self._html(self.report)
        self.assertNotIn("4,000", html)
        table = self._table(self._sections()["d7"], "documents")
        self.assertNotIn("Released", table["columns"])

    def test_a_day_begins_in_the_east(self):
        """At 23:30 UTC it is tomorrow in China: what is done there today is no future."""
        self.complaint.team_id.resource_calendar_id = self.env["resource.calendar"].create(
            {"name": "Shanghai", "tz": "Asia/Shanghai"}
        )
        late = fields.Datetime.to_datetime("2026-03-02 23:30:00")
        self.patch(type(self.complaint), "_get_print_now", lambda complaint: late)
        self.assertTrue(self.complaint._get_print_past(fields.Date.to_date("2026-03-03")))
        self.assertFalse(self.complaint._get_print_past(fields.Date.to_date("2026-03-04")))

    def test_what_is_not_introduced_is_not_under_d6(self):
        self._add_action(
            self.complaint, name="Roofed gate", cause_id=self.complaint.cause_ids[0].id
        )
        sections = self._sections()
        self.assertIn("Roofed gate", str(sections["d5"]["tables"]))
        self.assertNotIn("Roofed gate", str(sections["d6"]["tables"]))

    def test_nothing_recorded_prints_no_empty_box(self):
        complaint = self._registered_complaint(user=self.user_sales)
        report = self._report(complaint, "8d")
        self.assertEqual(report.stage, "d3")
        sections = self._sections(report._get_print_8d())
        self.assertEqual(set(sections), {"d1", "d2"})
        html = self._html(report)
        self.assertNotIn("D3 Containment", html)
        self.assertNotIn("<tbody></tbody>", html.replace(" ", "").replace("\n", ""))

    def test_interim_is_silent_about_later_disciplines(self):
        self.report.stage = "d3"
        self.assertEqual(max(self._sections()), "d3")
        self.assertEqual(max(self.report.section_ids.mapped("code")), "opening")
        self.assertNotIn("d4", self.report.section_ids.mapped("code"))
        self.report.stage = "d5"
        self.assertEqual(list(self._sections())[-1], "d5")
        self.report.stage = "final"
        self.assertEqual(list(self._sections())[-1], "d8")

    def test_only_for_readers(self):
        with self.assertRaises(AccessError):
            self.report.with_user(self.user_stranger)._get_print_8d()
