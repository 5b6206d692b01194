from odoo import api, models
from odoo.exceptions import UserError

from .complaint_complaint import OVER_STATES, UNREGISTERED_STATES


class ComplaintIdentity(models.Model):
    """A complaint's number, company and place in the lists are given once (T18, T20)."""

    _inherit = "complaint.complaint"

    def _check_identity(self, vals):
        """A number is given once; a registered complaint stays in its company and in the lists.

        :raise UserError: when ``vals`` say otherwise
        """
        registered = self.filtered(lambda c: c.state not in UNREGISTERED_STATES)
        if "name" in vals and any(c.name != vals["name"] for c in self):
            raise UserError(self.env._("A complaint keeps the number it was given."))
        if "company_id" in vals and any(c.company_id.id != vals["company_id"] for c in registered):
            raise UserError(self.env._("A registered complaint stays in its company."))
        if vals.get("active") is False and any(c.state not in OVER_STATES for c in registered):
            raise UserError(
                self.env._("Only closed and cancelled complaints can be archived: close it first.")
            )

    def _check_deletable(self):
        """A registered complaint stays (T20): it may be cancelled, never deleted."""
        super()._check_deletable()
        if any(complaint.state not in UNREGISTERED_STATES for complaint in self):
            raise UserError(
                self.env._(
                    "A registered complaint cannot be deleted. Cancel it and give the reason."
                )
            )

    @api.model
    def _next_number(self, company_id):
        """:return: the next complaint number of the company, also when nobody set a sequence up"""
        # sudo: numbering is not the salesperson's to read or configure
        sequences = self.env["ir.sequence"].sudo().with_company(company_id)
        number = sequences.next_by_code("complaint.complaint")
        if not number:
            # Somebody removed it. Two who notice at once would both make one: the second waits for
            # the first here, fails as a conflict of transactions, and core does it again.
            self.env.cr.execute(
                "UPDATE res_company SET write_date = write_date WHERE id = %s", [company_id]
            )
            sequences.create(self._prepare_sequence_vals(company_id))
            number = sequences.next_by_code("complaint.complaint")
        return number

    @api.model
    def _prepare_sequence_vals(self, company_id):
        """Values of a missing number range of a company; called by :meth:`_next_number`."""
        return {
            "name": self.env._("Complaints"),
            "code": "complaint.complaint",
            "prefix": "C%(year)s/",
            "padding": 5,
            "company_id": company_id,
        }
