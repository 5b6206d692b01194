from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import ormcache

from .complaint_event import EVENTS, ROLES, WAYS
from .complaint_function import FUNCTIONS

SEVERITIES = {
    "all": ("minor", "major", "critical"),
    "minor": ("minor",),
    "not_minor": ("major", "critical"),
    "critical": ("critical",),
}


class NoticeRow(NamedTuple):
    """What the cache keeps of a notice: plain values, no record."""

    recipient: str
    severities: tuple
    category_ids: frozenset
    team_id: int
    ways: tuple
    template_id: int

    def concerns(self, complaint):
        """:return: whether this notice is about ``complaint``"""
        return (
            complaint.severity in self.severities
            and (not self.category_ids or complaint.category_id.id in self.category_ids)
            and (not self.team_id or complaint.team_id.id == self.team_id)
        )


class ComplaintNotice(models.Model):
    """Who is told of what, and how: one row per event and recipient (R21, R24, R26, R64).

    Several rows may name the same person: he is told once, by all ways of these rows. A row with
    *Digest* holds back what other rows would send him at once.
    """

    _name = "complaint.notice"
    _description = "Complaint Notice"
    _inherit = ["complaint.remembered.mixin"]
    _order = "event_sequence, sequence, id"

    event = fields.Selection(EVENTS, "What happened", required=True)
    event_sequence = fields.Integer(compute="_compute_event_sequence", store=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    recipient = fields.Selection(
        ROLES + FUNCTIONS,
        "Who is told",
        required=True,
        help="“Those whom it addresses”: the owner of a new action, the person a deadline is "
        "escalated to, and so on. Functions are found in the complaint's team; the backup is told "
        "too while the holder is out of office.",
    )
    severity = fields.Selection(
        [
            ("all", "All"),
            ("minor", "Minor"),
            ("not_minor", "Major and critical"),
            ("critical", "Critical"),
        ],
        "Complaints",
        required=True,
        default="all",
    )
    category_ids = fields.Many2many(
        "complaint.category",
        string="Only categories",
        ondelete="restrict",
        help="Empty: all categories.",
    )
    by_activity = fields.Boolean("Activity", help="A to-do that closes with the complaint.")
    by_toast = fields.Boolean("Pop-up", default=True, help="Shown at once to who is logged in.")
    by_inbox = fields.Boolean(
        "Inbox", help="Odoo's inbox; users who chose e-mail in their preferences get one instead."
    )
    by_mail = fields.Boolean("E-mail", help="One mail per recipient, in his language.")
    by_digest = fields.Boolean(
        "Digest", help="In one mail a day, instead of a pop-up, inbox message or mail at once."
    )
    mail_template_id = fields.Many2one(
        "mail.template",
        "Mail",
        domain="[('model', '=', 'complaint.complaint'), ('complaint_internal', '=', True)]",
        ondelete="set null",
        help="Empty: a short mail that says what happened.",
    )
    team_id = fields.Many2one(
        "complaint.team", "Only team", index="btree_not_null", ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", index=True, help="Empty: all companies.")

    @api.depends("event")
    def _compute_event_sequence(self):
        """Sort by the life of a complaint, not by the alphabet."""
        places = {event: place for place, (event, _label) in enumerate(EVENTS)}
        for notice in self:
            notice.event_sequence = places.get(notice.event, len(places))

    @api.depends("event", "recipient")
    def _compute_display_name(self):
        events = dict(self._fields["event"]._description_selection(self.env))
        recipients = dict(self._fields["recipient"]._description_selection(self.env))
        for notice in self:
            notice.display_name = (
                f"{events.get(notice.event, '')} → {recipients.get(notice.recipient, '')}"
            )

    @api.constrains("mail_template_id")
    def _check_mail_template(self):
        """What colleagues read is written for colleagues, about complaints."""
        for notice in self:
            # sudo: the template's kind only; whoever configures notices may use any of them
            template = notice.mail_template_id.sudo()
            if template and not (
                template.model == "complaint.complaint" and template.complaint_internal
            ):
                raise ValidationError(
                    self.env._(
                        "“%s” is not a mail for colleagues about complaints: choose one that is "
                        "marked as internal.",
                        template.name,
                    )
                )

    # ------------------------------------------------------------
    # Looking up: configuration, so that telling costs no query
    # ------------------------------------------------------------
    @api.model
    def _get_rows(self, event, company):
        """:return: list of :class:`NoticeRow` that hold for ``event`` in ``company``"""
        return self._get_cached_rows(company.id).get(event, ())

    @ormcache("company_id")
    def _get_cached_rows(self, company_id):
        # sudo: everybody who makes an event happen tells others, whatever he may configure
        notices = self.sudo().with_context(active_test=True)
        notices = notices.search([("company_id", "in", [company_id, False])])
        rows = {}
        for notice in notices:
            rows.setdefault(notice.event, []).append(notice._to_row())
        return rows

    def _to_row(self):
        self.ensure_one()
        return NoticeRow(
            recipient=self.recipient,
            severities=SEVERITIES[self.severity],
            category_ids=frozenset(self.category_ids.ids),
            team_id=self.team_id.id,
            ways=tuple(way for way in WAYS if self[f"by_{way}"]),
            template_id=self.mail_template_id.id,
        )
