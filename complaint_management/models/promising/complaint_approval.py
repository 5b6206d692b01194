from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ..complaint.complaint_complaint import INSIDE_GROUPS


class ComplaintApproval(models.Model):
    """One request of ours to grant a customer something, and the decision about it (R38, R66, T16).

    Written by verbs alone and never deleted once decided. What exactly is approved stands in
    ``variants``: whatever changes it makes the approval void. ``note`` is what the approver says to
    it, the leadership's instruction too: it never leaves the house.
    """

    _name = "complaint.approval"
    _description = "Approval of a Customer Request"
    _inherit = ["complaint.child.mixin"]
    _order = "id desc"
    _rec_name = "content"
    _WRITTEN_BY_CODE = True

    complaint_version = fields.Integer(
        related="complaint_id.version", help="Sent back by buttons as the version the user saw."
    )
    demand_id = fields.Many2one(
        "complaint.demand", "Customer request", required=True, index=True, ondelete="cascade"
    )
    state = fields.Selection(
        [
            ("requested", "Waits"),
            ("approved", "Approved"),
            ("refused", "Refused"),
            ("void", "Void"),
        ],
        required=True,
        default="requested",
        index=True,
    )
    kind = fields.Selection("_get_kinds", "What he gets", required=True)
    content = fields.Text("What exactly")
    variants = fields.Json(help="What exactly is approved, for comparison.")
    amount = fields.Monetary("Worth")
    currency_id = fields.Many2one("res.currency")
    company_currency_id = fields.Many2one(
        related="company_id.currency_id", string="Company's currency"
    )
    company_amount = fields.Monetary(
        "In our currency",
        currency_field="company_currency_id",
        help="At the rate of the day it was asked for, then of the day it was decided.",
    )
    complaint_amount = fields.Monetary(
        "All of this complaint",
        currency_field="company_currency_id",
        help="What the complaint's customer gets in all, with this.",
    )
    function = fields.Selection("_get_functions", "Decides", help="The lowest that may decide.")
    requested_by_id = fields.Many2one("res.users", "Asked by", required=True)
    date_requested = fields.Datetime("Asked on", required=True)
    reason = fields.Text(help="Why it is asked for.")
    asked_user_id = fields.Many2one("res.users", "Asked", help="Who got the to-do.")
    activity_id = fields.Many2one("mail.activity", ondelete="set null", index="btree_not_null")
    decided_by_id = fields.Many2one("res.users", "Decided by")
    decided_by_leadership = fields.Boolean()
    date_decided = fields.Datetime("Decided on")
    note = fields.Text(
        "Remark or instruction",
        help="Of whoever decided; why it was refused. Internal for ever.",
        groups=INSIDE_GROUPS,
    )
    void_reason = fields.Char()

    # One at a time; the second of two presses waits for the row and finds it.
    _one_waits = models.UniqueIndex(
        "(demand_id) WHERE state = 'requested'", "Somebody has been asked about this already."
    )

    @api.model
    def _get_kinds(self):
        return self.env["complaint.demand"]._fields["remedy_kind"]._description_selection(self.env)

    @api.model
    def _get_functions(self):
        return [
            *self.env["complaint.limit"]._get_function_selection(),
            ("leadership", self.env._("Leadership")),
        ]

    @api.depends("demand_id", "complaint_id")
    def _compute_display_name(self):
        for approval in self:
            approval.display_name = self.env._(
                "%(complaint)s: %(request)s",
                complaint=approval.complaint_id.display_name,
                request=approval.demand_id.display_name,
            )

    def _check_deletable(self):
        """What was decided stays, with what it was decided about (T16, T20)."""
        super()._check_deletable()
        if any(approval.state != "requested" for approval in self):
            raise UserError(self.env._("Approvals stay, also those that became void."))

    def _covers(self, variants):
        """:param set variants: what the customer may get
        :return: whether all of it is what this is about
        """
        self.ensure_one()
        return set(variants) <= set(self.variants or ())

    # ------------------------------------------------------------
    # Asking, voiding
    # ------------------------------------------------------------
    def _ask(self, user):
        """Give ``user`` a to-do and tell him; callers checked that he may decide."""
        self.ensure_one()
        # sudo: the to-do of a colleague
        approval = self.sudo()
        approval.activity_id.unlink()
        complaint = approval.complaint_id
        reader = self.with_context(lang=user.sudo().lang)  # sudo: his language
        activity = complaint.activity_schedule(
            "mail.mail_activity_data_todo",
            user_id=user.id,
            summary=reader.env._("Decide about “%s”", approval.demand_id.display_name),
            note=reader.env._("Open “Approvals” in the menu, or the request in the complaint."),
            automated=True,
        )
        approval._write_trusted({"asked_user_id": user.id, "activity_id": activity.id})
        complaint._message_log(
            body=self.env._(
                "%(user)s asked %(approver)s for approval of “%(request)s”.",
                user=self.env.user.name,
                approver=user.sudo().name,
                request=approval.demand_id.display_name,
            )
        )
        complaint._announce("approval_requested", {complaint: user}, approval._get_asking_text)

    def _get_asking_text(self, complaints, env):
        """:return: sentence for whoever is asked; the amounts are on the approval"""
        return env._(
            "%(user)s asks you to decide about “%(request)s” of %(complaint)s.",
            user=self.requested_by_id.name,
            request=self.demand_id.display_name,
            complaint=complaints[:1].display_name,
        )

    def _is_in_good_hands(self):
        """:return: whether whoever was asked may still decide"""
        self.ensure_one()
        asked = self.asked_user_id
        return bool(asked) and not self.demand_id._get_decision_refusal(asked, self.requested_by_id)

    def _void(self, reason):
        """What was asked for or approved is no longer what stands there.

        :param str reason: why, for whoever reads the history
        :return: those that became void
        """
        living = self.filtered(lambda a: a.state in ("requested", "approved"))
        approved = living.filtered(lambda a: a.state == "approved")
        if living:
            living._write_trusted({"state": "void", "void_reason": reason})
            living._close_activity(reason)
        for approval in approved:
            approval.complaint_id._message_log(
                body=self.env._(
                    "%(user)s: the approval of “%(request)s” is void. %(reason)s",
                    user=self.env.user.name,
                    request=approval.demand_id.display_name,
                    reason=reason,
                )
            )
        return living

    def _close_activity(self, feedback):
        """The to-do of whoever was asked is over."""
        # sudo: the activities are colleagues'
        activities = self.sudo().activity_id.filtered("active")
        if activities:
            activities._as_mirror().write({"active": False, "feedback": feedback})

    # ------------------------------------------------------------
    # Saying how it stands
    # ------------------------------------------------------------
    def _get_status_text(self):
        """:return: sentence for the request's form; empty without a record"""
        if not self:
            return ""
        approval = self.sudo()  # sudo: names of colleagues, to who may read the approval
        if approval.state == "requested":
            return self.env._(
                "Waits for %(name)s, asked on %(date)s.",
                name=approval.asked_user_id.name or "–",
                date=self._get_day(approval.date_requested),
            )
        return self.env._(
            "Approved by %(name)s on %(date)s.",
            name=approval.decided_by_id.name,
            date=self._get_day(approval.date_decided),
        )

    def _get_amounts_text(self):
        """:return: sentence for the approver: what it is worth, what the complaint comes to"""
        self.ensure_one()
        worth = self.currency_id.format(self.amount) if self.currency_id else ""
        total = self.company_currency_id.format(self.complaint_amount)
        return self.env._(
            "Worth %(worth)s; all of this complaint: %(total)s", worth=worth, total=total
        )

    def _get_day(self, moment):
        return format_date(self.env, fields.Datetime.context_timestamp(self, moment).date())
