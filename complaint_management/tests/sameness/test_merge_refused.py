"""What stands in the way of “Same case”, said at once and clearly; nothing is half done (T17)."""

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import SamenessCommon


@tagged("post_install", "-at_install")
class TestMergeRefused(SamenessCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.original = cls._about(product_id=cls.product.id)
        cls.newer = cls._about(
            product_id=cls.product.id,
            c_demand_ids=[
                Command.create({"kind": "explanation", "name": "Why?"}),
                Command.create({"kind": "discount", "name": "Something off", "amount": 5.0}),
            ],
        )
        cls.explanation, cls.discount = cls.newer.demand_ids.sorted("id")

    def _refused(self, pattern, complaint=None, other=None, **how):
        complaint = (complaint or self.newer).with_user(self.user_manager)
        other = other or self.original
        before = (complaint.state, len(other.line_ids), len(other.message_ids))
        for confirmed in (False, True):
            with self.assertRaisesRegex(UserError, pattern):
                complaint.action_same_case(other.id, confirmed=confirmed, **how)
        self.assertEqual((complaint.state, len(other.line_ids), len(other.message_ids)), before)

    def test_promised_requests(self):
        """All of them are named; taken back, or carried out, nothing stands in the way."""
        self.explanation.answer = "We look into it"
        self.explanation.action_offer()
        self.discount.action_accept()
        self._refused("(?s)Why.*Something off")
        self.explanation.action_done()
        self.discount.action_reopen()
        self.newer.with_user(self.user_manager).action_same_case(self.original.id, confirmed=True)
        self.assertEqual(self.newer.state, "closed")
        self.assertEqual(self.explanation.state, "done")

    def test_documents_under_way(self):
        newer = self._about(
            product_id=self.paint.id,
            sale_line_id=self.paint_line.id,
            move_id=self.paint_move.id,
            product_uom_id=self.paint.uom_id.id,
            lot_ids=[Command.link(self.lot.id)],
            quantity_shipped=4.0,
            c_sale_order_id=self.order.id,
            c_demand_ids=[Command.create({"kind": "return", "name": "Take it back"})],
        )
        demand = newer.demand_ids
        demand.action_accept()
        demand.action_execute()
        document = demand._get_living_documents()[0]
        self._refused(f"(?s)Take it back.*{document.display_name}", newer)

    def test_itself(self):
        self._refused("same complaint already", other=self.newer)

    def test_over(self):
        self.original.action_cancel("Entered twice")
        self._refused("is over")
        self._refused("is over", self.original, self.newer)

    def test_merged_back(self):
        self.newer.with_user(self.user_manager).action_same_case(self.original.id, confirmed=True)
        self._refused("same complaint already", self.original, self.newer)
        self._refused("is over", self.newer, self.original)

    def test_gone(self):
        draft = self._complaint()
        gone = draft.id
        draft.unlink()
        with self.assertRaisesRegex(UserError, "not there any more"):
            self.newer.action_same_case(gone)

    def test_another_company(self):
        company = self._second_company()
        foreign = self._complaint(company_id=company.id, user_id=False)
        with self.assertRaisesRegex(UserError, "different companies"):
            self.newer.action_same_case(foreign.id, confirmed=True)

    def test_stale(self):
        seen = self.newer.version
        self.newer.plan_summary = "Changed meanwhile"
        with self.assertRaisesRegex(UserError, "Reload"):
            self.newer.with_context(seen_version=seen).action_same_case(
                self.original.id, confirmed=True
            )
