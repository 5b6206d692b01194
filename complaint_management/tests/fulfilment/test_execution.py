from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import ComplaintCommon


@tagged("post_install", "-at_install")
class TestExecution(ComplaintCommon):
    """A request and the documents that meet it follow each other (R37, T16, T17)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.complaint = cls._registered_complaint(
            demand_ids=[Command.create({"kind": "return"}), Command.create({"kind": "apology"})]
        )
        cls.demand, cls.apology = cls.complaint.demand_ids.with_user(cls.user_sales)
        cls.picking = cls._deliver(cls._order())

    def _link(self):
        self.picking._link_to_demand(self.demand)
        self.picking.move_ids._link_to_demand_line(self.demand.line_ids)

    def test_goods_are_proposed_when_we_agree(self):
        self.assertFalse(self.demand.line_ids)
        self.demand.action_accept()
        self.assertEqual(self.demand.line_ids.product_id, self.product)
        self.assertEqual(self.demand.line_ids.quantity, 3.0)
        self.apology.action_accept()
        self.assertFalse(self.apology.line_ids)

    def test_it_is_accepted_before_it_is_carried_out(self):
        self.assertFalse(self.demand.can_execute)
        with self.assertRaisesRegex(UserError, "Accept"):
            self.demand.action_execute()

    def test_others_carry_nothing_out(self):
        self.demand.action_accept()
        with self.assertRaises(AccessError):
            self.demand.with_user(self.user_sales2).action_execute()

    def test_nobody_links_documents_by_hand(self):
        with self.assertRaises(UserError):
            self.picking.sudo().write({"complaint_demand_id": self.demand.id})
        with self.assertRaises(UserError):
            self.picking.copy({"complaint_demand_id": self.demand.id})
        forged = self.picking.with_context(
            default_complaint_demand_id=self.demand.id, complaint_transition=True
        )
        self.assertFalse(forged.copy().complaint_demand_id)
        with self.assertRaises(UserError):
            forged.write({"complaint_demand_id": self.demand.id})

    def test_a_copy_meets_no_request(self):
        self._link()
        self.assertFalse(self.picking.copy().complaint_demand_id)
        self.assertFalse(self.picking.copy().move_ids.complaint_demand_line_id)

    def test_summary_for_who_may_not_open_the_document(self):
        self.demand.action_accept()
        self._link()
        self.assertIn(self.picking.name, self.demand.document_summary)
        with self.assertRaises(AccessError), mute_logger("odoo.models"):
            self.demand.read(["picking_ids"])

    def test_way_and_amount_stay_while_documents_live(self):
        self.demand.action_accept()
        self._link()
        with self.assertRaisesRegex(UserError, "cannot be rewritten"):
            self.demand.remedy_kind = "exchange"
        with self.assertRaisesRegex(UserError, "cannot be rewritten"):
            self.demand.line_ids.quantity = 1.0
        with self.assertRaisesRegex(UserError, "cancel that first"):
            self.demand.line_ids.unlink()

    def test_the_answer_is_taken_back_after_its_documents(self):
        self.demand.action_accept()
        self._link()
        self.demand.answer = "Not any more"
        for verb in ("action_reopen", "action_cancel"):
            with self.subTest(verb=verb), self.assertRaisesRegex(UserError, self.picking.name):
                getattr(self.demand, verb)()
        self.assertEqual(self.demand.state, "accepted")

    def test_amounts_are_not_negative(self):
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.demand.amount = -1.0
            self.demand.flush_recordset()

    def test_goods_of_another_complaint_are_refused(self):
        other = self._registered_complaint()
        with self.assertRaisesRegex(UserError, "another complaint"):
            self.demand.line_ids = [Command.create({"complaint_line_id": other.line_ids.id})]
