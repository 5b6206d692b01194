from odoo import api, fields, models

from ..clocks.working_time import get_working_times
from ..complaint.complaint_complaint import INSIDE_GROUPS

# Agreed with a customer; what is empty follows the policy of the category.
RHYTHMS = [
    ("0", "Never"),
    ("1", "Every working day"),
    ("2", "Every 2 working days"),
    ("3", "Every 3 working days"),
    ("5", "Every 5 working days"),
    ("10", "Every 10 working days"),
]
# While the work goes on: before that there is nothing to tell, afterwards it is asked about.
TELLING_STATES = ("registered", "planned", "executing")
# What decides how often a customer hears from us.
DECIDING = frozenset({"progress_rhythm", "partner_id", "category_id", "urgency", "severity"})


class ComplaintRhythm(models.Model):
    """How often the customer hears from us while we work on it (R42).

    ``date_next_progress`` says when he should next, in working time. Every message or call of a
    person moves it; the job in ``complaint_progress`` does what is due.
    """

    _inherit = "complaint.complaint"

    progress_rhythm = fields.Selection(
        RHYTHMS,
        "Tell the customer",
        groups=INSIDE_GROUPS,
        help="What was agreed for this case. Empty: as agreed with the customer, else by the "
        "deadlines of the category.",
    )
    date_last_told = fields.Datetime(
        "Last told", readonly=True, copy=False, help="When a person last wrote or called."
    )
    date_next_progress = fields.Datetime(
        "Tell again", readonly=True, copy=False, index="btree_not_null"
    )

    @api.model
    def _get_verb_fields(self):
        return super()._get_verb_fields() | {"date_last_told", "date_next_progress"}

    # ------------------------------------------------------------
    # What moves it
    # ------------------------------------------------------------
    def _after_register(self):
        """Before the others: they acknowledge, and mails write what is pending first."""
        self._plan_progress()
        return super()._after_register()

    def _after_object(self):
        result = super()._after_object()
        self._plan_progress()
        return result

    def _after_reopen(self):
        result = super()._after_reopen()
        self._plan_progress()
        return result

    def _after_resolve(self):
        """From here on he is asked whether it is settled (``complaint_tacit``)."""
        result = super()._after_resolve()
        self._stop_progress()
        return result

    def _after_close(self):
        result = super()._after_close()
        self._stop_progress()
        return result

    def _after_cancel(self):
        result = super()._after_cancel()
        self._stop_progress()
        return result

    def _note_told(self):
        """A person talked to the customer: his to-do is done, and the time runs anew."""
        result = super()._note_told()
        self._write_trusted({"date_last_told": fields.Datetime.now()})
        self._close_information(("told",))
        self._plan_progress()
        return result

    def write(self, vals):
        """Another rhythm counts from when he was last told."""
        deciding = DECIDING.intersection(vals)
        before = {c: c._get_progress_days() for c in self} if deciding else {}
        result = super().write(vals)
        changed = self.filtered(lambda c: c in before and before[c] != c._get_progress_days())
        if changed:
            changed._plan_progress(again=False)
        return result

    # ------------------------------------------------------------
    # When
    # ------------------------------------------------------------
    def _get_progress_days(self):
        """:return: working days between two messages; 0: none"""
        self.ensure_one()
        # sudo: what was agreed with a customer is for those inside to set
        complaint = self.sudo()
        category = complaint.category_id
        if category and not category.is_complaint:
            return 0
        customer = complaint.partner_id.commercial_partner_id
        agreed = complaint.progress_rhythm or customer.complaint_progress_rhythm
        if agreed:
            return int(agreed)
        return self.env["complaint.policy"]._get_limits(complaint)["progress_days"]

    def _plan_progress(self, again=True):
        """Set when the customer should hear from us next, and wake the job then.

        :param bool again: count from now, else from when he was last told
        """
        now = fields.Datetime.now()
        working = self.filtered(lambda c: c.state in TELLING_STATES)
        (self - working)._stop_progress()
        times, moments = get_working_times(working), {}
        for complaint in working:
            days = complaint._get_progress_days()
            told = complaint.date_last_told or complaint.date_registered or now
            start = now if again else told
            hours = days * times[complaint].day_hours
            moments[complaint] = days and times[complaint].plan(start, hours)
        for moment, complaints in working.grouped(lambda c: moments[c]).items():
            # sudo: whoever talks to a customer moves it, whatever else he may edit
            complaints.sudo()._write_trusted({"date_next_progress": moment or False})
        due = {moment for moment in moments.values() if moment}
        self.env["ir.cron"]._wake_complaint_job("complaint_management.ir_cron_tell_progress", due)

    def _stop_progress(self):
        """Nothing is to be told any more."""
        self._close_information(("told",))
        waiting = self.filtered("date_next_progress")
        if waiting:
            waiting.sudo()._write_trusted({"date_next_progress": False})  # sudo: as above
