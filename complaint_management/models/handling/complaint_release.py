from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ..complaint.batches import in_batches, run_isolated

BATCH_SIZE = 50


class ComplaintRelease(models.Model):
    """Releasing the plan: a version, a window to object, silence is consent (R23, R24, R64)."""

    _inherit = "complaint.complaint"

    def _after_release(self):
        """Keep the plan's version and tell it; go on at once where nobody may object."""
        result = super()._after_release()
        self._release_plan()
        return result

    def _release_plan(self):
        """Make a version of each plan, tell everybody, open the objection window.

        Called when the lead releases, and again when he has answered all objections: owners see
        the changed plan and may object again.
        """
        now = fields.Datetime.now()
        # sudo: rounds are written by code only; releasing was checked
        complaints = self.sudo()
        contested = complaints.filtered(lambda c: c._get_contestable_actions())
        ends = contested._get_objection_ends(now)
        complaints._keep_plan_version({c: ends.get(c, False) for c in complaints})
        complaints._close_information(("release",))
        complaints._tell_plan()
        if ends:
            cron = self.env.ref("complaint_management.ir_cron_release_silent")
            cron.sudo()._trigger(set(ends.values()))
        complaints._start_when_agreed()

    def _get_contestable_actions(self):
        """:return: actions whose owner may still object: not the lead's own, nor accepted ones"""
        self.ensure_one()
        if not self.team_id.objection_hours:
            return self.env["complaint.action"]
        return self._get_current_actions().filtered(
            lambda a: (
                a.state in ("open", "objected") and a.user_id and a.user_id != self.lead_user_id
            )
        )

    def _get_objection_ends(self, start):
        """When silence becomes consent.

        :param start: ``datetime`` (UTC) the window opens
        :return: dict complaint → ``datetime`` (UTC), after the team's working hours; round the
            clock where its calendar is missing or has no hours (T15)
        """
        ends, by_window = {}, {}
        for complaint in self:
            hours = complaint.team_id.objection_hours
            calendar = complaint.team_id._get_calendar()
            if (calendar, hours) not in by_window:
                end = calendar and calendar.plan_hours(hours, start, compute_leaves=True)
                by_window[calendar, hours] = end or start + timedelta(hours=hours)
            ends[complaint] = by_window[calendar, hours]
        return ends

    def _start_when_agreed(self):
        """Start the plans nobody may object to any more: all owners accepted, or none is asked."""
        agreed = self.filtered(lambda c: c.state == "planned" and not c._get_contestable_actions())
        agreed._start_silently()

    def _start_silently(self):
        """Execute without anybody pressing; what the gate names stays planned."""
        ready = self.filtered(lambda c: not c._get_missing("execute"))
        if ready:
            # sudo: consent was given by owners, who may not write the complaint
            ready.sudo()._move("execute")

    def _after_execute(self):
        """Silence is consent: what nobody objected to is accepted."""
        result = super()._after_execute()
        # sudo: executing was checked on the complaint
        silent = self.sudo()._get_current_actions().filtered(lambda a: a.state == "open")
        silent._write_trusted({"state": "in_progress"})
        return result

    # ------------------------------------------------------------
    # The end of the window
    # ------------------------------------------------------------
    @api.model
    def _get_silent_domain(self):
        """:return: domain of current rounds whose window is over, by state and date (T14)

        Whether somebody objected is the gate's to say: it knows which round an objection is of.
        """
        return Domain(
            [
                ("date_objection_end", "<=", fields.Datetime.now()),
                ("date_ended", "=", False),
                ("complaint_id.state", "=", "planned"),
            ]
        )

    @api.model
    def _cron_release_silent(self, batch_size=BATCH_SIZE):
        """Start the plans against which nobody objected in time (R64).

        One that cannot start stops no other: its lead gets an activity, once.

        :param int batch_size: complaints per transaction
        """
        silent = self.env["complaint.round"].search(self._get_silent_domain()).complaint_id
        for batch in in_batches(silent, batch_size):
            for complaint, error in run_isolated(batch, type(self)._start_silently):
                complaint._note_start_failure(error)

    def _note_start_failure(self, error):
        """Tell the lead that the plan could not start by itself; not tried again (T14)."""
        self.ensure_one()
        self._write_current_rounds({"date_objection_end": False})
        self.sudo().activity_schedule(
            "mail.mail_activity_data_warning",
            summary=self.env._("Start the plan by hand"),
            note=self.env._("The plan could not start by itself: %s", error),
            user_id=(self.lead_user_id or self.user_id).id,
        )
