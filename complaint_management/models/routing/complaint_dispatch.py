from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

# A resolved case needs nobody on site any more.
DISPATCHABLE_STATES = ("draft", "submitted", "registered", "planned", "executing")
DEFAULT_DAYS = 1


class ComplaintDispatch(models.Model):
    """Customer service hands a case to the salesperson of the customer's region (R22).

    He becomes its salesperson and gets a dated action: look at it on site, add form and sample.
    """

    _inherit = "complaint.complaint"

    can_dispatch = fields.Boolean(compute="_compute_can_dispatch")

    @api.depends_context("uid")
    @api.depends("state")
    def _compute_can_dispatch(self):
        writable = self._filtered_access("write") if self.ids else self.browse()
        may = self._is_above_lead()
        for complaint in self:
            complaint.can_dispatch = (
                may and complaint in writable and complaint.state in DISPATCHABLE_STATES
            )

    def _check_dispatchable(self):
        """:raise AccessError: for those below customer service
        :raise UserError: naming a case that is resolved or over
        """
        self.check_access("write")
        self._check_seen_version()
        if not self._is_above_lead():
            raise AccessError(self.env._("Customer service, quality and managers dispatch cases."))
        for complaint in self:
            if complaint.state not in DISPATCHABLE_STATES:
                raise UserError(
                    self.env._(
                        "%s is resolved or over: there is nothing to look at any more. Reopen it "
                        "first.",
                        complaint.name,
                    )
                )

    def action_dispatch(self, user_id=None, deadline=None, note=None):
        """Give cases to a salesperson, who verifies them and adds form and sample.

        :param int user_id: the salesperson; without him the wizard with the proposal is returned
        :param deadline: ``date`` by which he has looked at it; default tomorrow
        :param str note: what he is to look at
        :raise AccessError: for those below customer service
        :raise UserError: in a state without anything to verify, or when he cannot take it
        """
        self._check_dispatchable()
        if not user_id:
            return self._open_people_wizard("dispatch")
        user = self.env["res.users"].browse(user_id)
        self._check_can_take(user)
        day = fields.Date.context_today(self) + timedelta(days=DEFAULT_DAYS)
        deadline = fields.Date.to_date(deadline) or day
        # The announcement tells him; core's own mail of the new salesperson would be a second one
        quiet = self.with_context(mail_auto_subscribe_no_notify=True)
        quiet.filtered(lambda c: c.user_id != user).write({"user_id": user.id})
        # sudo: dispatching was checked; the action is for somebody of another department
        actions = self.env["complaint.action"].sudo()
        actions = actions._create_dispatched(
            [c._prepare_dispatch_action_vals(user, deadline, note) for c in self]
        )
        self._note_in_chatter(
            {c: [self.env._("Dispatched to %s.", user.sudo().name)] for c in self}  # sudo: a name
        )
        self._announce("dispatched", dict.fromkeys(self, user), self._get_dispatch_text)
        return True

    def _prepare_dispatch_action_vals(self, user, deadline, note):
        """Values of the action a dispatched case brings; called by :meth:`action_dispatch`."""
        self.ensure_one()
        return {
            "complaint_id": self.id,
            "name": self.env._("Verify on site, add form and sample"),
            "description": note or False,
            "kind": "investigation",
            "user_id": user.id,
            "deadline": deadline,
        }

    @staticmethod
    def _get_dispatch_text(complaints, env):
        """:return: sentence the salesperson reads"""
        return env._(
            "Please verify and add form and sample: %s",
            ", ".join(complaints.mapped("display_name")),
        )

    # ------------------------------------------------------------
    # To whom
    # ------------------------------------------------------------
    def _propose_dispatch(self):
        """Who should look at it: the customer's salesperson, else his region's, else the order's.

        :return: tuple (``res.users``, ``complaint.region`` that named him, or empty)
        """
        self.ensure_one()
        # sudo: whose customer it is, whoever may read customers and regions
        complaint = self.sudo()
        partner, company = complaint.partner_id, complaint.company_id
        regions = complaint.env["complaint.region"]
        address = complaint._get_dispatch_address()
        region = regions._find_region(address, company, complaint.team_id) if address else regions
        line = (
            (complaint.contact_id.user_id, regions),
            (partner.user_id, regions),
            (partner.commercial_partner_id.user_id, regions),
            (region.user_id, region),
            (region.backup_user_id, region),
            (complaint.sale_order_id.user_id, regions),
        )
        pick = complaint.team_id._pick_present
        user = pick([user for user, _r in line], company, complaint._get_concerned_users())
        named_by = next((r for candidate, r in line if candidate == user), regions)
        return user.sudo(False), named_by

    def _get_dispatch_address(self):
        """:return: ``res.partner`` whose address decides: where the goods went, else the first of
        customer and company with a country or postcode
        """
        self.ensure_one()
        customer = self.partner_id
        candidates = (
            self.sale_order_id.partner_shipping_id,
            customer,
            customer.commercial_partner_id,
        )
        return next((p for p in candidates if p.country_id or p.zip), customer.browse())

    # ------------------------------------------------------------
    # The wizard
    # ------------------------------------------------------------
    def _open_people_wizard(self, verb):
        """:param str verb: ``dispatch`` or ``transfer``
        :return: action of the wizard that asks to whom
        """
        titles = {
            "dispatch": self.env._("Dispatch: who looks at it on site?"),
            "transfer": self.env._("Transfer the lead: to whom, and why?"),
        }
        wizard = self.env["complaint.people.wizard"].create(self._prepare_people_wizard_vals(verb))
        return {
            "type": "ir.actions.act_window",
            "name": titles[verb],
            "res_model": wizard._name,
            "res_id": wizard.id,
            "views": [(False, "form")],
            "view_mode": "form",
            "target": "new",
        }

    def _prepare_people_wizard_vals(self, verb):
        """Values of the wizard; called by :meth:`_open_people_wizard`."""
        proposed, region = self.env["res.users"], self.env["complaint.region"]
        if verb == "dispatch":
            # One for all only where all would get the same
            proposals = [complaint._propose_dispatch() for complaint in self]
            users = {user for user, _region in proposals}
            if len(users) == 1:
                proposed, region = proposals[0]
        tomorrow = fields.Date.context_today(self) + timedelta(days=DEFAULT_DAYS)
        return {
            "verb": verb,
            "complaint_ids": self.ids,
            "seen_version": self.version if len(self) == 1 else 0,
            "user_id": proposed.id,
            "region_id": region.id,
            "deadline": tomorrow if verb == "dispatch" else False,
        }
