from odoo import api, models


class ComplaintRememberedMixin(models.AbstractModel):
    """Configuration that is looked up from memory: every change forgets what was remembered.

    Models keep their tables in an ``ormcache``; here stands when these are thrown away. A table is
    read with ``active_test=True``: it is the same for everybody, whatever the context says.
    """

    _name = "complaint.remembered.mixin"
    _description = "Remembered Configuration"

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        self.env.registry.clear_cache()
        return records

    def write(self, vals):
        """Forget what was remembered."""
        result = super().write(vals)
        self.env.registry.clear_cache()
        return result

    def unlink(self):
        """Forget what was remembered."""
        result = super().unlink()
        self.env.registry.clear_cache()
        return result

    @api.model
    def _search_nearest_last(self, company_id):
        """Rows that bind a company, for tables in which the last of a key wins: a branch follows
        its company where it says nothing itself, and that the shared row.

        :param int company_id: id of ``res.company``; callers remember what they make of it
        :return: rows with sudo: shared ones, then each company's from the top of the tree down
        """
        # sudo: everybody is bound by them, whether or not he may read them, or the companies above
        rows = self.sudo().with_context(active_test=True)
        companies = self.env["res.company"].sudo().browse(company_id).parent_ids
        ranks = {company.id: company.parent_path.count("/") for company in companies}
        rows = rows.search([("company_id", "in", [*ranks, False])])
        return rows.sorted(lambda row: ranks.get(row.company_id.id, 0))
