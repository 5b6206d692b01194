from odoo import fields, models
from odoo.fields import NO_ACCESS


class ResUsersConcerned(models.Model):
    """The complaints about a user: asked by the guards that close them to him (R73)."""

    _name = "res.users"
    _inherit = ["complaint.grouping.mixin", "res.users"]

    concerned_complaint_ids = fields.Many2many(
        "complaint.complaint",
        "complaint_concerned_user_rel",
        "user_id",
        "complaint_id",
        "Complaints about this user",
        groups=NO_ACCESS,
        context={"active_test": False},
        copy=False,
    )

    def _get_complaint_ids_about(self):
        """:return: ids of the complaints about the user, archived ones and those of any company
        included; one query a transaction
        """
        self.ensure_one()
        # sudo: the field is nobody's to read; callers leave these complaints out
        return self.sudo().concerned_complaint_ids.ids
