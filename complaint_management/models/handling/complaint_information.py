from datetime import timedelta

from odoo import fields, models

# Field a verb writes -> what it answers by itself.
ANSWERED_BY = {"date_reported": "report", "measures_state": "approve"}


class ComplaintInformation(models.Model):
    """Information activities: they tell, block nothing, and close by themselves (R21, R66).

    ``complaint_until`` says when; the complaint's end closes all of them.
    """

    _inherit = "complaint.complaint"

    def _close_information(self, until=None):
        """Close the plan's information activities; they never block anything.

        :param until: keys of ``complaint_until`` that are reached; default all
        """
        # sudo: they are other people's, and closing them was decided by the verb that happened
        activities = self.sudo().activity_ids.filtered(
            lambda a: a.complaint_until and (until is None or a.complaint_until in until)
        )
        activities._as_mirror().write(
            {"active": False, "feedback": self.env._("Closed by itself: no longer needed.")}
        )

    def _after_execute(self):
        """The plan runs: nobody has to write or acknowledge it any more."""
        result = super()._after_execute()
        self._close_information(("release",))
        return result

    def _after_resolve(self):
        result = super()._after_resolve()
        self._close_information(("release", "approve", "report", "instruction"))
        return result

    def _after_close(self):
        result = super()._after_close()
        self._close_information()
        return result

    def _after_object(self):
        """The customer objects: the lead revises the plan (R47)."""
        result = super()._after_object()
        self._ask_for_plan(self.env._("The customer objects: revise the plan"))
        return result

    def _after_reopen(self):
        result = super()._after_reopen()
        self._ask_for_plan(self.env._("Opened again: revise the plan"))
        return result

    def write(self, vals):
        """A sent report answers those who were to send it; so does the request for approval."""
        result = super().write(vals)
        reached = [
            until for name, until in ANSWERED_BY.items() if vals.get(name) and vals[name] != "draft"
        ]
        if reached:
            self._close_information(reached)
        return result

    def _ask_for_plan(self, summary):
        """Tell the leads that a plan is due, all in one batch."""
        # sudo: the verb was checked; the lead may be of another department
        activities = self.env["mail.activity"].sudo()
        activities.with_context(mail_activity_quick_update=True).create(
            [complaint._prepare_plan_request_vals(summary) for complaint in self]
        )

    def _prepare_plan_request_vals(self, summary):
        """Values of the activity asking for a plan; called by :meth:`_ask_for_plan`."""
        self.ensure_one()
        xmlid = "complaint_management.mail_activity_type_information"
        return {
            "activity_type_id": self.env["ir.model.data"]._xmlid_to_res_id(xmlid),
            "summary": summary,
            "user_id": (self.lead_user_id or self.user_id or self.env.user).id,
            "date_deadline": fields.Date.context_today(self) + timedelta(days=1),
            "res_model_id": self.env["ir.model"]._get_id(self._name),
            "res_id": self.id,
            "automated": True,
            "complaint_until": "release",
        }
