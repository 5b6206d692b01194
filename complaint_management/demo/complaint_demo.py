from datetime import timedelta

from odoo import Command, api, fields, models

MODULE = "complaint_management"


class ComplaintDemo(models.AbstractModel):
    """What the demo files do besides creating records: deliver goods, complain, press buttons.

    Private methods called by ``<function>`` in ``demo/*.xml`` only; nothing else uses them. Dates
    are counted back from today (see ``complaint_demo_time``), so that the demo never looks old.
    """

    _name = "complaint.demo"
    _description = "Complaint Demo Data"

    @api.model
    def _fill_functions(self, company_id, holders):
        """Name who plays which function in a company's first team.

        :param dict holders: function → id of ``res.users``
        """
        team = self.env["complaint.team"].search([("company_id", "=", company_id)], limit=1)
        for row in team.function_ids:
            row.user_id = holders.get(row.function)
        team.user_id = holders["sales_manager"]
        team.member_ids = [Command.set([holders["customer_service"], holders["sales_manager"]])]

    @api.model
    def _use_language(self, partner_ids, code):
        """Write to customers in their language where it is installed."""
        if self.env["res.lang"]._get_data(code=code):
            self.env["res.partner"].browse(partner_ids).lang = code

    @api.model
    def _ship(self, order_id, days, quantities):
        """Confirm an order, take its goods from these lots, deliver, all some days ago.

        :param int days: how long ago the goods left, in calendar days
        :param list quantities: ``(product id, lot id, quantity in the product's unit)``
        """
        order = self.env["sale.order"].browse(order_id).with_context(mail_notrack=True)
        moment = fields.Datetime.now() - timedelta(days=days)
        stock = order.warehouse_id.lot_stock_id
        for product_id, lot_id, quantity in quantities:
            self.env["stock.quant"]._update_available_quantity(
                self.env["product.product"].browse(product_id),
                stock,
                quantity,
                lot_id=self.env["stock.lot"].browse(lot_id),
            )
        order.action_confirm()
        order.date_order = moment - timedelta(days=5)
        picking = order.picking_ids
        for move in picking.move_ids:
            move.move_line_ids.unlink()
            move.move_line_ids = [
                Command.create(
                    {
                        **move._prepare_move_line_vals(),
                        "lot_id": lot_id,
                        "quantity": quantity,
                        "picked": True,
                    }
                )
                for product_id, lot_id, quantity in quantities
                if product_id == move.product_id.id
            ]
        # Not the button: other apps ask questions there, or write a text message to the customer
        picking.move_ids._action_done()
        picking.date_done = moment
        picking.move_ids.date = moment

    @api.model
    def _complain(self, xmlid, user_id, order_ids, quantities, vals):
        """Open a complaint from orders as a salesperson would, and name it ``xmlid``.

        :param list order_ids: the first opens it, the others add their goods
        :param dict quantities: product id → complained quantity, taken from the first lines
        """
        complaints = self.env["complaint.complaint"].with_user(user_id)
        complaint = complaints.create_from_order(order_ids[0], vals)
        for order in self.env["sale.order"].with_user(user_id).browse(order_ids[1:]):
            complaint._add_source_lines(complaints._prepare_from_order(order))
        for line in complaint.line_ids:
            quantity = min(line.quantity_shipped, quantities.get(line.product_id.id, 0))
            line.quantity_complained = quantity
            if quantity:
                quantities[line.product_id.id] -= quantity
        self.env["ir.model.data"]._update_xmlids(
            [{"xml_id": f"{MODULE}.{xmlid}", "record": complaint, "noupdate": True}]
        )

    @api.model
    def _play(self, complaint_id, steps):
        """Press buttons of a case one after the other, each as the user whose job it is.

        Steps are tuples: ``(hours,)`` lets working hours pass, ``(user id, verb, …)`` presses on
        the complaint, ``(user id, part, {field: value}, verb, …)`` on those of its parts, e.g.
        ``action_ids``, that have these values. The screens verbs return are nobody's business.
        """
        for first, *rest in steps:
            if not rest:
                self._let_pass(complaint_id, first)
                continue
            complaint = self.env["complaint.complaint"].with_user(first).browse(complaint_id)
            if rest[0].endswith("_ids"):
                self._press_part(complaint, *rest)
            else:
                getattr(complaint, rest[0])(*rest[1:])

    @api.model
    def _press_part(self, complaint, part, values, verb, *args):
        """Press ``verb`` on the parts of a complaint that have ``values``, or add new ones."""
        if verb == "create":
            vals_list = [{"complaint_id": complaint.id, **vals} for vals in args[0]]
            complaint[part].create(vals_list)
            return
        # sudo: an owner presses on his own action, of a case he need not see
        found = complaint.sudo()[part].filtered_domain([(n, "=", v) for n, v in values.items()])
        if not found:
            raise ValueError(f"{complaint.name} has no {part} with {values}")
        getattr(found.sudo(False), verb)(*args)
