from odoo import api, fields, models


class ComplaintTrainingAttendee(models.Model):
    """Who took part in a training: a colleague with a login, or just a name (R52)."""

    _name = "complaint.training.attendee"
    _description = "Participant of a Training"
    _inherit = ["complaint.grouping.mixin"]
    _order = "training_id, sequence, id"
    _check_company_auto = True

    training_id = fields.Many2one(
        "complaint.training", required=True, index=True, ondelete="cascade", check_company=True
    )
    company_id = fields.Many2one(
        related="training_id.company_id", store=True, precompute=True, index=True
    )
    sequence = fields.Integer(default=10)
    user_id = fields.Many2one(
        "res.users", "Colleague", domain="[('share', '=', False)]", index="btree_not_null"
    )
    name = fields.Char(
        compute="_compute_name", store=True, readonly=False, precompute=True, required=True
    )
    department_id = fields.Many2one("complaint.department", check_company=True)

    @api.depends("user_id")
    def _compute_name(self):
        for attendee in self:
            attendee.name = attendee.user_id.name or attendee.name
