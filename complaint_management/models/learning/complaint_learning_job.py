from odoo import api, fields, models
from odoo.fields import Domain
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

from ..complaint.batches import in_steps, run_isolated
from ..handling.complaint_action import MEASURE_KINDS, OPEN_STATES

BATCH_SIZE = 100


class ComplaintAction(models.Model):
    """The job that compares: new complaints with measures and with each other, measures with what
    came since, and checks whose day has come (R43, R53, T14).

    It selects by state, each batch is a transaction of its own with its marks, its to-dos and its
    end: killed and started again it goes on where it stopped. Rows unique in the database see to it
    that nobody is told twice. What fails is held back until it changes, and said in its chatter.
    """

    _inherit = "complaint.action"

    comparison_held = fields.Boolean(
        readonly=True, copy=False, help="Comparing failed: it waits until something changes."
    )

    @api.model
    def _get_verb_fields(self):
        return super()._get_verb_fields() | {"comparison_held"}

    @api.model
    def _cron_learn(self, batch_size=BATCH_SIZE):
        """Compare what is due; woken, else every quarter of an hour.

        :param int batch_size: records per transaction
        """
        complaints = self.env["complaint.complaint"]
        compared, measures = type(complaints), type(self)
        steps = (
            (complaints._search_comparing_due, compared._compare_due, compared._hold_comparing),
            (self._search_comparison_due, measures._compare_due, measures._hold_comparison),
            (self._search_check_due, measures._make_checks, measures._hold_check),
        )
        searches = [search for search, _work, _hold in steps]
        for number, batch in in_steps(self.env, searches, batch_size):
            _search, work, hold = steps[number]
            self._run_learning(batch, work, hold)

    @api.model
    def _run_learning(self, batch, work, hold):
        """Run one step on a batch; what another transaction changed just now stays due.

        :param work: method of the batch
        :param hold: method of a record that failed
        """
        for record, error in run_isolated(batch, work):
            record.invalidate_recordset()
            if not isinstance(error, PG_CONCURRENCY_EXCEPTIONS_TO_RETRY):
                # What cannot even be held back stays due, and stops no other either
                run_isolated(record, lambda failed, why=error, hold=hold: hold(failed, why))

    # ------------------------------------------------------------
    # Days
    # ------------------------------------------------------------
    @api.model
    def _get_day_domain(self, field, operator):
        """:return: ``Domain`` comparing a date with today, where the company of each record is"""
        # sudo: a job asks; which day it is somewhere is no secret
        companies = self.env["res.company"].sudo().search([("active", "=", True)])
        by_day = companies.grouped(lambda c: c._get_complaint_day(fields.Datetime.now()))
        return Domain.OR(
            Domain("company_id", "in", there.ids) & Domain(field, operator, day)
            for day, there in by_day.items()
        )

    # ------------------------------------------------------------
    # Measures whose figures changed
    # ------------------------------------------------------------
    @api.model
    def _search_comparison_due(self):
        """:return: measures that changed, and those whose windows grew since they were compared"""
        changed = Domain("comparison_due", "=", True)
        growing = (
            Domain("has_clean_point", "=", True)
            & Domain("compared_fully", "=", False)
            & Domain("comparison_held", "=", False)
            & (Domain("date_compared", "=", False) | self._get_day_domain("date_compared", "<"))
        )
        return self.search(changed | growing, order="id")

    def _compare_due(self):
        """Find what speaks against these measures, then count."""
        self._confront(actions=self)
        self._compare()
        self.filtered("comparison_held")._write_trusted({"comparison_held": False})

    def _hold_comparison(self, error):
        """What cannot be compared waits until it changes; its case says so."""
        self.ensure_one()
        self._write_trusted({"comparison_due": False, "comparison_held": True})
        self.complaint_id._note_learning_failure(self.name, error)

    # ------------------------------------------------------------
    # Checks whose day has come
    # ------------------------------------------------------------
    @api.model
    def _search_check_due(self):
        """:return: finished measures nobody judged as they are now, whose day has come and which no
        open check of effect looks at
        """
        open_check = [("kind", "=", "verification"), ("state", "in", OPEN_STATES)]
        unjudged = Domain("effectiveness", "=", "pending") | Domain("is_refuted", "=", True)
        done = Domain(
            [
                ("kind", "in", MEASURE_KINDS),
                ("state", "=", "done"),
                ("check_action_id", "=", False),
                ("check_held", "=", False),
                ("complaint_id.action_ids", "not any", open_check),
                ("complaint_id.state", "!=", "cancelled"),
            ]
        )
        return self.search(done & unjudged & self._get_day_domain("check_date", "<="), order="id")

    def _hold_check(self, error):
        """A check that cannot be made waits until its measure changes; the case says so."""
        self.ensure_one()
        self._write_trusted({"check_held": True})
        complaint = self.complaint_id._for_lead()
        complaint._message_log(
            body=complaint.env._(
                "No check of effect could be made for “%(measure)s”: %(error)s",
                measure=self.name,
                error=error,
            )
        )


class ComplaintComplaint(models.Model):
    """What of the job concerns complaints."""

    _inherit = "complaint.complaint"

    @api.model
    def _search_comparing_due(self):
        """:return: registered complaints that are new or changed"""
        return self.search(
            [("comparing_due", "=", True), ("date_registered", "!=", False)], order="id"
        )

    def _compare_due(self):
        """Compare these with measures and with each other, then let their flags down."""
        actions = self.env["complaint.action"]
        actions._confront(complaints=self)
        # Figures of measures follow at once: this very run counts them next
        alike = {like.action_id for like in actions._get_likes(complaints=self)}
        rows = self.env["complaint.contradiction"].search([("new_complaint_id", "in", self.ids)])
        (actions.browse(alike) | rows.action_id)._write_trusted({"comparison_due": True})
        self.env["complaint.repetition"]._find(self)
        self._write_trusted({"comparing_due": False})

    def _hold_comparing(self, error):
        """What cannot be compared waits until it changes; its case says so."""
        self._write_trusted({"comparing_due": False})
        self._note_learning_failure(self.name, error)

    def _note_learning_failure(self, name, error):
        complaint = self._for_lead()
        complaint._message_log(
            body=complaint.env._(
                "“%(what)s” could not be compared with what came before and after: %(error)s",
                what=name,
                error=error,
            )
        )
