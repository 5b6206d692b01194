from statistics import median
from typing import NamedTuple

from dateutil.relativedelta import relativedelta
from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import SQL
from odoo.tools.misc import format_date

from ..complaint.complaint_complaint import INSIDE_GROUPS

# How far back cases are compared, and how many of them at most.
MONTHS = 24
MOST_CASES = 1000
SHOWN_CASES = 5


class SimilarCase(NamedTuple):
    """A settled request like the one at hand; plain values, no names.

    :param share: what was granted, in % of the goods' value; None where that is not known
    """

    complaint_id: int
    kind: str
    is_declined: bool
    date: object
    share: float | None


class ComplaintDemandSimilar(models.Model):
    """What others got in cases like this one, beside the offer: equal treatment (R51).

    The list names a case only to whoever may open it; the summary counts all of the company's and
    names nobody. Whom a case is about never meets it here (R73).
    """

    _inherit = "complaint.demand"

    similar_cases = fields.Html(
        "What others got",
        compute="_compute_similar_cases",
        sanitize=False,
        groups=INSIDE_GROUPS,
    )

    @api.depends("kind", "state", "complaint_id.category_id", "complaint_id.defect_id")
    @api.depends_context("uid", "lang")
    def _compute_similar_cases(self):
        for demand in self:
            demand.similar_cases = demand._is_worth_comparing() and demand._render_similar()

    def _is_worth_comparing(self):
        """:return: whether something is still to be promised in a case that is known"""
        self.ensure_one()
        return bool(self._origin.id) and self.state in ("open", "offered")

    # ------------------------------------------------------------
    # Finding
    # ------------------------------------------------------------
    def _find_similar(self):
        """Settled requests of the same kind in closed cases of the company: same goods, defect or
        category, those of the same type of complainant first, then the latest.

        :return: list of :class:`SimilarCase`
        :raise AccessError: for who may not read the request
        """
        self.ensure_one()
        self.check_access("read")
        # sudo: numbers of cases the reader may not see, without anything that names them
        demand = self.sudo()._origin
        demand._flush_compared()
        rows = demand.env.execute_query(demand._get_similar_query(self._get_hidden_complaints()))
        return [
            SimilarCase(
                complaint_id,
                kind,
                state == "declined",
                date,
                value / goods * 100 if goods else None,
            )
            for complaint_id, kind, state, date, value, goods in rows
        ]

    def _flush_compared(self):
        """Let the query see what this transaction changed."""
        self.flush_model(["kind", "remedy_kind", "state", "date_answered", "granted_value"])
        complaints = self.env["complaint.complaint"]
        complaints.flush_model(["state", "outcome", "category_id", "defect_id", "complainant_type"])
        self.env["complaint.line"].flush_model(["product_id"])

    def _get_hidden_complaints(self):
        """:return: ids of complaints that are not even counted for the reader; rooms add theirs"""
        return []

    def _get_similar_query(self, hidden):
        """:param hidden: ids of complaints to leave out
        :return: ``SQL``; it looks at the latest settled requests of the kind only, so that it takes
            the same time however many there are
        """
        complaint = self.complaint_id
        since = fields.Datetime.now() - relativedelta(months=MONTHS)
        products = tuple(complaint.line_ids.product_id.ids) or (0,)
        return SQL(
            """WITH latest AS (
                   SELECT complaint_id, remedy_kind, state, date_answered, granted_value,
                          goods_value
                     FROM complaint_demand
                    WHERE company_id = %(company)s AND kind = %(kind)s
                      AND state IN ('done', 'declined') AND date_answered >= %(since)s
                 ORDER BY date_answered DESC
                    LIMIT %(most)s
               ), near AS (
                   SELECT latest.*, complaint.complainant_type, complaint.defect_id,
                          complaint.category_id,
                          EXISTS (SELECT 1 FROM complaint_line line
                                   WHERE line.complaint_id = complaint.id
                                     AND line.product_id IN %(products)s) AS same_goods
                     FROM latest
                     JOIN complaint_complaint complaint ON complaint.id = latest.complaint_id
                    WHERE complaint.state = 'closed' AND complaint.id NOT IN %(hidden)s
                      AND complaint.outcome IS DISTINCT FROM 'duplicate'
               )
               SELECT complaint_id, remedy_kind, state, date_answered, granted_value, goods_value
                 FROM near
                WHERE same_goods OR category_id = %(category)s OR defect_id = %(defect)s
             ORDER BY (complainant_type = %(type)s) IS TRUE DESC, same_goods DESC,
                      (defect_id = %(defect)s) IS TRUE DESC, date_answered DESC""",
            company=self.company_id.id,
            kind=self.kind,
            since=since,
            most=MOST_CASES,
            products=products,
            hidden=(*hidden, complaint.id),
            category=complaint.category_id.id or 0,
            defect=complaint.defect_id.id or 0,
            type=complaint.complainant_type or "",
        )

    # ------------------------------------------------------------
    # Showing
    # ------------------------------------------------------------
    def _render_similar(self):
        """:return: ``Markup`` of the summary and the nearest cases, or False without any"""
        cases = self._find_similar()
        if not cases:
            return False
        shown = self.env["complaint.complaint"].browse(
            [case.complaint_id for case in cases[:SHOWN_CASES]]
        )
        readable = shown._filtered_access("read")
        lines = [self._render_similar_case(case, readable) for case in cases[:SHOWN_CASES]]
        return Markup('<div class="o_complaint_advice"><h5>%s</h5><p>%s</p>%s</div>') % (
            self.env._("What others got"),
            self._get_similar_summary(cases),
            Markup().join(lines),
        )

    def _render_similar_case(self, case, readable):
        """:return: ``Markup`` of one line: day, what, how much; the number for who may open it"""
        what = [
            format_date(self.env, case.date),
            self._get_granted_label(case),
            self._format_share(case.share) if not case.is_declined else "",
        ]
        complaint = readable.browse(case.complaint_id)
        number = Markup()
        if complaint in readable:
            number = Markup('<a href="/odoo/complaint.complaint/%s" class="ms-auto">%s</a>') % (
                complaint.id,
                complaint.name,
            )
        return Markup('<div class="o_complaint_advice_line"><span>%s</span>%s</div>') % (
            " · ".join(filter(None, what)),
            number,
        )

    def _get_similar_summary(self, cases):
        """:return: sentence over all cases: how many, how much, and what most got"""
        granted = [case for case in cases if not case.is_declined]
        shares = [case.share for case in granted if case.share is not None]
        labels = [self._get_granted_label(case) for case in cases]
        parts = [
            self.env._(
                "%(count)s like cases in %(months)s months, most often: %(what)s.",
                count=len(cases),
                months=MONTHS,
                what=max(sorted(set(labels)), key=labels.count),
            )
        ]
        if shares:
            parts.append(
                self.env._(
                    "Granted of the goods' value: %(low)s to %(high)s, half of them up to "
                    "%(middle)s.",
                    low=self._format_share(min(shares)),
                    high=self._format_share(max(shares)),
                    middle=self._format_share(median(shares)),
                )
            )
        return " ".join(parts)

    def _get_granted_label(self, case):
        """:return: what the case came to, translated"""
        if case.is_declined:
            return self.env._("Declined")
        kinds = dict(self._fields["remedy_kind"]._description_selection(self.env))
        return kinds.get(case.kind, "")

    @staticmethod
    def _format_share(share):
        """:return: a share as text, without decimals"""
        return "" if share is None else f"{share:.0f} %"
