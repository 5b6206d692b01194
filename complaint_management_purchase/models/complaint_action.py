from odoo import api, fields, models

from odoo.addons.complaint_management.models.complaint.complaint_state_guard import TRUSTED
from odoo.addons.complaint_management.models.handling.complaint_action import OPEN_STATES

from .complaint_recharge import PARTIES


class ComplaintAction(models.Model):
    """Purchasing is asked to claim from the supplier or carrier (R20).

    One action a complaint and party. It waits for the vendor, not for the customer: it never keeps
    a case from being resolved, and no customer reads it.
    """

    _inherit = "complaint.action"

    claim_party = fields.Selection(
        PARTIES,
        "To claim from",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="Set on the action that asks purchasing for a supplier claim.",
    )

    can_claim = fields.Boolean(compute="_compute_can_claim")

    @api.depends_context("uid")
    @api.depends("claim_party", "state", "complaint_id.state")
    def _compute_can_claim(self):
        """Where a claim is there to look at, or the reader may make it; else the form says who."""
        for action in self:
            # sudo: only whether there is a claim
            complaint = action._origin.sudo().complaint_id
            claims = complaint.recharge_ids.filtered(
                lambda r, party=action.claim_party: r.party == party and r.state != "cancelled"
            )
            action.can_claim = bool(
                action.claim_party
                and (claims or complaint.with_env(self.env)._filter_claimable_by_user())
            )

    @api.model
    def _get_verb_fields(self):
        return super()._get_verb_fields() | {"claim_party"}

    def _blocks_resolution(self):
        """The customer does not wait for our vendor's answer."""
        return not self.claim_party and super()._blocks_resolution()

    def action_recharge(self):
        """Open the claim this action asks for; it is made where there is none yet.

        :return: action that shows it
        :raise AccessError: for somebody whose action it is not, and who may not claim either
        :raise UserError: when the case is over before anything was claimed
        """
        self.ensure_one()
        self.check_access("read")
        # sudo: the case of his own action; what he may do with it is asked there
        complaint = self.sudo().complaint_id.with_env(self.env)
        return complaint._open_recharges(self.claim_party or "supplier")

    @api.model
    def _make_claim_actions(self, vals_list):
        """Create what asks purchasing to claim; called by :meth:`complaint._ask_for_recharge`."""
        # sudo: whoever found out that a supplier caused it need not plan; trusted: see claim_party
        actions = self.sudo().with_context(complaint_transition=TRUSTED)
        return actions.create(vals_list).with_env(self.sudo().env)

    def _finish_answered(self, note):
        """The vendor answered: done, by whoever noted it."""
        open_actions = self.filtered(lambda a: a.state in OPEN_STATES)
        if open_actions:
            open_actions._finish(note)
