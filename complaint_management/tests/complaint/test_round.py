from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common import ComplaintCommon


@tagged("post_install", "-at_install")
class TestRound(ComplaintCommon):
    """The customer's objection and a reopening open the next round; earlier ones stay (R47)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.complaint = cls._complaint(category_id=cls.category_simple.id).with_user(
            cls.user_manager
        )
        cls.complaint.action_register()

    def _rounds(self):
        return [(r.number, r.kind, bool(r.date_ended)) for r in self.complaint.round_ids]

    def test_objection_of_the_customer(self):
        self.complaint.action_resolve()
        wizard_action = self.complaint.action_object()
        self.assertEqual(wizard_action["res_model"], "complaint.reason.wizard")
        wizard = self.env["complaint.reason.wizard"].browse(wizard_action["res_id"])
        with self.assertRaises(UserError):
            wizard.action_confirm()
        wizard.reason = "He insists on a return"
        wizard.action_confirm()
        self.assertEqual((self.complaint.state, self.complaint.round), ("registered", 2))
        self.assertFalse(self.complaint.date_resolved)
        self.assertEqual(self._rounds(), [(1, "first", True), (2, "objection", False)])
        self.assertEqual(self.complaint.round_ids[1].reason, "He insists on a return")

    def test_reopening(self):
        self.complaint.action_resolve()
        self.complaint.action_close("tacit")
        self.assertTrue(self.complaint.date_closed)
        self.complaint.action_reopen("It happened again")
        self.assertEqual((self.complaint.state, self.complaint.round), ("registered", 2))
        self.assertFalse(self.complaint.date_closed)
        self.assertFalse(self.complaint.outcome)

    def test_parts_belong_to_the_round_they_were_added_in(self):
        first = self.env["complaint.demand"].create(
            {"complaint_id": self.complaint.id, "kind": "apology", "answer": "We are sorry"}
        )
        first.action_done()
        self.complaint.action_resolve()
        self.complaint.action_object("Not enough")
        second = self.env["complaint.demand"].create(
            {"complaint_id": self.complaint.id, "kind": "return"}
        )
        self.assertEqual((first + second).mapped("round_number"), [1, 2])
