from odoo import api, models
from odoo.fields import Domain

COMPLAINT_MODEL = "complaint.complaint"


class MailMessage(models.Model):
    """Messages of a complaint that portal users may read: from their company or to it (T2).

    Core opens the notes of a document to whoever reads the document and knows a note's number.
    """

    _inherit = "mail.message"

    @api.model
    def _get_search_domain_share(self):
        domain = Domain(super()._get_search_domain_share())
        if self.env.user._is_portal():
            domain &= Domain("model", "!=", COMPLAINT_MODEL) | self._get_own_complaint_domain()
        return domain

    @api.model
    def _get_own_complaint_domain(self):
        """:return: ``Domain`` of messages on complaints that the portal user may read"""
        firm = self.env.user.partner_id.commercial_partner_id
        return self.env[COMPLAINT_MODEL]._get_customer_message_domain(firm)

    def _get_forbidden_access(self, operation):
        """Reading by number shows no more than searching."""
        forbidden = super()._get_forbidden_access(operation)
        if operation == "create" or not self.env.user._is_portal():
            return forbidden
        # sudo: only on which documents they are
        rest = (self - forbidden).sudo().filtered(lambda m: m.model == COMPLAINT_MODEL)
        if rest:
            shown = rest.search(self._get_own_complaint_domain() & Domain("id", "in", rest.ids))
            forbidden += (rest - shown).with_env(self.env)
        return forbidden
