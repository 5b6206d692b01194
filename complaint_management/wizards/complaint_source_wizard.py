from odoo import fields, models
from odoo.exceptions import UserError


class ComplaintSourceWizard(models.TransientModel):
    """Asks which delivery a code means, or which further orders are complained about (R62).

    It only shows what the user may read; whatever it is told, the complaint's own methods check
    every right again.
    """

    _name = "complaint.source.wizard"
    _description = "Choice of Goods"

    complaint_id = fields.Many2one(
        "complaint.complaint", required=True, readonly=True, ondelete="cascade"
    )
    kind = fields.Selection(
        [("one", "One is meant"), ("orders", "Several may be added")],
        required=True,
        readonly=True,
        default="one",
    )
    line_ids = fields.One2many("complaint.source.wizard.line", "wizard_id", "To choose from")

    def _get_action(self, title):
        """:return: action that shows the choice in a dialog"""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
        }

    def action_add_selected(self):
        """Add the goods of all ticked orders.

        :raise UserError: when nothing is ticked; from the complaint, where one does not fit
        """
        self.ensure_one()
        chosen = self.line_ids.filtered("selected")
        if not chosen:
            raise UserError(self.env._("Tick the orders whose goods are complained about, too."))
        for line in chosen:
            line._take()
        return {"type": "ir.actions.act_window_close"}


class ComplaintSourceWizardLine(models.TransientModel):
    """One delivery, order or line to choose; texts only, for who may not open what they name."""

    _name = "complaint.source.wizard.line"
    _description = "Goods to Choose"

    wizard_id = fields.Many2one("complaint.source.wizard", required=True, ondelete="cascade")
    selected = fields.Boolean("Add")
    sale_order_id = fields.Many2one("sale.order", readonly=True)
    picking_id = fields.Many2one("stock.picking", readonly=True)
    move_id = fields.Many2one("stock.move", readonly=True)
    lot_id = fields.Many2one("stock.lot", "Lot record", readonly=True)
    product_id = fields.Many2one("product.product", readonly=True)
    complaint_line_id = fields.Many2one("complaint.line", readonly=True)
    source_name = fields.Char("Document", readonly=True)
    reference = fields.Char(readonly=True)
    customer_name = fields.Char("Customer", readonly=True)
    product_name = fields.Char("Goods", readonly=True)
    lot_name = fields.Char("Lot", readonly=True)
    date = fields.Datetime(readonly=True)
    quantity = fields.Float(digits="Product Unit", readonly=True)
    unit_name = fields.Char("Unit", readonly=True)

    def action_take(self):
        """Add or tick what this row stands for.

        :raise AccessError: when the user may not read its source or not write the complaint
        :raise UserError: from the complaint, where it does not fit
        """
        self.ensure_one()
        self._take()
        return {"type": "ir.actions.act_window_close"}

    def _take(self):
        complaint = self.wizard_id.complaint_id
        complaint._check_goods_addable()
        source = self.picking_id or self.sale_order_id
        if self.complaint_line_id:
            if self.complaint_line_id.complaint_id != complaint:
                raise UserError(self.env._("This line belongs to another complaint."))
            self.complaint_line_id._tick_goods(self.lot_id.id)
        elif self.move_id:
            complaint._add_delivered(source, self.move_id.id, self.lot_id.id)
        elif source:
            complaint._add_source(source)
        else:
            complaint._add_product(self.product_id.id)
