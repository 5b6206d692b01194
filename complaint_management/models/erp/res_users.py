from odoo import SUPERUSER_ID, api, models
from odoo.fields import Domain

from ..handling.complaint_action import OPEN_STATES


class ResUsers(models.Model):
    """Who leaves hands his open actions over, whether his login is archived or deleted."""

    _inherit = "res.users"

    def write(self, vals):
        """Hand over open actions of those who are archived; see :meth:`action_archive` of core."""
        result = super().write(vals)
        if vals.get("active") is False:
            self._hand_over_complaint_actions()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_after_hand_over(self):
        """Archive who is deleted: SQL would take owner and activity from his open actions.

        Nobody archives himself; who deletes himself only hands over what is his.
        """
        own = self.filtered(lambda user: user in (self.env.user, user.browse(SUPERUSER_ID)))
        (self - own).filtered("active").action_archive()
        own._hand_over_complaint_actions()

    def _get_complaint_tz(self):
        """:return: name of the time zone an hour is told to this user in; where nobody said his,
        that of his company's working hours
        """
        # sudo: somebody else's time zone and company
        user = self.sudo()
        return user.tz or user.company_id.resource_calendar_id.tz or "UTC"

    def _hand_over_complaint_actions(self):
        """Give the open actions of these users to the next in line, and what waits for them as
        leads back to its owner.
        """
        # sudo: archiving was checked; whoever may archive a user need not see complaints
        actions = self.env["complaint.action"].sudo()
        actions = actions.search(
            Domain("state", "in", OPEN_STATES)
            & (Domain("user_id", "in", self.ids) | Domain("activity_id.user_id", "in", self.ids))
        )
        own = actions.filtered(lambda action: action.user_id in self)
        own._hand_over(self)
        (actions - own)._sync_activities()
