from collections import defaultdict

from odoo import api, models
from odoo.fields import Domain

from ..complaint.batches import in_batches, run_isolated
from .complaint_action import OPEN_STATES
from .complaint_action_verbs import STARTED_STATES

BATCH_SIZE = 100


class ComplaintActionOwner(models.Model):
    """An open action never loses its owner or his activity: somebody takes over.

    Core deletes the activities of a user who is archived and those overdue for years; SQL
    cascades remove those of a deleted user. The action stays and goes on to the next in line.
    """

    _inherit = "complaint.action"

    def _get_successor(self, gone):
        """Who takes over an action.

        In order: the function's holder, his backup, the team leader, the lead, the salesperson,
        whoever recorded the complaint; beginning behind the present owner.

        :param gone: ``res.users`` who cannot
        :return: ``res.users``; a complaint manager when nobody of the line is left
        """
        self.ensure_one()
        complaint = self.complaint_id
        row = self._get_function_row(gone)
        chain = [
            row.user_id,
            row.backup_user_id,
            complaint.team_id.user_id,
            complaint.lead_user_id,
            complaint.user_id,
            complaint.create_uid,
        ]
        start = chain.index(self.user_id) + 1 if self.user_id and self.user_id in chain else 0
        # Once round, then the present owner himself, where he is still there.
        line = [user for user in [*chain[start:], *chain[:start]] if user not in gone]
        team, without = complaint.team_id, complaint._get_concerned_users()
        user = team._pick_present([*line, self.user_id], complaint.company_id, without)
        return user or team._get_last_resort(complaint.company_id, without)

    def _get_function_row(self, gone):
        """:return: ``complaint.team.function`` the action was given to, or its owner's"""
        functions = self.complaint_id.team_id.function_ids
        wanted = self.template_id._get_complaint_function()
        people = gone | self.user_id
        return (
            functions.filtered(lambda f: f.function == wanted)
            or functions.filtered(lambda f: f.user_id in people)
            or functions.filtered(lambda f: f.backup_user_id in people)
        )[:1]

    def _hand_over(self, gone):
        """Give actions whose activities are lost to the next in line, and say so.

        :param gone: ``res.users`` whose activities were removed
        """
        # sudo: the system acts, for whoever archived a user or for nobody
        actions = self.sudo()
        moved = defaultdict(lambda: self.browse().sudo())
        notes = defaultdict(list)
        for action in actions:
            user = action._get_successor(gone)
            if user == action.user_id:
                continue
            moved[user] += action
            notes[action.complaint_id].append(
                self.env._(
                    "%(old)s is not available: %(new)s takes over “%(action)s”.",
                    old=action.user_id.name or self.env._("Its owner"),
                    new=user.name or self.env._("nobody"),
                    action=action.name,
                )
            )
        for user, group in moved.items():
            group._without_sync()._write_trusted({"user_id": user.id})
        self.env["complaint.complaint"]._note_in_chatter(notes)
        actions._sync_activities()

    # ------------------------------------------------------------
    # What SQL removed behind the ORM's back
    # ------------------------------------------------------------
    @api.model
    def _get_repair_domain(self):
        """:return: domain of open actions without a live activity or without a living owner"""
        return Domain(
            [("state", "in", OPEN_STATES), ("complaint_id.state", "in", STARTED_STATES)]
        ) & (
            Domain("activity_id", "not any", [("active", "=", True)])
            | Domain("user_id", "any", [("active", "=", False)])
        )

    @api.model
    def _cron_repair_activities(self, batch_size=BATCH_SIZE):
        """Give open actions back the activities that SQL cascades removed.

        :param int batch_size: actions per transaction
        """
        broken = self.search(self._get_repair_domain())
        for batch in in_batches(broken, batch_size):
            run_isolated(batch, type(self)._repair_activities)

    def _repair_activities(self):
        """Find a new owner where the old one is gone, then make what is missing."""
        orphans = self.filtered(lambda a: not a.user_id.active)
        (self - orphans)._sync_activities()
        orphans._hand_over(orphans.user_id)
