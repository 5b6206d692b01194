from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date

from ..complaint.batches import in_batches, run_isolated
from .plan_changes import collecting

# What an action says in the plan: owners agreed to this.
PLAN_CONTENT = frozenset({"name", "kind", "user_id", "deadline", "visit_date", "visit_place"})
# Steps of the lead that change the plan: away with it, and do it again.
PLAN_STATES = ("cancelled", "open")
BATCH_SIZE = 100


class ComplaintActionPlanChange(models.Model):
    """Notices what changes an action in a released plan; asks its owner again."""

    _inherit = "complaint.action"

    date_objection_end = fields.Datetime(
        "Objections until",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="Of an action changed or added while the plan runs (UTC); silence is consent.",
    )

    @api.model
    def _get_verb_fields(self):
        return super()._get_verb_fields() | {"date_objection_end"}

    @api.model_create_multi
    def create(self, vals_list):
        """An action added to a released plan changes it."""
        if self._is_mirror():
            return super().create(vals_list)
        with collecting(self) as (model, changes):
            actions = super(ComplaintActionPlanChange, model).create(vals_list)
            # sudo: whoever may add an action need not read the whole complaint
            changes.note_actions(actions.sudo())
        return actions.with_env(self.env)

    def write(self, vals):
        """Another date, owner or wording changes the plan; so does cancelling or opening again."""
        names = PLAN_CONTENT.intersection(vals)
        if vals.get("state") in PLAN_STATES:
            names |= {"state"}
        if not names or self._is_mirror():
            return super().write(vals)
        with collecting(self) as (actions, changes):
            # sudo: compared only; who may write was checked by the write itself
            before = {action.id: [action[n] for n in names] for action in self.sudo()}
            if "user_id" in names:
                changes.note_owners(self.sudo())
            result = super(ComplaintActionPlanChange, actions).write(vals)
            changes.note_actions(
                self.sudo().filtered(lambda a: [a[n] for n in names] != before[a.id])
            )
        return result

    def _answer_objections(self):
        """Answered within a save that changes more: sent once, with the rest."""
        super()._answer_objections()
        with collecting(self) as (actions, changes):
            # sudo: only to see whose plan it is
            changes.note_actions(actions.sudo())
            # sudo: the answer was checked as a verb or as writing the plan
            changes.answered.update(self.sudo().complaint_id.ids)

    def action_cancel(self):
        """Cancel; see ``complaint_action_verbs``. Sent as one change of the plan."""
        with collecting(self) as (actions, _changes):
            return super(ComplaintActionPlanChange, actions).action_cancel()

    def action_restart(self):
        """Open again; see ``complaint_action_verbs``. Sent as one change of the plan."""
        with collecting(self) as (actions, _changes):
            return super(ComplaintActionPlanChange, actions).action_restart()

    def _get_change_line(self):
        """:return: the changed action in one line, in the reader's language"""
        self.ensure_one()
        if self.state == "cancelled":
            return self.env._("“%s” is not needed any more", self.name)
        return self.env._(
            "“%(action)s”: %(owner)s until %(date)s",
            action=self.name,
            owner=self.user_id.name or self.performer_name or "–",
            date=(self.deadline and format_date(self.env, self.deadline)) or "–",
        )

    # ------------------------------------------------------------
    # Asking again
    # ------------------------------------------------------------
    def _get_asked_again(self):
        """:return: changed actions whose owner may object again: not the lead's, not his own who
        changed them, nothing where the team has no window
        """
        return self.filtered(
            lambda a: (
                a.state in ("open", "in_progress")
                and a.user_id
                and a.user_id not in (a.complaint_id.lead_user_id, self.env.user)
                and a.complaint_id.team_id.objection_hours
                and a.round_number == a.complaint_id.round
            )
        )

    def _ask_again(self):
        """Open the window for the owners of changed actions.

        Before the start the whole plan waits for them; later only their own action does.

        :return: dict complaint → ``datetime`` (UTC) the plan waits until
        """
        asked = self._get_asked_again()
        complaints = asked.complaint_id
        if not complaints:
            return {}
        ends = complaints._get_objection_ends(fields.Datetime.now())
        for complaint, actions in asked.grouped("complaint_id").items():
            running = complaint.state == "executing"
            vals = {"state": "open", "date_objection_end": running and ends[complaint]}
            # Without sync: the same state for the activity, and no change of the plan
            actions._without_sync()._write_trusted(vals)
        # sudo: waking a scheduled job is nobody's right
        cron = self.env.ref("complaint_management.ir_cron_release_silent").sudo()
        cron._trigger(set(ends.values()))
        return {c: end for c, end in ends.items() if c.state == "planned"}

    @api.model
    def _get_silent_domain(self):
        """:return: domain of changed actions whose window is over, by state and date (T14)"""
        return Domain("state", "=", "open") & Domain(
            "date_objection_end", "<=", fields.Datetime.now()
        )

    @api.model
    def _accept_silently(self, batch_size=BATCH_SIZE):
        """Go on with changed actions to which nobody objected in time (R64).

        :param int batch_size: actions per transaction
        """
        silent = self.search(self._get_silent_domain())
        # Nothing left: the job's own progress stays as it is
        for batch in in_batches(silent, batch_size) if silent else ():
            run_isolated(batch, type(self)._accept_changed)

    def _accept_changed(self):
        """Silence was consent for these actions."""
        self._write_trusted({"state": "in_progress", "date_objection_end": False})
