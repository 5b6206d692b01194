from datetime import timedelta

from odoo import api, fields, models


class ComplaintDemoRemedy(models.AbstractModel):
    """What makes a complaint good in the demo: invoices, approvals, transfers, credit notes.

    Where the company has no chart of accounts nothing is invoiced and no money goes back; the rest
    of the story is the same.
    """

    _inherit = "complaint.demo"

    @api.model
    def _has_accounts(self, company):
        """:return: whether invoices and credit notes can be made"""
        journals = self.env["account.journal"].search(
            [("company_id", "=", company.id), ("type", "=", "sale")]
        )
        return bool(journals.default_account_id)

    # ------------------------------------------------------------
    # Before anybody complains
    # ------------------------------------------------------------
    @api.model
    def _stock(self, company_id, quantities):
        """Have goods in the warehouse.

        :param list quantities: ``(product id, lot id, quantity in the product's unit)``
        """
        company = [("company_id", "=", company_id)]
        location = self.env["stock.warehouse"].search(company, limit=1).lot_stock_id
        for product_id, lot_id, quantity in quantities:
            self.env["stock.quant"]._update_available_quantity(
                self.env["product.product"].browse(product_id),
                location,
                quantity,
                lot_id=self.env["stock.lot"].browse(lot_id),
            )

    @api.model
    def _invoice(self, order_ids):
        """Post the invoice of each order two days after its goods left."""
        for order in self.env["sale.order"].browse(order_ids):
            if not self._has_accounts(order.company_id):
                continue
            invoice = order._create_invoices()
            invoice.invoice_date = order.picking_ids.date_done.date() + timedelta(days=2)
            # Not the button: other apps send the invoice there
            invoice._post()

    # ------------------------------------------------------------
    # Making it good
    # ------------------------------------------------------------
    @api.model
    def _play_money(self, complaint_id, steps, otherwise=()):
        """Play ``steps`` where there are accounts, else what is said ``otherwise``; see
        :meth:`_play`.
        """
        complaint = self.env["complaint.complaint"].browse(complaint_id)
        self._play(complaint_id, steps if self._has_accounts(complaint.company_id) else otherwise)

    @api.model
    def _post_credit(self, complaint_id, user_id, days=0):
        """Finance checks and posts the credit notes drafted for a complaint.

        :param int days: how long ago
        """
        complaint = self.env["complaint.complaint"].browse(complaint_id)
        refunds = complaint.demand_ids.refund_ids.filtered(lambda m: m.state == "draft")
        if not refunds:
            return
        refunds.invoice_date = fields.Date.today() - timedelta(days=days)
        refunds.with_user(user_id).action_post()
