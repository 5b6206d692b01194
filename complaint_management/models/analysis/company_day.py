"""The day where the company works, for SQL views: the same for whoever reads them."""

from odoo.tools import SQL

# To a query that knows ``complaint``; finds one row.
CALENDAR_JOIN = SQL(
    "JOIN res_company company ON company.id = complaint.company_id"
    " LEFT JOIN resource_calendar calendar ON calendar.id = company.resource_calendar_id"
)


def get_company_day(moment):
    """:param moment: ``SQL`` of a moment (UTC)
    :return: ``SQL`` of its day by the time zone of the company's working hours, in a query with
        ``CALENDAR_JOIN``
    """
    return SQL("(%s AT TIME ZONE 'UTC' AT TIME ZONE COALESCE(calendar.tz, 'UTC'))::date", moment)
