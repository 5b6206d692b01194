import logging

from psycopg2 import OperationalError

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..models.documents.complaint_report import REPORT_KINDS

_logger = logging.getLogger(__name__)

# Documents made in one request: each request is a transaction of its own, kept once it is answered.
STEP = 5


class ComplaintReportBatch(models.TransientModel):
    """Generate documents for many complaints, a few a request, with progress (R44).

    The browser asks for one step after the other; what is done stays done, whatever happens to the
    next. A complaint that cannot be done is named and stops no other. Started again with the same
    complaints, finished documents are left alone and drafts brought up to date.
    """

    _name = "complaint.report.batch"
    _description = "Generate Documents"

    kind = fields.Selection(
        [("wanted", "As each customer wants it"), *REPORT_KINDS],
        "Document",
        required=True,
        default="wanted",
    )
    state = fields.Selection(
        [("draft", "Choose"), ("running", "Being generated"), ("done", "Done")],
        required=True,
        default="draft",
        readonly=True,
    )
    line_ids = fields.One2many("complaint.report.batch.line", "batch_id", "Complaints")
    total = fields.Integer("Complaints in all", compute="_compute_progress")
    finished = fields.Integer(compute="_compute_progress")
    failed = fields.Integer(compute="_compute_progress")
    progress = fields.Float(compute="_compute_progress")

    @api.depends("line_ids.state")
    def _compute_progress(self):
        for batch in self:
            states = batch.line_ids.mapped("state")
            batch.total = len(states)
            batch.finished = len(states) - states.count("waiting")
            batch.failed = states.count("failed")
            batch.progress = 100 * batch.finished / len(states) if states else 0

    @api.model
    def default_get(self, fields_list):
        """Take the complaints that are selected in the list."""
        values = super().default_get(fields_list)
        if (
            "line_ids" in fields_list
            and self.env.context.get("active_model") == "complaint.complaint"
        ):
            complaints = self.env["complaint.complaint"].browse(
                self.env.context.get("active_ids") or ()
            )
            complaints = complaints.exists()._filtered_access("write")
            values["line_ids"] = [
                Command.create({"complaint_id": complaint.id}) for complaint in complaints
            ]
        return values

    # ------------------------------------------------------------
    # Verbs
    # ------------------------------------------------------------
    def action_start(self):
        """Begin, or begin again with what failed.

        :return: action that shows the progress
        :raise UserError: without a complaint the user may edit
        """
        self.ensure_one()
        if not self.line_ids:
            raise UserError(
                self.env._("None of the selected complaints may be edited by you: nothing to do.")
            )
        self.line_ids.filtered(lambda line: line.state == "failed").state = "waiting"
        self.state = "running"
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Generate Documents"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "view_mode": "form",
            "target": "new",
            "context": {"dialog_size": "extra-large"},
        }

    def action_step(self):
        """Do the next few; the browser calls it until there is nothing left.

        :return: whether there is more to do
        """
        self.ensure_one()
        if self.state != "running":
            return False
        waiting = self.line_ids.filtered(lambda line: line.state == "waiting")
        for line in waiting[:STEP]:
            line._generate()
        if len(waiting) <= STEP:
            self.state = "done"
        return self.state == "running"

    def action_open_reports(self):
        """:return: action that lists the documents"""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "complaint_management.complaint_report_action"
        )
        return {**action, "domain": [("id", "in", self.line_ids.report_id.ids)]}


class ComplaintReportBatchLine(models.TransientModel):
    """One complaint of a batch: its document, or why there is none."""

    _name = "complaint.report.batch.line"
    _description = "Complaint to Document"

    batch_id = fields.Many2one("complaint.report.batch", required=True, ondelete="cascade")
    complaint_id = fields.Many2one("complaint.complaint", required=True, ondelete="cascade")
    state = fields.Selection(
        [
            ("waiting", "Waiting"),
            ("done", "Generated"),
            ("kept", "Left as it is"),
            ("failed", "Failed"),
        ],
        required=True,
        default="waiting",
        readonly=True,
    )
    report_id = fields.Many2one("complaint.report", "Document", ondelete="set null", readonly=True)
    message = fields.Char("Why", readonly=True)

    def _generate(self):
        """Make or update one document in a savepoint; what is refused is written down."""
        self.ensure_one()
        try:
            with self.env.cr.savepoint():
                self.write(self._prepare_result_vals())
        except UserError as error:
            self.write({"state": "failed", "message": str(error)})
        except OperationalError:
            raise  # the whole request is tried again
        except Exception:
            _logger.exception("No document for complaint %s", self.complaint_id.id)
            self.write(
                {
                    "state": "failed",
                    "message": self.env._(
                        "An unexpected error, see the server's log. Open the complaint and "
                        "generate its document there."
                    ),
                }
            )

    def _prepare_result_vals(self):
        """Values of the finished line; called by :meth:`_generate`."""
        complaint = self.complaint_id
        complaint.check_access("write")
        kind = self.batch_id.kind
        if kind == "wanted":
            kind = complaint.report_kind
        finished = complaint._get_finished_report(kind)
        if finished:
            message = self.env._("%s is approved already.", finished.name)
            return {"state": "kept", "report_id": finished.id, "message": message}
        return {"state": "done", "report_id": complaint._generate_report(kind).id, "message": False}
