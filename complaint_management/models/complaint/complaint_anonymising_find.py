from odoo import api, models
from odoo.fields import Domain
from odoo.tools.sql import escape_psql

from .redaction import Redaction


class ComplaintAnonymisingFind(models.Model):
    """Looking for the cases in which a person appears (T21)."""

    _inherit = "complaint.complaint"

    @api.model
    def _find_naming(self, partner, email="", phone="", name=""):
        """Cases in which a person appears, as far as the user may read them.

        :param partner: ``res.partner``, may be empty
        :param str email: also cases that came from this address
        :param str phone: also cases that came from this number, written like this
        :param str name: also cases whose complainant is called exactly so
        :return: ``complaint.complaint``, drafts and archived ones included
        """
        domains = []
        if partner:
            domains += [
                Domain("partner_id", "in", partner.ids),
                Domain("contact_id", "in", partner.ids),
                Domain("complainant_id", "in", partner.ids),
                Domain("report_ids.partner_id", "in", partner.ids),
                Domain("message_ids.author_id", "in", partner.ids),
                Domain("message_follower_ids.partner_id", "in", partner.ids),
            ]
        if email:
            domains += [Domain("id", "in", self._find_written_from(email).ids)]
        if phone:
            domains += [Domain("phone", "=", phone)]
        if name:
            domains += [Domain("complainant_name", "=ilike", name)]
        if not domains:
            return self.browse()
        return self.with_context(active_test=False).search(Domain.OR(domains))

    @api.model
    def _find_written_from(self, email):
        """:return: ``complaint.complaint`` that came from this very address, or about which it
        wrote; an address within a longer one is somebody else's
        """
        everywhere = self.with_context(active_test=False)
        pattern = escape_psql(email)
        words = Redaction(self.env["res.partner"], self.env["res.partner"], [email], "")
        cases = everywhere.search([("email_from", "ilike", pattern)])
        # sudo: only who wrote is compared; cases are searched with the user's rights below
        messages = self.env["mail.message"].sudo()
        written = messages.search_fetch(
            [("model", "=", self._name), ("email_from", "ilike", pattern)], ["email_from", "res_id"]
        ).filtered(lambda m: words.contains(m.email_from))
        return cases.filtered(lambda c: words.contains(c.email_from)) | everywhere.search(
            [("id", "in", written.mapped("res_id"))]
        )
