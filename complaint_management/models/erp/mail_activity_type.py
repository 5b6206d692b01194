from odoo import models


class MailActivityType(models.Model):
    """Deleting a type turns its activities into to-dos, those already done included.

    Core looks at live activities only; done ones are archived and would keep our types, and with
    them an uninstall, from going.
    """

    _inherit = "mail.activity.type"

    def unlink(self):
        """Delete types; every activity of theirs becomes a to-do first."""
        return super(MailActivityType, self.with_context(active_test=False)).unlink()
