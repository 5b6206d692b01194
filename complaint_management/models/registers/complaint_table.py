import logging

import psycopg2

from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import format_date, split_every

from ..complaint.complaint_complaint import INSIDE_GROUPS
from .layout.table import TableDocument, TablePart

_logger = logging.getLogger(__name__)

# Records read at once; each batch leaves the cache before the next one comes.
BATCH = 500
# More would keep a worker for minutes, or be read by nobody.
LIMITS = {"pdf": 2000, "xlsx": 50000}
# What Python and the database say about a domain that cannot be meant (T10).
UNREADABLE = (
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    RecursionError,
    psycopg2.DataError,
)


class ComplaintTable(models.AbstractModel):
    """Engine of the tables one hands out: register, status, measures, people (R54-R57).

    A table is an abstract model that inherits this one. It says what its rows are records of
    (``_table_model``) and in which order, and fills the hooks :meth:`_get_title`,
    :meth:`_get_columns` and :meth:`_prepare_rows`; one made of several tables overrides
    :meth:`_get_parts`. Everything is read with the rights of whoever asks, in his language, and
    comes out as workbook or landscape PDF (``complaint_table_output``). Buttons open it by
    :meth:`_open_from_list` or :meth:`_open` (``complaint_table_doors``).
    """

    _name = "complaint.table"
    _description = "Table to Hand Out"

    _table_model = None
    _table_order = None
    _table_groups = INSIDE_GROUPS

    # ------------------------------------------------------------
    # Hooks of a table; ``request`` is a TableRequest (see layout/request.py)
    # ------------------------------------------------------------
    def _get_title(self, request):
        """Hook: :return: what stands above the table, translated"""
        raise NotImplementedError

    def _get_columns(self, request):
        """Hook: :return: list of :class:`~.layout.table.TableColumn`"""
        raise NotImplementedError

    def _prepare_rows(self, records, request):
        """Hook: rows of a batch of records, in their order.

        :param records: at most ``BATCH`` records of ``_table_model``: no query for each of them
        :return: list of dicts, column key → value as :class:`~.layout.table.TableColumn` says
        """
        raise NotImplementedError

    def _get_base_domain(self, request):
        """Hook: :return: ``Domain`` of what belongs into the table at all"""
        return Domain.TRUE

    def _get_group_label(self, request):
        """Hook: :return: name of what rows are grouped by, empty: no groups

        Rows then hold the group's name under the key ``group`` and come ordered by it.
        """
        return ""

    def _get_notes(self, request):
        """Hook: :return: list of lines under the table"""
        return []

    def _get_subtitle(self, records, request):
        """Hook: :return: further lines under the title, such as the period"""
        return []

    def _get_parts(self, records, request):
        """Hook: the tables of the document; here the one of the other hooks.

        :param records: all records asked for, unread
        :return: list of :class:`~.layout.table.TablePart`
        """
        return [
            TablePart(
                title=self._get_title(request),
                columns=self._get_columns(request),
                rows=self._iter_rows(records, request),
                count=len(records),
                group_label=self._get_group_label(request),
                notes=self._get_notes(request),
            )
        ]

    # ------------------------------------------------------------
    # Reading
    # ------------------------------------------------------------
    def _check_table_access(self):
        """:raise AccessError: for people outside, and for contributors, who see steps of a case
        and not the case (R60)
        """
        if not self.env.user.has_groups(self._table_groups):
            raise AccessError(self.env._("You may not print or export this table."))

    def _get_domain(self, request):
        """:return: ``Domain`` of the records of a request"""
        return request.get_domain() & self._get_base_domain(request)

    def _find_records(self, request):
        """:return: the records of a request, with the reader's rights, in the table's order
        :raise UserError: when there are more than one document may hold, or for a domain that
            cannot be meant
        """
        limit = LIMITS[request.format]
        model = self.env[self._table_model]
        try:
            domain = self._get_domain(request)
            records = model.search(domain, limit=limit + 1, order=self._table_order)
        except UNREADABLE as error:
            _logger.warning("Table %s: %s", self._name, error, exc_info=True)
            raise UserError(
                self.env._("The filter of this table cannot be read: choose another one.")
            ) from error
        if len(records) > limit:
            raise UserError(self._get_too_many_message(request, limit))
        return records

    def _get_too_many_message(self, request, limit):
        if request.format == "pdf":
            return self.env._(
                "A printed table holds %s rows at most. Choose a shorter period or another "
                "filter, or take the workbook.",
                limit,
            )
        return self.env._(
            "A workbook holds %s rows at most. Choose a shorter period or another filter.", limit
        )

    def _iter_rows(self, records, request):
        """:yield: rows of all records; what was read leaves the memory batch by batch"""
        for ids in split_every(BATCH, records.ids):
            batch = records.browse(ids)
            yield from self._prepare_rows(batch, request)
            if len(records) > BATCH:
                self.env.invalidate_all(flush=False)

    # ------------------------------------------------------------
    # The document
    # ------------------------------------------------------------
    def _for_reader(self, request):
        """Hook: the table as all of its file is made, letterhead included.

        :return: this table in the language of who reads it, in the company it is about; default:
            those of who makes it
        """
        return self

    def _make_document(self, request):
        """:return: :class:`~.layout.table.TableDocument` of a request; its rows are read once,
        while it is printed
        """
        self._check_table_access()
        records = self._find_records(request)
        return TableDocument(
            title=self._get_title(request),
            lines=[*self._get_subtitle(records, request), *self._get_origin(request)],
            parts=self._get_parts(records, request),
            company=self.env.company.name,
            labels={
                "page": self.env._("Page"),
                "total": self.env._("Total"),
                "empty": self.env._("Nothing to list."),
            },
        )

    def _get_origin(self, request):
        """:return: list of lines: which filters, which companies, which day, by whom"""
        lines = []
        if request.ids:
            lines.append(self.env._("Chosen by hand"))
        elif request.filters:
            lines.append(self.env._("Filters: %s", " · ".join(request.filters)))
        lines.append(
            self.env._(
                "%(companies)s, %(day)s, made by %(user)s",
                companies=", ".join(self.env.companies.mapped("name")),
                day=self._format_today(),
                user=self.env.user.name,
            )
        )
        return lines

    def _format_today(self):
        """:return: the reader's day today, in his way of writing"""
        return format_date(self.env, fields.Date.context_today(self))

    def _get_day(self, moment):
        """:return: date of a moment (UTC) where the reader is, None without one"""
        return fields.Datetime.context_timestamp(self, moment).date() if moment else None
