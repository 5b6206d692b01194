from odoo import api, models
from odoo.exceptions import UserError

from ..complaint.complaint_complaint import OVER_STATES


class ComplaintDemandImport(models.Model):
    """An old register may say what was promised; in a live case only verbs do (T16)."""

    _inherit = "complaint.demand"

    @api.model
    def _get_promise_facts(self):
        """:return: set of the fields that let a request through; never of a case that goes on"""
        return {
            "promise_variants",
            "date_promised",
            "promised_by_id",
            "promised_by_leadership",
            "before_option",
        }

    @api.model
    def _check_imported_vals(self, vals):
        super()._check_imported_vals(vals)
        if any(vals.get(name) for name in self._get_promise_facts()):
            self._check_imported_over(vals)

    @api.model
    def _check_imported_over(self, vals):
        """:raise UserError: when a decision is imported into a case that goes on"""
        # sudo: the state of a case, whoever imports into it
        complaint = self.env["complaint.complaint"].sudo().browse(vals.get("complaint_id"))
        if complaint.state not in OVER_STATES:
            raise UserError(
                self.env._(
                    "%s: promises and approvals are imported with closed complaints only. In a "
                    "case that goes on, use the buttons.",
                    self._get_model_label(),
                )
            )


class ComplaintApprovalImport(models.Model):
    """The same holds for decisions."""

    _inherit = "complaint.approval"

    @api.model
    def _check_imported_vals(self, vals):
        super()._check_imported_vals(vals)
        self.env["complaint.demand"]._check_imported_over(vals)
