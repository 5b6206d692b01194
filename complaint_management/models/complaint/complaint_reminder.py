from odoo import api, fields, models
from odoo.exceptions import UserError


class ComplaintReminder(models.Model):
    """The customer was asked once more whether it is settled (R69); each level once per round.

    Made by the scheduled job only, see ``complaint_tacit``.
    """

    _name = "complaint.reminder"
    _description = "Reminder of a Silent Customer"
    _inherit = ["complaint.child.mixin"]
    _order = "complaint_id, id"

    round_id = fields.Many2one(
        "complaint.round", "In round", required=True, readonly=True, index=True, ondelete="cascade"
    )
    level = fields.Integer(required=True, readonly=True)
    date = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    way = fields.Selection(
        [("mail", "E-mail"), ("activity", "Call by the salesperson")], required=True, readonly=True
    )
    activity_id = fields.Many2one(
        "mail.activity", readonly=True, ondelete="set null", index="btree_not_null"
    )

    _level_once = models.Constraint(
        "UNIQUE(round_id, level)", "A customer is reminded once per level and round."
    )

    @api.model
    def _get_verb_fields(self):
        return super()._get_verb_fields() | {"round_id", "level", "date", "way", "activity_id"}

    def _check_deletable(self):
        super()._check_deletable()
        if self:
            raise UserError(self.env._("Reminders are kept with the complaint."))
