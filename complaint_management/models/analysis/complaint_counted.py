from odoo import api, fields, models
from odoo.fields import Domain

from ..complaint.complaint_complaint import UNREGISTERED_STATES


class ComplaintCounted(models.Model):
    """Which records are a complaint to whoever counts complaints (R56, R63, R71).

    Stored, so that every figure asks one flag of the complaint's own table.
    """

    _inherit = "complaint.complaint"

    is_counted = fields.Boolean(
        "Counts",
        compute="_compute_is_counted",
        store=True,
        copy=False,
        help="In the figures: registered, no duplicate, no suggestion, enquiry or praise.",
    )

    # What favourites group by and measure, a fifth of the row: they never read the rows themselves,
    # which are wide; nor does the header, which asks whose they are. Said as core asks for it:
    # Postgres 15 sees only that as the same condition. It is full: an index has 32 columns at most.
    _figures_idx = models.Index(
        """(company_id, date_received) INCLUDE (
            id, state, category_id, defect_id, partner_id, commercial_partner_id, team_id, user_id,
            lead_user_id, create_uid, next_user_id, severity, validity, responsibility,
            main_cause_category_id, responsible_department_id, round,
            hours_to_response, hours_to_plan, hours_to_handling, hours_to_report, hours_to_resolve,
            response_timeliness, plan_timeliness, handling_timeliness, report_timeliness,
            next_action_id, next_deadline, next_clock_deadline, claimed_amount
        ) WHERE active IS TRUE AND is_counted IS TRUE"""
    )

    @api.depends(
        "state", "date_registered", "outcome", "duplicate_of_id", "category_id.is_complaint"
    )
    def _compute_is_counted(self):
        domain = self._get_figures_domain()
        for complaint in self:
            complaint.is_counted = bool(complaint.filtered_domain(domain))

    @api.model
    def _get_figures_domain(self):
        """Hook: what is a case to the figures, beside being counted once (``_get_counted_domain``).

        Cancelled before it was registered, it never was one. Code that asks for figures asks for
        ``is_counted``, which stores the answer.

        :return: ``Domain`` on fields ``_compute_is_counted`` depends on
        """
        registered = Domain("state", "not in", (*UNREGISTERED_STATES, "cancelled")) | (
            Domain("state", "=", "cancelled") & Domain("date_registered", "!=", False)
        )
        complaint = Domain("category_id", "=", False) | Domain(
            "category_id.is_complaint", "=", True
        )
        return self._get_counted_domain() & registered & complaint
