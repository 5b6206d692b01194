from odoo import api, fields, models
from odoo.exceptions import UserError

from ..complaint.complaint_complaint import UNREGISTERED_STATES
from ..complaint.complaint_state_guard import TRUSTED
from .complaint_demand_promise import SETTLED_STATES


class ComplaintDemandAsking(models.Model):
    """Asking for an approval, and pressing its buttons from the request (R38, R66, T16, T17)."""

    _inherit = "complaint.demand"

    # ------------------------------------------------------------
    # Verbs
    # ------------------------------------------------------------
    def action_request_approval(self, reason=None):
        """Ask whoever may grant this; he gets a to-do.

        Asked again while it waits, it goes to somebody else where the first cannot decide any more.

        :param str reason: for the approver, may be empty; without it the wizard is returned
        :raise AccessError: without write access to the request
        :raise UserError: stale version, or where nothing is to be asked
        """
        self.ensure_one()
        self.check_access("write")
        self._check_case_open()
        if reason is None:
            return self._open_approval_wizard("request")
        self.complaint_id._check_seen_version()
        self._fill_lines()
        self._void_outdated()
        if obstacle := self._get_request_obstacle():
            raise UserError(obstacle)
        function, user = self._find_decider()
        # sudo: written by code, which checked everything
        approvals = self.env["complaint.approval"].sudo().with_context(complaint_transition=TRUSTED)
        pending = self.sudo()._get_pending_approval()
        approval = pending or approvals.create(self._prepare_approval_vals(reason, function))
        approval.with_context(complaint_transition=None)._ask(user)
        return True

    def action_approve(self, note=None):
        """Approve what is asked for here; see ``complaint.approval.action_approve``.

        :param str note: remark of whoever decides, internal; without it the wizard is returned
        """
        return self._get_asked_approval().action_approve(note)

    def action_refuse(self, reason=None):
        """Refuse what is asked for here; see ``complaint.approval.action_refuse``.

        :param str reason: why, internal; without it the wizard is returned
        """
        return self._get_asked_approval().action_refuse(reason)

    def _get_asked_approval(self):
        """:raise UserError: when nothing waits for a decision"""
        self.ensure_one()
        self.check_access("read")
        approval = self._get_pending_approval()
        if not approval:
            raise UserError(self.env._("“%s” waits for no approval.", self.display_name))
        return approval

    # ------------------------------------------------------------
    # Behind the verbs
    # ------------------------------------------------------------
    def _void_outdated(self):
        """Nobody decides about something else than what is asked for now: goods of an option follow
        what is confirmed of the complaint's, which nobody writes here.
        """
        self.ensure_one()
        # sudo: approvals are written by code
        demand = self.sudo()
        pending = demand._get_pending_approval()
        if pending and not pending._covers(demand._get_promise_variants()):
            pending._void(self.env._("What was to be approved has changed."))
            pending.flush_recordset()

    def _get_request_obstacle(self):
        """:return: why no approval is asked for now, or an empty text"""
        self.ensure_one()
        complaint = self.complaint_id
        if complaint.state in UNREGISTERED_STATES:
            return self.env._("Register %s first.", complaint.display_name)
        if self.state in SETTLED_STATES:
            return self.env._("“%s” is settled: reopen it first.", self.display_name)
        if obstacle := self._get_finding_obstacle(self._get_policy_demands()):
            return obstacle
        if not self._get_approval_obstacle():
            return self.env._("“%s” needs no approval: go on.", self.display_name)
        pending = self.sudo()._get_pending_approval()  # sudo: who is asked, a colleague's name
        current = pending and pending._covers(self.sudo()._get_promise_variants())
        if current and pending._is_in_good_hands():
            return pending._get_status_text()
        if not self._find_decider()[1]:
            return self._get_approval_obstacle()
        return ""

    def _prepare_approval_vals(self, reason, function):
        """Values of a new request for approval; called by :meth:`action_request_approval`.

        :param str reason: for the approver
        :param str function: lowest function that may decide
        """
        self.ensure_one()
        return {
            "complaint_id": self.complaint_id.id,
            "demand_id": self.id,
            "kind": self.remedy_kind,
            "function": function,
            "requested_by_id": self.env.uid,
            "date_requested": fields.Datetime.now(),
            "reason": (reason or "").strip() or False,
            **self._prepare_approval_content(),
        }

    def _prepare_approval_content(self):
        """What exactly is approved, as it is now and at today's rate; called when it is asked for
        and when it is decided.
        """
        self.ensure_one()
        return {
            "content": self._get_promise_text(),
            "variants": self._get_promise_variants(),
            "amount": self._get_value(),
            "currency_id": self.currency_id.id,
            "company_amount": self._get_company_value(),
            "complaint_amount": self._get_complaint_total(),
        }

    def _get_promise_text(self):
        """:return: what the customer would get, one thing a line, for the approver"""
        self.ensure_one()
        kinds = dict(self._fields["remedy_kind"]._description_selection(self.env))
        lines = [kinds[self.remedy_kind]]
        if self.amount:
            lines.append(self.currency_id.format(self.amount))
        lines += self._get_goods_texts(self.line_ids)
        options = self._get_open_options()
        lines += [self.env._("or: %s", option._get_promise_text()) for option in options]
        return "\n".join(lines)

    @api.model
    def _get_goods_texts(self, lines):
        """:param lines: ``complaint.demand.line``, may be unsaved
        :return: list of texts: how many of what
        """
        return [
            f"{line.quantity:g} {line.product_uom_id.name} {line.product_id.display_name}"
            for line in lines
        ]

    def _open_approval_wizard(self, verb, approval=None):
        """:param str verb: ``request``, ``approve`` or ``refuse``"""
        wizard = self.env["complaint.approval.wizard"].create(
            {
                "verb": verb,
                "demand_id": self.id,
                "approval_id": approval.id if approval else False,
                "seen_version": self.complaint_id.version,
            }
        )
        titles = {
            "request": self.env._("Ask for Approval"),
            "approve": self.env._("Approve"),
            "refuse": self.env._("Refuse"),
        }
        return {
            "type": "ir.actions.act_window",
            "name": titles[verb],
            "res_model": wizard._name,
            "res_id": wizard.id,
            "views": [(False, "form")],
            "view_mode": "form",
            "target": "new",
        }
