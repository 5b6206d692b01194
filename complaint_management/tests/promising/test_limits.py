from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from .approval_common import LIMITS, ApprovalCommon


@tagged("post_install", "-at_install")
class TestLimits(ApprovalCommon):
    """What each function grants in one complaint by itself (R38, R40; practice: Limits)."""

    def _refused(self, function, text="above your limit"):
        with self.assertRaisesRegex(UserError, text), self.env.cr.savepoint():
            function()

    # ------------------------------------------------------------
    # One request
    # ------------------------------------------------------------
    def test_up_to_the_limit_is_free(self):
        demand = self._demand(200.0)
        demand.action_offer()
        demand.action_accept()
        self.assertEqual(demand.state, "accepted")
        self.assertFalse(demand.approval_ids)

    def test_above_it_no_promise(self):
        demand = self._demand(200.01)
        for verb in ("action_offer", "action_accept", "action_done"):
            with self.subTest(verb=verb):
                self._refused(getattr(demand, verb))
        self.assertEqual(demand.state, "open")
        self.assertEqual(demand.approval_status, "needed")
        self.assertIn("Customer service (Service)", demand.approval_note)
        self.assertIn("200.00", demand.approval_note)

    def test_the_lowest_who_suffices_is_named(self):
        for amount, name in (
            (400.0, "Customer service (Service)"),
            (1500.0, "Sales manager (Manager)"),
            (15000.0, "General manager (Leadership)"),
            (90000.0, "Leadership (Leadership)"),
        ):
            with self.subTest(amount=amount):
                self.assertIn(name, self._demand(amount).approval_note)

    def test_functions_have_their_own(self):
        self._demand(450.0, user=self.user_service).action_accept()
        complaint = self._registered_complaint()
        demand = self._demand(1900.0, user=self.user_manager, complaint=complaint)
        demand.action_accept()
        self.assertEqual(demand.state, "accepted")
        self._refused(demand.with_user(self.user_manager).copy({"amount": 200.0}).action_accept)

    def test_without_value_nothing_is_asked(self):
        for kind in ("cause_prevention", "apology", "service", "explanation"):
            with self.subTest(kind=kind):
                demand = self._demand(kind=kind)
                demand.action_accept()
                demand.action_done()
                self.assertEqual(demand.state, "done")

    def test_goods_count_by_sales_price(self):
        small = self._demand(kind="exchange", line_ids=[self._goods(10)])
        self.assertEqual(small._get_complaint_total(), 200.0)
        small.action_accept()
        big = self._demand(kind="free_goods", line_ids=[self._goods(1)])
        self._refused(big.action_accept)

    def test_goods_proposed_at_the_promise_count(self):
        """Nobody gets round it by leaving the goods to the button."""
        self.product.list_price = 100.0
        demand = self._demand(kind="exchange")
        self.assertFalse(demand.line_ids)
        self._refused(demand.action_accept)  # three at 100

    # ------------------------------------------------------------
    # All of a complaint
    # ------------------------------------------------------------
    def test_cumulative(self):
        self._demand(150.0).action_offer()
        second = self._demand(60.0)
        self._refused(second.action_accept, "210.00")
        second.amount = 50.0
        second.action_accept()

    def test_what_is_not_granted_does_not_count(self):
        first = self._demand(150.0)
        first.action_accept()
        first.action_cancel()
        self._demand(5000.0)  # asked for only
        self._demand(200.0).action_accept()

    def test_another_complaint_is_another_one(self):
        self._demand(200.0).action_accept()
        self._demand(200.0, complaint=self._registered_complaint()).action_accept()

    def test_return_and_its_credit_count_once(self):
        back = self._demand(kind="return", line_ids=[self._goods(10)])
        back.action_accept()
        credit = self._demand(kind="credit", line_ids=[self._goods(10)])
        self.assertEqual(credit._get_complaint_total(), 200.0)
        credit.action_accept()
        more = self._demand(kind="credit", line_ids=[self._goods(1)])
        self.assertEqual(more._get_complaint_total(), 220.0)
        self._refused(more.action_accept)

    def test_an_approved_one_counts_before_it_is_promised(self):
        self._approved(1500.0)
        other = self._demand(600.0)
        self.assertEqual(other._get_complaint_total(), 2100.0)
        self.assertIn("General manager", other.approval_note)

    # ------------------------------------------------------------
    # Options
    # ------------------------------------------------------------
    def test_the_dearest_option_counts(self):
        demand = self._demand(kind="compensation")
        demand.option_ids = [
            Command.create({"name": "A little", "remedy_kind": "discount", "amount": 50.0}),
            Command.create({"name": "A lot", "remedy_kind": "compensation", "amount": 900.0}),
        ]
        self.assertEqual(demand._get_complaint_total(), 900.0)
        self._refused(demand.action_offer)

    def test_choosing_the_cheap_one_needs_nobody(self):
        demand = self._demand(kind="compensation")
        demand.option_ids = [
            Command.create({"name": "A little", "remedy_kind": "discount", "amount": 50.0}),
            Command.create({"name": "A lot", "remedy_kind": "compensation", "amount": 900.0}),
        ]
        little, lot = demand.option_ids
        self._refused(lot.action_choose)
        little.action_choose()
        self.assertEqual((demand.state, demand.amount), ("accepted", 50.0))
        self.assertEqual(demand._get_complaint_total(), 50.0)

    # ------------------------------------------------------------
    # Currencies, companies
    # ------------------------------------------------------------
    def _currency(self, rate):
        """:return: a foreign currency of which ``rate`` make one of ours"""
        currency = self.env["res.currency"].create({"name": "XTS", "symbol": "x"})
        self._rate(currency, rate, fields.Date.today() - timedelta(days=9))
        return currency

    def _rate(self, currency, rate, date):
        self.env["res.currency.rate"].create(
            {
                "currency_id": currency.id,
                "rate": rate,
                "name": date,
                "company_id": self.company.id,
            }
        )

    def test_two_currencies(self):
        foreign = self._currency(10.0)
        demand = self._demand(2000.0, currency_id=foreign.id)
        self.assertEqual(demand._get_complaint_total(), 200.0)
        demand.action_accept()
        self._refused(self._demand(1.0).action_accept, "201.00")

    def test_a_promise_keeps_the_rate_of_its_day(self):
        foreign = self._currency(10.0)
        demand = self._demand(2000.0, currency_id=foreign.id)
        demand.action_offer()
        day = fields.Date.today() - timedelta(days=2)
        demand.sudo()._write_trusted({"date_promised": day})
        self._rate(foreign, 1.0, fields.Date.today())
        self.assertEqual(demand._get_complaint_total(), 200.0)
        demand.action_accept()
        self.assertEqual(demand.state, "accepted")
        fresh = self._demand(2000.0, currency_id=foreign.id)
        self.assertEqual(fresh._get_complaint_total(), 2200.0)

    def test_limits_in_another_currency(self):
        foreign = self._currency(10.0)
        self.limits["salesperson"].write({"currency_id": foreign.id, "amount": 500.0})
        self.assertEqual(self.limits["salesperson"].company_amount, 50.0)
        self.assertEqual(self.complaint._get_user_limit(self.user_sales), 50.0)
        self._refused(self._demand(51.0).action_accept)

    def test_without_a_rate_the_number_counts(self):
        currency = self.env["res.currency"].create({"name": "XTT", "symbol": "t"})
        self.limits["salesperson"].currency_id = currency
        self.assertEqual(self.complaint._get_user_limit(self.user_sales), 200.0)

    def test_each_company_has_its_own(self):
        company = self._second_company()
        self.env["complaint.limit"].search([("company_id", "=", False)]).active = False
        self.env.flush_all()
        shared = self.env["complaint.limit"].create(
            {"function": "salesperson", "amount": 70.0, "company_id": False}
        )
        limits = self.env["complaint.limit"]
        today = fields.Date.today()
        self.assertEqual(dict(limits._get_amounts(self.company, today))["salesperson"], 200.0)
        self.assertEqual(limits._get_amounts(company, today), [("salesperson", 70.0)])
        own = shared.copy({"amount": 30.0, "company_id": company.id})
        self.assertEqual(limits._get_amounts(company, today), [("salesperson", 30.0)])
        own.active = False
        self.assertEqual(limits._get_amounts(company, today), [("salesperson", 70.0)])

    def test_the_complaints_company_decides(self):
        """Whoever works for both is limited by that of the complaint."""
        company = self._second_company()
        self.user_sales.company_ids = [Command.link(company.id)]
        self.env["complaint.limit"].create(
            {"function": "salesperson", "amount": 10.0, "company_id": company.id}
        )
        complaint = self._registered_complaint(company_id=company.id)
        self._refused(self._demand(11.0, complaint=complaint).action_accept)
        self._demand(11.0).action_accept()

    # ------------------------------------------------------------
    # Configuration
    # ------------------------------------------------------------
    def test_without_any_row_nobody_is_limited(self):
        self.env["complaint.limit"].search([]).active = False
        self._demand(1e6).action_accept()

    def test_a_function_without_a_row_grants_nothing(self):
        self.limits["salesperson"].active = False
        self.env["complaint.limit"].search([("company_id", "=", False)]).active = False
        self._refused(self._demand(1.0).action_accept)
        self._demand(kind="explanation").action_accept()

    def test_starting_data(self):
        data = self.env["complaint.limit"].search([("company_id", "=", False)])
        self.assertEqual({row.function: row.amount for row in data}, LIMITS)
        self.assertEqual(set(data.currency_id.mapped("name")), {"CNY"})

    def test_stand_in_has_the_limit_of_whom_he_stands_in_for(self):
        row = self.team.function_ids.filtered(lambda f: f.function == "sales_manager")
        self.assertEqual(self.complaint._get_user_limit(self.user_sales2), 200.0)
        row.backup_user_id = self.user_sales2
        self.assertEqual(self.complaint._get_user_limit(self.user_sales2), 2000.0)

    def test_roles_where_the_team_names_nobody(self):
        """Installed and nothing configured: managers approve all the same (R27)."""
        self.team.function_ids.unlink()
        self.assertEqual(self.complaint._get_user_limit(self.user_manager), 2000.0)
        self.assertEqual(self.complaint._get_user_limit(self.user_service), 500.0)
        self.assertIsNone(self.complaint._get_user_limit(self.user_leadership))

    def test_whom_it_is_about_grants_nothing(self):
        self.complaint.concerned_user_ids = self.user_manager
        self.assertEqual(self.complaint._get_user_limit(self.user_manager), 0.0)

    def test_the_system_grants_no_more_than_a_salesperson(self):
        """A door that runs with all rights opens no purse."""
        demand = self._demand(201.0).with_user(self.env.ref("base.user_root"))
        self._refused(demand.sudo().action_accept)

    # ------------------------------------------------------------
    # Doors
    # ------------------------------------------------------------
    def test_sudo_of_a_colleague_is_still_him(self):
        self._refused(self._demand(300.0).sudo().action_accept)

    def test_a_record_with_a_past_is_not_carried_out(self):
        """An administrator imports an accepted request: what it costs is asked for then."""
        goods = [self._goods(16)]
        demand = self._demand(
            kind="exchange", user=self.user_admin, state="accepted", line_ids=goods
        )
        demand = demand.with_user(self.user_sales)
        self.assertIn("above your limit", demand._get_execution_obstacle())
        self.assertFalse(demand.can_execute)
        self._refused(demand.action_execute)
        self._refused(demand.action_done)

    def test_nobody_else_makes_one_with_a_past(self):
        self._refused(lambda: self._demand(300.0, state="accepted"), "first state")

    def test_forged_contexts_open_nothing(self):
        forged = {
            "complaint_transition": True,
            "complaint_choosing": True,
            "complaint_filling": True,
            "default_promise_variants": ["*"],
            "default_promised_by_leadership": True,
        }
        demand = self.env["complaint.demand"].with_user(self.user_sales).with_context(**forged)
        demand = demand.create(
            {"complaint_id": self.complaint.id, "kind": "compensation", "amount": 900.0}
        )
        self.assertFalse(demand.promise_variants)
        self.assertEqual(demand.value_author_ids, self.user_sales)
        self._refused(demand.action_accept)

    def test_what_was_promised_is_not_written_by_hand(self):
        demand = self._demand(900.0)
        for vals in (
            {"promise_variants": demand.sudo()._get_promise_variants()},
            {"promised_by_leadership": True},
            {"value_author_ids": [Command.clear()]},
            {"state": "accepted"},
        ):
            with self.subTest(vals=vals):
                self._refused(lambda vals=vals: demand.write(vals), "cannot be edited")

    # ------------------------------------------------------------
    # Changing a promise
    # ------------------------------------------------------------
    def test_raised_within_the_limit_goes_on(self):
        demand = self._demand(100.0)
        demand.action_offer()
        demand.amount = 190.0
        self.assertTrue(demand._is_covered())
        self.assertFalse(self._get_todos())

    def test_raised_above_it_stops_and_the_lead_is_told(self):
        demand = self._demand(kind="exchange", line_ids=[self._goods(5)])
        demand.action_accept()
        demand.line_ids.quantity = 45.0
        self.assertFalse(demand._is_covered())
        self._refused(demand.action_done)
        self.assertIn("above your limit", demand._get_execution_obstacle())
        self.assertEqual(self._get_todos().user_id, self.complaint.lead_user_id)
        demand.line_ids.quantity = 40.0
        self.assertEqual(len(self._get_todos()), 1)

    def _get_todos(self):
        activities = self.complaint.activity_ids
        return activities.filtered(lambda a: "needs approval" in (a.summary or ""))
