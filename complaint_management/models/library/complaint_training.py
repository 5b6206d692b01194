from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ComplaintTraining(models.Model):
    """Somebody taught people what lessons say: when, who, whom, and the signed sheet (R52)."""

    _name = "complaint.training"
    _description = "Training"
    _inherit = ["complaint.grouping.mixin", "mail.thread"]
    _order = "date desc, id desc"
    _check_company_auto = True

    name = fields.Char(
        "Subject", compute="_compute_name", store=True, readonly=False, precompute=True
    )
    date = fields.Date(required=True, default=fields.Date.context_today, index=True)
    trainer_id = fields.Many2one(
        "res.users",
        "Colleague who trains",
        default=lambda self: self.env.user,
        domain="[('share', '=', False)]",
    )
    trainer_name = fields.Char(
        "Trainer",
        compute="_compute_trainer_name",
        store=True,
        readonly=False,
        precompute=True,
        help="Somebody without a login, too.",
    )
    place = fields.Char()
    lesson_ids = fields.Many2many(
        "complaint.lesson",
        "complaint_training_lesson_rel",
        "training_id",
        "lesson_id",
        "Lessons",
        required=True,
        check_company=True,
        domain="[('state', '=', 'published')]",
    )
    attendee_ids = fields.One2many("complaint.training.attendee", "training_id", "Participants")
    attendee_count = fields.Integer(
        "Number of participants", compute="_compute_attendee_count", store=True
    )
    sheet = fields.Binary("Signed attendance sheet", attachment=True)
    sheet_name = fields.Char()
    note = fields.Text()
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )

    @api.depends("lesson_ids")
    def _compute_name(self):
        for training in self:
            training.name = training.name or ", ".join(training.lesson_ids.mapped("name"))[:200]

    @api.depends("trainer_id")
    def _compute_trainer_name(self):
        for training in self:
            training.trainer_name = training.trainer_id.name or training.trainer_name

    @api.depends("attendee_ids")
    def _compute_attendee_count(self):
        for training in self:
            training.attendee_count = len(training.attendee_ids)

    @api.constrains("lesson_ids")
    def _check_lessons(self):
        """Nobody is taught what nobody has looked at.

        :raise ValidationError: naming the lessons
        """
        for training in self:
            # sudo: only the state is looked at
            early = training.sudo().lesson_ids.filtered(lambda le: le.state in ("draft", "review"))
            if early:
                raise ValidationError(
                    self.env._(
                        "These lessons are not published yet: %s", ", ".join(early.mapped("name"))
                    )
                )
