from odoo import api, fields, models

from ..complaint.complaint_complaint import UNREGISTERED_STATES
from ..handling.complaint_action import OPEN_STATES
from ..handling.complaint_action_rights import OWNER_VERBS
from ..handling.complaint_action_verbs import ACTION_TRANSITIONS


class ComplaintDispatchAction(models.Model):
    """What a dispatched salesperson has to do counts before registration already (R22)."""

    _inherit = "complaint.action"

    is_dispatch = fields.Boolean(readonly=True, copy=False)

    @api.model
    def _get_verb_fields(self):
        return super()._get_verb_fields() | {"is_dispatch"}

    @api.model
    def _create_dispatched(self, vals_list):
        """:return: the actions of cases customer service dispatched; callers have checked"""
        actions = self._without_sync().create(vals_list)
        actions._write_trusted({"is_dispatch": True})
        actions = self.browse(actions.ids)
        actions._sync_activities()
        return actions

    def _needs_activity(self):
        if self.is_dispatch and self.complaint_id.state in UNREGISTERED_STATES:
            return self.state in OPEN_STATES
        return super()._needs_activity()

    def _get_verb_obstacle(self, verb):
        """It may be done, and refused (“not my region”), while the case is still a draft."""
        sources, _target = ACTION_TRANSITIONS[verb]
        early = self.complaint_id.state in (*UNREGISTERED_STATES, "registered")
        if self.is_dispatch and early and self.state in sources and verb in OWNER_VERBS:
            return ""
        return super()._get_verb_obstacle(verb)

    def _get_activity_user(self):
        """Whoever dispatched it hears that the salesperson objects."""
        if self.is_dispatch and self.state == "objected" and self.create_uid.active:
            return self.create_uid
        return super()._get_activity_user()
