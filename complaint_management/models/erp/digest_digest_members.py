from odoo import Command, fields, models
from odoo.fields import Domain


class DigestMembers(models.Model):
    """A digest that goes to whoever joins a group, once: who unsubscribed is left alone."""

    _inherit = "digest.digest"

    member_group_ids = fields.Many2many(
        "res.groups",
        string="Subscribes members of",
        help="Who joins one of these groups gets the next mail, until he unsubscribes.",
    )
    member_user_ids = fields.Many2many(
        "res.users",
        "digest_digest_member_rel",
        string="Were subscribed",
        help="Subscribed once as members of a group; not again after they unsubscribed.",
    )

    def _action_send(self, update_periodicity=True):
        """Subscribe new members first, however they came into the group."""
        self._subscribe_members()
        return super()._action_send(update_periodicity)

    def _subscribe_members(self):
        """Subscribe members of the digest's groups who never were."""
        for digest in self.filtered("member_group_ids"):
            # sudo: who is in a group is configuration of the digest, whose sending was decided
            members = self.env["res.users"].sudo()
            members = members.search(
                Domain("all_group_ids", "in", digest.member_group_ids.ids)
                & Domain("share", "=", False)
            )
            new = members - digest.sudo().with_context(active_test=False).member_user_ids
            if new:
                digest.sudo().write(
                    {
                        "user_ids": [Command.link(user.id) for user in new],
                        "member_user_ids": [Command.link(user.id) for user in new],
                    }
                )

    def _compute_tips(self, company, user, tips_count=1, consumed=True):
        """Managers asked for figures, not for advice on Odoo."""
        if self.member_group_ids:
            return []
        return super()._compute_tips(company, user, tips_count, consumed)
