from typing import NamedTuple

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import ormcache

from .complaint_clock import CLIMBING_STATES, KINDS

ANY_KIND = "any"
# What decides when a step is due.
TIMING_FIELDS = frozenset(
    {"active", "company_id", "kind", "timing", "percent", "delay", "delay_unit"}
)


class LadderLevel(NamedTuple):
    """What the cache keeps of a level: plain values, no record."""

    id: int
    number: int
    timing: str
    percent: float
    delay: float
    delay_unit: str
    recipients: tuple

    def get_delay_hours(self, working_time):
        """:return: working hours after the deadline, by the calendar of ``working_time``"""
        if self.delay_unit == "minutes":
            return self.delay / 60
        return self.delay * (working_time.day_hours if self.delay_unit == "days" else 1)


class ComplaintEscalationLevel(models.Model):
    """One step of the ladder: when, and who is told then (R11, R14, R47; practice § Escalation).

    Level 0 warns before the deadline. A kind of deadline that has levels of its own uses these,
    all others those for *any*; a company's own ladder comes before a shared one. How people are
    told is said by the notices “Deadline comes near” and “Deadline missed”.
    """

    _name = "complaint.escalation.level"
    _description = "Escalation Level"
    _inherit = ["complaint.remembered.mixin"]
    _order = "kind, number, id"

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", index=True, help="Empty: all companies.")
    kind = fields.Selection(
        [(ANY_KIND, "All without levels of their own"), *KINDS],
        "Deadline",
        required=True,
        default=ANY_KIND,
        index=True,
    )
    number = fields.Integer(
        "Level", required=True, default=1, help="0: a warning. The higher, the graver."
    )
    timing = fields.Selection(
        [("before", "Before the deadline"), ("after", "After the deadline")],
        required=True,
        default="after",
    )
    percent = fields.Float(
        "At (% of the time)", help="Share of the time allowed. 0: as the policy of the case says."
    )
    delay = fields.Float("After", help="Working time after the deadline. 0: at the deadline.")
    delay_unit = fields.Selection(
        [("minutes", "working minutes"), ("hours", "working hours"), ("days", "working days")],
        "Unit",
        required=True,
        default="days",
    )
    recipient_ids = fields.One2many(
        "complaint.escalation.recipient", "level_id", "Who is told", copy=True
    )
    recipient_names = fields.Char("Tells", compute="_compute_recipient_names")

    _percent_sensible = models.Constraint(
        "CHECK(percent >= 0 AND percent <= 100)", "Warn at 0 to 100 % of the time."
    )
    _not_negative = models.Constraint(
        "CHECK(delay >= 0 AND number >= 0)", "Levels and delays cannot be negative."
    )

    @api.depends("recipient_ids.recipient")
    @api.depends_context("lang")
    def _compute_recipient_names(self):
        field = self.env["complaint.escalation.recipient"]._fields["recipient"]
        labels = dict(field._description_selection(self.env))
        for level in self:
            names = [labels[recipient.recipient] for recipient in level.recipient_ids]
            level.recipient_names = ", ".join(names)

    # ------------------------------------------------------------
    # The ladder, without a query
    # ------------------------------------------------------------
    @api.model
    def _get_ladder(self, kind, company):
        """:param str kind: kind of deadline, or ``any``
        :param company: ``res.company``
        :return: tuple of :class:`LadderLevel`, in order; see the class for which ones
        """
        table = self._get_table(company.id)
        return table.get(kind) or table.get(ANY_KIND, ())

    @ormcache("company_id")
    def _get_table(self, company_id):
        """:return: dict kind → tuple of :class:`LadderLevel` of the company, else shared ones"""
        # sudo: every salesperson starts clocks, whether or not he may read the ladder
        levels = self.sudo().with_context(active_test=True)
        levels = levels.search([("company_id", "in", [company_id, False])])
        table = {}
        for kind, group in levels.grouped("kind").items():
            own = group.filtered("company_id") or group
            table[kind] = tuple(level._to_row() for level in own.sorted(lambda v: v.number))
        return table

    def _to_row(self):
        self.ensure_one()
        return LadderLevel(
            id=self.id,
            number=self.number,
            timing=self.timing,
            percent=self.percent,
            delay=self.delay,
            delay_unit=self.delay_unit,
            recipients=tuple(self.recipient_ids.mapped("recipient")),
        )

    @api.model_create_multi
    def create(self, vals_list):
        levels = super().create(vals_list)
        levels._wake_climbers()
        return levels

    def write(self, vals):
        """Deadlines that run climb the new ladder from where they are."""
        result = super().write(vals)
        if TIMING_FIELDS.intersection(vals):
            self._wake_climbers()
        return result

    @api.model
    def _wake_climbers(self):
        """Let the job look at all open deadlines again, those at the top of the ladder included."""
        # sudo: whoever configures the ladder need not see the deadlines
        clocks = self.env["complaint.clock"].sudo()
        now = fields.Datetime.now()
        climbing = Domain([("state", "in", CLIMBING_STATES), ("date_stopped", "=", False)])
        waiting = Domain("date_next_step", "=", False) | Domain("date_next_step", ">", now)
        clocks = clocks.search(climbing & waiting)
        if clocks:
            clocks._write_clock({"date_next_step": now})
            clocks._wake_job(now)
