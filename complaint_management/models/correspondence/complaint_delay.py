from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import html2plaintext

from .complaint_rhythm import TELLING_STATES


class ComplaintDelay(models.Model):
    """A date the customer counts on is moved or missed: he hears of it, with the new one (R65).

    ``complaint_delay_causes`` notices; the salesperson gets a to-do and one question: the new date.
    It becomes a promise, and the letter about the delay goes out with it.
    """

    _inherit = "complaint.complaint"

    has_delay = fields.Boolean(
        "New date to tell",
        readonly=True,
        copy=False,
        help="A date the customer counts on was moved or missed, and he was not told yet.",
    )
    delay_deadline = fields.Datetime("New date", readonly=True, copy=False)

    @api.model
    def _get_verb_fields(self):
        return super()._get_verb_fields() | {"has_delay", "delay_deadline"}

    def _get_letter(self):
        """:return: which letter fits now; a new date comes before where we stand"""
        letter = super()._get_letter()
        return "delay" if self.has_delay and letter == "progress" else letter

    # ------------------------------------------------------------
    # Noticing
    # ------------------------------------------------------------
    def _note_delay(self, deadline=None):
        """Dates were moved or missed: propose to tell the customers.

        :param deadline: ``datetime`` (UTC) it was moved to, where there is one
        """
        # sudo: the job or a manager moved the date; what follows is not theirs to write
        delayed = self.sudo().filtered(lambda c: c.state in TELLING_STATES)
        if delayed:
            known = deadline and deadline > fields.Datetime.now()
            delayed._write_trusted({"has_delay": True, "delay_deadline": known and deadline})
            delayed._ask_to_tell()

    def _get_telling_summary(self):
        """:return: translated summary of the to-do; a new date comes before where we stand"""
        if self.has_delay:
            return self.env._("Tell the customer the new date")
        return super()._get_telling_summary()

    def _get_telling_note(self):
        """:return: translated note of the to-do: the button that asks for the new date"""
        if self.has_delay:
            return self.env._(
                "Open the complaint and press “Tell the New Date…”, or write or call yourself: "
                "every message to the customer closes this."
            )
        return super()._get_telling_note()

    def _stop_progress(self):
        """Where the work is over, so is the delay."""
        result = super()._stop_progress()
        self._end_delay()
        return result

    def _end_delay(self):
        """The customer knows, or need not."""
        delayed = self.filtered("has_delay")
        if delayed:
            # sudo: callers have checked
            delayed.sudo()._write_trusted({"has_delay": False, "delay_deadline": False})

    # ------------------------------------------------------------
    # Telling
    # ------------------------------------------------------------
    def action_tell_delay(self):
        """:return: action of the wizard that asks for the new date and tells it
        :raise AccessError: for those who may only read the complaint
        """
        self.ensure_one()
        self.check_access("write")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Tell the customer the new date"),
            "res_model": "complaint.delay.wizard",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_complaint_id": self.id,
                "default_deadline": self.delay_deadline or False,
            },
        }

    def _promise_new_date(self, what, deadline):
        """Record the new date as a promise, unless it is one already. It is still to be told.

        :param str what: what the customer gets then, in words he may read
        :param deadline: ``datetime`` (UTC)
        :return: the ``complaint.promise``
        :raise UserError: for a date that is over
        """
        self.ensure_one()
        if deadline <= fields.Datetime.now():
            raise UserError(self.env._("Choose a new date that is still to come."))
        same = self.promise_ids.filtered(
            lambda p: p.state == "open" and p.deadline == deadline and p.name == what
        )
        promise = same[:1] or self.env["complaint.promise"].create(
            {"complaint_id": self.id, "name": what, "deadline": deadline}
        )
        if self.has_delay:
            self._write_trusted({"delay_deadline": deadline})
        return promise

    def _notify_thread(self, message, msg_vals=False, **kwargs):
        """A message that says the new date ends the delay; a letter merely opened does not."""
        recipients = super()._notify_thread(message, msg_vals=msg_vals, **kwargs)
        if len(self) == 1 and self.has_delay and self._is_answer(message, recipients):
            # sudo: the message that is being sent
            self._note_new_date_told(html2plaintext(message.sudo().body or ""))
        return recipients

    def _note_new_date_told(self, text):
        """The customer got ``text``: he knows, if the promised new date stands in it."""
        self.ensure_one()
        # sudo: callers have checked; promises are looked at, not shown
        complaint = self.sudo()
        deadline = complaint.delay_deadline
        promised = complaint.promise_ids.filtered(
            lambda p: p.state == "open" and p.deadline == deadline
        )
        if not (complaint.has_delay and promised):
            return
        localized = complaint.with_context(lang=complaint._get_document_lang())
        if _squeeze(localized._get_print_day(deadline)) in _squeeze(text):
            complaint._end_delay()


def _squeeze(text):
    """:return: ``text`` without spaces, which letters and browsers break and join"""
    return "".join((text or "").split())
