from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import ormcache

from ..remedies.complaint_demand import DEMAND_KINDS


class Demands(NamedTuple):
    """What has to come before a promise, whatever its amount."""

    leadership: bool = False
    finding_ours: bool = False
    application: bool = False


class ComplaintApprovalPolicy(models.Model):
    """Remedies that need the leadership whatever the amount, and what comes before (R39, R66).

    By who complains and what he gets; either may stay open. Where several rows fit, all they ask
    for is asked. A company's own row replaces the shared one for the same complainant and remedy.
    """

    _name = "complaint.approval.policy"
    _description = "Approval Whatever the Amount"
    _inherit = ["complaint.remembered.mixin"]
    _order = "complainant_type, kind, id"

    active = fields.Boolean(default=True)
    complainant_type = fields.Selection(
        "_get_complainant_types", "Who complains", help="Empty: whoever complains."
    )
    kind = fields.Selection(DEMAND_KINDS, "What he gets", help="Empty: whatever he gets.")
    needs_leadership = fields.Boolean(
        "Leadership decides", default=True, help="Whatever the amount is."
    )
    needs_finding_ours = fields.Boolean(
        "Quality finds “ours” first",
        help="Nothing is asked for and nothing is promised before quality has found that it is our "
        "responsibility.",
    )
    needs_application = fields.Boolean(
        "Return application",
        help="The approval makes the return application as a PDF and starts the return.",
    )
    company_id = fields.Many2one("res.company", index=True, help="Empty: all companies.")

    _one_each = models.UniqueIndex(
        "(COALESCE(complainant_type, ''), COALESCE(kind, ''), COALESCE(company_id, 0)) "
        "WHERE active",
        "There is a row for this complainant and remedy already: change that one.",
    )

    @api.model
    def _get_complainant_types(self):
        field = self.env["complaint.complaint"]._fields["complainant_type"]
        return field._description_selection(self.env)

    @api.constrains("needs_application", "needs_leadership", "kind")
    def _check_application(self):
        """:raise ValidationError: for an application nobody approves, or of no return"""
        for policy in self.filtered("needs_application"):
            if policy.kind != "return" or not policy.needs_leadership:
                raise ValidationError(
                    self.env._(
                        "A return application belongs to a return the leadership decides about."
                    )
                )

    @api.depends("complainant_type", "kind")
    def _compute_display_name(self):
        for policy in self:
            type_ = policy._fields["complainant_type"].convert_to_export(
                policy.complainant_type, policy
            )
            kind = policy._fields["kind"].convert_to_export(policy.kind, policy)
            policy.display_name = " · ".join(
                (type_ or self.env._("Everybody"), kind or self.env._("Whatever he gets"))
            )

    # ------------------------------------------------------------
    # Looking up, without a query
    # ------------------------------------------------------------
    @api.model
    def _get_demands(self, company, complainant_type, kind):
        """What has to come before ``kind`` is promised to such a complainant.

        :param company: ``res.company``
        :param str complainant_type: key of the complaint's field
        :param str kind: key of ``DEMAND_KINDS``
        :return: :class:`Demands`
        """
        table = self._get_table(company.id)
        keys = [(t, k) for t in (complainant_type, False) for k in (kind, False)]
        rows = [table[key] for key in keys if key in table]
        return Demands(*(any(values) for values in zip(*rows, strict=True))) if rows else Demands()

    @ormcache("company_id")
    def _get_table(self, company_id):
        """:return: dict (complainant type, kind) → :class:`Demands`"""
        return {
            (policy.complainant_type, policy.kind): Demands(
                policy.needs_leadership, policy.needs_finding_ours, policy.needs_application
            )
            for policy in self._search_nearest_last(company_id)
        }
