from odoo.exceptions import UserError
from odoo.tests import tagged

from .free_common import FreeCommon


@tagged("post_install", "-at_install")
class TestExecuteWords(FreeCommon):
    """Where words are asked for, carrying out proposes the letter or the report (R37, R44)."""

    def test_explanation_and_apology_propose_the_letter(self):
        template = self.env.ref("complaint_management.mail_template_explanation")
        for kind in ("explanation", "apology"):
            demand = self._free_demand(kind, accept=False)
            self.assertFalse(demand.can_execute)
            with self.assertRaises(UserError):
                demand.action_execute()
            demand.answer = "The driver was new."
            demand.action_accept()
            mails = self.env["mail.mail"].search([])
            with self.subTest(kind=kind):
                self.assertTrue(demand.can_execute)
                opened = demand.action_execute()
                self.assertEqual(opened["res_model"], "mail.compose.message")
                self.assertEqual(opened["context"]["default_template_id"], template.id)
                self.assertFalse(self.env["mail.mail"].search([]) - mails)
                self.assertEqual(demand.state, "accepted")
                demand.action_done()

    def test_the_letter_says_what_we_answered(self):
        demand = self._free_demand("explanation", accept=False)
        demand.answer = "The driver was new."
        demand.action_accept()
        complaint = demand.complaint_id
        complaint.investigation_result = "Not approved yet."
        composer = (
            self.env["mail.compose.message"]
            .with_user(self.user_sales)
            .with_context(**demand.action_execute()["context"])
            .create({})
        )
        self.assertIn("The driver was new.", composer.body)
        self.assertNotIn("Not approved yet.", composer.body)
        self.assertIn(complaint.name, composer.body)
        self.assertEqual(composer.partner_ids, self.contact)

    def test_cause_and_prevention_draft_the_report(self):
        demand = self._free_demand("cause_prevention")
        opened = demand.action_execute()
        report = demand.complaint_id.report_ids
        self.assertEqual((opened["res_model"], opened["res_id"]), ("complaint.report", report.id))
        self.assertEqual(report.kind, demand.complaint_id.report_kind)
        again = demand.action_execute()
        self.assertEqual(again["res_id"], report.id)
        self.assertEqual(demand.complaint_id.report_ids, report)
        demand.action_done()

    def test_many_at_once(self):
        demands = self._free_demand("apology") | self._free_demand("free_goods")
        opened = demands.action_execute()
        order = demands.sudo().order_ids
        self.assertEqual(len(order), 1)
        self.assertEqual((opened["res_model"], opened["res_id"]), (order._name, order.id))
