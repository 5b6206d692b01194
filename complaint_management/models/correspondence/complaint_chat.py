from odoo import models

from ..complaint.complaint_complaint import OVER_STATES

# Moments at which a short text goes into a chat; each has its ``_get_chat_<moment>``.
MOMENTS = [
    ("acknowledgement", "We have it"),
    ("progress", "Where we stand"),
    ("delay", "A new date"),
    ("offer", "Our proposal"),
    ("decline", "What we cannot do"),
    ("confirmation", "Is it settled?"),
    ("thanks", "Thanks"),
]
MAX_WORDS = 120


class ComplaintChat(models.Model):
    """Short plain texts to paste into WeChat or WhatsApp (practice: *why salespeople refuse*).

    The same facts as the letters, in the customer's language; nothing internal, no link.
    """

    _inherit = "complaint.complaint"

    def action_open_chat_text(self):
        """:return: action of the window with the text that fits now
        :raise AccessError: for those who may only read the complaint
        """
        self.ensure_one()
        self.check_access("write")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Text for Chat"),
            "res_model": "complaint.chat.wizard",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_complaint_id": self.id},
        }

    def _log_chat(self, text):
        """Note what the user sent in a chat: an answer of a person while the case is open.

        :param str text: plain text
        :raise AccessError: for those who may only read the complaint
        """
        self.ensure_one()
        self.check_access("write")
        self._log_contact([self.env._("Sent to the customer in a chat:")], text)
        if self.state not in OVER_STATES:
            self._stamp_response()
            self._note_new_date_told(text)

    def _get_chat_moment(self):
        """:return: key of ``MOMENTS`` that fits now, as the letters have it"""
        letter = self._get_letter()
        return letter if letter in dict(MOMENTS) else "progress"

    def _get_chat_text(self, moment):
        """:param str moment: key of ``MOMENTS``
        :return: plain text in the customer's language
        """
        self.ensure_one()
        complaint = self.with_context(lang=self._get_document_lang())
        lines = [complaint._get_chat_greeting(), *getattr(complaint, f"_get_chat_{moment}")()]
        return "\n".join(filter(None, [*lines, complaint._get_chat_signature()]))

    def _get_chat_greeting(self):
        name = self.contact_id.name or self.partner_id.name or self.complainant_name
        return self.env._("Hello %s,", name) if name else self.env._("Hello,")

    def _get_chat_signature(self):
        return ", ".join(filter(None, [self._get_letter_sender().name, self.company_id.name]))

    # ------------------------------------------------------------
    # What each says: a list of lines
    # ------------------------------------------------------------
    def _get_chat_acknowledgement(self):
        words = " ".join(self._get_print_words().split())
        if len(words) > MAX_WORDS:
            words = words[:MAX_WORDS].rstrip() + "…"
        return [
            self.env._("we have your complaint, our number is %s. We are sorry.", self.name),
            self.env._("We noted: “%s”. Is that right?", words) if words else "",
            self._get_chat_date() or self.env._("You hear from us soon."),
        ]

    def _get_chat_progress(self):
        return [
            self.env._("about your complaint %s: we are working on it.", self.name),
            *self._get_chat_answers(("offered", "accepted", "done")),
            self._get_chat_date(),
            self.env._("If you need anything before, write to me here."),
        ]

    def _get_chat_delay(self):
        promises = self.promise_ids.filtered(lambda p: p.state == "open")
        return [
            self.env._(
                "about your complaint %s: we need longer than we told you. We are sorry.", self.name
            ),
            *(f"• {p.name}: {self._get_print_day(p.deadline)}" for p in promises),
            "" if promises else self._get_chat_new_date(),
            self.env._("If that causes you difficulties, call me: we will find a way."),
        ]

    def _get_chat_offer(self):
        return [
            self.env._("about your complaint %s, we propose:", self.name),
            *self._get_chat_answers(("offered", "accepted")),
            self.env._("Do you agree? A short yes is enough, and we start at once."),
        ]

    def _get_chat_decline(self):
        return [
            self.env._("about your complaint %s: this we cannot meet as you asked.", self.name),
            *self._get_chat_answers(("declined",)),
            self.env._("If there is something we do not know yet, tell me: we look at it again."),
        ]

    def _get_chat_confirmation(self):
        return [
            self.env._("about your complaint %s: we have done what we agreed.", self.name),
            *self._get_chat_answers(("accepted", "done")),
            self.env._("Is everything settled? A short answer is enough."),
        ]

    def _get_chat_thanks(self):
        return [
            self.env._("your complaint %s is settled. Once more, we are sorry.", self.name),
            self.env._("Thank you for your trust: you showed us where we have to get better."),
            *self._get_thanks_lines(),
        ]

    def _get_chat_new_date(self):
        """:return: sentence with the day something was moved to, never the one that is missed"""
        if not self.delay_deadline:
            return self.env._("I will tell you the new date within one working day.")
        return self.env._("The new date is %s.", self._get_print_day(self.delay_deadline))

    def _get_chat_answers(self, states):
        """:return: a line for each request with one of the states, with our answer to it"""
        requests = self.demand_ids.filtered(lambda d: d.state in states)
        texts = [(d.display_name, d._get_customer_answer_text()) for d in requests]
        return [f"• {': '.join(filter(None, text))}" for text in texts]

    def _get_chat_date(self):
        """:return: sentence with the day of our answer, or an empty string"""
        if not self.report_deadline or self.date_reported or self.is_overdue:
            return ""
        return self.env._(
            "You will have our answer by %s.", self._get_print_day(self.report_deadline)
        )
