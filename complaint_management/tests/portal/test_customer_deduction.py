from odoo import Command
from odoo.tests import HttpCase, tagged

from .common import PASSWORD, PortalCommon


@tagged("post_install", "-at_install")
class TestCustomerDeduction(PortalCommon, HttpCase):
    """The customer reads what we accept of his debit note, and why not the rest (R70)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.complaint = cls._complaint_of(
            cls.customer,
            demand_ids=[
                Command.create(
                    {
                        "kind": "deduction",
                        "answer": "We looked at every box.",
                        "amount": 60.0,
                        "deduction_number": "DN-4711",
                        "deduction_claimed": 100.0,
                        "deduction_reason": "Two of the five boxes were whole.",
                    }
                )
            ],
        )
        cls.demand = cls.complaint.demand_ids

    def _page(self):
        self.authenticate(self.user_portal.login, PASSWORD)
        answer = self.url_open(f"/my/complaints/{self.complaint.id}")
        self.assertEqual(answer.status_code, 200)
        return answer.text

    def test_accepted_contested_and_why(self):
        self.assertNotIn("Two of the five boxes", self._page())
        self.demand.action_offer()
        page = self._page()
        for text in ("DN-4711", "60.00", "40.00", "Two of the five boxes were whole."):
            self.assertIn(text, page)

    def test_what_changed_meanwhile_is_looked_at_again(self):
        self.demand.action_offer()
        before = self.complaint._get_customer_version()
        self.demand.amount = 50.0
        self.assertNotEqual(before, self.complaint._get_customer_version())

    def test_other_requests_say_nothing_of_it(self):
        other = self._complaint_of(self.customer)
        self.assertEqual(other._prepare_customer_request(other.demand_ids)["deduction"], {})
