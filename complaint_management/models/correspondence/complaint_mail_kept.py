from odoo import api, fields, models
from odoo.exceptions import UserError

from .mail_door import MailDoor

# Larger mails are not read again for a look at them.
MAX_PREVIEW = 30 * 1024 * 1024
KEPT_STATES = [
    ("kept", "To Decide"),
    ("done", "Became a Complaint"),
    ("dismissed", "Dismissed by a Person"),
    ("rejected", "Set Aside Automatically"),
]
KEPT_REASONS = [
    ("error", "Could not be read"),
    ("flood", "Too many from one sender"),
    ("machine", "Written by a program"),
    ("reused", "Same Message-ID as another mail"),
    ("reply", "Automatic reply"),
    ("bounce", "Undeliverable mail returned"),
    ("duplicate", "Delivered again"),
    ("refused", "Sender may not write there"),
    ("elsewhere", "Answered in another document"),
    ("loop", "Answer to our own returned mail"),
]


class ComplaintMailKept(models.Model):
    """A mail to us that did not become a complaint or an answer: none is lost (T6).

    *To decide*: somebody looks, tries again or dismisses it. *Set aside*: a delivery of what is
    here already, or a machine's reply; kept for the record and for who wants to look.
    """

    _name = "complaint.mail.kept"
    _description = "Kept Mail"
    _inherit = ["complaint.state.guard", "mail.thread", "mail.activity.mixin"]
    _order = "date_received desc, id desc"
    _WRITTEN_BY_CODE = True

    name = fields.Char("Subject", required=True, readonly=True)
    state = fields.Selection(KEPT_STATES, required=True, readonly=True, default="kept")
    reason = fields.Selection(KEPT_REASONS, required=True, readonly=True)
    error = fields.Text("What went wrong", readonly=True)
    email_from = fields.Char("From", readonly=True)
    email_to = fields.Char("Recipients", readonly=True)
    message_id = fields.Char("Message-ID", readonly=True, index=True)
    date_received = fields.Datetime(
        "Received", required=True, readonly=True, default=fields.Datetime.now
    )
    raw = fields.Binary("Mail", attachment=True, readonly=True)
    preview = fields.Text("What it says", compute="_compute_preview")
    raw_name = fields.Char(compute="_compute_raw_name")
    size = fields.Integer("Size (kB)", readonly=True)
    tries = fields.Integer(readonly=True, default=1, help="How often it was tried.")
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, default=lambda self: self.env.company
    )
    team_id = fields.Many2one("complaint.team", readonly=True, index="btree_not_null")
    complaint_id = fields.Many2one(
        "complaint.complaint",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        help="What it became, or what was there already.",
    )
    dismiss_reason = fields.Char("Why dismissed", readonly=True)
    decided_user_id = fields.Many2one("res.users", "Decided by", readonly=True)
    date_decided = fields.Datetime("Decided on", readonly=True)

    _state_received_idx = models.Index("(company_id, state, date_received DESC)")

    def _compute_raw_name(self):
        for mail in self:
            mail.raw_name = f"mail_{mail.id}.eml"

    @api.depends("raw")
    def _compute_preview(self):
        """The beginning of the text, as far as it can be read: to decide without opening a file."""
        for mail in self:
            raw = mail._get_raw_bytes()
            mail.preview = raw and len(raw) <= MAX_PREVIEW and MailDoor(raw).get_text()[:2000]

    @api.model
    def _get_verb_fields(self):
        # What core's chatter and activities write beside
        return super()._get_verb_fields() - {
            name for name in self._fields if name.startswith(("message_main", "activity_"))
        }

    def _check_deletable(self):
        """:raise UserError: whoever asks: a mail is dismissed, never deleted (T6)"""
        super()._check_deletable()
        if self:
            raise UserError(self.env._("Mails are kept: dismiss those nobody needs."))
