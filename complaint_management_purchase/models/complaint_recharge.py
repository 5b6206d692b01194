from odoo import api, fields, models
from odoo.exceptions import UserError

PARTIES = [("supplier", "Supplier"), ("carrier", "Carrier")]
KINDS = [
    ("return", "Goods go back"),
    ("refund", "Vendor refund"),
    ("claim", "Claim only"),
]
STATES = [
    ("open", "To Send"),
    ("sent", "Sent"),
    ("accepted", "Accepted"),
    ("partly", "Partly Accepted"),
    ("refused", "Refused"),
    ("cancelled", "Withdrawn"),
]
AGREED_STATES = ("accepted", "partly")
ANSWERED_STATES = ("accepted", "partly", "refused")
# States of a complaint in which nobody claims anything because of it.
NOTHING_TO_CLAIM = ("draft", "submitted", "cancelled")
# Purchase prices are not for salespeople.
PRICE_GROUPS = (
    "purchase.group_purchase_user,"
    "complaint_management.group_complaint_quality,"
    "complaint_management.group_complaint_leadership"
)
# Who sees claims at all, beside the owner of the action that asks for one.
CLAIM_GROUPS = (
    "purchase.group_purchase_user,"
    "complaint_management.group_complaint_user,"
    "complaint_management.group_complaint_leadership"
)


