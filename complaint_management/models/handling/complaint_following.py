from collections import defaultdict

from odoo import models

# Keeps core from making a follower of everybody who is given an activity. Only code of this process
# can hold it: compared with ``is``, no context of a browser or an API can forge it.
NOT_FOLLOWING = object()


class ComplaintFollowing(models.Model):
    """Who follows a complaint: whoever works on it, not whoever is merely told of it (R21)."""

    _inherit = "complaint.complaint"

    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        """Subscribe nobody while ``NOT_FOLLOWING`` is held; :meth:`_follow` does it for a batch.

        Core subscribes everybody who is given an activity, one after the other.
        """
        if self.env.context.get("complaint_not_following") is NOT_FOLLOWING:
            return True
        return super().message_subscribe(partner_ids=partner_ids, subtype_ids=subtype_ids)

    def _follow(self, activities):
        """Make followers of those who were given work, in a few queries for the whole batch.

        :param activities: ``mail.activity`` on these complaints, made with ``NOT_FOLLOWING``
        """
        partners = defaultdict(set)
        for activity in activities:
            partners[activity.res_id].update(activity.user_id.partner_id.ids)
        groups = defaultdict(list)
        for res_id, partner_ids in partners.items():
            groups[frozenset(partner_ids)].append(res_id)
        for partner_ids, res_ids in groups.items():
            # Colleagues only: no customers among them, which core would have to look up
            self.browse(res_ids)._message_subscribe(sorted(partner_ids), customer_ids=[])
