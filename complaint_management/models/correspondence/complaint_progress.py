from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..complaint.batches import in_batches, run_isolated
from .complaint_letters import LETTER
from .complaint_rhythm import TELLING_STATES

BATCH_SIZE = 50


class ComplaintProgress(models.Model):
    """Nobody has to remember to keep the customer informed (R42, T14).

    When it is time and no person wrote, the salesperson gets a to-do, and the form a button that
    sends the proposed letter; where the company chose so, the machine writes what it may: how the
    work goes on. What asks or tells him more is a person's letter.
    """

    _inherit = "complaint.complaint"

    is_telling_due = fields.Boolean(compute="_compute_is_telling_due")

    @api.depends("date_next_progress", "activity_ids.complaint_until", "activity_ids.active")
    def _compute_is_telling_due(self):
        now = fields.Datetime.now()
        for complaint in self:
            # sudo: the to-do may be a colleague's
            asked = complaint.sudo().activity_ids.filtered(lambda a: a.complaint_until == "told")
            moment = complaint.date_next_progress
            complaint.is_telling_due = bool(asked or (moment and moment <= now))

    # ------------------------------------------------------------
    # One press
    # ------------------------------------------------------------
    def action_send_progress(self):
        """Send the customer the letter about where we stand, as it is proposed.

        :raise AccessError: for those who may only read the complaint
        :raise UserError: when the work is over, or nobody can be written to
        """
        self.ensure_one()
        self.check_access("write")
        if self.state not in TELLING_STATES:
            raise UserError(self.env._("%s: there is no work to report on.", self.name))
        self._send_letter("progress")

    def _send_letter(self, letter):
        """Send a letter as the composer proposes it; it is the user's own, and an answer.

        :param str letter: the end of a template's name after ``mail_template_``
        :raise UserError: without an address, or when the letter was deleted
        """
        self.ensure_one()
        template = self.env.ref(LETTER % letter, raise_if_not_found=False)
        if not template:
            raise UserError(self.env._("This letter was deleted: write to the customer yourself."))
        if not self._get_reminder_address():
            raise UserError(
                self.env._("The customer has no e-mail address: call him and log the call.")
            )
        composer = self.env["mail.compose.message"].with_context(
            **self._prepare_letter_context(template)
        )
        composer.create({})._action_send_mail()

    # ------------------------------------------------------------
    # The job
    # ------------------------------------------------------------
    @api.model
    def _get_progress_domain(self):
        """:return: domain of complaints whose customer should hear from us now (T14)"""
        return Domain("state", "in", TELLING_STATES) & Domain(
            "date_next_progress", "<=", fields.Datetime.now()
        )

    @api.model
    def _cron_tell_progress(self, batch_size=BATCH_SIZE):
        """See to it that customers hear from us; selects by state, so an outage sends no two.

        :param int batch_size: complaints per transaction
        """
        due = self.search(self._get_progress_domain(), order="date_next_progress, id")
        for batch in in_batches(due, batch_size):
            for complaint, _error in run_isolated(batch, type(self)._tell_progress):
                # The next time is a new try; the log says what was wrong
                complaint._plan_progress()

    def _tell_progress(self):
        """Write to the customers where the machine may, ask their salespeople for the others."""
        # Somebody may have written since the job read the list
        due = self.filtered_domain(self._get_progress_domain())
        written = due.filtered(lambda c: c._is_told_automatically())
        written = written._send_automatic(LETTER % "progress")
        (due - written)._ask_to_tell()
        due._plan_progress()

    def _is_told_automatically(self):
        """:return: whether a machine may write the letter that fits now"""
        self.ensure_one()
        return (
            self.company_id.complaint_progress_automatic
            and self.date_responded
            and not self.has_delay
            and self._get_letter() == "progress"
        )

    def _ask_to_tell(self):
        """Give salespeople a to-do where there is none yet; talking to the customer closes it."""
        # sudo: a colleague's to-do counts as well, and the job or a manager may not read it
        asked = self.filtered(
            lambda c: any(a.complaint_until == "told" for a in c.sudo().activity_ids)
        )
        # Without a mail to whoever gets it: it is in his list, and he has mails enough
        activities = self.env["mail.activity"].sudo()
        activities.with_context(mail_activity_quick_update=True).create(
            [complaint._prepare_telling_vals() for complaint in self - asked]
        )

    def _prepare_telling_vals(self):
        """Values of the salesperson's to-do; called by :meth:`_ask_to_tell`."""
        self.ensure_one()
        user = self._get_reminding_user()
        # In his language: a job asks, or whoever moved a date
        asking = self.with_context(lang=user.lang)
        return {
            "activity_type_id": self.env["ir.model.data"]._xmlid_to_res_id(
                "mail.mail_activity_data_email"
            ),
            "summary": asking._get_telling_summary(),
            "note": asking._get_telling_note(),
            "user_id": user.id,
            "date_deadline": fields.Date.context_today(self),
            "res_model_id": self.env["ir.model"]._get_id(self._name),
            "res_id": self.id,
            "automated": True,
            "complaint_until": "told",
        }

    def _get_telling_summary(self):
        """:return: translated summary of the to-do: what to tell"""
        return self.env._("Tell the customer where we stand")

    def _get_telling_note(self):
        """:return: translated note of the to-do: what to press"""
        return self.env._(
            "Open the complaint and press “Send Progress”, or write or call yourself: every "
            "message to the customer closes this."
        )
