from odoo import api, fields, models

from .plan_changes import collecting

# States of a complaint in which its plan is out.
RELEASED_STATES = ("planned", "executing")
BATCH_SIZE = 100


class ComplaintPlanChange(models.Model):
    """A changed plan goes again to those who had it (R64).

    Text, date, owner or wording of an action, an action added or cancelled after the release: the
    round counts a plan version, the old one stays readable (``complaint.plan.version``), everybody
    who had the plan is told once for one save. Owners of changed actions may object again; the
    others go on working.
    """

    _inherit = "complaint.complaint"

    open_objections = fields.Text(
        compute="_compute_open_objections", help="Who objects to what, and why."
    )

    @api.depends("round", "action_ids.state", "action_ids.objection_reason")
    def _compute_open_objections(self):
        for complaint in self:
            objected = complaint._get_current_actions().filtered(lambda a: a.state == "objected")
            complaint.open_objections = "\n".join(
                self.env._(
                    "%(owner)s to “%(action)s”: %(reason)s",
                    owner=action.user_id.name or "–",
                    action=action.name,
                    reason=action.objection_reason or "–",
                )
                for action in objected
            )

    def write(self, vals):
        """Collect what a save changes in released plans; see ``plan_changes``."""
        if not {"plan_summary", "action_ids"}.intersection(vals):
            return super().write(vals)
        with collecting(self) as (complaints, changes):
            if "plan_summary" in vals:
                new = (vals["plan_summary"] or "").strip()
                changes.note_complaints(
                    self.filtered(lambda c: (c.plan_summary or "").strip() != new)
                )
            return super(ComplaintPlanChange, complaints).write(vals)

    @api.model
    def _send_plan_changes(self, changes):
        """Send the plans that changed, all of one save at once.

        While an objection waits for its answer nothing is sent before the start: the plan is being
        rewritten, and goes out as a whole when the last objection is answered.

        :param changes: ``PlanChanges`` of one save
        """
        # sudo: each change was checked where it was written; rounds are written by code only
        complaints = self.sudo().browse(sorted(changes.actions))
        complaints = complaints.filtered(lambda c: c.state in RELEASED_STATES)
        waiting = complaints.filtered(lambda c: c.state == "planned" and c._get_missing("execute"))
        answered = complaints.filtered(lambda c: c.state == "planned" and c.id in changes.answered)
        if released := answered - waiting:
            released._release_plan()
        (complaints - waiting - answered)._change_plan(changes)

    def _change_plan(self, changes):
        """Make a version of each changed plan, ask the owners concerned, tell the others.

        :param changes: ``PlanChanges`` of one save
        """
        actions = self.env["complaint.action"]
        changed, people, texts = {}, {}, {}
        for complaint in self:
            own = actions.browse(sorted(changes.actions[complaint.id])).exists()
            # An objected action is the lead's: he is told nothing while he rewrites it
            own = own.filtered(lambda a: a.state != "objected")
            if changes.actions[complaint.id] and not own:
                continue
            changed[complaint] = own
            people[complaint] = complaint._get_plan_owners() | self.env["res.users"].browse(
                changes.owners.get(complaint.id, ())
            )
            texts[complaint] = complaint._get_change_text(own)
        if not changed:
            return
        complaints = self.browse().concat(*changed)
        ends = actions.concat(*changed.values())._ask_again()
        complaints._keep_plan_version(ends, texts)

        def text(told, env):
            return "\n".join(
                f"{complaint.display_name}: {complaint._get_change_text(changed[complaint])}"
                for complaint in told.with_env(env)
            )

        complaints._announce("plan_changed", people, text)
        complaints._start_when_agreed()

    def _get_plan_owners(self):
        """:return: ``res.users`` who have or had an action of the current round"""
        return self.action_ids.filtered(
            lambda a: a.round_number == self.round and a.state != "cancelled"
        ).user_id

    def _get_change_text(self, actions):
        """:return: what changed, in the reader's language: the actions as they are now"""
        self.ensure_one()
        lines = [action._get_change_line() for action in actions.with_env(self.env)]
        return "; ".join(lines) or self.env._("the handling plan has a new text")

    # ------------------------------------------------------------
    # Silence is consent for changed actions too
    # ------------------------------------------------------------
    @api.model
    def _cron_release_silent(self, batch_size=BATCH_SIZE):
        """Besides plans: actions changed while the work goes on, to which nobody objected."""
        result = super()._cron_release_silent()
        self.env["complaint.action"]._accept_silently(batch_size)
        return result
