from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from .batches import in_batches, run_isolated
from .complaint_complaint import INSIDE_GROUPS
from .complaint_state_guard import TRUSTED

BATCH_SIZE = 50
ASKING = "complaint_management.mail_template_confirmation"
ANNOUNCING_THE_END = "complaint_management.mail_template_tacit_closing"
# A machine's mail is being posted. Compared with ``is``: no caller can make an answer none.
AUTOMATIC = object()
# No machine answers a machine: RFC 3834, and what Exchange understands (T8).
AUTOMATIC_HEADERS = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}


class ComplaintTacit(models.Model):
    """A customer who stays silent is reminded, then silence is consent (R48, R69).

    ``date_next_reminder`` of a resolved complaint says when something is due: a reminder while the
    company's number of them is not reached, then closing. It is set anew after each step, so that
    an outage never sends two at once; any answer of the customer empties it for good.
    """

    _inherit = "complaint.complaint"

    date_next_reminder = fields.Datetime(
        "Silent until",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="Without an answer the customer is reminded then, or the complaint is closed (UTC).",
    )
    date_customer_answered = fields.Datetime("Customer answered", readonly=True, copy=False)
    reminder_ids = fields.One2many(
        "complaint.reminder", "complaint_id", "Reminders", groups=INSIDE_GROUPS
    )

    @api.model
    def _get_verb_fields(self):
        return super()._get_verb_fields() | {"date_next_reminder", "date_customer_answered"}

    # ------------------------------------------------------------
    # Starting and stopping
    # ------------------------------------------------------------
    def _after_resolve(self):
        result = super()._after_resolve()
        self._write_trusted({"date_customer_answered": False})
        self._wait_for_answer()
        return result

    def _after_object(self):
        result = super()._after_object()
        self._stop_waiting()
        return result

    def _after_close(self):
        result = super()._after_close()
        self._stop_waiting()
        return result

    def _after_cancel(self):
        result = super()._after_cancel()
        self._stop_waiting()
        return result

    def _wait_for_answer(self):
        """Set when the next step is due, and wake the job then; nothing where it is switched off.

        Calendar days: it is the customer who takes his time.
        """
        now = fields.Datetime.now()
        cron = self.env.ref("complaint_management.ir_cron_remind_silent", raise_if_not_found=False)
        # sudo: settings of the company, to whoever resolves
        for company, complaints in self.sudo().grouped("company_id").items():
            days = company.complaint_reminder_days
            waits = days and company.complaint_reminder_count
            due = waits and now + timedelta(days=days)
            complaints._write_trusted({"date_next_reminder": due})
            if due and cron:
                # sudo: waking a job is no right of users
                cron.sudo()._trigger(due)

    def _stop_waiting(self):
        """Nothing is due any more."""
        waiting = self.filtered("date_next_reminder")
        if waiting:
            waiting._write_trusted({"date_next_reminder": False})

    def _note_answer(self):
        """The customer answered: a person looks at what he said, nothing happens by itself."""
        waiting = self.filtered("date_next_reminder")
        if waiting:
            waiting._write_trusted(
                {"date_next_reminder": False, "date_customer_answered": fields.Datetime.now()}
            )

    def write(self, vals):
        """What the customer said to our solution is his answer."""
        result = super().write(vals)
        if vals.get("customer_feedback"):
            # sudo: writing the feedback was allowed; the stamp is not the writer's
            self.sudo()._note_answer()
        return result

    def _message_post_after_hook(self, message, msg_vals):
        """A message from outside the house is the customer's answer, unless a machine wrote it."""
        result = super()._message_post_after_hook(message, msg_vals)
        if self.env.context.get("complaint_mail") is AUTOMATIC:
            return result
        # sudo: who wrote is looked at, whatever the acting user may read
        message = message.sudo()
        author = message.author_id
        outside = author.partner_share if author else message.message_type == "email"
        if outside and message.message_type in ("email", "comment"):
            self.sudo()._note_answer()
        return result

    # ------------------------------------------------------------
    # The job
    # ------------------------------------------------------------
    @api.model
    def _get_silent_customer_domain(self):
        """:return: domain of complaints whose customer stayed silent, by state (T14)"""
        return Domain("state", "=", "resolved") & Domain(
            "date_next_reminder", "<=", fields.Datetime.now()
        )

    @api.model
    def _cron_remind_silent(self, batch_size=BATCH_SIZE):
        """Remind customers who have not answered, then close (R69).

        One that fails stops no other: its salesperson gets an activity, once.

        :param int batch_size: complaints per transaction
        """
        silent = self.search(self._get_silent_customer_domain(), order="date_next_reminder, id")
        for batch in in_batches(silent, batch_size):
            for complaint, error in run_isolated(batch, type(self)._remind_or_close):
                complaint._note_reminder_failure(error)

    def _remind_or_close(self):
        """Do what is due: the next reminder, or closing after the last one."""
        # Somebody may have answered or closed since the job read the list
        due = self.filtered_domain(self._get_silent_customer_domain())
        levels = due._get_reminder_levels()
        silent = due.filtered(lambda c: levels[c] >= c.company_id.complaint_reminder_count)
        (due - silent)._remind(levels)
        held = silent.filtered(lambda c: c._is_call_open() or c._get_missing("close"))
        held._wait_for_answer()
        (silent - held)._close("tacit")

    def _get_reminder_levels(self):
        """:return: dict complaint → number of reminders of its current round"""
        rounds = self._get_current_rounds()
        counts = dict(
            self.env["complaint.reminder"]._read_group(
                [("round_id", "in", rounds.ids)], ["round_id"], ["__count"]
            )
        )
        by_complaint = {r.complaint_id: counts.get(r, 0) for r in rounds}
        return {complaint: by_complaint.get(complaint, 0) for complaint in self}

    def _is_call_open(self):
        """:return: whether the salesperson has not called yet: silence is none then"""
        self.ensure_one()
        return any(
            reminder.activity_id.active
            for reminder in self.reminder_ids
            if reminder.round_id.number == self.round
        )

    def _remind(self, levels):
        """Ask once more, by mail or through the salesperson, and wait again.

        :param dict levels: complaint → reminders so far
        """
        rounds = {r.complaint_id: r for r in self._get_current_rounds()}
        written = self.filtered(lambda c: c._get_reminder_address())
        vals = []
        for complaint in self:
            activity = complaint not in written and complaint._ask_salesperson_to_call()
            vals.append(
                {
                    "complaint_id": complaint.id,
                    "round_id": rounds[complaint].id,
                    "level": levels[complaint] + 1,
                    "way": "activity" if activity else "mail",
                    "activity_id": activity and activity.id,
                }
            )
        # Trusted: reminders are made here only
        reminders = self.env["complaint.reminder"].with_context(complaint_transition=TRUSTED)
        reminders.create(vals)
        written._send_reminders(levels)
        self._wait_for_answer()

    def _get_reminder_address(self):
        """:return: the customer's e-mail address, as the letters to him use it"""
        self.ensure_one()
        person = self.contact_id or self.partner_id
        return person.email if person else self.email_from

    def _send_reminders(self, levels):
        """Queue one mail per complaint: the last one announces the end."""
        last = self.filtered(
            lambda c: levels[c] + 1 >= max(c.company_id.complaint_reminder_count, 2)
        )
        for xmlid, complaints in ((ASKING, self - last), (ANNOUNCING_THE_END, last)):
            template = self.env.ref(xmlid, raise_if_not_found=False)
            if template and complaints:
                values = {"headers": repr(AUTOMATIC_HEADERS)}
                template.send_mail_batch(complaints.ids, force_send=False, email_values=values)

    def _ask_salesperson_to_call(self):
        """:return: the activity of whoever calls a customer without e-mail"""
        self.ensure_one()
        return self.activity_schedule(
            "mail.mail_activity_data_call",
            summary=self.env._("Ask the customer whether it is settled"),
            user_id=self._get_reminding_user().id,
        )

    def _get_reminding_user(self):
        """:return: the salesperson, else who is there in his place"""
        self.ensure_one()
        people = self.user_id | self.lead_user_id | self.team_id.user_id | self.create_uid
        fitting = people.filtered("active") - self._get_concerned_users()
        return fitting[:1] or self.env.user

    def _note_reminder_failure(self, error):
        """Tell the salesperson that nothing happens by itself any more; not tried again (T14)."""
        self.ensure_one()
        self._stop_waiting()
        self.activity_schedule(
            "mail.mail_activity_data_warning",
            summary=self.env._("Ask the customer and close by hand"),
            note=self.env._("The customer could not be reminded by itself: %s", error),
            user_id=self._get_reminding_user().id,
        )
