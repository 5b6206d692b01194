from odoo import fields, models

from ..calling.search_term import trigram_index


class SaleOrder(models.Model):
    """The order's door to a complaint (R3)."""

    _name = "sale.order"
    _inherit = ["sale.order", "complaint.linked.mixin"]

    _COMPLAINT_PATHS = ("sale_order_id", "line_ids.sale_order_id")

    # Customers name orders by their own number: drafts made of mails look them up by it
    client_order_ref = fields.Char(index="btree_not_null")
    # … and the search box by a part of it, in small letters and capitals (R2)
    _client_order_ref_trgm_idx = models.Index(trigram_index("client_order_ref"))

    def action_create_complaint(self):
        """Open a complaint filled from this order; the caller's untouched draft again (R3).

        :return: action that shows the draft
        :raise UserError: for a quotation or a cancelled order
        :raise AccessError: when the caller may not open complaints
        """
        return self.env["complaint.complaint"]._open_from(self)
