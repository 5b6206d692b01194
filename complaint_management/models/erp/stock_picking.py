from odoo import models


class StockPicking(models.Model):
    """The delivery's door to a complaint (R3)."""

    _name = "stock.picking"
    _inherit = ["stock.picking", "complaint.linked.mixin"]

    _COMPLAINT_PATHS = ("picking_id", "line_ids.picking_id")

    def action_create_complaint(self):
        """Open a complaint filled from this delivery; the caller's untouched draft again (R3).

        :return: action that shows the draft
        :raise UserError: for a transfer that brought nothing to a customer
        :raise AccessError: when the caller may not open complaints
        """
        return self.env["complaint.complaint"]._open_from(self)
