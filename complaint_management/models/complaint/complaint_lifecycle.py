from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .complaint_complaint import QUALITY_GROUP, STATES

OPEN_STATES = ("draft", "submitted", "registered", "planned", "executing", "resolved")
# The one table of transitions: verb -> (states it leaves, state it reaches).
TRANSITIONS = {
    "submit": (("draft",), "submitted"),
    "register": (("draft", "submitted"), "registered"),
    "release": (("registered",), "planned"),
    "execute": (("planned",), "executing"),
    "resolve": (("registered", "planned", "executing"), "resolved"),
    "close": (("resolved",), "closed"),
    "cancel": (OPEN_STATES, "cancelled"),
    "object": (("planned", "executing", "resolved"), "registered"),
    "reopen": (("closed",), "registered"),
    # Of two complaints that are one case the newer ends, whatever became of it; what ended so
    # before it was registered goes back to where it was
    "same_case": (OPEN_STATES, "closed"),
    "redraft": (("closed",), "draft"),
}
# Moment each verb stamps, in UTC.
STAMPS = {
    "register": "date_registered",
    "release": "date_planned",
    "resolve": "date_resolved",
    "close": "date_closed",
    "cancel": "date_closed",
    "same_case": "date_closed",
}


class ComplaintLifecycle(models.Model):
    """The life of a complaint: verbs, their one table of transitions, the hooks behind them.

    Each ``action_<verb>`` checks rights, the version the user saw and the gate, then calls
    :meth:`_move`, which writes the state and calls ``_after_<verb>`` on the batch. Other rooms and
    addons extend the hooks and :meth:`_get_missing`, never the verbs.
    """

    _inherit = "complaint.complaint"

    can_submit = fields.Boolean(compute="_compute_can")
    can_register = fields.Boolean(compute="_compute_can")
    can_release = fields.Boolean(compute="_compute_can")
    can_execute = fields.Boolean(compute="_compute_can")
    can_resolve = fields.Boolean(compute="_compute_can")
    can_close = fields.Boolean(compute="_compute_can")
    can_cancel = fields.Boolean(compute="_compute_can")
    can_object = fields.Boolean(compute="_compute_can")
    can_reopen = fields.Boolean(compute="_compute_can")
    can_same_case = fields.Boolean(compute="_compute_can")
    can_redraft = fields.Boolean(compute="_compute_can")

    @api.model
    def _order_states(self, values, domain):
        """Columns of the board follow the life of a complaint, not the alphabet.

        :param list values: states of the complaints shown
        :param domain: not looked at; no empty columns are added
        :return: list of the same states in their order
        """
        return [state for state, _label in STATES if state in values]

    # ------------------------------------------------------------
    # Who may do what, when: hides the button and guards the verb
    # ------------------------------------------------------------
    @api.depends_context("uid")
    @api.depends("state", "lead_user_id", "user_id", "category_id", "team_id.requires_review")
    def _compute_can(self):
        writable = self._filtered_access("write") if self.ids else self
        for complaint in self:
            for verb, (sources, _target) in TRANSITIONS.items():
                complaint[f"can_{verb}"] = (
                    complaint.state in sources
                    and complaint in writable
                    and complaint._has_verb_right(verb)
                )

    def _has_verb_right(self, verb):
        """Whether the user may press ``verb`` beyond being allowed to write the complaint.

        :param str verb: key of ``TRANSITIONS``
        :return: bool; where a team reviews, only its people register; plans are the lead's
        """
        self.ensure_one()
        user = self.env.user
        if verb == "submit":
            return self._requires_review() and not self._is_reviewer()
        if verb == "register":
            return not self._requires_review() or self._is_reviewer()
        if verb in ("release", "execute"):
            return self.lead_user_id == user or user.has_group(QUALITY_GROUP)
        return True

    def _requires_review(self):
        """Whether somebody of the team has to look first; choosing another team avoids nothing."""
        self.ensure_one()
        expected = self.category_id.team_id or self.team_id._get_default_team(self.company_id)
        return self.team_id.requires_review or expected.requires_review

    def _is_reviewer(self):
        """Customer service and everybody above it may register what a salesperson submits."""
        return self.env.user.has_group("complaint_management.group_complaint_service")

    # ------------------------------------------------------------
    # Behind the verbs
    # ------------------------------------------------------------
    def _check_verb(self, verb):
        """Rights, seen version, state, gate: everything a verb needs, said at once.

        :raise AccessError: without write access
        :raise UserError: stale version, wrong state, missing right, or the list of what is missing
        """
        self.check_access("write")
        self._check_seen_version()
        sources, _target = TRANSITIONS[verb]
        labels = dict(self._fields["state"]._description_selection(self.env))
        problems = []
        for complaint in self:
            if complaint.state not in sources:
                problems.append(
                    self.env._(
                        "%(number)s is “%(state)s” and cannot take this step.",
                        number=complaint.name,
                        state=labels[complaint.state],
                    )
                )
            elif not complaint._has_verb_right(verb):
                raise AccessError(complaint._get_verb_refusal(verb))
            else:
                problems += complaint._get_missing_report(verb)
        if problems:
            raise UserError("\n".join(problems))

    def _get_verb_refusal(self, verb):
        """:return: translated sentence saying who may press ``verb`` instead"""
        if verb == "register":
            return self.env._(
                "The team “%s” reviews complaints first: press Submit.", self.team_id.name
            )
        if verb == "submit":
            return self.env._("No review is needed: press Register.")
        return self.env._(
            "Only the lead (%s) or quality may release the plan.", self.lead_user_id.name or "–"
        )

    def _check_seen_version(self):
        """Refuse to act on what the user did not see (T17). The context grants nothing.

        :raise UserError: when somebody changed the complaint after the user's page was loaded
        """
        seen = self.env.context.get("seen_version")
        if seen is None or len(self) != 1:
            return
        if seen != self.version:
            raise UserError(
                self.env._(
                    "%s was changed after you opened it. Reload the page, look at the change, and "
                    "press the button again.",
                    self.name,
                )
            )

    def _move(self, verb, **vals):
        """Write the transition and call its hook; callers have checked that it may happen.

        :param str verb: key of ``TRANSITIONS``
        :param vals: further values to write with the state
        """
        sources, target = TRANSITIONS[verb]
        movable = self.filtered(lambda c: c.state in sources)
        stamp = STAMPS.get(verb)
        if stamp:
            vals.setdefault(stamp, fields.Datetime.now())
        movable._write_trusted({**vals, "state": target})
        getattr(movable, f"_after_{verb}")()

    # ------------------------------------------------------------
    # Hooks: empty here; other rooms and addons extend them with super()
    # ------------------------------------------------------------
    def _after_submit(self):
        """Called once on the batch that was submitted."""

    def _after_register(self):
        """Called once on the batch that was registered."""

    def _after_become_critical(self):
        """Called on the registered batch that was graded critical only now (R15)."""

    def _after_release(self):
        """Called once on the batch whose plan was released."""

    def _after_execute(self):
        """Called once on the batch that starts executing."""

    def _after_resolve(self):
        """Called once on the batch that was resolved."""

    def _after_close(self):
        """Called once on the batch that was closed."""

    def _after_cancel(self):
        """Called once on the batch that was cancelled."""

    def _after_object(self):
        """Called once on the batch whose customers objected; the new round is open."""

    def _after_reopen(self):
        """Called once on the batch that was reopened; the new round is open."""

    def _after_same_case(self):
        """Called once on the batch that ended as duplicates; the others are linked already."""

    def _after_redraft(self):
        """Called once on the batch that became drafts again."""
