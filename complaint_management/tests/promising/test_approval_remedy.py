from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .approval_common import ApprovalCommon


@tagged("post_install", "-at_install")
class TestApprovalRemedy(ApprovalCommon):
    """What is above one's limit is approved by somebody else first (R38, R40, T16, T17)."""

    def _refused(self, function, text, error=UserError):
        with (
            self.assertRaisesRegex(error, text),
            mute_logger("odoo.addons.base.models.ir_rule", "odoo.models"),
            self.env.cr.savepoint(),
        ):
            function()

    # ------------------------------------------------------------
    # The way
    # ------------------------------------------------------------
    def test_asked_approved_promised(self):
        demand = self._demand(1000.0)
        self.assertTrue(demand.can_request_approval)
        approval = self._ask(demand, "The customer of the year")
        self.assertEqual((approval.state, approval.function), ("requested", "sales_manager"))
        self.assertEqual((approval.amount, approval.complaint_amount), (1000.0, 1000.0))
        self.assertEqual(approval.asked_user_id, self.user_manager)
        self.assertIn("Waits for Manager", demand.approval_note)
        self.assertFalse(demand.can_request_approval)
        self._refused(demand.action_accept, "above your limit")
        todo = self.complaint.activity_ids.filtered(lambda a: a.user_id == self.user_manager)
        self.assertIn("Decide about", todo.summary)

        own = demand.with_user(self.user_manager)
        self.assertTrue(own.can_decide_approval)
        own.action_approve("But no more than that")
        self.assertEqual(approval.state, "approved")
        self.assertEqual(approval.decided_by_id, self.user_manager)
        self.assertEqual(approval.note, "But no more than that")
        self.assertFalse(todo.active)
        self.assertEqual(demand.approval_status, "given")
        demand.action_offer()
        demand.action_accept()
        demand.action_done()
        self.assertEqual(demand.state, "done")

    def test_buttons_open_the_wizard(self):
        demand = self._demand(1000.0)
        seen = {"seen_version": self.complaint.version}
        action = demand.with_context(**seen).action_request_approval()
        wizard = self.env[action["res_model"]].with_user(self.user_sales).browse(action["res_id"])
        self.assertIn("above your limit", wizard.summary)
        wizard.note = "Please"
        wizard.action_confirm()
        approval = demand.approval_ids.with_user(self.user_manager)
        self.assertEqual(approval.reason, "Please")
        action = approval.action_refuse()
        wizard = self.env[action["res_model"]].with_user(self.user_manager)
        wizard = wizard.browse(action["res_id"])
        self.assertIn("1,000.00", wizard.summary)
        self._refused(wizard.action_confirm, "Write why you refuse")
        wizard.note = "Too much"
        wizard.action_confirm()
        self.assertEqual((approval.state, approval.note), ("refused", "Too much"))

    def test_refused(self):
        demand = self._demand(1000.0)
        approval = self._ask(demand).with_user(self.user_manager)
        self._refused(lambda: approval.action_refuse("  "), "Write why")
        approval.action_refuse("Half would do")
        self._refused(demand.action_accept, "above your limit")
        told = self.env["mail.notification"].search(
            [("res_partner_id", "=", self.user_sales.partner_id.id)]
        )
        bodies = told.mail_message_id.mapped("body")
        self.assertTrue(any("refused by Manager" in body for body in bodies), bodies)
        demand.amount = 500.0
        self.assertEqual(self._ask(demand).state, "requested")
        self.assertEqual(len(demand.approval_ids), 2)

    def test_chatter_says_neither_amount_nor_reason(self):
        """Contributors read the chatter (R66)."""
        self._ask(self._demand(1234.0), "Zebra").with_user(self.user_manager).action_approve("Yak")
        text = " ".join(self.complaint.message_ids.mapped("body"))
        self.assertIn("asked Manager for approval", text)
        for secret in ("1234", "1,234", "Zebra", "Yak"):
            self.assertNotIn(secret, text)

    def test_waiting_for_me(self):
        approval = self._ask(self._demand(1000.0))
        domain = [("can_decide", "=", True)]
        approvals = self.env["complaint.approval"]
        self.assertIn(approval, approvals.with_user(self.user_manager).search(domain))
        self.assertIn(approval, approvals.with_user(self.user_leadership).search(domain))
        self.assertNotIn(approval, approvals.with_user(self.user_sales).search(domain))
        self.assertNotIn(approval, approvals.with_user(self.user_service).search(domain))

    # ------------------------------------------------------------
    # Four eyes, limits of the approver
    # ------------------------------------------------------------
    def test_who_asks_does_not_approve(self):
        self.limits["sales_manager"].amount = 500.0
        approval = self._ask(self._demand(1000.0).with_user(self.user_manager))
        self.limits["sales_manager"].amount = 2000.0
        self._refused(lambda: approval.action_approve(""), "who asks", AccessError)

    def test_who_wrote_the_amount_does_not_approve(self):
        demand = self._demand(300.0)
        demand.with_user(self.user_manager).amount = 1000.0
        approval = self._ask(demand)
        self.assertEqual(approval.asked_user_id, self.user_leadership)
        manager = approval.with_user(self.user_manager)
        self.assertFalse(manager.can_decide)
        self._refused(lambda: manager.action_approve(""), "who wrote amount", AccessError)

    def test_who_wrote_an_option_or_goods_does_not_approve(self):
        demand = self._demand(kind="exchange")
        demand.with_user(self.user_manager).line_ids = [self._goods(50)]
        self.assertIn(self.user_manager, demand.value_author_ids)
        other = self._demand()
        option = {"name": "Money", "remedy_kind": "compensation", "amount": 900.0}
        other.with_user(self.user_manager).option_ids = [Command.create(option)]
        self.assertIn(self.user_manager, other.value_author_ids)
        for asked in (demand, other):
            approval = self._ask(asked).with_user(self.user_manager)
            self._refused(lambda a=approval: a.action_approve(""), "who wrote amount", AccessError)

    def test_the_approvers_own_limit_suffices(self):
        demand = self._demand(1000.0)
        approval = self._ask(demand)
        service = approval.with_user(self.user_service)
        self._refused(lambda: service.action_approve(""), "does not cover", AccessError)
        colleague = approval.with_user(self.user_manager)
        self._demand(1500.0).sudo()._write_trusted({"state": "offered"})
        self._refused(lambda: colleague.action_approve(""), "does not cover", AccessError)
        approval.with_user(self.user_leadership).action_approve("")
        self.assertEqual(approval.complaint_amount, 2500.0)

    def test_salespeople_do_not_approve_each_other(self):
        approval = self._ask(self._demand(300.0))
        self.limits["salesperson"].amount = 5000.0
        self.complaint.lead_user_id = self.user_sales2
        colleague = approval.with_user(self.user_sales2)
        self._refused(lambda: colleague.action_approve(""), "does not cover", AccessError)

    def test_who_may_not_read_the_case_does_not_decide(self):
        approval = self._ask(self._demand(300.0))
        for user in (self.user_sales2, self.user_contributor, self.user_stranger):
            with self.subTest(user=user.login):
                self._refused(
                    lambda u=user: approval.with_user(u).action_approve(""), "", AccessError
                )

    def test_four_eyes_whatever_the_company_says_of_reports(self):
        self.company.complaint_four_eyes = False
        demand = self._demand(1000.0)
        demand.with_user(self.user_manager).amount = 1100.0
        self.assertTrue(demand._get_decision_refusal(self.user_manager))

    # ------------------------------------------------------------
    # Only the verbs
    # ------------------------------------------------------------
    def test_nobody_writes_an_approval(self):
        demand = self._demand(1000.0)
        approval = self._ask(demand)
        approval.with_user(self.user_manager).action_approve("")
        for user in (self.user_sales, self.user_manager, self.user_admin, self.user_leadership):
            record = approval.with_user(user)
            with self.subTest(user=user.login):
                self._refused(lambda r=record: r.write({"amount": 1.0}), "")
                self._refused(record.unlink, "")
                self._refused(
                    lambda r=record: r.create(
                        {
                            "complaint_id": self.complaint.id,
                            "demand_id": demand.id,
                            "kind": "compensation",
                            "state": "approved",
                            "requested_by_id": self.user_sales.id,
                            "date_requested": fields.Datetime.now(),
                        }
                    ),
                    "",
                )
        self._refused(lambda: approval.sudo().write({"state": "void"}), "cannot be edited")
        self._refused(approval.sudo().unlink, "Approvals stay")

    def test_forged_context(self):
        demand = self._demand(1000.0)
        forged = {"complaint_transition": True, "complaint_filling": True, "install_mode": True}
        approval = self._ask(demand.with_context(**forged)).with_context(**forged)
        self._refused(lambda: approval.action_approve(""), "who asks", AccessError)
        self._refused(demand.with_context(**forged).action_accept, "above your limit")

    def test_nothing_is_asked_where_nothing_is_needed(self):
        self._refused(lambda: self._demand(100.0).action_request_approval(""), "needs no approval")
        draft = self._complaint(user=self.user_sales)
        demand = self._demand(1000.0, complaint=draft)
        self._refused(lambda: demand.action_request_approval(""), "Register")
        with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_rule"):
            self._demand(1000.0).with_user(self.user_sales2).action_request_approval("")

    def test_asked_twice_decided_twice(self):
        demand = self._demand(1000.0)
        approval = self._ask(demand).with_user(self.user_manager)
        self._refused(lambda: demand.action_request_approval(""), "Waits for Manager")
        approval.action_approve("")
        self._refused(lambda: approval.action_approve(""), "does not wait")
        self._refused(lambda: approval.action_refuse("No"), "does not wait")

    def test_stale_version(self):
        approval = self._ask(self._demand(1000.0)).with_user(self.user_manager)
        seen = approval.complaint_version
        self.complaint.with_user(self.user_sales).demand_ids[:1].answer = "Something else"
        stale = approval.with_context(seen_version=seen)
        self._refused(lambda: stale.action_approve(""), "was changed after you opened it")

    def test_over(self):
        demand = self._demand(1000.0)
        approval = self._ask(demand)
        demand.action_cancel()
        self.assertEqual(approval.state, "void")
        other = self._ask(self._demand(1000.0))
        self.complaint.action_cancel("Mistake")
        self.assertEqual(other.state, "void")
        self.assertFalse(other.activity_id.filtered("active"))

    # ------------------------------------------------------------
    # What voids it
    # ------------------------------------------------------------
    def test_each_change_voids(self):
        """Exactly what was approved, nothing else (T16)."""
        foreign = self.env["res.currency"].create({"name": "XTS", "symbol": "x"})
        other = self._product(name="Hammer")
        dozen = self.uom_dozen
        changes = {
            "more": lambda d: d.write({"amount": 1001.0}),
            "less": lambda d: d.write({"amount": 999.0}),
            "currency": lambda d: d.write({"currency_id": foreign.id}),
            "kind": lambda d: d.write({"remedy_kind": "discount"}),
            "goods": lambda d: d.write({"line_ids": [self._goods(1, product=other)]}),
            "option": lambda d: d.write(
                {"option_ids": [Command.create({"name": "More", "amount": 1100.0})]}
            ),
        }
        goods = {
            "quantity": lambda d: d.line_ids.write({"quantity": 51.0}),
            "product": lambda d: d.line_ids.write({"product_id": other.id}),
            "unit": lambda d: d.line_ids.write({"product_uom_id": dozen.id}),
            "gone": lambda d: d.line_ids.unlink(),
            "added": lambda d: d.line_ids.create(
                {"demand_id": d.id, "product_id": other.id, "quantity": 1}
            ),
        }
        for name, change in (*changes.items(), *goods.items()):
            for state in ("requested", "approved"):
                with self.subTest(change=name, state=state):
                    complaint = self._registered_complaint()
                    line = complaint.line_ids[:1]
                    demand = (
                        self._demand(
                            kind="exchange",
                            complaint=complaint,
                            line_ids=[self._goods(50, line=line)],
                        )
                        if name in goods
                        else self._demand(1000.0, complaint=complaint)
                    )
                    approval = self._ask(demand)
                    if state == "approved":
                        approval.with_user(self.user_manager).action_approve("")
                    change(demand)
                    self.assertEqual(approval.state, "void")
                    self.assertTrue(approval.void_reason)
                    self.assertFalse(approval.activity_id.filtered("active"))
                    if name != "gone":  # a few are proposed again, which are his to grant
                        self._refused(demand.action_accept, "above your limit")

    def test_what_does_not_change_it(self):
        demand = self._approved()
        demand.write({"answer": "Other words", "sequence": 3, "amount": 1000.0})
        self.assertEqual(demand.approval_ids.state, "approved")
        demand.action_accept()

    def test_changed_back_is_approved_no_more(self):
        demand = self._approved()
        demand.amount = 900.0
        demand.amount = 1000.0
        self.assertEqual(demand.approval_ids.state, "void")
        self._refused(demand.action_accept, "above your limit")

    def test_the_approver_changing_it_voids_too(self):
        demand = self._approved()
        demand.with_user(self.user_manager).amount = 1500.0
        self.assertEqual(demand.approval_ids.state, "void")

    def test_voided_after_the_offer(self):
        demand = self._approved()
        demand.action_offer()
        demand.amount = 1200.0
        self._refused(demand.action_accept, "above your limit")
        todos = self.complaint.activity_ids.filtered(
            lambda a: "needs approval" in (a.summary or "")
        )
        self.assertEqual(len(todos), 1)
        self._ask(demand).with_user(self.user_manager).action_approve("")
        demand.action_accept()
        self.assertEqual(demand.state, "accepted")

    def test_options_approved_together(self):
        demand = self._demand()
        demand.option_ids = [
            Command.create({"name": "A", "remedy_kind": "compensation", "amount": 900.0}),
            Command.create({"name": "B", "remedy_kind": "discount", "amount": 700.0}),
        ]
        approval = self._ask(demand)
        self.assertEqual(approval.amount, 900.0)
        self.assertIn("B · Discount", approval.content)
        approval.with_user(self.user_manager).action_approve("")
        demand.action_offer()
        demand.option_ids[1].action_choose()
        self.assertEqual((demand.state, demand.amount), ("accepted", 700.0))
        self.assertEqual(approval.state, "approved")
        self.assertTrue(demand._is_covered())
        demand.action_reopen()
        self.assertEqual(approval.state, "approved")
        demand.option_ids[0].amount = 950.0
        self.assertEqual(approval.state, "void")

    # ------------------------------------------------------------
    # Rates
    # ------------------------------------------------------------
    def test_amounts_of_the_day_of_the_decision(self):
        currency = self.env["res.currency"].create({"name": "XTS", "symbol": "x"})
        rates = self.env["res.currency.rate"]
        today = fields.Date.today()
        rates.create({"currency_id": currency.id, "rate": 2.0, "name": today - timedelta(days=5)})
        demand = self._demand(2000.0, currency_id=currency.id)
        approval = self._ask(demand)
        self.assertEqual(approval.company_amount, 1000.0)
        rates.create({"currency_id": currency.id, "rate": 1.25, "name": today})
        approval.with_user(self.user_manager).action_approve("")
        self.assertEqual((approval.amount, approval.company_amount), (2000.0, 1600.0))
        rates.search([("currency_id", "=", currency.id), ("name", "=", today)]).rate = 0.1
        demand.action_accept()  # rates do not shake what was approved
        self.assertEqual(demand.state, "accepted")

    # ------------------------------------------------------------
    # Who is asked
    # ------------------------------------------------------------
    def _row(self, function="sales_manager"):
        return self.team.function_ids.filtered(lambda f: f.function == function)

    def test_stand_in_is_asked_and_approves(self):
        backup = self.user_manager.copy(
            {"login": "test_backup", "name": "Backup", "email": "b@our-company.example.com"}
        )
        self._row().backup_user_id = backup
        self.user_manager.write(
            {
                "out_of_office_from": fields.Datetime.now() - timedelta(days=1),
                "out_of_office_to": fields.Datetime.now() + timedelta(days=1),
            }
        )
        approval = self._ask(self._demand(1000.0))
        self.assertEqual(approval.asked_user_id, backup)
        approval.with_user(backup).action_approve("")
        self.assertEqual(approval.decided_by_id, backup)

    def test_archived_approver(self):
        """Nobody of the team is left: whoever has the role."""
        self.user_manager.active = False
        approval = self._ask(self._demand(1000.0))
        self.assertEqual(approval.asked_user_id, self.user_admin)

    def test_archived_after_being_asked(self):
        demand = self._demand(1000.0)
        approval = self._ask(demand)
        self.user_manager.active = False
        self.assertTrue(demand.can_request_approval)
        demand.action_request_approval("")
        self.assertEqual(len(demand.approval_ids), 1)
        self.assertEqual(approval.asked_user_id, self.user_admin)

    def test_decisions_of_who_left_stand(self):
        demand = self._approved()
        self.user_manager.active = False
        demand.action_accept()
        self.assertEqual(demand.state, "accepted")

    def test_whom_it_is_about_decides_nothing(self):
        """R73"""
        demand = self._demand(1000.0)
        approval = self._ask(demand)
        self.complaint.concerned_user_ids = self.user_manager
        self.assertTrue(demand._get_decision_refusal(self.user_manager))
        with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_rule"):
            approval.with_user(self.user_manager).action_approve("")
        self.assertFalse(self.env["complaint.approval"].with_user(self.user_manager).search([]))
        demand.action_request_approval("")
        self.assertEqual(approval.asked_user_id, self.user_admin)

    def test_nobody_may(self):
        self.limits["management"].active = False
        self.user_leadership.active = False
        demand = self._demand(90000.0)
        self.assertIn("nobody may give it", demand.approval_note)
        self._refused(lambda: demand.action_request_approval(""), "nobody may give it")

    def test_another_companys_manager_does_not(self):
        company = self._second_company()
        stranger = self.user_manager.copy(
            {
                "login": "test_other_manager",
                "company_id": company.id,
                "company_ids": [Command.set(company.ids)],
            }
        )
        self.team.function_ids.unlink()
        demand = self._demand(1000.0)
        self.assertIn("does not cover", demand._get_decision_refusal(stranger))
        approval = self._ask(demand)
        with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_rule"):
            approval.with_user(stranger).action_approve("")