class ComplaintRecharge(models.Model):
    """What we claim from the supplier or carrier who caused a complaint (R20). UI: supplier claim.

    The vendor reads ``reason``, the goods and the sum; never the customer, our cost or whose fault
    it was inside. The claim has a thread of its own: nothing of it stands in the complaint's, which
    the customer's page shows. It outlives the complaint: vendors answer late.

    Money is in ``complaint_recharge_amount``, verbs in ``complaint_recharge_verbs``, the letter in
    ``complaint_recharge_letter``, what is made of it in ``complaint_recharge_return`` and
    ``complaint_recharge_refund``; ``complaint_recharge_source`` proposes it.
    """

    _name = "complaint.recharge"
    _description = "Supplier Claim"
    _inherit = ["complaint.child.mixin", "mail.thread"]
    _order = "id desc"
    _rec_names_search = ["name", "complaint_reference", "partner_id.name"]
    _FROZEN_FIELDS = {
        "made": frozenset({"name", "party"}),
        # What the vendor was sent
        "sent": frozenset({"partner_id", "reason", "currency_id", "amount", "amount_cost"}),
        # What he said
        "answered": frozenset({"amount_accepted", "answer"}),
    }
    _CORRECTABLE = False

    name = fields.Char("Number", required=True, readonly=True, copy=False, default="/")
    complaint_reference = fields.Char(
        "Complaint number",
        related="complaint_id.name",
        store=True,
        index="trigram",
        help="For buyers, who do not see the case.",
    )
    party = fields.Selection(PARTIES, "Claim from", required=True, default="supplier", index=True)
    partner_id = fields.Many2one(
        "res.partner", "Vendor", index="btree_not_null", check_company=True, tracking=True
    )
    kind = fields.Selection(
        KINDS,
        "What we ask for",
        required=True,
        default="refund",
        tracking=True,
        help="Goods go back: they are sent to the vendor, who refunds them. Vendor refund: money "
        "without the goods. Claim only: he answers, and nothing is made in Odoo.",
    )
    state = fields.Selection(
        STATES,
        required=True,
        readonly=True,
        copy=False,
        default="open",
        index=True,
        tracking=True,
        group_expand=True,
    )
    reason = fields.Text(
        "Facts for the vendor",
        help="The vendor reads it: what is wrong with his goods or his transport. Not who our "
        "customer is, what we did about it inside, or what it cost us.",
    )
    names_customer = fields.Boolean(
        "May name the customer",
        help="Otherwise a claim that names him in its facts is not sent.",
    )
    line_ids = fields.One2many("complaint.recharge.line", "recharge_id", "Goods", copy=False)
    product_id = fields.Many2one(
        "product.product",
        compute="_compute_product",
        store=True,
        index="btree_not_null",
        help="Where the claim is about one product.",
    )
    date_sent = fields.Datetime("Sent on", readonly=True, copy=False)
    date_due = fields.Date(
        "Answer until", copy=False, tracking=True, help="By when the vendor has to answer."
    )
    date_answered = fields.Datetime("Answered on", readonly=True, copy=False)
    answer = fields.Text("Vendor's answer", copy=False)
    is_overdue = fields.Boolean(compute="_compute_is_overdue", search="_search_is_overdue")
    can_edit = fields.Boolean(compute="_compute_can_edit")

    _partner_state_idx = models.Index("(partner_id, state)")

    # ------------------------------------------------------------
    # Computes
    # ------------------------------------------------------------
    @api.depends("line_ids.product_id")
    def _compute_product(self):
        for recharge in self:
            products = recharge.line_ids.product_id
            recharge.product_id = products if len(products) == 1 else False

    @api.depends("state", "date_due")
    def _compute_is_overdue(self):
        today = fields.Date.context_today(self)
        for recharge in self:
            due = recharge.date_due
            recharge.is_overdue = recharge.state == "sent" and bool(due) and due < today

    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        domain = fields.Domain([("state", "=", "sent"), ("date_due", "<", "today")])
        return domain if True in value else ~domain

    @api.depends_context("uid")
    @api.depends("state")
    def _compute_can_edit(self):
        writable = self._origin._filtered_access("write")
        may_create = self.has_access("create")
        for recharge in self:
            origin = recharge._origin
            recharge.can_edit = origin in writable if origin else may_create

    @api.constrains("partner_id", "currency_id")
    def _check_purchases(self):
        """The goods were bought from whom they are claimed from; see the lines.

        A person taken out of the claim (T21) is a vendor no more.
        """
        if self._is_thawed():
            return
        self.line_ids._check_purchase_of_vendor()

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------
    @api.model_create_multi
    def create(self, vals_list):
        """Number each claim; purchasing gets its action where nothing asked for one yet.

        :raise UserError: for a complaint that is not registered, or was cancelled
        """
        for vals in vals_list:
            if vals.get("name", "/") == "/":
                vals["name"] = self._next_number(vals.get("complaint_id"))
        # What vendors say names prices: whoever reads none does not follow
        follows = self.env.user.has_groups(PRICE_GROUPS)
        claims = self if follows else self.with_context(mail_create_nosubscribe=True)
        recharges = super(ComplaintRecharge, claims).create(vals_list).with_env(self.env)
        # sudo: purchasing need not see the case whose state decides
        for complaint in recharges.sudo().complaint_id:
            complaint._check_claimable()
        for party, claims in recharges.grouped("party").items():
            # sudo: the claim was allowed; the action that goes with it is the system's
            claims.sudo().complaint_id._ask_for_recharge(party)
        return recharges

    @api.model
    def _next_number(self, complaint_id):
        """:return: the next number of a claim; not the complaint's, which vendors never read"""
        # sudo: numbering is not the buyer's to read; the company of a case to whoever may claim
        company = self.env["complaint.complaint"].sudo().browse(complaint_id).company_id
        sequences = self.env["ir.sequence"].sudo().with_company(company)
        return sequences.next_by_code("complaint.recharge") or "/"

    def _bump_complaint_version(self):
        # sudo: whoever claims from vendors need not see the case that counts a new version
        return super(ComplaintRecharge, self.sudo())._bump_complaint_version()

    def _get_frozen_stages(self):
        """Frozen by its own steps: a claim goes on when the case is over."""
        stages = {"made"}
        if self.state != "open":
            stages.add("sent")
        if self.state in ANSWERED_STATES:
            stages.add("answered")
        return stages

    def _is_blank(self, name):
        """Nothing is an amount, too: what was sent without a sum stays so."""
        return self._fields[name].type != "monetary" and super()._is_blank(name)

    @api.model
    def _get_verb_fields(self):
        return super()._get_verb_fields() | {"date_sent", "date_answered"}

    def _check_deletable(self):
        """What a vendor got, or a document was made of, stays (T20)."""
        super()._check_deletable()
        for recharge in self.sudo():  # sudo: documents of other apps
            if recharge.state not in ("open", "cancelled") or recharge._get_documents():
                raise UserError(
                    self.env._("%s was sent or has documents: withdraw it instead.", recharge.name)
                )

    # ------------------------------------------------------------
    # Whom the complaint is about (R73)
    # ------------------------------------------------------------
    def _mail_get_operation_for_mail_message_operation(self, message_operation):
        """The letter and the answers name sums: closed to who reads no purchase prices (R60)."""
        if not self.env.user.has_groups(PRICE_GROUPS):
            return dict.fromkeys(self, "write")
        return super()._mail_get_operation_for_mail_message_operation(message_operation)

    def _message_subscribe(self, partner_ids=None, subtype_ids=None, customer_ids=None):
        # sudo: whom to leave out, to whoever works on the claim
        about = self.sudo().complaint_id._get_concerned_users().partner_id.ids
        partner_ids = [pid for pid in partner_ids or () if pid not in about]
        return super()._message_subscribe(partner_ids, subtype_ids, customer_ids)

    def _notify_get_recipients(self, message, msg_vals=False, **kwargs):
        recipients = super()._notify_get_recipients(message, msg_vals=msg_vals, **kwargs)
        # sudo: whom to leave out, to whoever works on the claim
        return self.sudo().complaint_id._without_concerned(recipients)
