from odoo import api, fields, models
from odoo.fields import Domain
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

from ..complaint.batches import in_batches, run_isolated

BATCH_SIZE = 200


class ComplaintClockWatch(models.Model):
    """Warnings and breaches, stamped by a job that is woken at the next moment (T14).

    It selects by state, not by the day: after an outage everything that came due in between is
    done, once. Each batch is committed; a record that fails is skipped and its lead told once.
    """

    _inherit = "complaint.clock"

    # ------------------------------------------------------------
    # The next moment
    # ------------------------------------------------------------
    def _get_due_moments(self):
        """When something is due on this clock, past moments included until they are done.

        Extended by escalation with ``super()``.

        :return: list of ``datetime`` (UTC)
        """
        self.ensure_one()
        if self.date_stopped or self.state != "running":
            return []
        return [self.date_deadline if self.date_warned else self.date_warning]

    def _plan_next_step(self, wake=True):
        """Set ``date_next_step`` and wake the job then.

        :param bool wake: whether to trigger the job; it triggers itself while it runs
        """
        for clock in self:
            moment = min(filter(None, clock._get_due_moments()), default=False)
            if clock.date_next_step != moment:
                clock._write_clock({"date_next_step": moment})
        if wake:
            self._wake_job(min(filter(None, self.mapped("date_next_step")), default=None))

    @api.model
    def _wake_job(self, moment):
        """Run the job at ``moment`` (``datetime`` UTC; None: not at all)."""
        self.env["ir.cron"]._wake_complaint_job(
            "complaint_management.ir_cron_watch_clocks", [moment] if moment else ()
        )

    # ------------------------------------------------------------
    # The job
    # ------------------------------------------------------------
    @api.model
    def _get_watch_domain(self):
        """:return: domain of the clocks on which something is due now"""
        return Domain("date_next_step", "<=", fields.Datetime.now())

    @api.model
    def _cron_watch_clocks(self, batch_size=BATCH_SIZE):
        """Stamp warnings and breaches, then escalate; wake up again at the next moment.

        :param int batch_size: clocks per transaction
        """
        due = self.search(self._get_watch_domain(), order="date_next_step, id")
        for batch in in_batches(due, batch_size):
            self._watch_batch(batch)
        following = self.search(
            [("date_next_step", "!=", False)], order="date_next_step, id", limit=1
        )
        self._wake_job(following.date_next_step)

    @api.model
    def _watch_batch(self, clocks):
        """Watch one batch; what fails is kept for tomorrow.

        What another transaction changed at the same moment is no failure: it stays due, and the
        next run, which comes at once, sees how it is then.
        """
        for clock, error in run_isolated(clocks, type(self)._watch):
            clock.invalidate_recordset()
            if not isinstance(error, PG_CONCURRENCY_EXCEPTIONS_TO_RETRY):
                clock._note_watch_failure(error)

    def _watch(self):
        """Stamp what came due, escalate, plan the next step; one batch in one transaction."""
        now = fields.Datetime.now()
        # Somebody may have stopped or paused one while the job was on its way
        clocks = self.exists().filtered(lambda c: c.date_next_step and c.date_next_step <= now)
        clocks._stamp_breaches()
        warned = clocks.filtered(
            lambda c: c.state == "running" and not c.date_warned and c.date_warning <= now
        )
        warned._write_clock({"date_warned": now})
        clocks._escalate_due()
        clocks.filtered("watch_error")._write_clock({"watch_error": False})
        clocks._plan_next_step(wake=False)

    def _stamp_breaches(self):
        """Breach those of these clocks that run although their deadline is over."""
        now = fields.Datetime.now()
        late = self.filtered(lambda c: c.state == "running" and c.date_deadline <= now)
        late._write_clock({"state": "breached", "date_breached": now})

    def _escalate_due(self):
        """Tell the next level of each clock that is due. Hook: escalation fills it."""

    def _note_watch_failure(self, error):
        """Try again tomorrow; tell the lead, the first time only (T14)."""
        self.ensure_one()
        known = self.watch_error
        self._write_clock(
            {
                "watch_error": str(error) or type(error).__name__,
                "date_next_step": fields.Datetime.add(fields.Datetime.now(), days=1),
            }
        )
        if not known:
            # Where not even a to-do can be made, the list of deadlines still shows what is wrong
            run_isolated(self, lambda clock: clock._tell_watch_failure(error))

    def _tell_watch_failure(self, error):
        """Give the lead, or whoever stands in for him, a to-do."""
        user = self.complaint_id._get_stand_in()
        if user:
            self.complaint_id.activity_schedule(
                "mail.mail_activity_data_warning",
                summary=self.env._("Watch this deadline by hand"),
                note=self.env._(
                    "“%(deadline)s” could not be watched: %(error)s",
                    deadline=self.display_name,
                    error=error,
                ),
                user_id=user.id,
            )
