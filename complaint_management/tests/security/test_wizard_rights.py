from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .fixtures import SecurityCommon

# Wizard → something its user may change in it
WIZARDS = {
    "complaint.reason.wizard": {"verb": "object"},
    "complaint.action.wizard": {"verb": "object"},
    "complaint.people.wizard": {"verb": "transfer"},
}


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
            "complaint.people.wizard": {
                "verb": "dispatch",
                "complaint_ids": own["complaint.complaint"].ids,
                "user_id": self.user_sales2.id,
                "note": "Look at it",
            },
        }
        return self.env[model].with_user(user).create(values[model])

    def test_own_wizard(self):
        for model in WIZARDS:
            with self.subTest(model=model):
                wizard = self._wizard(model, self.user_sales)
                self.assertTrue(wizard.read())
                self.assertEqual(wizard.search([("id", "=", wizard.id)]), wizard)
                wizard.write(WIZARDS[model])

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_somebody_elses_wizard(self):
        for model in WIZARDS:
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
                        foreign.write(WIZARDS[model])
                    with self.assertRaises(AccessError):
                        foreign.action_confirm()
