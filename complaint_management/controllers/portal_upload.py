from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import BadRequest

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.mail.controllers.attachment import AttachmentController

from ..models.portal.complaint_customer_access import to_id

MODEL = "complaint.complaint"


class ComplaintPortalUpload(AttachmentController):
    """Files in the message box of the customer's page keep to the limits of all doors (T9)."""

    @http.route()
    def mail_attachment_upload(
        self, ufile=None, thread_id=None, thread_model=None, is_pending=False, **kwargs
    ):
        """One file: its size and type, before anything of it is stored.

        :raise BadRequest: without a file or a number; core would answer with an error of its own
        """
        is_number = to_id(thread_id) or thread_id == "0"
        if not isinstance(ufile, FileStorage) or not is_number:
            raise BadRequest
        if thread_model == MODEL and not request.env.user._is_internal():
            thread = self._get_thread_with_access_for_post(thread_model, thread_id, **kwargs)
            if thread:
                try:
                    self._check_upload(thread, ufile)
                except UserError as error:
                    return request.make_json_response({"error": str(error.args[0])})
        return super().mail_attachment_upload(
            ufile, thread_id, thread_model, is_pending=is_pending, **kwargs
        )

    def _check_upload(self, thread, ufile):
        """:raise UserError: saying why the file is not taken, and what may be sent"""
        # sudo: whose limits they are
        company = thread.sudo().company_id
        request.env["complaint.upload"]._read_uploads([ufile], company)
        ufile.stream.seek(0)

    def _prepare_message_data(self, post_data, *, thread, **kwargs):
        """All files of one message: their number and their sum."""
        data = super()._prepare_message_data(post_data, thread=thread, **kwargs)
        if thread and thread._name == MODEL and not request.env.user._is_internal():
            # sudo: core has looked whose files they are; counted and measured only
            files = request.env["ir.attachment"].sudo().browse(data.get("attachment_ids") or [])
            uploads, company = request.env["complaint.upload"], thread.sudo().company_id
            limits = uploads._get_limits(company)
            uploads._check_number(len(files), limits)
            uploads._check_total(sum(files.mapped("file_size")), limits)
        return data
