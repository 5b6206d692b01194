from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import plaintext2html
from odoo.tools.misc import format_datetime

from ..complaint.complaint_complaint import OVER_STATES

CALL_DIRECTIONS = [("outgoing", "We called"), ("incoming", "The customer called")]


class ComplaintContact(models.Model):
    """Talking to the customer: calls and restating, one press each (R9, R11).

    A call is a line in the chatter, with who and when, and the stamp of the first answer.
    """

    _inherit = "complaint.complaint"

    date_restated = fields.Datetime(
        "Restated on",
        readonly=True,
        copy=False,
        help="When the customer first confirmed our summary of his complaint.",
    )
    restated_user_id = fields.Many2one("res.users", "Restated by", readonly=True, copy=False)
    can_log_call = fields.Boolean(compute="_compute_can_log_call")

    @api.depends_context("uid")
    @api.depends("state")
    def _compute_can_log_call(self):
        loggable = self._origin._filtered_access("write")
        for complaint in self:
            complaint.can_log_call = (
                complaint._origin in loggable and complaint.state not in OVER_STATES
            )

    @api.model
    def _get_verb_fields(self):
        return super()._get_verb_fields() | {"date_restated", "restated_user_id"}

    # ------------------------------------------------------------
    # Verbs
    # ------------------------------------------------------------
    def action_log_call(self, direction="outgoing", said=None, restated=False):
        """Log a call with the customer; nothing has to be filled in.

        :param str direction: key of ``CALL_DIRECTIONS``
        :param str said: what was said, plain text
        :param bool restated: the customer confirmed our summary
        :raise AccessError: without write access
        :raise UserError: when the case is over, or for an unknown direction
        """
        self._check_can_log_call()
        if direction not in dict(CALL_DIRECTIONS):
            raise UserError(self.env._("“%s” is no direction of a call.", direction))
        lines = [self._get_call_label(direction)]
        if restated:
            lines.append(self.env._("Summary restated; the customer confirmed it."))
        self._log_contact(lines, said)
        self._stamp_response()
        if restated:
            self._restate()

    def action_log_restated(self):
        """Log that the complaint was restated to the customer and he confirmed it (R9).

        Counts as an answer, and finishes the plan's action that asks for it.

        :raise AccessError: without write access
        :raise UserError: when the case is over
        """
        self._check_can_log_call()
        self._log_contact([self.env._("Summary restated; the customer confirmed it.")])
        self._stamp_response()
        self._restate()

    def action_open_call(self):
        """:return: action of the wizard for a call with details and a promise"""
        self.ensure_one()
        self._check_can_log_call()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Log a call"),
            "res_model": "complaint.call.wizard",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_complaint_id": self.id},
        }

    # ------------------------------------------------------------
    # Behind the verbs
    # ------------------------------------------------------------
    def _check_can_log_call(self):
        """:raise AccessError: without write access
        :raise UserError: naming the cases that are over
        """
        self.check_access("write")
        over = self.filtered(lambda c: not c.can_log_call)
        if over:
            raise UserError(
                self.env._(
                    "%s is over: write a note, or reopen the case first.",
                    ", ".join(over.mapped("name")),
                )
            )

    def _get_call_label(self, direction):
        """:return: translated first line of a logged call"""
        labels = {
            "outgoing": self.env._("Call: we called the customer."),
            "incoming": self.env._("Call: the customer called."),
        }
        return labels[direction]

    def _log_contact(self, lines, said=None):
        """Write a contact into the chatter of all complaints in one batch; author and date say who
        and when.

        :param list lines: translated sentences
        :param str said: what was said, plain text
        """
        body = Markup("<br/>").join(lines)
        if (said or "").strip():
            body += plaintext2html(said.strip())
        self._message_log_batch(dict.fromkeys(self.ids, body))

    def _log_promise(self, promise):
        """Write a promise made on the phone into the chatter; called by the call's wizard."""
        self._log_contact(
            [
                self.env._(
                    "Promised until %(moment)s: %(what)s",
                    moment=format_datetime(self.env, promise.deadline, dt_format="short"),
                    what=promise.name,
                )
            ]
        )

    def _stamp_restated(self):
        """Stamp who restated first; callers have checked that he may."""
        missing = self.filtered(lambda c: not c.date_restated)
        if missing:
            missing._write_trusted(
                {"date_restated": fields.Datetime.now(), "restated_user_id": self.env.uid}
            )

    def _restate(self):
        """Stamp, and finish the actions that ask for restating where this user may."""
        self._stamp_restated()
        asked = self.action_ids.filtered(lambda a: a._is_restating() and a.can_finish)
        if asked:
            asked.action_finish(self.env._("Restated; the customer confirmed the summary."))
