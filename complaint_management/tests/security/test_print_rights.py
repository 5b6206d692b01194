from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .fixtures import SecurityCommon

REPORT = "complaint_management.report_complaint_form"


@tagged("post_install", "-at_install")
class TestPrintRights(SecurityCommon, HttpCase):
    """The internal form prints requests and everybody's actions: not for contributors (R60)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.complaint = cls.cases["own"]["complaint.complaint"]
        cls.foreign = cls.env["complaint.action"].create(
            {
                "complaint_id": cls.complaint.id,
                "name": "Weigh the returned goods",
                "user_id": cls.user_purchasing.id,
                "deadline": "2030-01-01",
            }
        )

    def _get(self, user, kind):
        user.password = "not a secret 1"
        self.authenticate(user.login, "not a secret 1")
        return self.url_open(f"/report/{kind}/{REPORT}/{self.complaint.id}")

    def test_contributor_is_refused(self):
        for kind in ("html", "pdf"):
            with self.subTest(kind=kind), mute_logger("odoo.http"):
                response = self._get(self.user_contributor, kind)
                self.assertEqual(response.status_code, 403)
                self.assertNotIn("Pay 1,000", response.text)
                self.assertNotIn(self.foreign.name, response.text)

    def test_those_inside_print(self):
        for user in (self.user_sales, self.user_leadership):
            with self.subTest(user=user.name):
                response = self._get(user, "html")
                self.assertEqual(response.status_code, 200)
                self.assertIn("Pay 1,000", response.text)
                self.assertIn(self.foreign.name, response.text)

    def test_inside_but_not_his(self):
        other = self.cases["other"]["complaint.complaint"]
        with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_rule"):
            other.with_user(self.user_sales)._get_print_internal()

    def test_all_rights_of_the_system_do_not_help_a_contributor(self):
        with self.assertRaises(AccessError):
            self.complaint.with_user(self.user_contributor).sudo()._get_print_internal()
