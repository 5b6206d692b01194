from odoo import fields, models


class MailActivityClock(models.Model):
    """To-dos about a deadline; they close by themselves when it is met (R14)."""

    _inherit = "mail.activity"

    complaint_until = fields.Selection(selection_add=[("clock", "The deadline is met")])
    complaint_clock_id = fields.Many2one(
        "complaint.clock",
        "Complaint deadline",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
