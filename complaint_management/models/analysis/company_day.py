"""The day where the company works, for SQL views: the same for whoever reads them."""

from odoo.tools import SQL


def get_calendar_join(company):
    """:param company: ``SQL`` of a company's id
    :return: ``SQL`` of joins to its working hours; they find one row
    """
    return SQL(
        "JOIN res_company company ON company.id = %s"
        " LEFT JOIN resource_calendar calendar ON calendar.id = company.resource_calendar_id",
        company,
    )


# To a query that knows ``complaint``
CALENDAR_JOIN = get_calendar_join(SQL("complaint.company_id"))


def get_company_day(moment):
    """:param moment: ``SQL`` of a moment (UTC)
    :return: ``SQL`` of its day by the time zone of the company's working hours, in a query with
        ``CALENDAR_JOIN``
    """
    return SQL("(%s AT TIME ZONE 'UTC' AT TIME ZONE COALESCE(calendar.tz, 'UTC'))::date", moment)
