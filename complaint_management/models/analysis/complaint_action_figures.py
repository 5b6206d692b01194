from odoo import api, fields, models


class ComplaintActionFigures(models.Model):
    """The figures of actions read those of their months, by an index that has all they ask.

    There are six actions to a case: whether it counts is kept beside each, so that a million cases
    are not looked up for them.
    """

    _inherit = "complaint.action"

    # Computed, not related: what follows from others nobody writes (``_is_derived``)
    is_counted = fields.Boolean(
        "Counts", compute="_compute_figures", store=True, precompute=True, copy=False
    )
    complaint_active = fields.Boolean(
        "Complaint active", compute="_compute_figures", store=True, precompute=True, copy=False
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

    @api.depends("complaint_id.is_counted", "complaint_id.active")
    def _compute_figures(self):
        for action in self:
            action.is_counted = action.complaint_id.is_counted
            action.complaint_active = action.complaint_id.active

    @api.depends("state", "date_done")
    def _compute_day_done(self):
        for action in self:
            done = action.date_done if action.state == "done" else None
            action.day_done = done and action.complaint_id._get_company_day(done)
