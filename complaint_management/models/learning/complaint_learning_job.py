from odoo import api, fields, models
from odoo.fields import Domain
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

from ..complaint.batches import in_batches, run_isolated
from ..handling.complaint_action import MEASURE_KINDS, OPEN_STATES

BATCH_SIZE = 100


class ComplaintAction(models.Model):
    """The job that compares: new complaints with measures and with each other, measures with what
    came since, and checks whose day has come (R43, R53, T14).

    It selects by state, each batch is a transaction of its own with its marks, its to-dos and its
    end: killed and started again it goes on where it stopped. Rows unique in the database see to it
    that nobody is told twice. What fails is kept back until it changes, and said in its chatter.
    """

    _inherit = "complaint.action"

    @api.model
    def _cron_learn(self, batch_size=BATCH_SIZE):
        """Compare what is due; woken, else every quarter of an hour.

        :param int batch_size: records per transaction
        """
        complaints = self.env["complaint.complaint"]
        steps = (
            (complaints._search_comparing_due, type(complaints)._compare_due),
            (self._search_comparison_due, type(self)._compare_due),
            (self._search_check_due, type(self)._make_checks),
        )
        for search, method in steps:
            due = search()
            # Nothing left: the job's own progress stays as it is
            for batch in in_batches(due, batch_size) if due else ():
                self._run_learning(batch, method)

    @api.model
    def _run_learning(self, batch, method):
        """Run one step on a batch; what another transaction changed just now stays due."""
        for record, error in run_isolated(batch, method):
            record.invalidate_recordset()
            if not isinstance(error, PG_CONCURRENCY_EXCEPTIONS_TO_RETRY):
                record._hold_back_learning(error)

    @api.model
    def _search_comparison_due(self):
        """:return: measures that changed, and those whose windows grew since they were compared"""
        changed = Domain("comparison_due", "=", True)
        growing = (
            Domain("has_clean_point", "=", True)
            & Domain("compared_fully", "=", False)
            & (
                Domain("date_compared", "=", False)
                | Domain("date_compared", "<", fields.Date.context_today(self))
            )
        )
        return self.search(changed | growing, order="id")

    def _compare_due(self):
        """Find what speaks against these measures, then count."""
        self._confront(actions=self)
        self._compare()

    def _hold_back_learning(self, error):
        """What cannot be compared waits until it changes; its case says so."""
        self.ensure_one()
        today = self.complaint_id._get_company_day(fields.Datetime.now())
        self._write_trusted({"comparison_due": False, "date_compared": today})
        self.complaint_id._note_learning_failure(self.name, error)

    # ------------------------------------------------------------
    # Checks whose day has come
    # ------------------------------------------------------------
    @api.model
    def _search_check_due(self):
        """:return: finished measures nobody judged, whose day has come and which no open check of
        effect looks at
        """
        open_check = [("kind", "=", "verification"), ("state", "in", OPEN_STATES)]
        return self.search(
            [
                ("kind", "in", MEASURE_KINDS),
                ("state", "=", "done"),
                ("effectiveness", "=", "pending"),
                ("check_date", "<=", fields.Date.context_today(self)),
                ("check_action_id", "=", False),
                ("complaint_id.action_ids", "not any", open_check),
                ("complaint_id.state", "!=", "cancelled"),
                ("complaint_id.outcome", "!=", "duplicate"),
            ],
            order="id",
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

    def _hold_back_learning(self, error):
        """What cannot be compared waits until it changes; its case says so."""
        self._write_trusted({"comparing_due": False})
        self._note_learning_failure(self.name, error)

    def _note_learning_failure(self, name, error):
        self._message_log(
            body=self.env._(
                "“%(what)s” could not be compared with what came before and after: %(error)s",
                what=name,
                error=error,
            )
        )
