from collections import defaultdict
from typing import NamedTuple

from odoo import api, models
from odoo.tools import SQL

from ..complaint.complaint_point import FINDING_VALIDITY
from .clean_point import Goods


class Like(NamedTuple):
    """A line of a complaint that is like what a measure is to stop."""

    action_id: int
    complaint_id: int
    received: object  # datetime (UTC) of the complaint
    goods: Goods
    confirmed: float  # in the product's unit


class ComplaintActionLikeness(models.Model):
    """Which complaints are about what a measure is to stop (R43).

    The same product with the same defect as in the measure's case, or with a verified cause of the
    same category as the cause it removes. Complaints count that are in the figures, are not
    cancelled and were not found unjustified. Of goods of several points each point is about its own
    defect, and those that were refuted are about none.
    """

    _inherit = "complaint.action"

    @api.model
    def _get_likes(self, actions=None, complaints=None, since=None):
        """Look up lines alike, in three queries however many.

        :param actions: measures to look for; default: all with a clean point
        :param complaints: complaints to look at; default: all of the measures' companies
        :param since: only complaints received then or later (``datetime``, UTC)
        :return: list of :class:`Like`, the measure's own case included
        """
        self.env.flush_all()
        rows = self.env.execute_query(self._get_likes_query(actions, complaints, since))
        lots = self._get_lots_by_line({row[3] for row in rows})
        by_id = {c.id: c for c in self.env["complaint.complaint"].browse({row[1] for row in rows})}
        likes = []
        for action_id, complaint_id, received, line_id, produced, shipped, confirmed in rows:
            get_day = by_id[complaint_id]._get_company_day
            goods = Goods(
                tuple(lot._replace(day=get_day(lot.appeared)) for lot in lots.get(line_id, ())),
                produced,
                get_day(shipped) if shipped else None,
            )
            likes.append(Like(action_id, complaint_id, received, goods, confirmed))
        return likes

    @api.model
    def _get_likes_query(self, actions, complaints, since):
        """:return: ``SQL`` of one row a measure and line; parameters as of :meth:`_get_likes`"""
        measures = SQL("a.has_clean_point")
        if actions is not None:
            measures = SQL("%s AND a.id IN %s", measures, tuple(actions.ids) or (0,))
        others = SQL("TRUE")
        if complaints is not None:
            others = SQL("o.id IN %s", tuple(complaints.ids) or (0,))
        if since:
            others = SQL("%s AND o.date_received >= %s", others, since)
        return SQL(
            """
            WITH measure AS MATERIALIZED (
                   SELECT a.id, a.cause_id, c.id AS complaint_id, c.company_id, c.defect_id
                     FROM complaint_action a
                     JOIN complaint_complaint c ON c.id = a.complaint_id
                    WHERE %(measures)s AND c.state != 'cancelled'),
                 meant AS (
                   SELECT m.id, m.company_id, l.product_id,
                          COALESCE(point.defect_id, l.defect_id, m.defect_id) AS defect_id,
                          %(stands)s AS stands,
                          BOOL_OR(%(stands)s) OVER (PARTITION BY m.id) AS any_stands
                     FROM measure m
                     JOIN complaint_line l ON l.complaint_id = m.complaint_id
                          %(points)s
                    WHERE l.product_id IS NOT NULL),
                 stopped AS MATERIALIZED (
                   SELECT id, company_id, product_id, ARRAY_AGG(DISTINCT defect_id) AS defect_ids
                     FROM meant
                    WHERE stands OR NOT any_stands
                 GROUP BY id, company_id, product_id),
                 removed AS (
                   SELECT DISTINCT m.id, k.category_id
                     FROM measure m
                     JOIN complaint_cause k ON k.complaint_id = m.complaint_id
                    WHERE k.state = 'verified' AND k.category_id IS NOT NULL
                      AND (m.cause_id IS NULL OR m.cause_id = k.id)),
                 said AS MATERIALIZED (
                   SELECT s.id AS action_id, o.id AS complaint_id, o.date_received, l.id AS line_id,
                          COALESCE(point.finding = 'confirmed', TRUE) AS confirmed,
                          %(stands)s
                          AND (COALESCE(point.defect_id, l.defect_id, o.defect_id)
                                   = ANY(s.defect_ids)
                               OR EXISTS (
                                   SELECT 1
                                     FROM complaint_cause k
                                     JOIN removed r ON r.category_id = k.category_id AND r.id = s.id
                                    WHERE k.complaint_id = o.id AND k.state = 'verified')) AS alike
                     FROM stopped s
                     JOIN complaint_line l ON l.product_id = s.product_id
                     JOIN complaint_complaint o
                       ON o.id = l.complaint_id AND o.company_id = s.company_id
                          %(points)s
                    WHERE %(others)s AND %(counted)s),
                 likeness AS (
                   SELECT action_id, complaint_id, date_received, line_id,
                          -- As goods complained about count it: confirmed points share it, else all
                          CASE WHEN BOOL_OR(confirmed)
                               THEN COUNT(*) FILTER (WHERE confirmed AND alike)::float
                                    / COUNT(*) FILTER (WHERE confirmed)
                               ELSE COUNT(*) FILTER (WHERE alike)::float / COUNT(*) END AS share
                     FROM said
                 GROUP BY action_id, complaint_id, date_received, line_id
                   HAVING BOOL_OR(alike))
            SELECT likeness.action_id, likeness.complaint_id, likeness.date_received, l.id,
                   l.production_date, l.date_shipped,
                   likeness.share * COALESCE(
                       l.quantity_confirmed * unit.factor / own_unit.factor,
                       l.quantity_confirmed, 0)
              FROM likeness
              JOIN complaint_line l ON l.id = likeness.line_id
              JOIN product_product product ON product.id = l.product_id
              JOIN product_template template ON template.id = product.product_tmpl_id
              JOIN uom_uom own_unit ON own_unit.id = template.uom_id
         LEFT JOIN uom_uom unit ON unit.id = l.product_uom_id
          ORDER BY likeness.action_id, l.id
            """,
            measures=measures,
            others=others,
            points=self._get_point_joins(),
            stands=self._get_standing_condition(),
            counted=self._get_repeating_condition(),
        )

    @api.model
    def _get_repeating_condition(self):
        """:return: ``SQL`` condition on a complaint ``o``: whether it says that something happened
        again
        """
        return SQL(
            """o.is_counted AND o.state != 'cancelled'
               AND o.validity IS DISTINCT FROM 'not_justified'"""
        )

    @api.model
    def _get_point_joins(self):
        """:return: ``SQL`` of the joins from a line ``l`` to each ``point`` it belongs to"""
        return SQL(
            """LEFT JOIN complaint_point_line_rel held ON held.line_id = l.id
               LEFT JOIN complaint_point point ON point.id = held.point_id"""
        )

    @api.model
    def _get_standing_condition(self):
        """:return: ``SQL`` condition on a ``point`` or none: whether it was not refuted"""
        refuted = [f for f, validity in FINDING_VALIDITY.items() if validity == "not_justified"]
        return SQL("COALESCE(point.finding, '') NOT IN %s", tuple(refuted))

    @api.model
    def _get_lots_by_line(self, line_ids):
        """:param set line_ids: ids of ``complaint.line``
        :return: dict id of a line → list of :class:`Lot` without a day
        """
        if not line_ids:
            return {}
        rows = self.env.execute_query(
            SQL(
                """SELECT complaint_line_id, stock_lot_id FROM complaint_line_stock_lot_rel
                    WHERE complaint_line_id IN %s""",
                tuple(line_ids),
            )
        )
        lots = self.env["stock.lot"].browse({lot_id for _line_id, lot_id in rows})
        order = lots._get_complaint_order(lots)
        by_line = defaultdict(list)
        for line_id, lot_id in rows:
            by_line[line_id].append(order[lot_id])
        return by_line
