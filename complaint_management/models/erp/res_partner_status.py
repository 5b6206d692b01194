from odoo import models
from odoo.fields import Domain


class ResPartnerStatus(models.Model):
    """A customer's handling status, on screen and to take along (R54)."""

    _inherit = "res.partner"

    def action_complaint_status(self):
        """Print menu: how far this customer's complaints are, on a paper for him.

        :return: client action that fetches the PDF
        :raise AccessError: for contributors and people outside
        """
        self.ensure_one()
        customer = self.commercial_partner_id
        return self.env["complaint.table.customer.status"]._open("pdf", partner=customer.id)

    def action_complaint_status_internal(self):
        """Print menu: the status table of these customers, for colleagues.

        :return: client action that fetches the PDF
        :raise AccessError: for contributors and people outside
        """
        customers = self.commercial_partner_id
        domain = Domain("commercial_partner_id", "in", customers.ids)
        return self.env["complaint.table.status"]._open("pdf", domain=list(domain))
