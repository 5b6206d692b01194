from odoo.tests import tagged

from ..common import ComplaintCommon


@tagged("post_install", "-at_install")
class TestSameOptions(ComplaintCommon):
    """Options a figure shares with a case are said in the reader's language, too."""

    def test_translated(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        for model, name, label in (
            ("complaint.action", "effectiveness", "Inefficace"),
            ("complaint.complaint", "severity", "Grave"),
        ):
            field = self.env["ir.model.fields"]._get(model, name)
            value = "ineffective" if name == "effectiveness" else "critical"
            option = field.selection_ids.filtered(lambda o, v=value: o.value == v)
            option.with_context(lang="fr_FR").name = label
        for model, name, label in (
            ("complaint.analysis.measure", "effectiveness", "Inefficace"),
            ("complaint.analysis.action", "severity", "Grave"),
            ("complaint.analysis.goods", "severity", "Grave"),
        ):
            with self.subTest(model=model):
                described = self.env[model].with_context(lang="fr_FR").fields_get([name])
                self.assertIn(label, dict(described[name]["selection"]).values())
