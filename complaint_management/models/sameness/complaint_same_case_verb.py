from odoo import models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from ..complaint.complaint_complaint import OVER_STATES, UNREGISTERED_STATES

SERVICE = "complaint_management.group_complaint_service"


class ComplaintSameCaseVerb(models.Model):
    """“Same case”: of two complaints one goes on, the newer ends as its duplicate (R5, T17, T20).

    A registered case goes on before a draft: its deadlines run, and nobody stops them by writing a
    draft. What goes over is in ``complaint_same_case_merge``.
    """

    _inherit = "complaint.complaint"

    def action_same_case(self, other_id, confirmed=False, take_requests=True, other_customer=False):
        """Merge this complaint and another one, whichever of them is newer.

        :param int other_id: the other complaint; a duplicate stands for the case it belongs to
        :param bool confirmed: without it the wizard is returned, which shows what would happen
        :param bool take_requests: whether what the customer asked for in the newer one, and not in
            the older, is asked for there
        :param bool other_customer: said by who confirms that two customers' complaints are one case
        :return: action of the wizard, or of the case that goes on
        :raise AccessError: for who may not write both, or not merge different customers' cases
        :raise UserError: naming everything that stands in the way at once
        """
        self.ensure_one()
        self.check_access("write")
        other = self.browse(other_id).exists()
        if not other:
            raise UserError(self.env._("The other complaint is not there any more."))
        root = other._get_root_case()
        self._check_same_case_right(root)
        if not confirmed:
            self._check_same_case(root)
            return self._open_same_case_wizard(root)
        self._lock_same_case(root)
        self._check_seen_version()
        goes_on, duplicate = self._check_same_case(root, other_customer)
        duplicate = duplicate.with_context(seen_version=None)
        duplicate._check_verb("same_case")
        duplicate._end_as_duplicate(goes_on.with_context(seen_version=None), take_requests)
        return goes_on._get_form_action()

    def _lock_same_case(self, other):
        """Two who press at the same moment come one after the other (T17)."""
        ids = tuple(sorted((self | other).ids))
        self.env.execute_query(
            SQL("SELECT id FROM complaint_complaint WHERE id IN %s ORDER BY id FOR UPDATE", ids)
        )
        self.env.invalidate_all()

    def _choose_same_case(self, other):
        """:return: tuple (the case that goes on, the one that ends as its duplicate)"""
        cases = (self | other).sorted(
            lambda c: (c.state in UNREGISTERED_STATES, c.date_received, c.id)
        )
        return cases[0], cases[1]

    def _check_same_case(self, other, other_customer=None):
        """Whether both may become one; callers checked that the user may write both.

        :param other: the root of the other case
        :param other_customer: whether somebody confirmed it; None: the wizard will ask
        :return: tuple (the case that goes on, the one that ends as its duplicate)
        :raise AccessError: for different customers, without the right to merge these
        :raise UserError: naming what stands in the way
        """
        if self == other:
            raise UserError(self.env._("%s: that is the same complaint already.", self.name))
        if self.company_id != other.company_id:
            raise UserError(
                self.env._(
                    "%(first)s and %(second)s are of different companies: each goes on by itself.",
                    first=self.name,
                    second=other.name,
                )
            )
        over = (self | other).filtered(lambda c: c.state in OVER_STATES)
        if over:
            raise UserError(
                self.env._(
                    "%s is over: reopen it first, or go on with the other one.", over[0].name
                )
            )
        goes_on, duplicate = self._choose_same_case(other)
        if duplicate._is_other_customers(goes_on):
            duplicate._check_other_customer(goes_on, other_customer)
        obstacles = duplicate._get_same_case_obstacles()
        if duplicate._is_other_customers(goes_on):
            obstacles += duplicate._get_other_customer_obstacles()
        if obstacles:
            header = self.env._(
                "%(duplicate)s cannot end as a duplicate of %(case)s yet:",
                duplicate=duplicate.name,
                case=goes_on.name,
            )
            raise UserError("\n".join([header, *(f"• {item}" for item in obstacles)]))
        return goes_on, duplicate

    def _is_other_customers(self, other):
        """:return: whether both customers are known, and two; branches of one company are one"""
        self.ensure_one()
        # sudo: only which companies they are
        mine, theirs = (c.sudo().partner_id.commercial_partner_id for c in (self, other))
        return bool(mine and theirs and mine != theirs)

    def _check_other_customer(self, goes_on, confirmed):
        """Two customers' complaints become one seldom: where the dealer and the shop report it.

        :raise AccessError: for others than customer service and the lead
        :raise UserError: while nobody confirmed it
        """
        if not (self.env.user.has_group(SERVICE) or self.env.user == goes_on.lead_user_id):
            raise AccessError(
                self.env._(
                    "The two complaints are of different customers: only customer service or the "
                    "lead of %s may merge them.",
                    goes_on.name,
                )
            )
        if confirmed is False:
            raise UserError(
                self.env._(
                    "%(first)s and %(second)s are different customers: confirm that it is one "
                    "case.",
                    first=self.partner_id.display_name,
                    second=goes_on.partner_id.display_name,
                )
            )

    def _get_same_case_obstacles(self):
        """What has to be settled before this complaint may end as a duplicate: what was promised or
        made for the customer stays with the case it was decided in (R36, T20).

        :return: list of translated sentences that say what to do; others add theirs with super()
        """
        self.ensure_one()
        obstacles = []
        for demand in self.demand_ids.filtered(
            lambda d: d.state in ("open", "offered", "accepted")
        ):
            documents = demand._get_living_documents()
            if documents:
                obstacles.append(
                    self.env._(
                        "“%(request)s” is being carried out: finish or cancel %(documents)s first",
                        request=demand.display_name,
                        documents=", ".join(document.display_name for document in documents),
                    )
                )
            elif demand.state != "open":
                obstacles.append(
                    self.env._(
                        "“%s” was promised to the customer: carry it out, or take the answer back",
                        demand.display_name,
                    )
                )
        return obstacles

    def _get_other_customer_obstacles(self):
        """What one customer still waits for is not asked or kept for another one.

        :return: list of translated sentences that say what to do
        """
        self.ensure_one()
        customer = self.partner_id.display_name
        requests = self.demand_ids.filtered(lambda d: d.state == "open")
        promises = self.promise_ids.filtered(lambda p: p.state == "open")
        return [
            self.env._(
                "“%(request)s” was asked for by %(customer)s: answer or cancel it first",
                request=demand.display_name,
                customer=customer,
            )
            for demand in requests
            if not demand._get_living_documents()
        ] + [
            self.env._(
                "“%(promise)s” was promised to %(customer)s: keep it first",
                promise=promise.name,
                customer=customer,
            )
            for promise in promises
        ]

    def _open_same_case_wizard(self, other):
        """:return: action of the wizard that shows what would happen"""
        wizard = self.env["complaint.same.case.wizard"].create(
            self.env["complaint.same.case.wizard"]._prepare_wizard_vals(self, other)
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Same case"),
            "res_model": wizard._name,
            "res_id": wizard.id,
            "views": [(False, "form")],
            "view_mode": "form",
            "target": "new",
        }
