from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..complaint.complaint_complaint import UNREGISTERED_STATES
from ..complaint.complaint_lifecycle import OPEN_STATES
from .call_figures import ComplaintFigures, CustomerFigures, OrderFigures, get_periods

# So many of each the card shows.
LAST = 5
# Registered cases, each once: as ``_get_counted_domain`` says, marking alone hides nothing.
COUNTED = SQL(
    "c.outcome IS DISTINCT FROM 'duplicate' AND c.state NOT IN %s",
    (*UNREGISTERED_STATES, "cancelled"),
)


class ComplaintCallFigures(models.AbstractModel):
    """Counts what the user may read of a customer: a query for orders and one for complaints.

    A customer is a commercial entity: what his people and addresses ordered counts, too.
    """

    _inherit = "complaint.call"

    @api.model
    def _get_orders_domain(self, customer):
        """Hook: which orders and quotations are the customer's.

        :param customer: ``res.partner``, a commercial entity
        :return: ``Domain`` on ``sale.order``
        """
        return Domain("partner_id.commercial_partner_id", "=", customer.id) & Domain(
            "state", "!=", "cancel"
        )

    @api.model
    def _get_complaints_domain(self, customer):
        """Hook: which complaints are the customer's.

        :param customer: ``res.partner``, a commercial entity
        :return: ``Domain`` on ``complaint.complaint``
        """
        return Domain("partner_id.commercial_partner_id", "=", customer.id)

    @api.model
    def _read_figures(self, customer):
        """:param customer: ``res.partner``, a commercial entity the user may read
        :return: ``CustomerFigures`` of what the user may read
        """
        zone = self.env.user.tz or "UTC"
        periods = get_periods(fields.Date.context_today(self.with_context(tz=zone)), zone)
        return CustomerFigures(
            periods,
            self._read_order_figures(customer, periods),
            self._read_complaint_figures(customer, periods),
        )

    @api.model
    def _read_order_figures(self, customer, periods):
        """:return: list of ``OrderFigures``; none for users who may not read orders"""
        orders = self.env["sale.order"]
        if not orders.has_access("read"):
            return []
        orders.flush_model(["state", "company_id", "date_order", "amount_untaxed", "currency_rate"])
        rows = self.env.execute_query(
            SQL(
                """SELECT o.state = 'sale' AS is_order,
                          WIDTH_BUCKET(o.date_order, %(starts)s::timestamp[]) AS period,
                          o.company_id,
                          COUNT(*),
                          ROUND(SUM(
                              o.amount_untaxed / COALESCE(NULLIF(o.currency_rate, 0), 1)
                          ), 2)::float,
                          (ARRAY_AGG(o.id ORDER BY o.date_order DESC, o.id DESC))[:%(last)s]
                     FROM sale_order o
                    WHERE o.id IN %(orders)s
                 GROUP BY is_order, period, o.company_id""",
                starts=[period.start for period in periods],
                last=LAST,
                orders=orders._search(self._get_orders_domain(customer)).subselect(),
            )
        )
        return [OrderFigures(*row) for row in rows]

    @api.model
    def _read_complaint_figures(self, customer, periods):
        """:return: list of ``ComplaintFigures``"""
        complaints = self.env["complaint.complaint"]
        complaints.flush_model(
            [
                "state",
                "severity",
                "validity",
                "date_received",
                "outcome",
                "next_action_id",
                "next_deadline",
                "next_clock_deadline",
            ]
        )
        newest = SQL("ORDER BY c.date_received DESC, c.id DESC")
        is_open = SQL("c.state IN %s", OPEN_STATES)
        rows = self.env.execute_query(
            SQL(
                """SELECT WIDTH_BUCKET(c.date_received, %(starts)s::timestamp[]) AS period,
                          COUNT(*),
                          COUNT(*) FILTER (WHERE %(is_counted)s),
                          COUNT(*) FILTER (
                              WHERE %(is_counted)s AND c.validity IN ('justified', 'partly')),
                          COUNT(*) FILTER (WHERE %(is_open)s AND c.state != 'draft'),
                          (ARRAY_AGG(c.id %(newest)s))[:%(last)s],
                          (ARRAY_AGG(c.id %(newest)s) FILTER (
                              WHERE %(is_open)s AND c.severity = 'critical'))[:%(last)s],
                          (ARRAY_AGG(c.id %(newest)s) FILTER (
                              WHERE %(is_open)s AND %(is_late)s))[:%(last)s],
                          %(granted)s
                     FROM complaint_complaint c
                    WHERE c.id IN %(complaints)s
                 GROUP BY period""",
                starts=[period.start for period in periods],
                last=LAST,
                newest=newest,
                is_open=is_open,
                is_counted=COUNTED,
                is_late=SQL(
                    """(c.next_deadline < %s
                        OR c.next_action_id IS NULL AND c.next_clock_deadline < %s)""",
                    fields.Date.context_today(self),
                    fields.Datetime.now(),
                ),
                granted=self._get_granted_sql(),
                complaints=complaints._search(self._get_complaints_domain(customer)).subselect(),
            )
        )
        return [
            ComplaintFigures(*row[:6], row[6] or [], row[7] or [], row[8] or {})
            for row in sorted(rows, key=lambda row: row[0], reverse=True)
        ]

    @api.model
    def _get_granted_sql(self):
        """:return: ``SQL`` of what the settled requests gave, by currency; of requests the user may
        read, and nothing for who may not know what they were worth
        """
        demands = self.env["complaint.demand"]
        field = demands._fields["granted_value"]
        if not demands.has_access("read") or not demands._has_field_access(field, "read"):
            return SQL("NULL")
        demands.flush_model(["state", "granted_value", "currency_id"])
        return SQL(
            """(SELECT JSON_OBJECT_AGG(demand.currency_id, demand.amount) FROM (
                    SELECT d.currency_id, SUM(d.granted_value)::float AS amount
                      FROM complaint_demand d
                     WHERE d.complaint_id = ANY(ARRAY_AGG(c.id) FILTER (WHERE %s))
                       AND d.state = 'done' AND d.granted_value > 0
                       AND d.currency_id IS NOT NULL AND d.id IN %s
                  GROUP BY d.currency_id) demand)""",
            COUNTED,
            demands._search([]).subselect(),
        )
