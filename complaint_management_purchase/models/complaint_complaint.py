from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.complaint_management.models.complaint.complaint_complaint import INSIDE_GROUPS
from odoo.addons.complaint_management.models.handling.complaint_action import (
    OPEN_STATES as OPEN_ACTION_STATES,
)

from .complaint_recharge import ANSWERED_STATES, CLAIM_GROUPS, NOTHING_TO_CLAIM, PARTIES


class ComplaintComplaint(models.Model):
    """What a supplier or carrier caused is claimed from him (R20)."""

    _inherit = "complaint.complaint"

    recharge_ids = fields.One2many(
        "complaint.recharge", "complaint_id", "Supplier claims", groups=CLAIM_GROUPS
    )
    recharge_count = fields.Integer(
        "Supplier claims (number)", compute="_compute_recharge_count", groups=CLAIM_GROUPS
    )
    can_recharge = fields.Boolean(compute="_compute_can_recharge", groups=CLAIM_GROUPS)

    @api.depends_context("uid")
    def _compute_display_name(self):
        """Buyers meet cases on their claims: where they may not read one, its number is enough.

        Core names what a link leads to by sudo, whoever asks.
        """
        super()._compute_display_name()
        user = self.env.user
        if user._is_superuser() or not user._is_internal() or user.has_groups(INSIDE_GROUPS):
            return
        cases = self._origin
        for complaint in cases - cases.sudo(False)._filtered_access("read"):
            complaint.display_name = complaint.name

    @api.depends_context("uid")
    @api.depends("recharge_ids")
    def _compute_recharge_count(self):
        counts = dict(
            self.env["complaint.recharge"]._read_group(
                [("complaint_id", "in", self.ids)], ["complaint_id"], ["__count"]
            )
        )
        for complaint in self:
            complaint.recharge_count = counts.get(complaint._origin, 0)

    @api.depends_context("uid")
    @api.depends("state", "responsibility", "point_ids.responsibility", "recharge_ids")
    def _compute_can_recharge(self):
        """Where somebody outside caused it and nothing is claimed yet; else the list is there."""
        allowed = self._origin._filter_claimable_by_user()
        for complaint in self:
            complaint.can_recharge = (
                complaint._origin in allowed
                and complaint.state not in NOTHING_TO_CLAIM
                # sudo: which party, to whoever may claim from it
                and bool(complaint._origin.sudo()._get_claim_parties())
                and not complaint.recharge_count
            )

    # ------------------------------------------------------------
    # Whom it concerns
    # ------------------------------------------------------------
    @api.model_create_multi
    def create(self, vals_list):
        complaints = super().create(vals_list)
        complaints.filtered("responsibility")._follow_responsibility()
        return complaints

    def write(self, vals):
        """Whoever turns out to have caused it pays for it: purchasing is asked."""
        result = super().write(vals)
        if "responsibility" in vals:
            self._follow_responsibility()
        return result

    def _after_register(self):
        result = super()._after_register()
        self._follow_responsibility()
        return result

    def _get_claim_parties(self):
        """:return: set of the keys of ``PARTIES`` who caused the case or one of its points"""
        self.ensure_one()
        caused = {self.responsibility, *self.point_ids.mapped("responsibility")}
        return caused & dict(PARTIES).keys()

    def _follow_responsibility(self):
        """Ask purchasing where a vendor caused it; let go what turned out otherwise."""
        # sudo: whoever judges need not read what purchasing has to do
        for complaint in self.sudo():
            parties = complaint._get_claim_parties()
            for party in sorted(parties):
                complaint._ask_for_recharge(party)
            asked = complaint.action_ids.filtered(
                lambda a: a.claim_party and a.state in OPEN_ACTION_STATES
            )
            if asked:
                complaint._drop_needless_claim_actions(asked, parties)

    def _drop_needless_claim_actions(self, actions, parties):
        """Cancel what asks to claim from somebody who caused nothing, and from whom nothing is
        claimed.
        """
        claimed = self.recharge_ids.filtered(lambda r: r.state != "cancelled").mapped("party")
        needless = actions.filtered(lambda a: a.claim_party not in {*parties, *claimed})
        if needless:
            needless.action_cancel()

    def _ask_for_recharge(self, party):
        """Give purchasing the action to claim, once a complaint and party.

        Answered with *Not concerned* it does not come back; taken back by a changed finding it
        opens again.

        :param str party: key of ``PARTIES``
        """
        vals_list = []
        for complaint in self.sudo():  # sudo: actions of other people, for the system
            if complaint.state in NOTHING_TO_CLAIM or complaint.state == "closed":
                continue
            action = complaint.action_ids.filtered(lambda a: a.claim_party == party)
            if not action:
                vals_list.append(complaint._prepare_claim_action_vals(party))
            elif action[-1].state == "cancelled":
                action[-1].action_restart()
        if vals_list:
            self.env["complaint.action"]._make_claim_actions(vals_list)

    def _prepare_claim_action_vals(self, party):
        """Values of purchasing's action; called by :meth:`_ask_for_recharge`."""
        self.ensure_one()
        names = {
            "supplier": self.env._("Claim from the supplier"),
            "carrier": self.env._("Claim from the carrier"),
        }
        owner, _other = self._find_function_user("purchasing")
        days = self.company_id.complaint_recharge_days
        return {
            "complaint_id": self.id,
            "name": names[party],
            "description": self.env._(
                "Open the action and press “Claim”. Nothing to claim? Press “Not Concerned”."
            ),
            "kind": "investigation",
            "claim_party": party,
            "user_id": owner.id,
            "deadline": fields.Date.add(fields.Date.context_today(self), days=days),
        }

    def _follow_recharges(self, party):
        """Let purchasing's action follow its claims: due when the next answer is, done with the
        last one.

        :param str party: key of ``PARTIES``
        """
        self.ensure_one()
        actions = self.action_ids.filtered(lambda a: a.claim_party == party)[-1:]
        claims = self.recharge_ids.filtered(lambda r: r.party == party and r.state != "cancelled")
        if not actions or not claims:
            return
        waiting = claims.filtered(lambda r: r.state not in ANSWERED_STATES)
        if not waiting:
            actions._finish_answered(claims._get_answer_note())
            return
        if actions.state == "done" and self.state != "closed":
            actions.action_restart()
        days = [day for day in waiting.mapped("date_due") if day]
        if days and actions.state in ("open", "in_progress") and actions.deadline != min(days):
            # Waiting for the vendor is no change of the plan anybody has to agree to
            actions._write_trusted({"deadline": min(days)})

    # ------------------------------------------------------------
    # Claiming
    # ------------------------------------------------------------
    def _filter_claimable_by_user(self):
        """:return: those of these complaints because of which the user may claim: he may write
        them, or he claims from vendors and may read them
        """
        if self.env["complaint.recharge"].has_access("create"):
            return self._filtered_access("read")
        return self._filtered_access("write")

    def _check_claimable(self):
        """:raise UserError: before registration, and where the case was cancelled"""
        for complaint in self:
            if complaint.state in NOTHING_TO_CLAIM:
                raise UserError(
                    self.env._(
                        "%s: only a registered complaint is claimed from a vendor.", complaint.name
                    )
                )

    def action_recharge(self):
        """Claim from whoever outside caused it: what is known is filled in (R20).

        :return: action that shows the claims of the complaint
        :raise AccessError: for those who may neither write the complaint nor claim from vendors
        :raise UserError: before registration
        """
        self.ensure_one()
        self.check_access("read")
        # sudo: which party; a contributor's own action tells him the same
        parties = sorted(self.sudo()._get_claim_parties())
        return self._open_recharges(*(parties or ["supplier"]))

    def _open_recharges(self, *parties):
        """Make the claims that are missing, and show all of these parties.

        :param parties: keys of ``PARTIES``
        """
        self.ensure_one()
        claims = self.env["complaint.recharge"]
        # sudo: which there are; the list shows what the user may see
        present = self.sudo().recharge_ids.filtered(lambda r: r.state != "cancelled")
        missing = [party for party in parties if party not in present.mapped("party")]
        if missing:
            if not self._filter_claimable_by_user():
                raise AccessError(
                    self.env._(
                        "You may not claim from vendors because of this complaint: ask purchasing."
                    )
                )
            self.sudo()._check_claimable()
            made = claims.sudo()
            for party in missing:
                # sudo: checked just now; purchases and prices are not everybody's to read
                made |= self.sudo()._make_recharges(party)
            # All of them at once: the first would take what all shall bear
            made._share_cost()
            present |= made
        shown = present.filtered(lambda r: r.party in parties)
        return self._show_recharges(claims.browse(shown.ids))

    def action_view_recharges(self):
        """:return: action of the claims made because of this complaint"""
        self.ensure_one()
        claims = self.env["complaint.recharge"].search([("complaint_id", "=", self.id)])
        return self._show_recharges(claims)

    def _show_recharges(self, claims):
        """:return: action that shows ``claims``; one of them as its form"""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "complaint_management_purchase.complaint_recharge_action"
        )
        action["domain"] = [("complaint_id", "=", self.id)]
        action["context"] = {"default_complaint_id": self.id}
        if len(claims) == 1:
            action.update(views=[(False, "form")], view_mode="form", res_id=claims.id)
        return action
