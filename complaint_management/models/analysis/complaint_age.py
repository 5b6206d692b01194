from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..complaint.complaint_complaint import OVER_STATES

# key -> from how many full days on; keys sort as the ages do
AGES = {"1": 0, "2": 1, "3": 4, "4": 8, "5": 15, "6": 31}


class ComplaintAge(models.Model):
    """How long open complaints are open: to group by, from the cell down to the case (R25).

    Counted in days of 24 hours from receipt to now, for it is the customer who waits; nothing is
    stored, because it changes while nobody does anything. What is over has no age.
    """

    _inherit = "complaint.complaint"

    open_age = fields.Selection(
        [
            ("1", "Less than 1 day"),
            ("2", "1 to 3 days"),
            ("3", "4 to 7 days"),
            ("4", "8 to 14 days"),
            ("5", "15 to 30 days"),
            ("6", "More than 30 days"),
        ],
        "Open for",
        compute="_compute_open_age",
        search="_search_open_age",
        help="Days since receipt; only of complaints that are neither closed nor cancelled.",
    )

    @api.depends("state", "date_received")
    def _compute_open_age(self):
        now = fields.Datetime.now()
        for complaint in self:
            complaint.open_age = complaint._get_open_age(now)

    def _get_open_age(self, now):
        """:return: key of ``open_age`` at ``now`` (``datetime`` UTC), or False"""
        self.ensure_one()
        if self.state in OVER_STATES or not self.date_received:
            return False
        days = max((now - self.date_received).days, 0)
        return max(key for key, first in AGES.items() if first <= days)

    @api.model
    def _get_age_bounds(self):
        """:return: dict key of ``open_age`` → latest ``datetime`` (UTC) of receipt it begins at"""
        now = fields.Datetime.now()
        return {key: now - timedelta(days=first) for key, first in AGES.items()}

    def _search_open_age(self, operator, value):
        if operator != "in":
            return NotImplemented
        bounds = self._get_age_bounds()
        earliest = dict(zip(list(bounds), [*list(bounds.values())[1:], False], strict=True))
        domain = Domain("state", "in", OVER_STATES) if False in value else Domain.FALSE
        for key in bounds.keys() & set(value):
            received = Domain.TRUE
            if AGES[key]:
                received &= Domain("date_received", "<=", bounds[key])
            if earliest[key]:
                received &= Domain("date_received", ">", earliest[key])
            domain |= Domain("state", "not in", OVER_STATES) & received
        return domain

    def _field_to_sql(self, alias, field_expr, query=None):
        """Let the database group by age."""
        if field_expr != "open_age":
            return super()._field_to_sql(alias, field_expr, query)
        received = self._field_to_sql(alias, "date_received", query)
        state = self._field_to_sql(alias, "state", query)
        bounds = list(self._get_age_bounds().items())
        whens = [SQL("WHEN %s IN %s THEN NULL", state, OVER_STATES)]
        whens += [SQL("WHEN %s <= %s THEN %s", received, at, key) for key, at in bounds[:0:-1]]
        return SQL("(CASE %s ELSE %s END)", SQL(" ").join(whens), bounds[0][0])
