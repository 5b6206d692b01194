import json

from odoo import http
from odoo.exceptions import UserError
from odoo.http import content_disposition, request
from odoo.tools.misc import html_escape

from ..models.registers.complaint_table_output import MIMETYPES


class ComplaintTable(http.Controller):
    """Files of tables (R54-R57), made anew for whoever may read them; nothing is stored."""

    @http.route("/complaint/table", type="http", auth="user", methods=["POST"], readonly=True)
    def download(self, data="", **_kwargs):
        """The file of a request (``complaint.table._get_download``).

        :param str data: JSON of the request; beside its fields ``companies``: ids of the companies
            the list showed
        :return: the file; an error as core's client shows one, HTTP 422
        """
        try:
            values = self._read_values(data)
            table, wanted = self._get_table(values)
            content, name = table._make_file(wanted)
        except UserError as error:
            body = {"code": 0, "message": "Odoo Server Error"}
            body["data"] = http.serialize_exception(error)
            return request.make_response(html_escape(json.dumps(body)), status=422)
        headers = [
            ("Content-Type", MIMETYPES[wanted.format]),
            ("Content-Length", len(content)),
            ("X-Content-Type-Options", "nosniff"),
            ("Cache-Control", "no-store"),
            ("Content-Disposition", content_disposition(name)),
        ]
        return request.make_response(content, headers)

    def _read_values(self, data):
        try:
            return json.loads(data)
        except (ValueError, RecursionError) as error:
            raise UserError(request.env._("This is no request for a table.")) from error

    def _get_table(self, values):
        """:return: ``(table model, TableRequest)``; the companies are checked when they are used"""
        tables = request.env["complaint.table"]
        companies = values.get("companies") if isinstance(values, dict) else None
        if isinstance(companies, list) and all(type(number) is int for number in companies):
            tables = tables.with_context(allowed_company_ids=companies)
        return tables._read_request(values)
