"""Placeholders are looked up in a list: nothing is evaluated, nothing is expanded twice (T12)."""

from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .common import DocumentsCommon

# What people try who know a template language; none of it is a placeholder of ours.
INJECTIONS = (
    "{{ object.env.cr.dbname }}",
    "{{object.complaint_id.cause_ids.operator_name}}",
    "{{complaint_number.__class__}}",
    "{{complaint_number|safe}}",
    "{{ 7*7 }}",
    "{{'a'.join(user.login)}}",
    "{{password}}",
    "{{}}",
    "{{complaint_number",
    "complaint_number}}",
    "{{{{complaint_number}}}}",
    "{{complaint_number}}}}",
    "{{\ncomplaint number\n}}",
    "{{" * 200,
)
# Other engines' syntax is no syntax here: it stays the text it is.
INERT = (
    "${object.env.user.login}",
    "{% for x in ().__class__.__base__.__subclasses__() %}x{% endfor %}",
    "<t t-out=\"env['res.users'].browse(2).login\"/>",
    "%(login)s %s {0} {0.__class__} #{1}",
    '=HYPERLINK("http://x")',
    "{{ customer",
)


@tagged("post_install", "-at_install")
class TestPlaceholder(DocumentsCommon):
    """The allow-list: labels, values, filling, refusing."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.complaint = cls._case(
            description="The shafts are rusty, says {{approved_by}}.",
            customer_reference="QN-4711",
        )
        cls.report = cls._report(cls.complaint)

    def test_every_placeholder_has_a_label_and_a_string(self):
        labels = self.report._get_placeholders()
        values = self.report._get_placeholder_values()
        self.assertEqual(set(labels), set(values))
        self.assertEqual(len(set(labels.values())), len(labels), "labels tell them apart")
        for key, value in values.items():
            self.assertIs(type(value), str, key)

    def test_values(self):
        values = self.report._get_placeholder_values()
        self.assertEqual(values["complaint_number"], self.complaint.name)
        self.assertEqual(values["customer_reference"], "QN-4711")
        self.assertEqual(values["customer"], self.customer.name)
        self.assertIn("The cartons got wet", values["cause"])
        self.assertIn("Wrap pallet 0 in film", values["corrective_actions"])
        self.assertIn("Check wrapping at gate 0", values["preventive_actions"])
        self.assertIn("Cause and measures are in this report.", values["answers"])
        self.assertEqual(values["report_number"], self.report.name)
        self.assertFalse(values["approved_by"], "nobody yet")

    def test_quantities_of_several_goods_are_no_sum(self):
        line = self._prepare_line_vals(product_id=False, name="Film", quantity_complained=3)
        self.complaint.sudo().line_ids = [Command.create(line)]
        quantity = self.report._get_placeholder_values()["quantity"]
        self.assertEqual(len(quantity.splitlines()), 2)
        self.assertIn("Film: 3", quantity)

    def test_total_of_what_is_counted_in_one_unit(self):
        values = self.report._get_placeholder_values
        line = self._prepare_line_vals(product_id=False, name="Film", quantity_complained=3)
        self.complaint.sudo().line_ids = [Command.create(line)]
        self.assertRegex(values()["quantity_total"], r"^6(\.0+)? \w+$")
        line["product_uom_id"] = self.env.ref("uom.product_uom_kgm").id
        self.complaint.sudo().line_ids = [Command.create(line)]
        self.assertRegex(values()["quantity_total"], r"^6(\.0+)? \w+, 3(\.0+)? kg$")

    def test_filled(self):
        text = self.report._fill_placeholders("Re {{complaint_number}}/{{ customer_reference }}!")
        self.assertEqual(text, f"Re {self.complaint.name}/QN-4711!")
        self.assertEqual(self.report._fill_placeholders(False), "")
        self.assertEqual(self.report._fill_placeholders("plain"), "plain")

    def test_a_value_is_not_looked_at_again(self):
        """What the customer wrote in braces stays what he wrote."""
        text = self.report._fill_placeholders("He says: {{words}}")
        self.assertEqual(text, "He says: The shafts are rusty, says {{approved_by}}.")

    def test_injections_are_refused_where_they_are_typed(self):
        for text in INJECTIONS:
            with self.subTest(text=text), self.assertRaisesRegex(ValidationError, "Pick from"):
                self.report._check_placeholders(text)
        self.report._check_placeholders("{{complaint_number}} and {{ words }}, {single}, %s")
        self.report._check_placeholders(False)

    def test_injections_do_nothing_if_they_got_in(self):
        """What came in past the check stays as it stands; at most a known key is filled."""
        for text in INJECTIONS + INERT:
            with self.subTest(text=text):
                filled = self.report._fill_placeholders(text)
                expected = text.replace("{{complaint_number}}", self.complaint.name)
                self.assertEqual(filled, expected)

    def test_many_braces_take_no_time(self):
        text = "{{" * 20000 + "a" * 20000 + "}}" * 20000
        with self.assertRaises(ValidationError):
            self.report._check_placeholders(text)

    def test_labels_and_values_in_the_right_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.report.sudo().lang = "fr_FR"
        values = self.report._get_placeholder_values()
        day = self.complaint.with_context(lang="fr_FR")._get_print_day(self.complaint.date_received)
        self.assertEqual(values["date_received"], day)

    def test_rights_count(self):
        stranger = self.report.with_user(self.user_contributor)
        with self.assertRaises(AccessError):
            stranger._get_placeholder_values()
        with self.assertRaises(AccessError):
            stranger._fill_placeholders("{{words}}")
