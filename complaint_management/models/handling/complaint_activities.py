from odoo import fields, models


class ComplaintActivities(models.Model):
    """A complaint shows of its activities those its reader may read (R60).

    Core's mixin reads and searches activities with all rights, since who reads a document reads
    its activities. Contributors do not: instructions to others could be read or guessed.
    """

    _inherit = "complaint.complaint"

    activity_ids = fields.One2many(bypass_search_access=False)
    activity_summary = fields.Char(related_sudo=False)
    activity_type_icon = fields.Char(related_sudo=False)
    activity_type_id = fields.Many2one(related_sudo=False)
