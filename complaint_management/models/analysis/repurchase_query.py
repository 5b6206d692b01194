"""The query of ``complaint.analysis.repurchase``: windows after complaints and without any (R58).

Orders are matched to windows by customer and by slices of time as long as a window: each touches
two slices, so that a customer's orders of other years are never looked at.
"""

from odoo.tools import SQL

# Ids of baseline rows hold customer, quarter since 1970, and company, below 2^53.
MOST_QUARTERS = 2**12
MOST_COMPANIES = 2**10
# A customer of the baseline had ordered so many days before his window.
DAYS_BEFORE = 365


def get_repurchase_query(since, now, order_condition):
    """:param since: UTC moment: windows that began before have no row
    :param now: UTC moment that decides which windows are over
    :param order_condition: ``SQL``: which rows of ``sale_order sale`` count
    :return: ``SQL`` of the whole table
    """
    return SQL(
        """
        WITH bought AS (%(bought)s), cases AS (%(cases)s), quarters AS (%(quarters)s),
             complained AS (%(complained)s)
        SELECT shown.*, shown.window_orders AS order_count,
               CASE WHEN shown.is_over THEN LEAST(shown.window_orders, 1) * 100.0 END
               AS bought_again,
               CASE WHEN shown.is_over THEN shown.window_amount END AS amount
          FROM (
              SELECT windows.*, company.currency_id, windows.date_end <= %(now)s AS is_over
                FROM (%(after_cases)s UNION ALL %(baseline)s) windows
                JOIN res_company company ON company.id = windows.company_id
          ) shown
        """,
        bought=get_bought(order_condition),
        cases=get_cases(since),
        complained=get_complained(),
        quarters=get_quarters(now),
        after_cases=get_after_cases(),
        baseline=get_baseline(),
        now=now,
    )


def get_slice(moment):
    """:param moment: ``SQL`` of a UTC moment, in a query that knows ``company``
    :return: ``SQL``: which slice of time it is in; as a float, for decimals are slow
    """
    return SQL(
        "FLOOR(DATE_PART('epoch', %s) / (company.complaint_repurchase_days * 86400))::bigint",
        moment,
    )


def get_bought(order_condition):
    """:return: ``SQL``: orders by customer, in the company's currency before taxes"""
    return SQL(
        """
        SELECT sale.company_id, buyer.commercial_partner_id AS customer_id,
               sale.date_order AS moment,
               %s AS slice,
               sale.amount_untaxed / COALESCE(NULLIF(sale.currency_rate, 0), 1) AS amount
          FROM sale_order sale
          JOIN res_partner buyer ON buyer.id = sale.partner_id
          JOIN res_company company ON company.id = sale.company_id
         WHERE %s
        """,
        get_slice(SQL("sale.date_order")),
        order_condition,
    )


def get_complained():
    """:return: ``SQL``: who ever complained; what was archived makes nobody one who did not"""
    return SQL(
        """
        SELECT DISTINCT company_id, commercial_partner_id AS customer_id
          FROM complaint_complaint
         WHERE is_counted
        """
    )


def get_cases(since):
    """:return: ``SQL``: complaints that count, with their window and how fast they were resolved"""
    moment = SQL(
        "COALESCE(complaint.date_closed, complaint.date_resolved, complaint.date_received)"
    )
    return SQL(
        """
        SELECT complaint.id, complaint.company_id,
               complaint.commercial_partner_id AS customer_id,
               complaint.outcome, complaint.category_id, complaint.severity, complaint.team_id,
               complaint.user_id,
               company.complaint_repurchase_days AS days,
               %(moment)s AS moment, %(slice)s AS slice,
               CASE WHEN complaint.date_resolved IS NULL THEN 'unresolved'
                    WHEN complaint.hours_to_resolve <= company.complaint_fast_days
                         * COALESCE(NULLIF(calendar.hours_per_day, 0), 24) THEN 'fast'
                    ELSE 'resolved' END AS speed
          FROM complaint_complaint complaint
          JOIN res_company company ON company.id = complaint.company_id
     LEFT JOIN complaint_team team ON team.id = complaint.team_id
     LEFT JOIN resource_calendar calendar
            ON calendar.id = COALESCE(team.resource_calendar_id, company.resource_calendar_id)
         WHERE complaint.active IS TRUE AND complaint.is_counted IS TRUE
           AND complaint.state <> 'cancelled'
           AND complaint.commercial_partner_id IS NOT NULL AND %(moment)s >= %(since)s
        """,
        moment=moment,
        slice=get_slice(moment),
        since=since,
    )


