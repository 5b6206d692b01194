from werkzeug.datastructures import FileStorage

from odoo import http
from odoo.exceptions import MissingError, UserError
from odoo.http import request

from ..models.documents.complaint_evidence_file import MAX_BYTES
from ..models.portal.complaint_customer_access import to_id

# Beside the file: its name, the token, the boundaries.
BODY_BYTES = MAX_BYTES + 1024 * 1024


class ComplaintEvidenceUpload(http.Controller):
    """One file a request: each has its own progress, and a refusal stops no other (R8)."""

    @http.route(
        "/complaint/evidence/upload",
        type="http",
        auth="user",
        methods=["POST"],
        max_content_length=BODY_BYTES,
    )
    def upload_evidence(self, complaint_id=None, ufile=None, **_kwargs):
        """File what was dropped or pasted; called by the widget ``complaint_photos``.

        :return: JSON of the new evidence, or ``{"error": words}`` where it was refused
        """
        try:
            with request.env.cr.savepoint():
                return request.make_json_response(self._file(complaint_id, ufile))
        except (UserError, MissingError) as problem:
            return request.make_json_response({"error": str(problem)})

    def _file(self, complaint_id, ufile):
        """:return: dict that can be sent to a browser"""
        complaint = request.env["complaint.complaint"].browse(to_id(complaint_id)).exists()
        if not complaint or not isinstance(ufile, FileStorage):
            raise UserError(request.env._("The file could not be read. Please choose it again."))
        evidence = complaint._file_dropped(ufile)
        evidence.flush_recordset()
        return {"id": evidence.id, "name": evidence.name, "kind": evidence.kind}
