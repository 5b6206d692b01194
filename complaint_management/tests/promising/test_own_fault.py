from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...models.portal.complaint_customer_answering import Answerer
from ..common import ComplaintCommon


@tagged("post_install", "-at_install")
class TestOwnFault(ComplaintCommon):
    """What the customer spoiled himself is not taken back; the letter explains it (R20)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.complaint = cls._registered_complaint(
            demand_ids=[
                Command.create({"kind": "return", "name": "Take them back"}),
                Command.create({"kind": "exchange"}),
                Command.create({"kind": "credit"}),
                Command.create({"kind": "discount", "amount": 10}),
                Command.create({"kind": "explanation"}),
            ]
        )
        cls.complaint.responsibility = "customer"
        demands = cls.complaint.demand_ids.with_user(cls.user_sales)
        cls.back, cls.exchange, cls.credit, cls.discount, cls.explanation = demands
        demands.write({"answer": "As we agreed"})

    def test_nothing_is_given_for_goods_he_spoiled(self):
        for demand in self.back + self.exchange + self.credit:
            for verb in ("action_offer", "action_accept", "action_done"):
                with self.subTest(kind=demand.kind, verb=verb):
                    with self.assertRaisesRegex(UserError, "own doing.*Decline"):
                        getattr(demand, verb)()
                    self.assertEqual(demand.state, "open")

    def test_another_help_stays_open(self):
        (self.discount + self.explanation).action_accept()
        self.assertEqual(set((self.discount + self.explanation).mapped("state")), {"accepted"})
        self.back.write({"remedy_kind": "discount", "amount": 5})
        self.back.action_accept()
        self.assertEqual(self.back.state, "accepted")

    def test_declining_proposes_advice_and_the_letter(self):
        action = self.back.action_decline()
        wizard = self.env[action["res_model"]].with_user(self.user_sales).browse(action["res_id"])
        self.assertEqual(wizard.reason, "own_fault")
        self.assertEqual(wizard.suitable_proposals[0], "advice")
        wizard.write({"answer": "They were stored wet", "alternative": "We advise you"})
        letter = wizard.action_confirm()
        self.assertEqual(self.back.state, "declined")
        composer = self.env["mail.compose.message"].with_user(self.user_sales)
        body = composer.with_context(**letter["context"]).create({}).body
        self.assertIn("They were stored wet", body)
        self.assertIn("We advise you", body)

    def test_an_option_that_takes_goods_back_is_not_offered(self):
        option = self.discount.option_ids.create(
            {"demand_id": self.discount.id, "name": "New ones", "remedy_kind": "exchange"}
        )
        with self.assertRaisesRegex(UserError, "own doing"):
            self.discount.action_offer()
        option.remedy_kind = "gift"
        self.discount.action_offer()

    def test_another_finding_opens_it_again(self):
        self.complaint.with_user(self.user_quality).responsibility = "ours"
        self.back.action_accept()
        self.assertEqual(self.back.state, "accepted")

    def test_found_after_accepting(self):
        """Nothing is carried out any more; what was agreed can be ended or declined."""
        self.complaint.responsibility = "ours"
        (self.back + self.exchange).action_accept()
        self.complaint.responsibility = "customer"
        with self.assertRaisesRegex(UserError, "own doing"):
            self.back.action_execute()
        self.assertFalse(self.back.can_execute)
        self.back.action_done()
        self.exchange.action_decline("Stored wet", "We advise you")
        self.assertEqual((self.back + self.exchange).mapped("state"), ["done", "declined"])

    @mute_logger("odoo.addons.complaint_management.models.portal.complaint_customer_verbs")
    def test_the_customer_reads_nothing_of_it(self):
        """An offer he accepts after we found out is refused in words that blame nobody."""
        self.complaint.responsibility = "ours"
        self.back.action_offer()
        self.complaint.responsibility = "customer"
        who = Answerer(self.contact, "login", "127.0.0.1")
        seen = self.complaint._get_customer_version()
        with self.assertRaises(UserError) as refused:
            self.complaint._customer_accept(who, self.back.id, seen=seen)
        self.assertIn("once more", str(refused.exception))
        self.assertNotIn("doing", str(refused.exception))
