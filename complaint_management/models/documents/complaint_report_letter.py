from odoo import api, fields, models

# What is done for the customer himself, and told in a letter to him.
REMEDY_KINDS = ("correction", "followup")


class ComplaintReportLetter(models.Model):
    """The short letter: what the customer gets and when, first of all, on one page (practice)."""

    _inherit = "complaint.report"

    @api.model
    def _get_titles_letter(self):
        """Sections of the letter; opening and closing are printed without their titles."""
        return {
            "opening": self.env._("Opening"),
            "remedy": self.env._("What we do for you"),
            "cause": self.env._("What happened"),
            "measures": self.env._("So that it does not happen again"),
            "closing": self.env._("Closing"),
        }

    def _get_bodies_letter(self):
        complaint = self._get_safe_complaint()
        measures = complaint._get_print_measures("corrective") + complaint._get_print_measures(
            "preventive"
        )
        return {
            "opening": self._get_text_letter_opening(),
            "remedy": self._get_text_remedy(complaint),
            "cause": self._get_text_letter_cause(complaint),
            "measures": self._join_measures(measures),
            "closing": self._get_text_letter_closing(),
        }

    def _get_text_letter_opening(self):
        """One sentence of sympathy, no statement of liability."""
        return "\n".join(
            (
                self.env._("Dear %s,", self.partner_id.name or ""),
                self.env._(
                    "We are sorry for the trouble you had, and thank you for telling us at once."
                ),
            )
        )

    def _get_text_letter_cause(self, complaint):
        """What was proven, else the facts; a letter tells no guesses.

        :param complaint: as returned by :meth:`_get_safe_complaint`
        """
        if complaint.cause_ids.filtered(lambda c: c.state == "verified"):
            return complaint._get_print_cause_text()
        return complaint._get_print_investigation()

    def _get_text_remedy(self, complaint):
        """Answers to the requests, and what is done for the customer with its day.

        :param complaint: as returned by :meth:`_get_safe_complaint`
        :return: plain text, one remedy a line; what has a day says it first
        """
        answers = [
            demand._get_customer_answer_text()
            or self.env._(
                "%(request)s: %(state)s",
                request=demand.name or complaint._get_print_label(demand, "kind"),
                state=complaint._get_print_label(demand, "state").lower(),
            )
            for demand in complaint.demand_ids
            if demand.state != "cancelled" and (demand.answer or demand.state != "open")
        ]
        days = []
        for action in complaint.action_ids.filtered(
            lambda a: a.kind in REMEDY_KINDS and a.state != "cancelled"
        ):
            done = action.state == "done" and action.date_done
            if action.kind == "followup" and not done:
                continue
            day = complaint._get_print_day(self._get_remedy_day(action))
            days.append(f"{day}: {action.name}" if day else action.name)
        return "\n".join(days + answers)

    @staticmethod
    def _get_remedy_day(action):
        """:return: when it was done, when we come, else until when"""
        done = action.state == "done" and action.date_done
        if done and done <= fields.Datetime.now():
            return done
        return action.visit_date or action.deadline

    def _get_text_letter_closing(self):
        """A thank-you that invites an answer, and our name."""
        return self.env._(
            "If anything remains open, please call us: we will take care of it at once. Thank you "
            "for your trust."
        )
