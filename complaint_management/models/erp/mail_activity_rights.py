from odoo import api, models
from odoo.fields import Domain

from ..complaint.complaint_complaint import INSIDE_GROUPS

COMPLAINT_MODEL = "complaint.complaint"


class MailActivityRights(models.Model):
    """Who reads and changes activities of complaints (R60, T3).

    To core, who reads a document reads all its activities. A contributor reads a complaint for his
    own action; what others are told to do is not for him.
    """

    _inherit = "mail.activity"

    @api.model
    def _search(self, domain, offset=0, limit=None, order=None, *, bypass_access=False, **kwargs):
        """Find of complaints' activities only those the user may read.

        Core asks for the complaint alone; contributors read it for their own action.
        """
        if not bypass_access:
            domain = Domain(domain) & self._get_complaint_activity_domain()
        return super()._search(domain, offset, limit, order, bypass_access=bypass_access, **kwargs)

    def _check_access(self, operation):
        """Refuse what :meth:`_search` does not find, besides what core refuses."""
        result = super()._check_access(operation)
        domain = self._get_complaint_activity_domain()
        if operation == "create" or not self or domain.is_true():
            return result
        allowed = self - result[0] if result else self
        # sudo: only to see whose they are
        foreign = allowed - allowed.sudo().filtered_domain(domain).with_env(self.env)
        if not foreign:
            return result
        forbidden = result[0] + foreign if result else foreign
        return forbidden, lambda: forbidden._make_access_error(operation)

    @api.model
    def _get_complaint_activity_domain(self):
        """:return: ``Domain`` of the activities that are no business of complaints or the user's
        own; everything for those who see the whole complaint
        """
        if self.env.su or self.env.user.has_groups(INSIDE_GROUPS):
            return Domain.TRUE
        return Domain("res_model", "!=", COMPLAINT_MODEL) | Domain("user_id", "=", self.env.uid)
