from odoo import fields, models

from .complaint_complaint import INSIDE_GROUPS


class ComplaintRoundInstruction(models.Model):
    """What the leadership said about this round (R66).

    Internal for ever; not for contributors either. Written by ``complaint.action_instruct``.
    """

    _inherit = "complaint.round"

    leadership_instruction = fields.Text(readonly=True, groups=INSIDE_GROUPS)
    instruction_user_id = fields.Many2one(
        "res.users", "Instructed by", readonly=True, groups=INSIDE_GROUPS
    )
    date_instructed = fields.Datetime("Instructed on", readonly=True, groups=INSIDE_GROUPS)
