from odoo import models


class AccountMoveLine(models.Model):
    """Goods of a request on a credit note."""

    _name = "account.move.line"
    _inherit = ["account.move.line", "complaint.remedy.line.mixin"]