def get_quarters(now):
    """:return: ``SQL``: quarters in which the window of a complaint begins"""
    return SQL(
        """
        SELECT DISTINCT company_id, days, DATE_TRUNC('quarter', moment) AS moment
          FROM cases
         WHERE moment <= %s
        """,
        now,
    )


def get_after_cases():
    """:return: ``SQL``: one row a complaint of a customer who had ordered before"""
    return SQL(
        """
        SELECT cases.id::bigint * 2 AS id, cases.id AS complaint_id,
               cases.customer_id AS commercial_partner_id, cases.company_id, cases.speed,
               cases.outcome, cases.category_id, cases.severity, cases.team_id, cases.user_id,
               cases.moment AS date_start, cases.moment + cases.days * INTERVAL '1 day' AS date_end,
               COALESCE(later.orders, 0) AS window_orders,
               COALESCE(later.amount, 0) AS window_amount
          FROM cases
          JOIN (
              SELECT company_id, customer_id, MIN(moment) AS moment
                FROM bought
            GROUP BY company_id, customer_id
          ) first_order ON first_order.company_id = cases.company_id
                       AND first_order.customer_id = cases.customer_id
                       AND first_order.moment < cases.moment
     LEFT JOIN (
              SELECT begun.id, COUNT(*) AS orders, SUM(bought.amount) AS amount
                FROM (
                    SELECT cases.id, cases.company_id, cases.customer_id, cases.moment, cases.days,
                           cases.slice + step.no AS slice
                      FROM cases CROSS JOIN (VALUES (0), (1)) step (no)
                ) begun
                JOIN bought ON bought.company_id = begun.company_id
                           AND bought.customer_id = begun.customer_id
                           AND bought.slice = begun.slice
               WHERE bought.moment >= begun.moment
                 AND bought.moment < begun.moment + begun.days * INTERVAL '1 day'
            GROUP BY begun.id
          ) later ON later.id = cases.id
        """
    )


def get_baseline():
    """:return: ``SQL``: one row a customer without complaints and quarter"""
    return SQL(
        """
        SELECT ((bought.customer_id::bigint * %(quarters)s
                 + EXTRACT(YEAR FROM quarters.moment)::int * 4 - 7880
                 + EXTRACT(QUARTER FROM quarters.moment)::int) * %(companies)s
                + bought.company_id %% %(companies)s) * 2 + 1,
               NULL::int, bought.customer_id, bought.company_id, 'none', NULL::varchar, NULL::int,
               NULL::varchar, NULL::int, NULL::int,
               quarters.moment, quarters.moment + quarters.days * INTERVAL '1 day',
               COUNT(*) FILTER (WHERE bought.moment >= quarters.moment),
               COALESCE(SUM(bought.amount) FILTER (WHERE bought.moment >= quarters.moment), 0)
          FROM quarters
          JOIN bought ON bought.company_id = quarters.company_id
                     AND bought.moment >= quarters.moment - %(before)s * INTERVAL '1 day'
                     AND bought.moment < quarters.moment + quarters.days * INTERVAL '1 day'
         WHERE NOT EXISTS (
                   SELECT FROM complained
                    WHERE complained.company_id = bought.company_id
                      AND complained.customer_id = bought.customer_id
               )
      GROUP BY bought.customer_id, bought.company_id, quarters.moment, quarters.days
        HAVING MIN(bought.moment) < quarters.moment
        """,
        quarters=MOST_QUARTERS,
        companies=MOST_COMPANIES,
        before=DAYS_BEFORE,
    )
