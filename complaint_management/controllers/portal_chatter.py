from odoo import http
from odoo.fields import Domain
from odoo.http import request

from odoo.addons.portal.controllers.portal_thread import PortalChatter

MODEL = "complaint.complaint"


class ComplaintPortalChatter(PortalChatter):
    """Messages on the customer's page: those from his company and to it, no others (T2).

    A link with the case's token shows them; writing takes a login or a personal link, as answering
    does.
    """

    @http.route()
    def portal_message_fetch(self, thread_model, thread_id, fetch_params=None, **kw):
        """Only messages of the reader's company and to it; parameters as core's."""
        # Never the caller's: what narrows the search is made here
        kw["complaint_id"] = thread_id if thread_model == MODEL else None
        return super().portal_message_fetch(thread_model, thread_id, fetch_params, **kw)

    def _setup_portal_message_fetch_extra_domain(self, data):
        domain = super()._setup_portal_message_fetch_extra_domain(data)
        complaint_id = data.get("complaint_id")
        if not complaint_id or not data.get("token"):
            return domain
        # sudo: core checks the token before it searches; this only narrows what it finds
        complaint = request.env[MODEL].sudo().browse(int(complaint_id)).exists()
        reader = complaint._get_link_partner(data.get("pid"), data.get("hash"))
        firms = (reader or complaint._get_link_reader()).commercial_partner_id
        return Domain(domain) & complaint._get_customer_message_domain(firms)

    @classmethod
    def _get_thread_with_access_for_post(cls, thread_model, thread_id, **kwargs):
        thread = super()._get_thread_with_access_for_post(thread_model, thread_id, **kwargs)
        if not thread or thread_model != MODEL or not request.env.user._is_public():
            return thread
        # sudo: the signed link is compared with the case's own token
        complaint = thread.sudo()
        partner = complaint._get_link_partner(kwargs.get("pid"), kwargs.get("hash"))
        return thread if complaint._is_customer(partner) else thread.browse()
