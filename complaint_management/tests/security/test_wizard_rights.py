from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .fixtures import SecurityCommon


@tagged("post_install", "-at_install")
class TestWizardRights(SecurityCommon):
    """What somebody types into a wizard is his until he presses the button."""

    def _wizard(self, model, user):
        own = self.cases["own"]
        values = {
            "complaint.reason.wizard": {
                "verb": "cancel",
                "complaint_ids": own["complaint.complaint"].ids,
                "reason": "Entered twice",
            },
            "complaint.action.wizard": {
                "verb": "finish",
                "action_ids": own["complaint.action"].ids,
                "note": "Done",
            },
        }
        return self.env[model].with_user(user).create(values[model])

    def test_own_wizard(self):
        for model in ("complaint.reason.wizard", "complaint.action.wizard"):
            with self.subTest(model=model):
                wizard = self._wizard(model, self.user_sales)
                self.assertTrue(wizard.read())
                self.assertEqual(wizard.search([("id", "=", wizard.id)]), wizard)
                wizard.write({"verb": "object"})

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_somebody_elses_wizard(self):
        for model in ("complaint.reason.wizard", "complaint.action.wizard"):
            wizard = self._wizard(model, self.user_sales)
            self.env.flush_all()
            self.env.invalidate_all()
            for user in (self.user_contributor, self.user_sales2, self.user_admin):
                with self.subTest(model=model, user=user.name):
                    foreign = wizard.with_user(user)
                    if foreign.browse().has_access("read"):
                        self.assertFalse(foreign.search([("id", "=", wizard.id)]))
                    with self.assertRaises(AccessError):
                        foreign.read()
                    with self.assertRaises(AccessError):
                        foreign.write({"verb": "object"})
                    with self.assertRaises(AccessError):
                        foreign.action_confirm()
