from odoo import api, models
from odoo.tools import plaintext2html

from .complaint_action import OPEN_STATES
from .complaint_action_verbs import STARTED_STATES
from .complaint_following import NOT_FOLLOWING

# Marks writes of one side that the other must not answer. Only code of this process can hold it:
# compared with ``is``, it cannot come by RPC or in a button's context.
MIRROR = object()
SHADOWED_FIELDS = frozenset({"state", "user_id", "deadline", "name", "description"})


class ComplaintActionActivity(models.Model):
    """The action is the truth; its open ``mail.activity`` on the complaint is its shadow.

    Whatever happens to an action is written to its activity here; what happens to the activity
    comes back by ``models/erp/mail_activity``. An objected action's activity is the lead's.
    Activities exist from registration on.
    """

    _inherit = "complaint.action"

    @api.model_create_multi
    def create(self, vals_list):
        actions = super().create(vals_list)
        actions._sync_activities()
        return actions

    def write(self, vals):
        """Write to the actions, then to their activities what these show."""
        result = super().write(vals)
        if SHADOWED_FIELDS.intersection(vals):
            self._sync_activities()
        return result

    def unlink(self):
        """Delete the actions and their activities, which have no life of their own."""
        # sudo: an activity may be another person's; deleting the action was checked by core
        activities = self.sudo().activity_id
        result = super().unlink()
        activities._as_mirror().unlink()
        return result

    def _is_mirror(self):
        return self.env.context.get("complaint_mirror") is MIRROR

    def _without_sync(self):
        """:return: the same records; what is written to them leaves activities alone"""
        return self.with_context(complaint_mirror=MIRROR)

    # ------------------------------------------------------------
    # From the action to its activity
    # ------------------------------------------------------------
    def _sync_activities(self):
        """Make, change and close activities until they say what the actions say."""
        if self._is_mirror():
            return
        # sudo: whoever may change the action changes its shadow, which may be another person's
        actions = self.sudo()
        live = actions.filtered(lambda a: a.activity_id.active)
        wanted = actions.filtered(lambda a: a._needs_activity())
        (live - wanted)._close_activities()
        (live & wanted)._update_activities()
        made = (wanted - live)._make_activities()
        made._tell_complaint_owners()

    def _needs_activity(self):
        self.ensure_one()
        return self.state in OPEN_STATES and self.complaint_id.state in STARTED_STATES

    def _get_activity_user(self):
        """:return: who has to move now: the owner, the lead where the owner objected"""
        self.ensure_one()
        if self.state == "objected" and self.complaint_id.lead_user_id.active:
            return self.complaint_id.lead_user_id
        if self.user_id.active and self.user_id not in self.complaint_id._get_concerned_users():
            return self.user_id
        return self._get_successor(self.user_id)

    def _prepare_activity_vals(self):
        """Values of the activity that shadows this action; called where one is made or changed."""
        self.ensure_one()
        summary, note = self.name, self.description
        if self.state == "objected":
            summary = self.env._("Objection: %s", self.name)
            note = self.objection_reason
        return {
            "summary": summary,
            "note": plaintext2html(note) if note else False,
            "user_id": self._get_activity_user().id,
            "date_deadline": self.deadline,
        }

    def _prepare_new_activity_vals(self):
        """Values of a new activity; called by :meth:`_make_activities`."""
        self.ensure_one()
        get_id = self.env["ir.model.data"]._xmlid_to_res_id
        activity_type = self.template_id.activity_type_id
        if activity_type.category != "default":
            # Uploading a file or a call would finish it without a word on what was done.
            activity_type = activity_type.browse()
        return {
            **self._prepare_activity_vals(),
            "activity_type_id": activity_type.id
            or get_id("complaint_management.mail_activity_type_action"),
            "res_model_id": self.env["ir.model"]._get_id("complaint.complaint"),
            "res_id": self.complaint_id.id,
            "automated": True,
        }

    def _make_activities(self, more_vals=()):
        """Give each action its activity, all in one batch and without a mail.

        :param more_vals: values of activities without action to be made in the same batch
        :return: the new ``mail.activity`` records, the actions' first
        """
        vals_list = [action._prepare_new_activity_vals() for action in self] + list(more_vals)
        # sudo: told by registration or by whoever may plan; the owner may be anybody
        activities = self.env["mail.activity"].sudo()
        if not vals_list:
            return activities
        activities = activities.with_context(
            mail_activity_quick_update=True, complaint_not_following=NOT_FOLLOWING
        ).create(vals_list)
        activities = activities.with_env(self.sudo().env)
        self.env["complaint.complaint"].sudo()._follow(activities)
        for action, activity in zip(self.sudo(), activities, strict=False):
            action._write_trusted({"activity_id": activity.id})
        return activities

    def _get_activity_refusal(self):
        """:return: translated sentence for somebody who removes the activity of an open action"""
        return self.env._(
            "This activity stays as long as its action is open: %s. Finish it with a note, object, "
            "or ask the lead to cancel the action.",
            ", ".join(f"“{name}”" for name in self.mapped("name")),
        )

    def _update_activities(self):
        """Write to the activities what differs, one write for all that differ alike."""
        activities = self.env["mail.activity"].sudo()
        changes, reassigned, moved = {}, activities, activities
        for action in self:
            activity = action.activity_id
            vals = action._prepare_activity_vals()
            current = activity._read_format(vals, load=None)[0]
            changed = tuple((name, vals[name]) for name in vals if current[name] != vals[name])
            if changed:
                changes[changed] = changes.get(changed, activities) + activity
        for changed, changed_activities in changes.items():
            changed_activities._as_mirror().write(dict(changed))
            if "user_id" in dict(changed):
                reassigned += changed_activities
            elif "date_deadline" in dict(changed):
                moved += changed_activities
        # A released plan goes out again as a whole: nobody is told twice (complaint_plan_change)
        sent = self.filtered(lambda a: a.complaint_id.state in ("planned", "executing"))
        moved -= sent.filtered(lambda a: a.state != "objected").activity_id
        reassigned._tell_complaint_owners()
        moved._tell_complaint_dates()

    def _close_activities(self):
        """Close the activities of actions that are over, whoever ended them."""
        done = self.filtered(lambda a: a.state == "done")
        for note, actions in done.grouped("completion_note").items():
            actions._finish_activities(note)
        (self - done).activity_id._as_mirror().write(
            {"active": False, "feedback": self.env._("No longer needed.")}
        )

    def _finish_activities(self, note):
        """Finish the live activities with what was done.

        :return: the ``mail.message`` records core posts on the complaints
        """
        # sudo: the verb was checked; its activity may be somebody else's
        activities = self.sudo().activity_id.filtered("active")
        if not activities:
            return self.env["mail.message"].sudo()
        messages, _next = activities._as_mirror()._action_done(feedback=note)
        return messages
