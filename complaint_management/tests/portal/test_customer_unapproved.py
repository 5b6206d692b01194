from odoo.tests import tagged

from .test_customer_answers import AnswersCommon


@tagged("post_install", "-at_install")
class TestCustomerUnapproved(AnswersCommon):
    """Accepting on his page what was approved, and what is approved no more (R35, R38, T16)."""

    @classmethod
    def _set_up_limits(cls):
        for function, amount in (("salesperson", 200), ("sales_manager", 2000)):
            cls.env["complaint.limit"].create(
                {"function": function, "amount": amount, "company_id": cls.company.id}
            )

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.offer = (
            cls.env["complaint.demand"]
            .with_user(cls.user_sales)
            .create(
                {
                    "complaint_id": cls.complaint.id,
                    "kind": "compensation",
                    "name": "Money for the trouble",
                    "amount": 1000.0,
                    "answer": "We pay it",
                }
            )
        )
        cls.offer.action_request_approval("")
        cls.offer.with_user(cls.user_manager).action_approve("")
        cls.offer.action_offer()

    def _accept(self, demand=None, **form):
        self._login()
        return self._post("accept", demand_id=(demand or self.offer).id, **form)

    def test_approved(self):
        page = self._accept()
        self.assertIn("We have noted your choice and go on with it", page.text)
        self.assertEqual(self.offer.state, "accepted")

    def test_voided_meanwhile(self):
        """He reads something kind, nothing of limits; the lead has a to-do; his words are kept."""
        self.offer.amount = 1200.0
        for _click in range(2):
            page = self._accept(remark="Thank you")
            self.assertIn("We check one thing in our house first", page.text)
            for inside in ("limit", "approval", "Manager", "200.00"):
                self.assertNotIn(inside, page.text)
        self.assertEqual(self.offer.state, "offered")
        self.assertEqual(self.offer.customer_answer, "accepted")
        self.assertEqual(self.offer.customer_remark, "Thank you")
        self.assertEqual(len(self._said()), 1)
        todo = self.complaint.activity_ids.filtered(
            lambda a: "get it approved" in (a.summary or "")
        )
        self.assertEqual(todo.user_id, self.complaint.lead_user_id)

        self.offer.action_request_approval("")
        self.offer.with_user(self.user_manager).action_approve("")
        self.offer.action_accept()
        self.assertEqual(self.offer.state, "accepted")
        self.assertEqual(self.offer.customer_answered_by, "Pat Portal")

    def test_accepted_again_once_approved(self):
        """He presses Accept a second time: now it counts."""
        self.offer.amount = 1200.0
        self._accept()
        self.offer.action_request_approval("")
        self.offer.with_user(self.user_manager).action_approve("")
        page = self._accept()
        self.assertIn("We have noted your choice and go on with it", page.text)
        self.assertEqual(self.offer.state, "accepted")

    def test_another_option_while_it_waits(self):
        """Without a remark, too: what he wants now is noted, and the lead told."""
        options = self.new | self.money
        options.with_user(self.user_sales).write({"remedy_kind": "compensation", "amount": 900.0})
        for option in options:
            for _click in range(2):
                page = self._accept(self.demand, option_id=option.id)
                self.assertIn("We check one thing in our house first", page.text)
            self.assertEqual(self.demand.customer_option_id, option)
        self.assertEqual(len(self._said()), 2)
        todos = self.complaint.activity_ids.mapped("summary")
        for option in options:
            self.assertTrue(any(option.name in (todo or "") for todo in todos))

    def test_declining_needs_no_approval(self):
        self.offer.amount = 1200.0
        self._login()
        self._post("decline", demand_id=self.offer.id, remark="No")
        self.assertEqual(self.offer.state, "open")

    def test_option_voided_meanwhile(self):
        self.new.with_user(self.user_sales).write({"remedy_kind": "compensation", "amount": 900.0})
        page = self._accept(self.demand, option_id=self.new.id)
        self.assertIn("We check one thing in our house first", page.text)
        self.assertEqual(self.demand.state, "offered")
        self.assertIn("Ten new ones", self._said().body)
        page = self._accept(self.demand, option_id=self.money.id)
        self.assertIn("We have noted your choice and go on with it", page.text)
        self.assertEqual(self.money.state, "chosen")
