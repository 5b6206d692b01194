from datetime import date

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...analysis.month_text import get_month_text
from .month import Month
from .page import MeetingPage

# Rows of one list of the pack; who needs more opens the register.
MAX_ROWS = 300
FIRST_YEAR = 1990


class ComplaintTableMeeting(models.AbstractModel):
    """The monthly quality meeting on paper: figures, customers, measures, decisions (R54-R56).

    One document of several tables, a sheet each in a workbook. Everything in it is read with the
    rights of whoever prints it, in his language and time zone, of one company.

    Options: ``month`` (its first day, ISO), ``company`` (ID), ``team`` (ID, optional).
    """

    _name = "complaint.table.meeting"
    _description = "Monthly Quality Meeting"
    _inherit = ["complaint.table"]

    _table_model = "complaint.complaint"

    # ------------------------------------------------------------
    # What is asked for
    # ------------------------------------------------------------
    def _get_month(self, request):
        """:return: :class:`Month` asked for
        :raise UserError: for what is no month, or one that has not begun
        """
        try:
            first = date.fromisoformat(str(request.options.get("month"))).replace(day=1)
        except ValueError as error:
            raise UserError(self.env._("Choose the month of the meeting.")) from error
        if first.year < FIRST_YEAR or first > self._get_today():
            raise UserError(self.env._("Choose a month that has begun already."))
        return Month(first, self.env["complaint.analysis.salesperson"]._get_zone())

    def _get_today(self):
        return self.env["complaint.people.sheet"]._get_this_month()

    def _get_team(self, request):
        """:return: ``complaint.team`` asked for, or an empty one
        :raise AccessError: for one the reader may not see
        """
        return self.env["complaint.table.people"]._get_team(request) or self.env["complaint.team"]

    def _for_reader(self, request):
        """The same table in the one company asked for: its records and its letterhead.

        :raise UserError: for a company the reader does not work in
        """
        number = request.options.get("company")
        company = self.env["res.company"].browse(number if type(number) is int else 0)
        if company not in self.env.user.company_ids:
            raise UserError(self.env._("Choose one of your companies."))
        return super()._for_reader(request).with_context(allowed_company_ids=company.ids)

    def _find_records(self, request):
        """Each table of the pack finds its own."""
        self._get_month(request)
        return self.env[self._table_model]

    def _get_case_domain(self, request):
        """:return: ``Domain`` of the complaints the meeting is about, of any month"""
        domain = Domain("is_counted", "=", True)
        team = self._get_team(request)
        return domain & Domain("team_id", "=", team.id) if team else domain

    def _get_part_domain(self, request, field="complaint_id"):
        """:return: ``Domain`` of records that belong to such a complaint by ``field``"""
        domain = self.env["complaint.complaint"]._get_parts_domain(field)
        team = self._get_team(request)
        return domain & Domain(f"{field}.team_id", "=", team.id) if team else domain

    # ------------------------------------------------------------
    # The document
    # ------------------------------------------------------------
    def _get_title(self, request):
        month = self._get_month(request)
        return self.env._("Quality Meeting, %s", get_month_text(self.env, month.first))

    def _get_subtitle(self, records, request):
        team = self._get_team(request)
        lines = [self.env._("Internal: for the participants of the meeting only.")]
        return [*lines, self.env._("Team: %s", team.name)] if team else lines

    def _get_parts(self, records, request):
        parts = []
        for make in self._get_part_makers():
            part = make(request)
            if part is not None:
                parts.append(part)
        return parts

    def _get_part_makers(self):
        """Hook: methods that make the tables of the pack, in its order; each takes the request and
        returns a :class:`~..layout.table.TablePart`, or None where there is nothing to show

        :return: list of bound methods
        """
        return [
            self._make_figures,
            self._make_defects,
            self._make_causes,
            self._make_customers,
            self._make_measures,
            self._make_repetitions,
            self._make_lessons,
            self._make_agenda,
        ]

    def _get_page(self, document):
        return MeetingPage(
            document, self._format_cell, self.env.lang or "en_US", self._get_page_starts()
        )

    def _get_page_starts(self):
        """Hook: :return: set of titles of the tables that start on a new page"""
        return {
            self.env._("Defects"),
            self.env._("Customers"),
            self.env._("Measures: open or not effective"),
            self.env._("Decisions"),
        }

    def _format_cell(self, column, value):
        # Room to write by hand
        if column.key in ("decision", "responsible", "until"):
            return " \n \n "
        return super()._format_cell(column, value)

    def _get_left_out_notes(self, count):
        """:return: list of a line that says how many rows have no room, or empty"""
        left = count - MAX_ROWS
        return [self.env._("… and %s more, in the registers.", left)] if left > 0 else []
