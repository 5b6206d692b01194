from odoo import api, fields, models

from .complaint_complaint import INSIDE_GROUPS


class ComplaintStock(models.Model):
    """The stock of the affected goods, noted at registration and on request (R29)."""

    _inherit = "complaint.complaint"

    date_stock_checked = fields.Datetime(
        "Stock checked on", compute="_compute_date_stock_checked", groups=INSIDE_GROUPS
    )

    @api.depends("line_ids.date_stock_checked")
    def _compute_date_stock_checked(self):
        for complaint in self:
            dates = [day for day in complaint.line_ids.mapped("date_stock_checked") if day]
            complaint.date_stock_checked = max(dates, default=False)

    def action_check_stock(self):
        """Note again what of the affected goods is in stock now.

        :raise AccessError: without write access
        :raise UserError: when the case is over: the figures of its time stay
        """
        self.check_access("write")
        self._check_case_open()
        self.line_ids._check_stock()

    def _after_register(self):
        result = super()._after_register()
        self.line_ids._check_stock()
        return result
