from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from .free_common import FreeCommon


@tagged("post_install", "-at_install")
class TestLabourRemedy(FreeCommon):
    """Rework and services are actions with an estimate, and the request follows them (R37)."""

    def test_rework_is_an_action_of_production(self):
        demand = self._free_demand("rework")
        opened = demand.action_execute()
        action = demand.action_ids
        self.assertEqual((opened["res_model"], opened["res_id"]), ("complaint.action", action.id))
        self.assertEqual((action.kind, action.user_id), ("correction", self.user_contributor))
        self.assertIn(self.product.name, action.name)
        self.assertIn("3", action.description)
        self.assertTrue(action.deadline)
        self.assertFalse(demand.can_execute)
        self.assertIn(action.name, demand.document_summary)
        with self.assertRaisesRegex(UserError, "done by itself"):
            demand.action_done()

    def test_request_follows_its_action(self):
        demand = self._free_demand("service")
        demand.action_execute()
        action = demand.sudo().action_ids
        self.assertEqual(action.user_id, self.user_service)
        action.with_user(self.user_service).action_finish("Cleaned it")
        self.assertEqual(demand.state, "done")
        action.action_restart()
        self.assertEqual(demand.state, "accepted")
        self.assertFalse(demand.can_execute)
        action.action_cancel()
        self.assertTrue(demand.can_execute)
        demand.action_execute()
        self.assertEqual(len(demand.action_ids), 2)

    def test_deleted_action_is_replaced(self):
        demand = self._free_demand("rework")
        demand.action_execute()
        demand.sudo().action_ids.unlink()
        self.assertTrue(demand.can_execute)
        demand.action_execute()
        self.assertEqual(demand.action_ids.state, "open")

    def test_twice_is_once(self):
        demand = self._free_demand("rework")
        demand.action_execute()
        demand.action_execute()
        self.assertEqual(len(demand.action_ids), 1)

    def test_promised_with_an_option(self):
        demand = self._free_demand("rework", accept=False)
        demand.option_ids = [
            Command.create(
                {"name": "We straighten them here", "description": "Two days", "date": "2099-03-04"}
            ),
            Command.create({"name": "We come to you"}),
        ]
        demand.action_offer()
        demand.option_ids[0].action_choose()
        demand.action_execute()
        self.assertEqual(str(demand.action_ids.deadline), "2099-03-04")
        self.assertIn("We straighten them here", demand.action_ids.description)

    def test_a_visit_is_carried_out_by_either_button(self):
        demand = self._free_demand("onsite")
        demand.action_execute()
        visit = demand.action_ids
        self.assertEqual((visit.kind, visit.is_visit), ("communication", True))
        self.assertEqual(demand.action_plan_visit()["res_id"], visit.id)
        visit.sudo().action_cancel()
        self.assertTrue(demand.can_execute)
        self.assertNotEqual(demand.action_plan_visit()["res_id"], visit.id)

    def test_the_way_to_what_was_made(self):
        demand = self._free_demand("rework")
        with self.assertRaises(UserError):
            demand.action_view_documents()
        demand.action_execute()
        opened = demand.action_view_documents()
        action = demand.action_ids
        self.assertEqual((opened["res_model"], opened["res_id"]), ("complaint.action", action.id))
        free = self._free_demand("free_goods")
        free.action_execute()
        order = free.sudo().order_ids
        self.assertEqual(free.action_view_documents()["res_id"], order.id)
        order._action_cancel()
        free.action_execute()
        living = free.sudo().order_ids - order
        self.assertEqual(free.action_view_documents()["res_id"], living.id)
        with self.assertRaises(UserError):
            free.with_user(self.user_quality).action_view_documents()
