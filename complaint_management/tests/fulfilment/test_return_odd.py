"""Returns and exchanges of goods that are no plain case (R37, T17)."""

import threading

from psycopg2.errors import SerializationFailure

from odoo import SUPERUSER_ID, Command, api
from odoo.exceptions import UserError
from odoo.sql_db import db_connect
from odoo.tests import tagged
from odoo.tools import mute_logger

from .goods_common import GoodsCase


@tagged("post_install", "-at_install")
class TestReturnOdd(GoodsCase):
    def test_second_company(self):
        """Documents are made in the complaint's company, whatever the user works in just now."""
        company = self._second_company()
        self.user_sales.company_ids = [Command.link(company.id)]
        order = self._order(company=company)
        delivery = self._deliver(order)
        demand = self._case(
            order.with_context(allowed_company_ids=(company | self.company).ids), 3, "exchange"
        )
        demand.with_context(allowed_company_ids=(self.company | company).ids).action_execute()
        pickings = self._pickings(demand)
        self.assertEqual(len(pickings), 2)
        self.assertEqual(pickings.company_id, company)
        self.assertEqual(pickings.return_id, delivery)
        self.assertEqual(pickings.picking_type_id.warehouse_id.company_id, company)

    def test_two_companies_at_once(self):
        company = self._second_company()
        self.user_sales.company_ids = [Command.link(company.id)]
        demands = self.env["complaint.demand"]
        for each in (self.company, company):
            order = self._order(company=each)
            self._deliver(order)
            demands |= self._case(order, 1).with_env(self.env)
        demands.with_user(self.user_sales).with_context(
            allowed_company_ids=(self.company | company).ids
        ).action_execute()
        for demand in demands:
            self.assertEqual(self._pickings(demand).company_id, demand.company_id)

    def test_archived_customer(self):
        order = self._order()
        self._deliver(order)
        demand = self._case(order, 3)
        self.contact.active = False
        self.customer.active = False
        demand.action_execute()
        self.assertEqual(self._pickings(demand).partner_id, order.partner_shipping_id)

    def test_context_of_the_caller_does_not_reach_the_documents(self):
        order = self._order()
        self._deliver(order)
        demand = self._case(order, 3)
        demand.with_context(
            default_partner_id=self.env.user.partner_id.id,
            default_state="done",
            active_model="stock.picking",
            active_ids=[1, 2],
        ).action_execute()
        returned = self._pickings(demand)
        self.assertEqual(returned.partner_id, order.partner_shipping_id)
        self.assertEqual(returned.state, "assigned")

    def test_free_of_the_sentinel(self):
        """What leaves the verb holds no trusted flag: nobody writes a state through it."""
        order = self._order()
        self._deliver(order)
        demand = self._case(order, 3)
        self.user_sales.group_ids = [Command.link(self.env.ref("stock.group_stock_user").id)]
        action = demand.action_execute()
        self.assertEqual(action["res_id"], self._pickings(demand).id)
        self.assertNotIn("context", action)

    def test_returned_to_us_and_sent_again(self):
        """A return of the return is a delivery again; the first one has not come back more."""
        order = self._order()
        delivery = self._deliver(order)
        back = self._return(delivery, {self.product: 10})
        sent = self._return(back, {self.product: 4})
        demand = self._case(order, {self.product: 0})
        line = demand.complaint_id.line_ids.create(
            {
                "complaint_id": demand.complaint_id.id,
                "product_id": self.product.id,
                "sale_line_id": order.order_line.id,
                "quantity_complained": 4,
            }
        )
        demand.line_ids = [Command.create({"complaint_line_id": line.id})]
        demand.action_execute()
        self.assertEqual(self._pickings(demand).return_id, sent)

    def test_order_of_the_complaint_for_goods_without_line(self):
        """Goods typed in by hand on a complaint about an order: its deliveries are searched."""
        other = self._product(name="Hammer")
        order = self._order(lines=[(self.product, 10), (other, 4)])
        delivery = self._deliver(order)
        demand = self._case(order, {self.product: 1})
        demand.line_ids = [
            Command.clear(),
            Command.create({"product_id": other.id, "quantity": 2}),
        ]
        demand.action_execute()
        returned = self._pickings(demand)
        self.assertEqual((returned.return_id, returned.move_ids.product_id), (delivery, other))

    def test_lot_that_was_not_delivered(self):
        """Nothing is booked on a lot the customer never got."""
        product = self._product("lot", name="Paint")
        order = self._order(lines=[(product, 10)])
        self._deliver(order, lots={product: [(self._lot(product, "P-1"), 10)]})
        demand = self._case(order, 2)
        demand.line_ids.lot_ids = [Command.set(self._lot(product, "P-9").ids)]
        with self.assertRaisesRegex(UserError, "P-9"):
            demand.action_execute()

    def test_another_way_than_asked(self):
        """The customer asks for money, we agree to exchange: what we agreed on counts."""
        order = self._order()
        self._deliver(order)
        demand = self._case(order, 3, "return")
        demand.action_reopen()
        demand.remedy_kind = "exchange"
        demand.action_accept()
        demand.action_execute()
        self.assertEqual(len(self._pickings(demand)), 2)


@tagged("post_install", "-at_install")
class TestReturnAtOnce(GoodsCase):
    """Two transactions take back the same goods at the same moment."""

    def test_second_press_sees_the_first(self):
        """It waits, and is run again from the start: it would not see the other's return."""
        with (env := self._environment()).cr:
            ids = self._make_move(env)
        self.addCleanup(self._remove, ids)
        first, second = self._environment(), self._environment()
        errors = []

        def lock(env):
            try:
                env["complaint.demand.line"]._lock_moves(env["stock.move"].browse(ids))
            except SerializationFailure as error:
                errors.append(error)

        with mute_logger("odoo.sql_db"):
            with first.cr:
                # Both have begun before one of them commits
                self.assertTrue(second["stock.move"].browse(ids).exists())
                lock(first)
                thread = threading.Thread(target=lock, args=(second,))
                thread.start()
                thread.join(1)
                self.assertTrue(thread.is_alive(), "the second waits for the first")
            thread.join(60)
        self.assertEqual(len(errors), 1)
        second.cr.rollback()
        second.cr.close()

    def _make_move(self, env):
        stock = env.ref("stock.warehouse0").lot_stock_id
        move = env["stock.move"].create(
            {
                "product_id": env["product.product"].create({"name": "Locked goods"}).id,
                "product_uom_qty": 1,
                "location_id": stock.id,
                "location_dest_id": env.ref("stock.stock_location_customers").id,
            }
        )
        return move.ids

    def _remove(self, ids):
        with (env := self._environment()).cr:
            move = env["stock.move"].browse(ids)
            product = move.product_id.product_tmpl_id
            move.unlink()
            product.unlink()

    def _environment(self):
        """:return: an environment in a transaction of its own"""
        return api.Environment(db_connect(self.env.cr.dbname).cursor(), SUPERUSER_ID, {})
