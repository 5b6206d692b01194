from odoo import fields, models


class AccountMove(models.Model):
    """A vendor refund that a claim made."""

    _name = "account.move"
    _inherit = ["complaint.recharge.document.mixin", "account.move"]

    complaint_recharge_id = fields.Many2one(
        "complaint.recharge",
        "Supplier claim",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
