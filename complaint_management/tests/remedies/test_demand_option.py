from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import ComplaintCommon


@tagged("post_install", "-at_install")
class TestDemandOption(ComplaintCommon):
    """Several options are offered; one is chosen, by the customer or noted for him (R35)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.complaint = cls._registered_complaint()
        cls.demand = cls.complaint.demand_ids.with_user(cls.user_sales)
        cls.demand.write(
            {
                "option_ids": [
                    Command.create({"name": "Ten new ones", "date": fields.Date.today()}),
                    Command.create({"name": "The money back", "description": "By transfer"}),
                ]
            }
        )
        cls.new, cls.money = cls.demand.option_ids

    def test_options_are_an_offer_without_further_words(self):
        self.demand.action_offer()
        self.assertEqual(self.demand.state, "offered")

    def test_a_refusal_needs_words_all_the_same(self):
        with self.assertRaisesRegex(UserError, "Write our answer"):
            self.demand._set_state("declined", needs_answer=True)

    def test_choosing_accepts_the_request_and_declines_the_rest(self):
        self.demand.action_offer()
        self.new.action_choose()
        self.assertEqual(self.demand.state, "accepted")
        self.assertEqual((self.new + self.money).mapped("state"), ["chosen", "declined"])
        with self.assertRaises(UserError):
            self.money.action_choose()

    def test_state_moves_by_verbs_only(self):
        with self.assertRaises(UserError):
            self.new.write({"state": "chosen"})
        with self.assertRaises(UserError):
            self.new.create({"demand_id": self.demand.id, "name": "X", "state": "chosen"})

    def test_what_was_decided_stays(self):
        self.demand.action_offer()
        self.new.action_choose()
        for option in self.new + self.money:
            with self.assertRaises(UserError):
                option.sudo().write({"name": "Five new ones"})
            with self.assertRaises(UserError):
                option.sudo().unlink()
        with self.assertRaisesRegex(UserError, "has its answer"):
            self.new.create({"demand_id": self.demand.id, "name": "A third"})

    def test_taking_the_answer_back_opens_the_options(self):
        self.demand.action_offer()
        self.new.action_choose()
        self.demand.action_reopen()
        self.assertEqual(set(self.demand.option_ids.mapped("state")), {"open"})
        self.money.write({"name": "Half the money back"})
        self.money.unlink()

    def test_a_change_counts_a_version(self):
        """The customer's page is stale then (T17)."""
        for change in (
            lambda: self.new.write({"name": "Twelve new ones"}),
            lambda: self.new.create({"demand_id": self.demand.id, "name": "A third"}),
            lambda: self.money.unlink(),
        ):
            before = self.complaint.version
            change()
            self.assertGreater(self.complaint.version, before)

    def test_others_offer_nothing(self):
        for user in (self.user_sales2, self.user_contributor, self.user_portal):
            with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_rule"):
                self.new.with_user(user).read(["name"])
            with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_rule"):
                self.new.with_user(user).action_choose()
