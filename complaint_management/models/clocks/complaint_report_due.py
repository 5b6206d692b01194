from odoo import models

from .working_time import get_working_times


class ComplaintReportDue(models.Model):
    """Until when the stages of an 8D report are due, in working time (R44)."""

    _inherit = "complaint.complaint"

    def _get_report_due(self, profile):
        """:param profile: ``complaint.report.profile``; may be empty
        :return: dict stage → moment (UTC) from receipt; stages without days are left out
        """
        self.ensure_one()
        # sudo: the days a customer allows, whoever may read configuration
        profile = profile.sudo()
        days = {"d3": profile.due_d3, "d5": profile.due_d5, "final": profile.due_d8}
        time = get_working_times(self)[self]
        return {
            stage: time.plan(self.date_received, count * time.day_hours)
            for stage, count in days.items()
            if count and self.date_received
        }
