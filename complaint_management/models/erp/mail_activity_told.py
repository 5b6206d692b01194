from odoo import fields, models


class MailActivityTold(models.Model):
    """To-dos to talk to a customer close by themselves when somebody did (R42)."""

    _inherit = "mail.activity"

    complaint_until = fields.Selection(
        selection_add=[
            ("told", "The customer was told"),
            ("answer", "The customer got a new offer or answer"),
        ]
    )
