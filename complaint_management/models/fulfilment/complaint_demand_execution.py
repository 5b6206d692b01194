from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..complaint.complaint_complaint import OVER_STATES, UNREGISTERED_STATES


class ComplaintDemandExecution(models.Model):
    """One press carries an accepted request out (R37, R39).

    Each way is a method ``_execute_<remedy_kind>``: another addon adds one selection value and one
    method. It is called for one request after everything was checked, makes only what no living
    document stands for, and returns what it made.
    """

    _inherit = "complaint.demand"

    can_execute = fields.Boolean(compute="_compute_can_execute")

    @api.depends("state", "remedy_kind", "complaint_id.state", "document_summary")
    @api.depends_context("uid")
    def _compute_can_execute(self):
        writable = self.filtered("id")._filtered_access("write")
        for demand in self:
            demand.can_execute = (
                demand in writable
                and not demand._get_execution_obstacle()
                and demand._has_something_to_make()
            )

    def _get_execution_obstacle(self):
        """Why it cannot be carried out now; hides the button and guards the verb.

        :return: translated sentence that says what to do, or an empty text
        """
        self.ensure_one()
        complaint = self.complaint_id
        if complaint.state in UNREGISTERED_STATES:
            return self.env._("Register %s first.", complaint.display_name)
        if complaint.state in OVER_STATES:
            return self.env._(
                "%s is over, its decisions stand. Reopen it to decide anew.", complaint.name
            )
        if self.state != "accepted":
            return self.env._("Accept “%s” before you carry it out.", self.display_name)
        if not self._get_executor():
            return self.env._(
                "“%s” makes no document: press Done when it is fulfilled.", self.display_name
            )
        return ""

    def _get_making_obstacle(self):
        """What else forbids it, and is too dear to be asked for a mere button: accounts.

        :return: translated sentence that says what to do, or an empty text
        """
        self.ensure_one()
        return ""

    def _get_executor(self):
        """:return: the method for its way, or None where nothing is made"""
        self.ensure_one()
        return getattr(self, f"_execute_{self.remedy_kind}", None)

    def _has_something_to_make(self):
        """:return: whether pressing would make anything that is not there yet"""
        self.ensure_one()
        if not self._get_living_documents():
            return True
        return any(line._get_remaining_quantity() for line in self._get_lines_to_meet())

    def action_execute(self):
        """Make the documents that meet the requests, one press for each or for many (R37).

        Pressing twice makes nothing new; what was cancelled is made again.

        :return: action that opens what was made, where it is one document the user may read;
            else one that tells its name; True where nothing was made
        :raise AccessError: without write access to the request
        :raise UserError: when a request cannot be carried out, saying what to do
        """
        self.check_access("write")
        self._check_case_open()
        self.complaint_id._check_seen_version()
        self._lock_for_execution()
        made = []
        # What is made moves the version on: it was looked at once
        for demand in self.with_context(seen_version=None):
            obstacle = demand._get_execution_obstacle() or demand._get_making_obstacle()
            if obstacle:
                raise UserError(obstacle)
            demand._fill_lines()
            demand._check_promise(demand.state)
            made += demand._execute()
        return self._open_documents(made)

    def _lock_for_execution(self):
        """Two presses at the same moment come one after the other (T17)."""
        self.env.execute_query(
            SQL("SELECT id FROM complaint_demand WHERE id IN %s ORDER BY id FOR UPDATE", self._ids)
        )
        self.invalidate_recordset()

    def _execute(self):
        """Carry one request out; callers checked everything.

        :return: list of single records that were made
        """
        self.ensure_one()
        result = self._get_executor()()
        if not isinstance(result, list | tuple):
            result = [result]
        made = [record for records in result if records for record in records]
        self.complaint_id._bump_version()
        if made:
            self._note_execution(made)
        self._follow_documents()
        return made

    def _note_execution(self, made):
        """Say in the chatter what was made."""
        # sudo: a note about documents the writer may not be allowed to read; names only
        self.sudo().complaint_id._message_log(
            body=self.env._(
                "“%(request)s” is carried out: %(documents)s",
                request=self.display_name,
                documents=", ".join(record.sudo().display_name for record in made),
            )
        )

    def _open_documents(self, made):
        """:param list made: single records
        :return: action opening the one document the user may read, else telling what was made;
            True where nothing was
        """
        if not made:
            return True
        record = self.env[made[0]._name].browse(made[0].id)
        if len(made) > 1 or not self._may_open(record):
            return self._tell_documents(made)
        return {
            "type": "ir.actions.act_window",
            "res_model": record._name,
            "res_id": record.id,
            "views": [(False, "form")],
            "view_mode": "form",
        }

    @api.model
    def _tell_documents(self, made):
        """:return: action that names what was made, as the chatter does, and shows the case anew"""
        # sudo: names only, of what the caller just made; not all of it may be his to read
        names = ", ".join(record.sudo().display_name for record in made)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("Carried out: %s", names),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    @api.model
    def _may_open(self, record):
        """:return: whether the user may see the form of a document, not only its name

        Core lets salespeople read entries, but not the payments that their form shows.
        """
        entry = record._name == "account.move"
        return record.has_access("read") and (
            not entry or self.env["account.payment"].has_access("read")
        )
