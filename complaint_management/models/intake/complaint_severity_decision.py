from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..complaint.complaint_classification import SEVERITIES
from ..complaint.complaint_complaint import INSIDE_GROUPS, QUALITY_GROUP, UNREGISTERED_STATES
from .complaint_severity import GRADES, gravest

# What may move the grade of a case.
SEVERITY_SOURCES = frozenset(
    {
        "category_id",
        "channel_id",
        "defect_id",
        "emotion_id",
        "impact_id",
        "line_ids",
        "partner_id",
        "risk_id",
        "severity",
        "severity_override",
        "severity_reason",
    }
)


class ComplaintSeverityDecision(models.Model):
    """Somebody decides on another grade than the proposed one, and says why (R15).

    In a draft nothing is asked; registering and later changes want the reason. Only quality takes
    back what is always critical.
    """

    _inherit = "complaint.complaint"

    severity_override = fields.Selection(
        SEVERITIES, "Severity decided by hand", copy=False, help="Empty: the proposal counts."
    )
    # What was proposed to whoever decided: something graver is news to him.
    severity_override_base = fields.Selection(SEVERITIES, "Severity then proposed", copy=False)
    severity_reason = fields.Char(
        "Why this severity",
        copy=False,
        tracking=True,
        groups=INSIDE_GROUPS,
        help="Why the grade differs from the proposed one. Internal.",
    )

    @api.depends("severity_proposed", "severity_override", "severity_override_base")
    def _compute_severity(self):
        for complaint in self:
            complaint.severity = complaint._get_decided_severity()

    def _get_decided_severity(self):
        """:return: the grade that counts: the decided one, unless something graver came up"""
        self.ensure_one()
        proposed, decided = self.severity_proposed or GRADES[0], self.severity_override
        if not decided:
            return proposed
        known = self.severity_override_base or GRADES[0]
        if GRADES.index(proposed) > GRADES.index(known):
            return gravest((decided, proposed))
        return decided

    def _inverse_severity(self):
        for complaint in self:
            # Whoever wrote the grade was checked; an imported case may be closed already
            complaint._write_trusted(complaint._prepare_decision_vals())

    @api.onchange("severity")
    def _onchange_severity(self):
        """Remember the press at once: picking a category next must not take it back."""
        self.update(self._prepare_decision_vals())

    def _prepare_decision_vals(self):
        """What was decided beside what was proposed; called when somebody sets the grade."""
        self.ensure_one()
        decided, proposed = self.severity, self.severity_proposed
        if decided == proposed:
            return {"severity_override": False, "severity_override_base": False}
        return {"severity_override": decided, "severity_override_base": proposed}

    # ------------------------------------------------------------
    # Guards
    # ------------------------------------------------------------
    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._without_claimed_base(vals) for vals in vals_list])

    def _without_claimed_base(self, vals):
        """:return: ``vals`` without what was proposed: that is known here, nobody tells us"""
        if self._is_trusted() or "severity_override_base" not in vals:
            return vals
        return {key: value for key, value in vals.items() if key != "severity_override_base"}

    def write(self, vals):
        """Ask for the reason of a decision, and tell people when a case becomes critical.

        :raise UserError: without a reason
        :raise AccessError: when somebody else than quality takes back what is always critical
        """
        vals = self._without_claimed_base(vals)
        if self._is_trusted() or not SEVERITY_SOURCES.intersection(vals):
            return super().write(vals)
        registered = self.filtered(lambda c: c.state not in UNREGISTERED_STATES)
        milder = registered.filtered(lambda c: c.severity != "critical")
        result = super().write(vals)
        if {"severity", "severity_override", "severity_reason"}.intersection(vals):
            registered._check_severity_decision()
        milder.filtered(lambda c: c.severity == "critical")._after_become_critical()
        return result

    def _check_severity_decision(self):
        """Refuse a grade nobody accounts for.

        :raise UserError: without a reason
        :raise AccessError: see :meth:`write`
        """
        for complaint in self:
            if complaint._lowers_always_critical() and not complaint._may_lower_always_critical():
                raise AccessError(
                    self.env._("This is always critical: only quality decides otherwise.")
                )
            if complaint._lacks_severity_reason():
                raise UserError(complaint._get_severity_question())

    def _lacks_severity_reason(self):
        self.ensure_one()
        differs = self.severity_override and self.severity != self.severity_proposed
        return differs and not (self.severity_reason or "").strip()

    def _get_severity_question(self):
        labels = dict(self._fields["severity"]._description_selection(self.env))
        return self.env._(
            "why the severity is “%(chosen)s” and not “%(proposed)s”, as proposed",
            chosen=labels[self.severity],
            proposed=labels[self.severity_proposed],
        )

    def _lowers_always_critical(self):
        self.ensure_one()
        return self.severity != "critical" and self._is_always_critical()

    def _may_lower_always_critical(self):
        """:return: whether the user may take back what is always critical"""
        return self.env.su or self.env.user.has_group(QUALITY_GROUP)

    def _get_missing(self, verb):
        """Before registering somebody says why a case is less grave than it looks."""
        missing = super()._get_missing(verb)
        if verb in ("submit", "register") and self.severity_override:
            if self._lowers_always_critical() and not self._may_lower_always_critical():
                missing.append(self.env._("the severity “Critical”; only quality lowers it here"))
            elif self._is_lowered() and self._lacks_severity_reason():
                missing.append(self._get_severity_question())
        return missing

    def _is_lowered(self):
        """:return: whether the grade is below the proposed one; caution needs no reason"""
        return GRADES.index(self.severity) < GRADES.index(self.severity_proposed)
