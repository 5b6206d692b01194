from odoo import models


class MailFollowers(models.Model):
    """Who follows a complaint is no business of whom it is about (R73)."""

    _name = "mail.followers"
    _inherit = ["complaint.discreet.mixin", "mail.followers"]
