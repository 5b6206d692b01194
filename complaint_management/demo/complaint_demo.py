from datetime import timedelta

from odoo import Command, api, fields, models

MODULE = "complaint_management"


class ComplaintDemo(models.AbstractModel):
    """What the demo files do besides creating records: deliver goods, complain, press buttons.

    Private methods called by ``<function>`` in ``demo/*.xml`` only; nothing else uses them. Dates
    are counted back from today, so that the demo never looks old.
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
    def _press(self, user_id, model, record_id, verb, *args):
        """Press a button as somebody; returned screens are nobody's business here."""
        record = self.env[model].with_user(user_id).browse(record_id)
        getattr(record, verb)(*args)

    @api.model
    def _finish(self, complaint_id, notes):
        """Finish actions as their owners do.

        :param dict notes: kind of action → what was done and found
        """
        for action in self.env["complaint.complaint"].browse(complaint_id).action_ids:
            if action.kind in notes and action.state in ("open", "in_progress"):
                action.with_user(action.user_id).action_finish(notes[action.kind])

    @api.model
    def _age(self, complaint_id, days):
        """Move what happened at registration, and all deadlines, some days into the past."""
        complaint = self.env["complaint.complaint"].browse(complaint_id)
        past = timedelta(days=days)
        complaint._write_trusted({"date_registered": complaint.date_registered - past})
        for action in complaint.action_ids:
            action.deadline -= past
