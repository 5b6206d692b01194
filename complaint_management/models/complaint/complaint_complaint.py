from odoo import api, fields, models
from odoo.fields import NO_ACCESS
from odoo.tools import SQL

from .complaint_state_guard import EVERYTHING

STATES = [
    ("draft", "Draft"),
    ("submitted", "To Review"),
    ("registered", "Registered"),
    ("planned", "Planned"),
    ("executing", "In Progress"),
    ("resolved", "Resolved"),
    ("closed", "Closed"),
    ("cancelled", "Cancelled"),
]
# One person's work so far: nobody else relied on it yet.
UNREGISTERED_STATES = ("draft", "submitted")
OVER_STATES = ("closed", "cancelled")
# Money, reports and opinions: not for somebody who merely has an action in the complaint (R60).
INSIDE_GROUPS = (
    "complaint_management.group_complaint_user,complaint_management.group_complaint_leadership"
)
QUALITY_GROUP = "complaint_management.group_complaint_quality"
# Who reads all complaints of the company; managers are of quality, too.
OVERSEEING_GROUPS = f"{QUALITY_GROUP},complaint_management.group_complaint_leadership"


class ComplaintComplaint(models.Model):
    """What a customer says is wrong with something we sold or did (R3, R6, ISO 10002 § 8).

    This file holds what the record *is*; its life is in ``complaint_lifecycle``, what may be
    missing in ``complaint_gate``, what comes next in ``handling/complaint_next_step``, how it is
    filled from an order or a delivery in ``intake/complaint_prefill``.
    """

    _name = "complaint.complaint"
    _description = "Complaint"
    # Ratings are an aspect of ``followup``; the mixin stands before what it extends
    _inherit = [
        "complaint.state.guard",
        "portal.mixin",
        "rating.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "date_received desc, id desc"
    _rec_names_search = ["name", "subject", "customer_order_ref", "customer_reference"]
    _check_company_auto = True
    _mail_post_access = "read"
    _primary_email = "email_from"
    # What another person may have looked at before he pressed a button (T17).
    _VERSIONED_FIELDS = frozenset(
        {
            "description",
            "partner_id",
            "category_id",
            "severity",
            "urgency",
            "line_ids",
            "demand_ids",
            "action_ids",
            "cause_ids",
            "validity",
            "responsibility",
            "investigation_result",
            "plan_summary",
            # A new round comes with its state: one version, one query
            "state",
        }
    )

    # What the customer said, from registration on; afterwards all of it (T20).
    _FROZEN_FIELDS = {
        "registered": frozenset(
            {
                "description",
                "partner_id",
                "contact_id",
                "complainant_type",
                "complainant_name",
                "complainant_id",
                "channel_id",
                "customer_reference",
                "customer_order_ref",
                "sale_order_id",
                "picking_id",
                "carrier_name",
                "tracking_ref",
                "date_received",
                "date_occurred",
                "place",
                "purchase_place",
                "injury",
                "package_opened",
                "measured_weight",
                "delivery_remark",
                "person_concerned",
                "document_concerned",
                "claimed_amount",
            }
        ),
        "closed": EVERYTHING,
    }
    # Who works on what outlives the case, and how the customer is reached today.
    _LIVING_FIELDS = frozenset(
        {
            "active",
            "company_id",
            "user_id",
            "lead_user_id",
            "coordinator_user_id",
            "concerned_user_ids",
            "team_id",
            "email_from",
            "phone",
        }
    )
    _LATE_FIELDS = frozenset({"customer_feedback"})

    # ------------------------------------------------------------
    # Identity
    # ------------------------------------------------------------
    name = fields.Char("Number", required=True, readonly=True, copy=False, default="/")
    subject = fields.Char(
        compute="_compute_subject", store=True, readonly=False, precompute=False, tracking=True
    )
    description = fields.Text(
        "Customer's words", help="What the customer said, word for word. Plain text."
    )
    active = fields.Boolean(default=True, tracking=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    state = fields.Selection(
        STATES,
        required=True,
        readonly=True,
        copy=False,
        default="draft",
        tracking=True,
        index=True,
        group_expand="_order_states",
    )
    version = fields.Integer(readonly=True, copy=False, default=1)

    # ------------------------------------------------------------
    # Where the goods came from (R2, R3)
    # ------------------------------------------------------------
    # Restrict: a cancelled order that was complained about is not deleted either (T20)
    sale_order_id = fields.Many2one(
        "sale.order",
        "Sales Order",
        index="btree_not_null",
        check_company=True,
        tracking=True,
        ondelete="restrict",
    )
    picking_id = fields.Many2one(
        "stock.picking", "Delivery", index="btree_not_null", check_company=True
    )
    customer_order_ref = fields.Char("Customer's order number", index="btree_not_null")
    carrier_name = fields.Char("Carrier")
    tracking_ref = fields.Char("Tracking number")

    # ------------------------------------------------------------
    # What belongs to it
    # ------------------------------------------------------------
    line_ids = fields.One2many("complaint.line", "complaint_id", "Goods")
    demand_ids = fields.One2many(
        "complaint.demand", "complaint_id", "Customer requests", groups=INSIDE_GROUPS
    )
    action_ids = fields.One2many("complaint.action", "complaint_id", "Actions")
    # Record rules look here: Odoo checks them in memory with all rights, and what it then finds in
    # a field stays cached for the user, who may not read every action.
    rule_action_ids = fields.One2many(
        "complaint.action", "complaint_id", "Actions (record rules)", groups=NO_ACCESS
    )
    cause_ids = fields.One2many("complaint.cause", "complaint_id", "Causes")
    round_ids = fields.One2many("complaint.round", "complaint_id", "Rounds")
    report_ids = fields.One2many(
        "complaint.report", "complaint_id", "Reports", groups=INSIDE_GROUPS
    )
    evidence_ids = fields.One2many("complaint.evidence", "complaint_id")
    duplicate_of_id = fields.Many2one("complaint.complaint", index="btree_not_null", copy=False)
    round = fields.Integer(readonly=True, copy=False, default=0)

    # ------------------------------------------------------------
    # Dates, stamped by the verbs (UTC)
    # ------------------------------------------------------------
    date_received = fields.Datetime(
        "Received", required=True, default=fields.Datetime.now, copy=False
    )
    date_registered = fields.Datetime("Registered on", readonly=True, copy=False)
    date_responded = fields.Datetime("First answered", readonly=True, copy=False)
    date_planned = fields.Datetime("Planned on", readonly=True, copy=False)
    date_handled = fields.Datetime("Handled on", readonly=True, copy=False)
    date_reported = fields.Datetime("Reported on", readonly=True, copy=False)
    date_resolved = fields.Datetime("Resolved on", readonly=True, copy=False)
    date_closed = fields.Datetime("Closed on", readonly=True, copy=False)

    _name_company_unique = models.Constraint(
        "UNIQUE(company_id, name)", "A complaint with this number exists already in this company."
    )
    # With what pivots count by, so that they read the index alone; boards, too, where the next one
    # does not do: for whom a case is about, the case's id is asked
    _state_received_idx = models.Index(
        "(company_id, state, date_received DESC)"
        " INCLUDE (id, active, severity, team_id, category_id)"
    )
    # A board of all counts its columns and their bars: a tenth of the size of the index above
    _state_severity_idx = models.Index("(company_id, state, severity) WHERE active IS TRUE")
    # ``_order`` to its end, so that the newest page is read and not sorted
    _received_idx = models.Index("(date_received DESC, id DESC)")

    # ------------------------------------------------------------
    # Computes
    # ------------------------------------------------------------
    @api.depends("description", "line_ids.product_id", "defect_id")
    def _compute_subject(self):
        """Propose a title from the defect and goods, else from the first words; never overwrite.

        A draft is saved while somebody types: a title made of the words so far grows with them.
        """
        for complaint in self:
            words = self._get_words_title(complaint.description)
            if complaint.subject:
                if words and complaint._is_titled_by_words(words):
                    complaint.subject = words
                continue
            goods = complaint.line_ids.product_id[:1].display_name
            parts = [part for part in (complaint.defect_id.name, goods) if part]
            if complaint.defect_id and parts:
                complaint.subject = " · ".join(parts)
            else:
                complaint.subject = words

    @api.model
    def _get_words_title(self, description):
        """:return: the first line of the customer's words, shortened"""
        return (description or "").strip().split("\n")[0][:80]

    def _is_titled_by_words(self, words):
        """:return: whether a draft's title is what its words said before they went on"""
        saved = self._get_words_title(self._origin.description)
        return self.state == "draft" and (
            self.subject == saved or words.startswith(self.subject.rstrip())
        )

    def _compute_access_url(self):
        super()._compute_access_url()
        for complaint in self:
            complaint.access_url = f"/my/complaints/{complaint.id}"

    @api.depends_context("uid")
    @api.depends("name", "subject")
    def _compute_display_name(self):
        """The title is ours and may be outspoken: people outside see the number."""
        inside = self.env.user._is_internal()
        for complaint in self:
            parts = (complaint.name, inside and complaint.subject)
            complaint.display_name = " ".join(filter(None, parts))

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------
    @api.model_create_multi
    def create(self, vals_list):
        """Number each complaint in its company's own range (T18).

        Administrators may import cases with a past: those get no mail and no activities.
        """
        for vals in vals_list:
            if vals.get("name", "/") == "/":
                vals["name"] = self._next_number(vals.get("company_id") or self.env.company.id)
        complaints = super().create(vals_list)
        complaints.filtered(lambda c: c.state != "draft")._note_import()
        return complaints

    def _note_import(self):
        """Say in the chatter that a complaint came with its past, and give it its round."""
        for complaint in self:
            complaint._message_log(
                body=self.env._("Imported from an earlier register by %s.", self.env.user.name)
            )
        started = self.filtered(lambda c: c.state not in ("submitted", "cancelled"))
        started.filtered(lambda c: not c.round)._write_trusted({"round": 1})
        # sudo: rounds are written by code only; the import's right was checked by create()
        self.env["complaint.round"].sudo().create([c._prepare_round_vals("first") for c in started])

    def write(self, vals):
        """Count a new version whenever something changes that others may have looked at."""
        if not self._is_trusted():
            self._check_identity(vals)
        result = super().write(vals)
        if self._VERSIONED_FIELDS.intersection(vals):
            self._bump_version()
        return result

    @api.model
    def _get_verb_fields(self):
        return super()._get_verb_fields() | {
            "round",
            "version",
            "outcome",
            "cancel_reason",
            "date_registered",
            "date_responded",
            "date_planned",
            "date_handled",
            "date_reported",
            "date_resolved",
            "date_closed",
        }

    def _bump_version(self):
        """Count a change that others should have seen before they approve or close (T17)."""
        if not self.ids:
            return
        self.flush_recordset(["version"])
        self.env.execute_query(
            SQL(
                "UPDATE complaint_complaint SET version = version + 1 WHERE id IN %s RETURNING id",
                tuple(self.ids),
            )
        )
        self.invalidate_recordset(["version"], flush=False)
