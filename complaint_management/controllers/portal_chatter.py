from odoo import http
from odoo.fields import Domain
from odoo.http import request

from odoo.addons.portal.controllers.portal_thread import PortalChatter

from ..models.portal.complaint_customer_access import MAX_ID

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
        if thread_model == MODEL and self._reads_by_login(thread_id):
            # Core would look into the token, which he may not read: his own rights are enough
            kw.pop("token", None)
        return super().portal_message_fetch(thread_model, thread_id, fetch_params, **kw)

    def _reads_by_login(self, thread_id):
        """:return: whether a customer who is logged in may read the case without any link"""
        is_number = isinstance(thread_id, int) and 0 < thread_id <= MAX_ID
        if not (is_number and request.env.user._is_portal()):
            return False
        complaint = request.env[MODEL].browse(thread_id).exists()
        return bool(complaint) and complaint.has_access("read")

    def _setup_portal_message_fetch_extra_domain(self, data):
        domain = super()._setup_portal_message_fetch_extra_domain(data)
        complaint_id = data.get("complaint_id")
        if not complaint_id or not data.get("token"):
            return domain
        # sudo: core checks the token before it searches; this only narrows what it finds
        complaint = request.env[MODEL].sudo().browse(int(complaint_id)).exists()
        user, pid, signature = request.env.user, data.get("pid"), data.get("hash")
        firms = complaint._get_customer_reader(user, pid, signature).commercial_partner_id
        return Domain(domain) & complaint._get_customer_message_domain(firms)

    @classmethod
    def _get_thread_with_access_for_post(cls, thread_model, thread_id, **kwargs):
        thread = super()._get_thread_with_access_for_post(thread_model, thread_id, **kwargs)
        if not thread or thread_model != MODEL or cls._get_complaint_writer(thread, **kwargs):
            return thread
        return thread.browse()

    @classmethod
    def _get_message_with_access(cls, message_id, mode="read", **kwargs):
        """To change a message or react to it takes more than a link, and that one may read it."""
        message = super()._get_message_with_access(message_id, mode=mode, **kwargs)
        # sudo: on what it is; whose it is decides below
        found = message.sudo()
        if mode == "read" or not found or found.model != MODEL:
            return message
        complaint = request.env[MODEL].browse(found.res_id)
        if request.env.user._is_internal() and complaint.has_access("read"):
            return message
        writer = cls._get_complaint_writer(complaint, **kwargs)
        shown = complaint._get_customer_message_domain(writer.commercial_partner_id)
        return message if found.filtered_domain(shown) else message.browse()

    @classmethod
    def _get_complaint_writer(cls, thread, pid=None, hash=None, **_kwargs):
        """:return: ``res.partner`` as whom somebody writes; empty for the holder of a mere link"""
        user = request.env.user
        if not user._is_public() and thread.with_env(request.env).has_access("read"):
            return user.partner_id.sudo()
        # sudo: the signed link is compared with the case's own token
        complaint = thread.sudo()
        partner = complaint._get_link_partner(pid, hash)
        return partner if complaint._is_customer(partner) else partner.browse()
