from odoo import api, fields, models

from ..complaint.complaint_complaint import INSIDE_GROUPS, OVER_STATES
from ..remedies.complaint_demand_remedy import PROMISED_STATES
from .complaint_demand_promise import SETTLED_STATES


class ComplaintDemandApproval(models.Model):
    """What a request needs before it may be promised, and asking for it (R38, R40, R66, T16).

    Asked by ``_get_promise_obstacle``, so by every door: buttons, RPC, the customer's page,
    carrying out. What was promised with authority, and what was approved, goes through.
    """

    _inherit = "complaint.demand"

    complaint_version = fields.Integer(
        related="complaint_id.version", help="Sent back by buttons as the version the user saw."
    )
    approval_ids = fields.One2many(
        "complaint.approval", "demand_id", "Approvals", groups=INSIDE_GROUPS
    )
    approval_note = fields.Text(
        "Approval",
        compute="_compute_approval",
        groups=INSIDE_GROUPS,
        help="What is needed before this may be promised, and from whom.",
    )
    approval_status = fields.Selection(
        [("free", "Free"), ("needed", "Needed"), ("requested", "Asked for"), ("given", "Given")],
        compute="_compute_approval",
        groups=INSIDE_GROUPS,
    )
    can_request_approval = fields.Boolean(compute="_compute_approval", groups=INSIDE_GROUPS)
    can_decide_approval = fields.Boolean(compute="_compute_approval", groups=INSIDE_GROUPS)

    @api.depends(
        "state",
        "remedy_kind",
        "amount",
        "currency_id",
        "line_ids.quantity",
        "option_ids.state",
        "approval_ids.state",
        "complaint_id.state",
        "complaint_id.responsibility",
    )
    @api.depends_context("uid")
    def _compute_approval(self):
        writable = self.filtered("id")._filtered_access("write")
        for demand in self:
            asked = demand._get_pending_approval()
            approval = demand._find_approval()
            obstacle = "" if demand._is_settled() else demand._get_approval_obstacle()
            demand.approval_status = (
                "requested" if asked else "given" if approval else "needed" if obstacle else "free"
            )
            demand.approval_note = (
                asked._get_status_text() or obstacle or approval._get_status_text() or False
            )
            demand.can_request_approval = (
                demand in writable and bool(obstacle) and not demand._get_request_obstacle()
            )
            demand.can_decide_approval = bool(asked) and asked.can_decide

    def _is_settled(self):
        """:return: whether nothing is to be promised (any more)"""
        self.ensure_one()
        return not self.complaint_id or (
            self.state in SETTLED_STATES or self.complaint_id.state in OVER_STATES
        )

    # ------------------------------------------------------------
    # What is needed
    # ------------------------------------------------------------
    def _get_promise_obstacle(self, state):
        """Nobody promises more than he may, by whatever door (R38, R40, R66)."""
        return super()._get_promise_obstacle(state) or self._get_approval_obstacle()

    def _get_execution_obstacle(self):
        """Nothing is carried out that is not covered."""
        return super()._get_execution_obstacle() or self._get_approval_obstacle()

    def _get_approval_obstacle(self):
        """Why the user may not promise this by himself.

        :return: translated sentence that says what to do, or an empty text
        """
        self.ensure_one()
        demands = self._get_policy_demands()
        finding = self._get_finding_obstacle(demands)
        # An approval rests on the finding, until it has its documents
        if finding and not self._get_living_documents():
            return finding
        if self._is_covered():
            return ""
        if finding:
            return finding
        complaint, user = self.complaint_id, self.env.user
        if demands.application or (demands.leadership and not complaint._is_leadership(user)):
            return self._get_leadership_sentence()
        if not self.sudo()._get_value():  # sudo: prices of goods
            return ""
        limit, total = complaint._get_user_limit(user), self._get_complaint_total()
        currency = self.company_id.sudo().currency_id  # sudo: its rounding
        if limit is None or currency.compare_amounts(total, limit) <= 0:
            return ""
        return self._get_limit_sentence(total, limit)

    def _get_choice_obstacle(self, option):
        """:param option: ``complaint.demand.option`` the customer chooses, or none
        :return: why he cannot have it yet, for people inside; or an empty text
        """
        self.ensure_one()
        finding = self._get_finding_obstacle(self._get_policy_demands())
        if not option or finding:
            return self._get_approval_obstacle()
        variant = {option._get_promise_variant()}
        return "" if self._find_cover(variant) else self._get_approval_obstacle()

    def _is_covered(self):
        """:return: whether exactly this was promised with authority, or approved"""
        self.ensure_one()
        # sudo: what was promised and approved, shown to nobody
        return self._find_cover(set(self.sudo()._get_promise_variants()))

    def _find_cover(self, variants):
        """:param set variants: what the customer would get
        :return: whether all of it was promised with authority, or approved
        """
        self.ensure_one()
        demand = self.sudo()  # sudo: what was promised and approved, shown to nobody
        if demand._find_approval(variants):
            return True
        leadership = demand._get_policy_demands().leadership
        return (
            demand.state in PROMISED_STATES
            and variants <= set(demand.promise_variants or ())
            and (not leadership or demand.promised_by_leadership)
        )

    def _find_approval(self, variants=None):
        """:param set variants: what the customer would get; default: as it is now
        :return: the valid ``complaint.approval`` that covers it, or none
        """
        self.ensure_one()
        demand = self.sudo()  # sudo: whether there is one
        variants = set(demand._get_promise_variants()) if variants is None else variants
        leadership = demand._get_policy_demands().leadership
        valid = demand.approval_ids.filtered(
            lambda a: (
                a.state == "approved"
                and a._covers(variants)
                and (a.decided_by_leadership or not leadership)
            )
        )
        return valid[:1].sudo(self.env.su)

    def _get_pending_approval(self):
        """:return: the ``complaint.approval`` that waits for its decision, or none"""
        self.ensure_one()
        return self.approval_ids.filtered(lambda a: a.state == "requested")[:1]

    def _get_policy_demands(self):
        """:return: what has to come before this is promised, whatever its amount"""
        self.ensure_one()
        policies = self.env["complaint.approval.policy"]
        type_ = self.complaint_id.complainant_type
        found = [
            policies._get_demands(self.company_id, type_, kind)
            for kind in self._get_promise_kinds()
        ]
        return type(found[0])(*(any(values) for values in zip(*found, strict=True)))

    def _get_finding_obstacle(self, demands):
        """:return: sentence saying who has to find what first, or an empty text"""
        self.ensure_one()
        complaint = self.complaint_id
        if not demands.finding_ours or complaint._is_found_ours():
            return ""
        people = complaint._get_function_people("quality")[:1].sudo()  # sudo: a colleague's name
        return self.env._(
            "“%(request)s”: quality (%(name)s) first has to find that it is our responsibility.",
            request=self.display_name,
            name=people.name or self.env._("nobody named"),
        )

    def _get_leadership_sentence(self):
        return self.env._(
            "“%(request)s”: the leadership decides about this, whatever the amount. Ask for "
            "approval: %(who)s.",
            request=self.display_name,
            who=self._get_decider_text(),
        )

    def _get_limit_sentence(self, total, limit):
        currency = self.company_id.sudo().currency_id  # sudo: its symbol
        return self.env._(
            "“%(request)s”: with it the customer gets %(total)s, above your limit of %(limit)s for "
            "this complaint. Ask for approval: %(who)s.",
            request=self.display_name,
            total=currency.format(total),
            limit=currency.format(limit),
            who=self._get_decider_text(),
        )
