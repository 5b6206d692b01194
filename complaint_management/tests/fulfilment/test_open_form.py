from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ...models.fulfilment.form_reading import can_read_form
from .goods_common import GoodsCase


@tagged("post_install", "-at_install")
class TestOpenForm(GoodsCase):
    """What was made opens only where its form can be read, whatever other apps add (R37)."""

    def _returned(self):
        """:return: what the salesperson's press opens, and the transfer it made"""
        order = self._order()
        self._deliver(order)
        demand = self._case(order, 3)
        return demand, demand.action_execute(), self._pickings(demand)

    @mute_logger("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")
    def test_salesperson_without_stock_rights(self):
        """Repairs and carriers count with rights he lacks: then nothing opens, and it is made."""
        _demand, opened, picking = self._returned()
        self.assertEqual(len(picking), 1)
        self.env.invalidate_all()
        mine = picking.with_user(self.user_sales)
        if opened.get("tag") == "display_notification":
            self.assertIn(picking.name, opened["params"]["message"])
            with self.assertRaises(AccessError):
                Form(mine)
        else:
            self.assertEqual(opened["res_id"], picking.id)
            self.assertEqual(Form(mine).record.id, picking.id)

    def test_people_of_the_stock(self):
        _demand, _opened, picking = self._returned()
        self.user_stock.group_ids += self.env.ref("stock.group_stock_manager")
        self.assertTrue(can_read_form(picking.with_user(self.user_stock)))

    def test_field_of_another_app(self):
        """A field of the form that fails for this user, though he may read the transfer."""
        order = self._order()
        self._deliver(order)
        demand = self._case(order, 3)

        def refuse(pickings):
            raise AccessError("Not yours to count")

        with patch.object(self.registry["stock.picking"], "_compute_return_count", refuse):
            self.assertEqual(demand.action_execute()["tag"], "display_notification")
            self.assertEqual(len(self._pickings(demand)), 1)
            with self.assertRaisesRegex(UserError, "not yours to open"):
                demand.action_view_documents()
