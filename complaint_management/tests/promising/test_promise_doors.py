from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .test_dealer_return import DealerCommon


@tagged("post_install", "-at_install")
class TestPromiseDoors(DealerCommon):
    """No way round whom one has to ask (R38, R66, T16, T17)."""

    def _refused(self, function, text, error=UserError):
        with self.assertRaisesRegex(error, text), self.env.cr.savepoint():
            function()

    def test_who_complains_is_not_corrected_away(self):
        demand = self._dealer_return()
        complaint = demand.complaint_id
        self._refused(
            lambda: complaint.with_user(self.user_sales)._correct(
                "complainant_type", "customer", "Mistyped"
            ),
            "decides who may grant",
            AccessError,
        )
        complaint.with_user(self.user_quality)._correct("complainant_type", "customer", "Mistyped")
        self.assertEqual(complaint.complainant_type, "customer")

    def test_no_promise_is_imported_into_a_live_case(self):
        for vals in (
            {"promise_variants": ["*"]},
            {"promised_by_leadership": True},
            {"before_option": {"remedy_kind": "credit", "amount": 9.0, "lines": None}},
        ):
            with self.subTest(vals=vals):
                self._refused(
                    lambda vals=vals: self._demand(900.0, user=self.user_admin, **vals),
                    "closed complaints only",
                )
        demand = self._demand(900.0)
        approval = {
            "complaint_id": self.complaint.id,
            "demand_id": demand.id,
            "state": "approved",
            "kind": "compensation",
            "variants": demand._get_promise_variants(),
            "requested_by_id": self.user_sales.id,
            "date_requested": "2026-01-01 10:00:00",
        }
        admins = self.env["complaint.approval"].with_user(self.user_admin).sudo()
        self._refused(lambda: admins.create(approval), "closed complaints only")

    def test_an_old_promise_is_imported_with_its_case(self):
        demand = {"kind": "compensation", "state": "done", "promise_variants": ["old"]}
        complaint = self._complaint(
            user=self.user_admin, state="closed", demand_ids=[Command.create(demand)]
        )
        self.assertEqual(complaint.demand_ids.promise_variants, ["old"])

    def test_deciding_counts_a_version(self):
        demand = self._demand(1000.0)
        approval = self._ask(demand)
        seen = self.complaint.version
        approval.with_user(self.user_manager).action_approve("")
        self.assertGreater(self.complaint.version, seen)

    def test_what_waits_for_something_else_is_asked_anew(self):
        """Goods of an option are the complaint's, whose number quality confirms."""
        demand = self._demand(kind="compensation")
        demand.option_ids = [Command.create({"name": "New ones", "remedy_kind": "exchange"})]
        line = self.complaint.line_ids
        line.product_id.list_price = 1000.0
        first = self._ask(demand)
        line.quantity_confirmed = 2.0
        self.assertTrue(demand.can_request_approval)
        second = self._ask(demand)
        self.assertEqual((first.state, second.state), ("void", "requested"))
        self.assertFalse(first.activity_id.active)

    def test_another_finding_takes_the_approval_with_it(self):
        demand = self._dealer_return(deliver=False)
        self._find_ours(demand)
        approval = self._ask(demand)
        approval.with_user(self.user_leadership).action_approve("")
        complaint = demand.complaint_id.with_user(self.user_quality)
        self.assertFalse(demand._get_living_documents())
        complaint.responsibility = "carrier"
        self.assertIn("first has to find", demand._get_approval_obstacle())
        complaint.responsibility = "ours"
        self.assertFalse(demand._get_approval_obstacle())
