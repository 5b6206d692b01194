from collections import defaultdict
from datetime import timedelta

from odoo import api, fields, models

from ..complaint.complaint_complaint import OVERSEEING_GROUPS
from .clean_point import SHIPPED, Goods

# How much the whole company delivers, and how much of it is bad
FIGURES = (
    "count_before",
    "count_after",
    "delivered_before",
    "delivered_after",
    "ppm_before",
    "ppm_after",
)
# What they are alike in: of different goods and windows they do not add up
FIGURE_OPTIONS = {"readonly": True, "copy": False, "aggregator": None, "groups": OVERSEEING_GROUPS}
MEASURED_FIELDS = frozenset(
    {
        *FIGURES,
        "compared_from",
        "compared_days",
        "date_compared",
        "compared_fully",
        "comparison_due",
    }
)


class ComplaintActionComparison(models.Model):
    """Complaints and ppm before and after the clean point, over equal windows (R43, R63).

    *After* are complaints about goods behind the clean point, received from its day on; *before*
    those about goods from before, received before it. Complaints about old goods that come later
    stand on neither side. ppm is confirmed ÷ delivered in the same windows; of deliveries after,
    only goods behind the clean point count. Written by the job (``complaint_learning_job``), for
    those who read all complaints: whoever has a measure need not know what the company delivers.
    """

    _inherit = "complaint.action"

    count_before = fields.Integer("Complaints before", **FIGURE_OPTIONS)
    count_after = fields.Integer("Complaints after", **FIGURE_OPTIONS)
    delivered_before = fields.Float(
        digits="Product Unit", help="In the unit of the goods.", **FIGURE_OPTIONS
    )
    delivered_after = fields.Float(digits="Product Unit", **FIGURE_OPTIONS)
    ppm_before = fields.Float("ppm before", digits=(16, 1), **FIGURE_OPTIONS)
    ppm_after = fields.Float("ppm after", digits=(16, 1), **FIGURE_OPTIONS)
    compared_from = fields.Date(
        readonly=True, copy=False, help="The day of the clean point: windows end and begin there."
    )
    compared_days = fields.Integer(
        "Days compared",
        readonly=True,
        copy=False,
        aggregator=None,
        help="Length of each window in calendar days.",
    )
    date_compared = fields.Date("Compared on", readonly=True, copy=False)
    compared_fully = fields.Boolean(
        readonly=True, copy=False, help="The window after is over: it grows no more."
    )
    comparison_due = fields.Boolean(readonly=True, copy=False)

    _comparison_due_idx = models.Index("(id) WHERE comparison_due")
    _growing_idx = models.Index("(date_compared) WHERE has_clean_point AND NOT compared_fully")

    @api.model
    def _get_verb_fields(self):
        return super()._get_verb_fields() | MEASURED_FIELDS

    # ------------------------------------------------------------
    # Comparing
    # ------------------------------------------------------------
    def _compare(self):
        """Count anew for these measures, all in one batch; callers are jobs."""
        points = self._get_clean_points()
        windows = {action: action._get_window(point) for action, point in points.items()}
        since = min((start - timedelta(days=n) for start, n in windows.values()), default=None)
        likes, delivered = defaultdict(list), {}
        if points:
            actions = self.browse().concat(*points)
            for like in self._get_likes(actions, since=since - timedelta(days=2)):
                likes[like.action_id].append(like)
            delivered = actions._get_delivered(since - timedelta(days=2))
        for action in self:
            vals = dict.fromkeys(MEASURED_FIELDS, 0)
            vals |= dict.fromkeys(("compared_from", "compared_fully", "comparison_due"), False)
            vals["date_compared"] = action.complaint_id._get_company_day(fields.Datetime.now())
            if action in points:
                vals |= action._measure(
                    points[action], windows[action], likes[action.id], delivered.get(action.id, ())
                )
            action._write_trusted(vals)

    def _get_window(self, point):
        """:param point: :class:`CleanPoint`
        :return: tuple (first day after, days of each window): as long as has passed, at most as
            the settings say
        """
        self.ensure_one()
        complaint = self.complaint_id
        passed = (complaint._get_company_day(fields.Datetime.now()) - point.get_day()).days + 1
        return point.get_day(), max(0, min(complaint.company_id.complaint_effect_days, passed))

    def _measure(self, point, window, likes, delivered):
        """:param tuple window: as of :meth:`_get_window`
        :param likes: list of :class:`Like` of this measure
        :param delivered: list of :class:`Delivered` of its goods
        :return: values of the figures
        """
        self.ensure_one()
        start, days = window
        length = timedelta(days=days)
        cases = {"before": set(), "after": set()}
        confirmed = {"before": 0.0, "after": 0.0}
        left = {"before": 0.0, "after": 0.0}
        get_day = self.complaint_id._get_company_day
        for like in likes:
            side = self._get_side(
                get_day(like.received), start, length, point.is_behind(like.goods)
            )
            if side:
                cases[side].add(like.complaint_id)
                confirmed[side] += like.confirmed
        for part in delivered:
            # What left without a known lot is behind once the day has come
            known = point.basis != SHIPPED and part.lot
            goods = Goods((part.lot,) if known else (), None, part.day)
            side = self._get_side(part.day, start, length, point.is_behind(goods))
            if side:
                left[side] += part.quantity
        ppm = {s: confirmed[s] / left[s] * 1e6 if left[s] > 0 else 0.0 for s in left}
        return {
            **{f"count_{side}": len(cases[side]) for side in cases},
            **{f"delivered_{side}": left[side] for side in left},
            **{f"ppm_{side}": ppm[side] for side in ppm},
            "compared_from": start,
            "compared_days": days,
            "compared_fully": days >= self.complaint_id.company_id.complaint_effect_days,
        }

    @staticmethod
    def _get_side(day, start, length, is_behind):
        """:return: ``before``, ``after``, or None for what stands on neither side"""
        if start - length <= day < start and not is_behind:
            return "before"
        if start <= day < start + length and is_behind:
            return "after"
        return None
