from odoo import api, fields, models


class ComplaintActionFigures(models.Model):
    """The figures of actions read those of their months, by an index that has all they ask.

    There are six actions to a case: whether it counts is kept beside each, so that a million cases
    are not looked up for them.
    """

    _inherit = "complaint.action"

    is_counted = fields.Boolean(related="complaint_id.is_counted", store=True, precompute=True)
    complaint_active = fields.Boolean(
        "Complaint active", related="complaint_id.active", store=True, precompute=True
    )
    # Kept: time zones are dear among a million
    day_done = fields.Date(
        "Day it was done",
        compute="_compute_day_done",
        store=True,
        help="By the time zone of the company's working hours.",
    )

    _figures_idx = models.Index(
        """(company_id, deadline) INCLUDE (
            id, complaint_id, kind, state, day_done, user_id, department_id, effectiveness,
            complaint_active
        ) WHERE is_counted IS TRUE AND state != 'cancelled'"""
    )

    @api.depends("state", "date_done")
    def _compute_day_done(self):
        for action in self:
            done = action.date_done if action.state == "done" else None
            action.day_done = done and action.complaint_id._get_company_day(done)
