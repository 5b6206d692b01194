from odoo import models
from odoo.exceptions import UserError

from .layout.request import TableRequest

DOWNLOAD = "complaint_table_download"


class ComplaintTableDoors(models.AbstractModel):
    """How one gets at a table: a button gives the browser a request, and the browser fetches the
    file by it (``controllers/table.py``), so that long tables show that they are being made.
    """

    _inherit = "complaint.table"

    def _open(self, file_format, records=None, domain=None, **options):
        """Action of a button.

        :param str file_format: ``xlsx`` or ``pdf``
        :param records: recordset of ``_table_model`` to list; None: all that ``domain`` finds
        :param list domain: searched with the reader's rights
        :param options: JSON values the table understands
        :return: client action that fetches the file
        :raise AccessError: for who may not read the table
        """
        self._check_table_access()
        return self._get_download(file_format, records, domain, (), options)

    def _open_from_list(self, file_format, selected, **options):
        """Action of a button in the header of a list: the ticked rows, else all the list shows.

        Core's client sends the list's domain as ``active_domain``, our lists and boards
        (``complaint_table_views.js``) the filters in words as ``complaint_table_filters``: both are
        what the reader asks for and say nothing about what he may read.

        :param str file_format: ``xlsx`` or ``pdf``
        :param selected: recordset the button was called on
        :param options: JSON values the table understands
        :return: client action that fetches the file
        :raise AccessError: for who may not read the table
        """
        self._check_table_access()
        context = self.env.context
        domain, filters = context.get("active_domain"), context.get("complaint_table_filters")
        if len(selected) >= self._get_ids_limit() and domain is not None:
            # The client stops naming records here: somebody ticked all the search finds
            selected = selected.browse()
        return self._get_download(file_format, selected, domain, filters or (), options)

    def _get_ids_limit(self):
        """:return: number of records core's client names at most"""
        # sudo: a limit of the web client, which tells it to everybody
        parameter = self.env["ir.config_parameter"].sudo().get_param("web.active_ids_limit")
        return int(parameter or 20000)

    def _get_download(self, file_format, records, domain, filters, options):
        return {
            "type": "ir.actions.client",
            "tag": DOWNLOAD,
            "params": {
                "table": self._name,
                "format": file_format,
                "ids": records.ids if records else [],
                "domain": domain or [],
                "filters": list(filters),
                "options": options,
            },
        }

    def _read_request(self, values):
        """:param values: what a browser sent
        :return: ``(table model, TableRequest)``
        :raise UserError: for what cannot be meant
        """
        try:
            request = TableRequest.from_values(values)
            request.get_domain()
        except (ValueError, TypeError, RecursionError) as error:
            raise UserError(self.env._("This table cannot be made: %s", error)) from error
        table = self.env.get(request.table)
        if not isinstance(table, self.env.registry["complaint.table"]) or not table._table_model:
            raise UserError(self.env._("There is no such table."))
        return table, request
