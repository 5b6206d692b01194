from datetime import timedelta

from odoo import api, models

# What happens on a day of its own, however long the case has been going on.
FIXED_FIELDS = frozenset({"visit_date"})
# Parts that were there before the complaint: goods keep the day they were shipped.
OLDER_PARTS = ("complaint.line",)


class ComplaintDemoTime(models.AbstractModel):
    """Lets time pass in a case of the demo, as if it had been played over days.

    Everything that happened moves into the past by *working* hours of the team's calendar, so that
    deadlines stand as they should whenever somebody installs the demo: at night, on a Sunday,
    after a holiday. Then the scheduled jobs do what they would have done.
    """

    _inherit = "complaint.demo"

    @api.model
    def _let_pass(self, complaint_id, hours):
        """Let ``hours`` of working time pass since the last step of a case."""
        complaint = self.env["complaint.complaint"].browse(complaint_id)
        self._write_chatter()
        mover = self._get_mover(complaint._get_clock_calendar(), hours)
        opened = complaint.round_ids.sorted("number")[-1:].date_opened
        days = opened.date() - mover(opened).date()
        self._move_parts(complaint, mover)
        self._move_days(complaint, days)
        self._move(complaint, mover)
        thread = [("model", "=", complaint._name), ("res_id", "=", complaint.id)]
        self._move(self.env["mail.message"].search(thread), mover)
        self._run_jobs(complaint_id)
        self._write_chatter()

    @api.model
    def _write_chatter(self):
        """Log changes now instead of at the end of everything: each in its time, by who did it."""
        self.env.flush_all()
        self.env.cr.precommit.run()

    @api.model
    def _get_mover(self, calendar, hours):
        """:return: function that moves a moment (UTC) back by working hours"""
        known = {}

        def move(moment):
            if moment not in known:
                moved = calendar and calendar.plan_hours(-hours, moment, compute_leaves=True)
                known[moment] = (moved or moment - timedelta(hours=hours)).replace(microsecond=0)
            return known[moment]

        return move

    @api.model
    def _move(self, records, mover):
        """Move all moments of ``records`` that are not derived from others.

        Nothing happens but the moving: no guard, hook or log of the models sees it.
        """
        names = [
            name
            for name, field in records._fields.items()
            if field.type == "datetime"
            and field.store
            and not (field.compute or field.related)
            and name not in {*models.MAGIC_COLUMNS, *FIXED_FIELDS}
        ]
        for record in records:
            vals = {name: mover(record[name]) for name in names if record[name]}
            if vals:
                models.BaseModel.write(record, vals)

    @api.model
    def _move_parts(self, complaint, mover):
        """Move the parts of a complaint; deadlines are planned anew from where they start now."""
        mixin, parts = self.env.registry["complaint.child.mixin"], {}
        for name, field in complaint._fields.items():
            if field.type == "one2many" and field.comodel_name not in OLDER_PARTS:
                model = self.env[field.comodel_name]
                if isinstance(model, mixin):
                    # Some lists show the same parts: each moves once
                    parts[model._name] = parts.get(model._name, model) | complaint[name]
        # Approvals are parts of requests
        parts["complaint.approval"] = complaint.demand_ids.approval_ids
        for records in parts.values():
            self._move(records, mover)
        undecided = complaint.clock_ids.filtered(lambda c: c.state in ("running", "paused"))
        times = undecided._get_working_times()
        for clock in undecided:
            vals = clock._prepare_deadline_vals(
                times[clock],
                clock.date_start,
                clock.allowed_hours,
                clock.warn_percent,
                clock._get_pauses(),
            )
            models.BaseModel.write(clock, vals)

    @api.model
    def _move_days(self, complaint, days):
        """Move what the category's plan asks for by a day; dates people gave stay as they are."""
        registered = complaint.date_registered.date()
        planned = complaint.action_ids.filtered("template_id").filtered(
            lambda a: a.deadline <= registered + timedelta(days=a.template_id.delay_count + 1)
        )
        for action in planned:
            models.BaseModel.write(action, {"deadline": action.deadline - days})
        own = (complaint.action_ids - planned).activity_id
        for activity in complaint.activity_ids - own:
            deadline = activity.date_deadline - days
            models.BaseModel.write(activity, {"date_deadline": deadline})

    @api.model
    def _run_jobs(self, complaint_id):
        """What the scheduled jobs would have done by now, for this case alone."""
        complaint = self.env["complaint.complaint"].browse(complaint_id)
        clocks = complaint.clock_ids.filtered(lambda c: not c.date_stopped)
        clocks._plan_next_step()
        clocks._watch_batch(clocks.filtered_domain(clocks._get_watch_domain()))
        promises = complaint.promise_ids
        promises.filtered_domain(promises._get_broken_domain())._break()
        if complaint.round_ids.filtered_domain(complaint._get_silent_domain()):
            complaint._start_silently()
        complaint._remind_or_close()
