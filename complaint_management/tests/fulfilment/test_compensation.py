from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .credit_common import CreditCommon


@tagged("post_install", "-at_install")
class TestCompensation(CreditCommon):
    """Money for damage: one draft credit note that touches no order (R37, R38, T17)."""

    def _compensation(self, amount=50.0, order=None, **vals):
        return self._request(order, kind="compensation", amount=amount, **vals)

    def test_a_draft_of_its_own(self):
        order = self._sold()
        demand = self._compensation(order=order)
        refund = self._credit(demand)
        self.assertEqual((refund.state, refund.move_type), ("draft", "out_refund"))
        self.assertFalse(refund.reversed_entry_id)
        self.assertFalse(refund.invoice_line_ids.tax_ids)
        self.assertEqual(refund.amount_total, 50.0)
        self.assertEqual(refund.invoice_line_ids.account_id, refund.journal_id.default_account_id)
        self.assertEqual(refund.partner_id, order.partner_invoice_id)
        self.assertIn(demand.complaint_id.name, refund.ref)
        self.assertEqual(order.invoice_status, "invoiced")
        refund.action_post()
        self.assertEqual(demand.state, "done")
        self.assertEqual(order.invoice_status, "invoiced")

    def test_nothing_is_promised_without_its_amount(self):
        for kind in ("compensation", "discount", "credit"):
            complaint = self._registered_complaint(line_ids=[])
            demand = self.env["complaint.demand"].create(
                {"complaint_id": complaint.id, "kind": kind, "answer": "We pay for it."}
            )
            demand = demand.with_user(self.user_manager)
            for promise in (demand.action_offer, demand.action_accept):
                with self.assertRaisesRegex(UserError, "write how much it is first"):
                    promise()
            demand.amount = 12.0
            demand.action_accept()
            self.assertEqual(demand.state, "accepted", kind)

    def test_the_customers_invoice_address(self):
        address = self.env["res.partner"].create(
            {"name": "Bookkeeping", "type": "invoice", "parent_id": self.customer.id}
        )
        self.assertEqual(self._credit(self._compensation()).partner_id, address)

    def test_more_than_any_invoice(self):
        """Damage may cost more than the goods did; limits are a matter of approval."""
        self.assertEqual(self._credit(self._compensation(5000.0)).amount_total, 5000.0)

    def test_the_product_of_the_settings(self):
        product = self._product(
            name="Compensation", type="service", taxes_id=[Command.set(self.tax.ids)]
        )
        account = self.env["account.account"].create(
            {"name": "Damages", "code": "X4711", "account_type": "expense"}
        )
        product.property_account_income_id = account
        self.company.complaint_compensation_product_id = product
        line = self._credit(self._compensation()).invoice_line_ids
        self.assertEqual(line.product_id, product)
        self.assertEqual(line.account_id, account)
        self.assertEqual(line.tax_ids, self.tax)
        self.assertEqual((line.price_subtotal, line.price_total), (50.0, 55.0))

    def test_pressed_twice_cancelled_deleted(self):
        demand = self._compensation()
        first = self._credit(demand)
        demand.action_execute()
        self.assertEqual(demand.sudo().refund_ids, first)
        first.button_cancel()
        second = self._credit(demand)
        self.assertNotEqual(first, second)
        with self.assertRaisesRegex(UserError, "was replaced by"):
            first.button_draft()
        second.unlink()
        self.assertEqual(len(self._credit(demand)), 1)

    def test_a_case_that_is_over_stays_over(self):
        demand = self._compensation()
        refund = self._credit(demand)
        refund.action_post()
        complaint = demand.complaint_id.sudo()
        complaint.action_cancel("Entered twice")
        refund.button_draft()
        self.assertEqual(demand.state, "done")
        told = complaint.activity_ids.filtered(lambda a: "closed case" in (a.summary or ""))
        self.assertEqual(len(told), 1)
        refund.action_post()
        refund.button_draft()
        self.assertEqual(len(complaint.activity_ids & told), 1)
        again = complaint.activity_ids.filtered(lambda a: "closed case" in (a.summary or ""))
        self.assertEqual(again, told, "told once; posting tells nothing")

    def test_who_left_is_not_told_and_who_stays_in_his_language(self):
        demand = self._compensation()
        refund = self._credit(demand)
        refund.action_post()
        complaint = demand.complaint_id.sudo()
        complaint.action_cancel("Entered twice")
        self.env["res.lang"]._activate_lang("fr_FR")
        gone = (complaint.lead_user_id | complaint.user_id).with_env(self.env) - self.env.user
        gone.active = False
        there = complaint._find_lead()
        there.lang = "fr_FR"
        self.assertTrue(there.active)
        self.assertNotIn(there, gone)
        refund.button_draft()
        told = complaint.activity_ids.filtered(lambda a: "closed case" in (a.summary or ""))
        self.assertEqual(told.user_id, there)
        self.assertEqual(complaint._for_lead().env.lang, "fr_FR")

    def test_what_somebody_called_done_stays_done(self):
        demand = self._compensation()
        refund = self._credit(demand)
        refund.button_cancel()
        demand.action_done()
        refund.unlink()
        self.assertEqual(demand.state, "done")

    def test_a_salesperson_who_may_not_see_the_form_is_told_so(self):
        demand = self._compensation()
        self._credit(demand)
        with self.assertRaisesRegex(UserError, "not yours to open"):
            demand.with_user(self.user_sales).action_view_documents()

    def test_finance_gets_a_to_do(self):
        refund = self._credit(self._compensation())
        activity = refund.activity_ids
        self.assertEqual(activity.user_id, self.user_finance)
        self.assertEqual(
            activity.activity_type_id,
            self.env.ref("complaint_management.mail_activity_type_refund"),
        )
        refund.with_user(self.user_finance).action_post()
        self.assertFalse(refund.activity_ids)
        refund.button_draft()
        self.assertEqual(refund.activity_ids.user_id, self.user_finance)
        refund.button_cancel()
        self.assertFalse(refund.activity_ids)

    def test_the_to_do_waits_where_finance_may_not_post(self):
        function = self.team.function_ids.filtered(lambda f: f.function == "finance")
        function.user_id = self.user_contributor
        refund = self._credit(self._compensation())
        self.assertTrue(refund.activity_ids)
        self.assertFalse(refund.activity_ids.user_id)

    def test_the_salesperson_sees_how_far_it_is(self):
        demand = self._compensation()
        self._credit(demand)
        self.assertIn("Draft", demand.document_summary)
        self.assertIn("50.00", demand.document_summary)
        with self.assertRaises(AccessError), mute_logger("odoo.models"):
            demand.read(["refund_ids"])
        with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_model"):
            demand.refund_ids.with_user(self.user_sales).write({"ref": "Mine"})

    def test_our_users_without_sales_rights(self):
        self.user_quality.group_ids -= self.env.ref("sales_team.group_sale_salesman")
        demand = self._compensation().with_user(self.user_quality)
        self.assertEqual(demand.action_execute()["tag"], "display_notification")
        self.assertIn("50.00", demand.document_summary)

    def test_nobody_makes_a_bill_of_it(self):
        refund = self._credit(self._compensation())
        with self.assertRaisesRegex(UserError, "cancel it instead"):
            refund.action_switch_move_type()
        with self.assertRaises(UserError):
            refund.write({"complaint_taken_back": True})

    def test_a_copy_meets_no_request(self):
        refund = self._credit(self._compensation())
        self.assertFalse(refund.copy().complaint_demand_id)

    def test_another_company(self):
        company = self._second_company()
        self._set_up_accounting(company)
        self.user_sales.company_ids = [Command.link(company.id)]
        demand = self._request(kind="compensation", amount=50.0, accept=False)
        complaint = self._complaint(
            company_id=company.id,
            user_id=self.user_sales.id,
            category_id=self.category_simple.id,
            demand_ids=[Command.create({"kind": "compensation", "amount": 50.0})],
        )
        complaint.action_register()
        demand = complaint.demand_ids.with_user(self.user_sales)
        demand.action_accept()
        refund = self._credit(demand)
        self.assertEqual(refund.company_id, company)
        self.assertEqual(refund.journal_id.company_id, company)
        self.assertEqual(refund.invoice_line_ids.account_id.company_ids, company)

    def test_a_company_without_accounts(self):
        company = self._second_company()
        journals = self.env["account.journal"].search([("company_id", "=", company.id)])
        self.assertFalse(journals.filtered(lambda j: j.type == "sale").default_account_id)
        complaint = self._complaint(
            company_id=company.id,
            category_id=self.category_simple.id,
            demand_ids=[Command.create({"kind": "compensation", "amount": 50.0})],
        )
        complaint.action_register()
        complaint.demand_ids.action_accept()
        with self.assertRaisesRegex(UserError, "Second Company has no sales journal"):
            complaint.demand_ids.action_execute()
