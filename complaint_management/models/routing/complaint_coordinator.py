from collections import defaultdict

from odoo import fields, models


class ComplaintCoordinator(models.Model):
    """One person holds the departments together, beside the lead (R27).

    Set at registration wherever the team names a coordinator or his backup, whatever the plan: who
    will have to help is seldom known on the first day, and teams without cross-department work
    leave the function empty. He gets the plan and may edit it, as the lead may.
    """

    _inherit = "complaint.complaint"

    coordinator_user_id = fields.Many2one(
        "res.users",
        "Coordinator",
        index="btree_not_null",
        copy=False,
        tracking=True,
        domain="[('share', '=', False)]",
        help="Holds the departments together; may edit the case and its plan. Set at registration "
        "from the team's function.",
    )

    def _set_leads(self):
        """Name the coordinators with the leads: both are there before the plan starts."""
        result = super()._set_leads()
        named = defaultdict(lambda: self.browse())
        for complaint in self.filtered(lambda c: not c.coordinator_user_id):
            user, _other = complaint._find_function_user("coordinator", strict=True)
            if user:
                named[user] |= complaint
        for user, complaints in named.items():
            # Trusted: who registers need not be one who may name people
            complaints._write_trusted({"coordinator_user_id": user.id})
        return result
