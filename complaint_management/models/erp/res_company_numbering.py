from odoo import api, models


class ResCompany(models.Model):
    """A company numbers its complaints from its first day (T18).

    So no two people make the number range at the same moment, when the first complaints come.
    """

    _inherit = "res.company"

    @api.model_create_multi
    def create(self, vals_list):
        companies = super().create(vals_list)
        companies._create_complaint_numbering()
        return companies

    @api.model
    def _create_missing_complaint_numbering(self):
        """Give each company without a number range one; called at installation, may run again."""
        numbered = self._get_complaint_ranges().company_id
        # sudo: installation sees all companies
        companies = self.sudo().search([("id", "not in", numbered.ids)])
        companies._create_complaint_numbering()

    def _create_complaint_numbering(self):
        """Make the number range of each company that has none, in one batch."""
        found = self._get_complaint_ranges()
        # One without company serves all; somebody made it on purpose
        if any(not numbers.company_id for numbers in found):
            return
        complaints = self.env["complaint.complaint"]
        missing = self - found.company_id
        found.create([complaints._prepare_sequence_vals(company.id) for company in missing])

    @api.model
    def _get_complaint_ranges(self):
        """:return: ``ir.sequence`` by sudo: all number ranges of complaints, archived ones too"""
        # sudo: number ranges are not the complaint administrator's
        ranges = self.env["ir.sequence"].sudo().with_context(active_test=False)
        return ranges.search([("code", "=", "complaint.complaint")])
