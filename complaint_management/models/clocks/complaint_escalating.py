from odoo import api, fields, models

from ..complaint.complaint_complaint import INSIDE_GROUPS
from .complaint_escalation_level import ANY_KIND
from .escalation_people import EscalationPeople

# A critical case goes this high at once (R15).
CRITICAL_LEVEL = 3


class ComplaintEscalating(models.Model):
    """What climbs the ladder without a deadline: critical cases, further rounds (R15, R47)."""

    _inherit = "complaint.complaint"

    escalation_ids = fields.One2many(
        "complaint.escalation", "complaint_id", "Escalations", groups=INSIDE_GROUPS
    )
    escalation_level = fields.Integer(
        "Escalated to level",
        readonly=True,
        copy=False,
        index="btree_not_null",
        aggregator="max",
        help="The highest level reached in this round; 0: none, or a warning only.",
    )

    @api.model
    def _get_verb_fields(self):
        return super()._get_verb_fields() | {"escalation_level"}

    # ------------------------------------------------------------
    # Occasions
    # ------------------------------------------------------------
    def _after_register(self):
        """A critical case is escalated at once (R15)."""
        result = super()._after_register()
        self.filtered(lambda c: c.severity == "critical")._escalate_critical()
        return result

    def _after_become_critical(self):
        """So is one that becomes critical later."""
        result = super()._after_become_critical()
        self._escalate_critical()
        return result

    def _after_object(self):
        result = super()._after_object()
        self._escalate_round()
        return result

    def _after_reopen(self):
        result = super()._after_reopen()
        self._escalate_round()
        return result

    def _get_clock_limits(self, working_time):
        """A ladder that says when to warn is asked before the policy."""
        limits = super()._get_clock_limits(working_time)
        levels = self.env["complaint.escalation.level"]
        for kind, (hours, percent) in limits.items():
            shares = [
                level.percent
                for level in levels._get_ladder(kind, self.company_id)
                if level.timing == "before" and level.percent
            ]
            limits[kind] = (hours, min(shares, default=percent))
        return limits

    # ------------------------------------------------------------
    # Climbing
    # ------------------------------------------------------------
    def _escalate_critical(self):
        """Record it, and tell the ladder's people beside those the notices name (R15)."""
        if self:
            escalations = self._escalate_to(CRITICAL_LEVEL, "critical")
            self._announce("critical", {e.complaint_id: e.user_ids for e in escalations})

    def _escalate_round(self):
        """From the second round on the next level is told (R47).

        It is one above what the rounds before had reached, and at least the number of the round:
        a customer who insists twice is heard by the general manager.
        """
        # sudo: what was escalated in earlier rounds decides; the verb was checked
        complaints = self.sudo()
        reached = dict(
            self.env["complaint.escalation"]
            .sudo()
            ._read_group([("complaint_id", "in", self.ids)], ["complaint_id"], ["level:max"])
        )
        complaints.filtered("escalation_level")._write_trusted({"escalation_level": 0})
        by_level = {}
        for complaint in complaints.filtered(lambda c: c.round > 1):
            number = max(reached.get(complaint, 0) + 1, complaint.round)
            by_level[number] = by_level.get(number, complaints.browse()) + complaint
        for number, group in by_level.items():
            group._escalate_to(number, "round")

    def _escalate_to(self, number, reason):
        """Tell those of one level at once, whatever the deadlines say; once per round.

        :param int number: level, at most the highest there is
        :param str reason: key of ``complaint.escalation.reason``
        :return: the new ``complaint.escalation`` records (sudo)
        """
        # sudo: whom the ladder tells is nobody's right; the verb behind it was checked
        complaints = self.sudo()
        escalations = self.env["complaint.escalation"].sudo()
        known = {
            (e.complaint_id, e.round_number)
            for e in escalations.search(
                [("complaint_id", "in", complaints.ids), ("reason", "=", reason)]
            )
        }
        people, vals_list = EscalationPeople(complaints.env), []
        for complaint in complaints.filtered(lambda c: (c, c.round) not in known):
            for level in complaint._get_levels(number):
                users = people.find_all(complaint, level.recipients)
                vals_list.append(escalations._prepare_vals(complaint, level, users, reason))
        return self.env["complaint.escalation"]._record(vals_list)

    def _get_levels(self, number):
        """:return: list of the ``LadderLevel`` of that number, else of the highest there is"""
        ladder = self.env["complaint.escalation.level"]._get_ladder(ANY_KIND, self.company_id)
        number = min(number, max((level.number for level in ladder), default=0))
        return [level for level in ladder if level.number == number]
