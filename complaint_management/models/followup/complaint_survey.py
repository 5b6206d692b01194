from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import email_normalize

from ..complaint.batches import in_batches, run_isolated

BATCH_SIZE = 50
SURVEY = "complaint_management.mail_template_survey"
# It was no case of his, or he took it back: there is nothing to ask.
UNASKED_OUTCOMES = ("duplicate", "withdrawn")


class ComplaintSurvey(models.Model):
    """Some days after closing the customer is asked how satisfied he is, seldom enough (R50, R69).

    ``date_survey`` says when; it is emptied when the job has asked or left it out, so that an
    outage asks nobody twice. One person is asked once in the company's number of days, however many
    complaints he has.
    """

    _inherit = "complaint.complaint"

    date_survey = fields.Datetime(
        "Ask for satisfaction on", readonly=True, copy=False, index="btree_not_null"
    )
    date_surveyed = fields.Datetime(
        "Asked for satisfaction", readonly=True, copy=False, index="btree_not_null"
    )

    @api.model
    def _get_verb_fields(self):
        return super()._get_verb_fields() | {"date_survey", "date_surveyed"}

    # ------------------------------------------------------------
    # Starting and stopping
    # ------------------------------------------------------------
    def _after_close(self):
        result = super()._after_close()
        self._plan_survey()
        return result

    def _after_reopen(self):
        result = super()._after_reopen()
        # sudo: the stamp is the machine's
        self.filtered("date_survey").sudo()._write_trusted({"date_survey": False})
        return result

    def _plan_survey(self):
        """Set when the customers are asked, and wake the job then; calendar days are his."""
        cron = self.env.ref("complaint_management.ir_cron_survey", raise_if_not_found=False)
        asked = self.filtered(lambda c: c._is_surveyed())
        # sudo: a setting of the company, to whoever closes
        for company, complaints in asked.sudo().grouped("company_id").items():
            due = fields.Datetime.now() + timedelta(days=company.complaint_survey_days)
            complaints._write_trusted({"date_survey": due})
            if cron:
                # sudo: waking a job is no right of users
                cron.sudo()._trigger(due)

    def _is_surveyed(self):
        """:return: whether this customer is to be asked at all"""
        self.ensure_one()
        # sudo: a setting of the company, to whoever closes
        return (
            self.sudo().company_id.complaint_survey_days
            and self.outcome not in UNASKED_OUTCOMES
            and (not self.category_id or self.category_id.is_complaint)
            and not self._get_round_rating().consumed
        )

    # ------------------------------------------------------------
    # The job
    # ------------------------------------------------------------
    @api.model
    def _get_survey_domain(self):
        """:return: domain of complaints whose customers are asked now, by state (T14)"""
        return Domain("state", "=", "closed") & Domain("date_survey", "<=", fields.Datetime.now())

    @api.model
    def _cron_survey(self, batch_size=BATCH_SIZE):
        """Ask customers how satisfied they are.

        :param int batch_size: complaints per transaction
        """
        due = self.search(self._get_survey_domain(), order="date_survey, id")
        for batch in in_batches(due, batch_size):
            for complaint, _error in run_isolated(batch, type(self)._survey):
                # Not tried again: a survey is not worth a second failure. The log says why
                complaint._write_trusted({"date_survey": False})

    def _survey(self):
        """Send what is due, to each person at most once."""
        due = self.filtered_domain(self._get_survey_domain())
        asked, seen = self.browse(), due._get_surveyed_people()
        for complaint in due:
            person = complaint._get_survey_person()
            if person in seen or complaint._get_round_rating().consumed:
                continue
            asked += complaint
            if complaint.company_id.complaint_survey_gap_days:
                seen.add(person)
        sent = asked._send_automatic(SURVEY)
        due._write_trusted({"date_survey": False})
        sent._write_trusted({"date_surveyed": fields.Datetime.now()})

    def _get_survey_person(self):
        """:return: what tells one person from another: his address"""
        self.ensure_one()
        return email_normalize(self._get_reminder_address() or "")

    def _get_surveyed_people(self):
        """:return: set of the people who were asked lately, by the longest gap of the companies"""
        days = max(self.company_id.mapped("complaint_survey_gap_days"), default=0)
        since = fields.Datetime.now() - timedelta(days=days)
        lately = self.search([("date_surveyed", ">", since)]) if days else self.browse()
        return {complaint._get_survey_person() for complaint in lately}
