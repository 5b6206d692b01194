from odoo import api, fields, models

from .complaint_complaint import INSIDE_GROUPS

# Goods named below the list; the others are a column of it.
MAX_SHOWN = 3


class ComplaintStock(models.Model):
    """The stock of the affected goods, noted at registration and on request (R29)."""

    _inherit = "complaint.complaint"

    date_stock_checked = fields.Datetime(
        "Stock checked on", compute="_compute_stock", groups=INSIDE_GROUPS
    )
    stock_summary = fields.Char("In stock", compute="_compute_stock", groups=INSIDE_GROUPS)

    @api.depends("line_ids.date_stock_checked", "line_ids.quantity_in_stock")
    def _compute_stock(self):
        """Say when the stock was checked and what was there, of the first few goods."""
        for complaint in self:
            lines = complaint.line_ids.filtered("date_stock_checked")
            complaint.date_stock_checked = max(lines.mapped("date_stock_checked"), default=False)
            # Goods that came in several deliveries are in stock once
            texts = list(dict.fromkeys(line._get_stock_text(len(lines) > 1) for line in lines))
            parts = texts[:MAX_SHOWN]
            if len(texts) > MAX_SHOWN:
                parts.append(self.env._("%s more", len(texts) - MAX_SHOWN))
            complaint.stock_summary = ", ".join(parts)

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
