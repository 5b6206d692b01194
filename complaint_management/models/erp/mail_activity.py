from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import format_date

from ..handling.complaint_action import OPEN_STATES
from ..handling.complaint_action_activity import MIRROR
from ..handling.plan_changes import collecting

# Field of an activity -> field of the action it shadows.
MIRRORED_FIELDS = {"user_id": "user_id", "date_deadline": "deadline", "summary": "name"}
# What makes an activity the shadow of its action.
TYING_FIELDS = frozenset({"res_id", "res_model", "res_model_id"})


class MailActivity(models.Model):
    """Activities of complaints: those of actions answer to their action.

    An assignee finishes his action from here; he moves neither date nor owner unless he may plan
    the action, and nobody deletes it. Where the system does, the next in line gets it.
    """

    _inherit = "mail.activity"

    complaint_until = fields.Selection(
        selection=[
            ("register", "The complaint is registered"),
            ("release", "The plan is released"),
            ("instruction", "The leadership has instructed, or need not"),
            ("approve", "Cause and measures are approved"),
            ("report", "A report is sent"),
            ("close", "The complaint is closed"),
        ],
        string="Closes by itself when",
        readonly=True,
        help="Set on information activities of complaints; they block nothing.",
    )

    # ------------------------------------------------------------
    # Guards
    # ------------------------------------------------------------
    def write(self, vals):
        """Let changes of an action's activity through to the action, or refuse them.

        :raise AccessError: when an assignee moves date or owner of what he may not plan
        :raise UserError: when somebody archives or moves away the activity of an open action
        """
        touched = MIRRORED_FIELDS.keys() & vals.keys() or TYING_FIELDS & vals.keys()
        if not touched and "active" not in vals:
            return super().write(vals)
        if vals.get("active"):
            self._check_not_over()
        actions = self._get_complaint_actions()
        if not actions:
            return super().write(vals)
        # Refusals name the action: not to somebody who may not even read it
        self.check_access("write")
        if TYING_FIELDS & vals.keys() or (vals.get("active") is False and not self.env.su):
            raise UserError(actions._get_activity_refusal())
        mirrored = self._get_mirrored_vals(actions, vals)
        actions.browse(mirrored).sudo(self.env.su)._check_may_steer()
        result = super().write(vals)
        with collecting(actions.browse(mirrored)) as (changed, _changes):
            for action in changed:
                # sudo: _check_may_steer() looked at the user's own rights
                action.write(mirrored[action.id])
        if "active" in vals:
            actions._sync_activities()
        return result

    def _check_deletable_activity(self):
        """Nobody deletes the activity of an open action; only the system, by sudo, does."""
        if self.env.su:
            return
        if actions := self._get_complaint_actions():
            raise UserError(actions._get_activity_refusal())

    def unlink(self):
        """Replace what the system deletes: the next in line gets it.

        Core deletes by sudo the activities of archived users and those overdue for years.
        """
        # Not an ondelete hook: a caller could switch those off by his context
        self.check_access("unlink")
        self._check_deletable_activity()
        actions = self._get_complaint_actions()
        gone = actions.activity_id.user_id
        result = super().unlink()
        if actions:
            actions.exists()._hand_over(gone)
        return result

    def _get_mirrored_vals(self, actions, vals):
        """:return: dict action id -> values its activity's change means for it"""
        result = {}
        for action in actions:
            activity = action.activity_id
            current = activity._read_format(MIRRORED_FIELDS, load=None)[0]
            changed = {
                MIRRORED_FIELDS[name]: vals[name]
                for name in MIRRORED_FIELDS.keys() & vals.keys()
                if (vals[name] or name != "summary")
                and activity._fields[name].convert_to_write(vals[name], activity) != current[name]
            }
            if changed:
                result[action.id] = changed
        return result

    def _check_not_over(self):
        """:raise UserError: when the activity of a finished action is made live again"""
        # sudo: only to see whether an action stands behind the activity
        over = self.env["complaint.action"].sudo()
        if not self._is_complaint_mirror():
            over = over.search(
                [("activity_id", "in", self.ids), ("state", "not in", OPEN_STATES)], limit=1
            )
        if over:
            raise UserError(
                self.env._("“%s” is over: restart the action on the complaint.", over.name)
            )

    def _get_complaint_actions(self):
        """:return: open ``complaint.action`` records behind these activities, with sudo; none when
        the change comes from the action itself
        """
        # sudo: an assignee without any right on complaints still has his activity
        actions = self.env["complaint.action"].sudo()
        if self._is_complaint_mirror():
            return actions
        activities = self.sudo().filtered(lambda a: a.res_model == "complaint.complaint")
        if not activities:
            return actions
        return actions.search([("activity_id", "in", activities.ids), ("state", "in", OPEN_STATES)])

    def _is_complaint_mirror(self):
        return self.env.context.get("complaint_mirror") is MIRROR

    def _as_mirror(self):
        """:return: the same activities; what is written to them comes from their actions"""
        return self.with_context(complaint_mirror=MIRROR, mail_activity_quick_update=True)

    # ------------------------------------------------------------
    # Done
    # ------------------------------------------------------------
    def _action_done(self, feedback=False, attachment_ids=None):
        """Finish the actions behind the activities with the feedback as their note (R26).

        :raise UserError: without feedback; the web client's bubble shows it and stays open
        """
        actions = self._get_complaint_actions()
        if not actions:
            return super()._action_done(feedback=feedback, attachment_ids=attachment_ids)
        actions = actions.with_env(self.env)
        actions._check_verb("finish")
        if not (feedback or "").strip():
            # sudo: the name of the action he has an activity of
            raise UserError(
                self.env._(
                    "Write what was done and found before you mark it as done: %s",
                    ", ".join(actions.sudo().mapped("name")),
                )
            )
        actions._check_no_verdict()
        result = super(MailActivity, self._as_mirror())._action_done(
            feedback=feedback, attachment_ids=attachment_ids
        )
        messages, _next_activities = result
        actions._finish(feedback, messages=messages.sudo())
        return result

    def action_done(self):
        """Ask for the note where an action stands behind the activity (buttons of views)."""
        actions = self.filtered("active")._get_complaint_actions()
        if not actions:
            return super().action_done()
        plain = self - actions.activity_id.sudo(self.env.su)
        if plain:
            super(MailActivity, plain).action_done()
        return actions.with_env(self.env).action_finish()

    def action_done_redirect_to_other(self):
        """The same from the list of activities whose document the user may not open."""
        actions = self._get_complaint_actions()
        if actions:
            return actions.with_env(self.env).action_finish()
        return super().action_done_redirect_to_other()

    def action_feedback_schedule_next(self, feedback=False, attachment_ids=None):
        """Without a note offer the wizard: the web client opens what is returned here."""
        actions = self._get_complaint_actions()
        # sudo: whether a note is enough
        if actions and (not (feedback or "").strip() or actions.sudo()._needs_verdict()):
            return actions.with_env(self.env).action_finish(feedback)
        return super().action_feedback_schedule_next(
            feedback=feedback, attachment_ids=attachment_ids
        )

    # ------------------------------------------------------------
    # Telling
    # ------------------------------------------------------------
    def _tell_complaint_owners(self):
        """Tell new owners; the activity itself is in their list already."""

        def text(activities, env):
            return env._(
                "You have a new action: %s", ", ".join(a.summary or "" for a in activities)
            )

        self._announce_to_complaint_owners("action_assigned", text)

    def _tell_complaint_dates(self):
        """Tell owners that their dates were moved (R64)."""

        def text(activities, env):
            return env._(
                "A date was moved: %s",
                ", ".join(
                    f"{a.summary or ''} → {format_date(env, a.date_deadline)}" for a in activities
                ),
            )

        self._announce_to_complaint_owners("action_moved", text)

    def _announce_to_complaint_owners(self, event, get_text):
        """Announce what happened to these activities; each owner reads of his own.

        :param get_text: callable (activities, env) → sentence in the language of ``env``
        """
        if not self:
            return
        complaints = self.env["complaint.complaint"].browse(sorted(set(self.mapped("res_id"))))
        by_complaint = self.grouped("res_id")

        def text(told, env):
            activities = self.filtered(lambda a: a.res_id in told.ids)
            own = activities.filtered(lambda a: a.user_id == env.context.get("complaint_reader"))
            return get_text(own or activities, env)

        complaints._announce(event, {c: by_complaint[c.id].user_id for c in complaints}, text)
