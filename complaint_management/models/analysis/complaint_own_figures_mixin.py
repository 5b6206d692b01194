from odoo import api, models


class ComplaintOwnFiguresMixin(models.AbstractModel):
    """Figures of parts of cases, for who sees his own only: found by the cases' indexes (R60).

    For views with a stored ``complaint_id`` whose rules are those of the case. Where they open more
    (measures somebody verifies in cases of others), this would take rows away.
    """

    _name = "complaint.own.figures.mixin"
    _description = "Figures of One's Own Complaints"

    @api.model
    def _search(self, domain, *args, bypass_access=False, **kwargs):
        """See super; the user's own cases are looked up first, as lists of cases do."""
        query = super()._search(domain, *args, bypass_access=bypass_access, **kwargs)
        if not (self.env.su or bypass_access or query.is_empty()):
            column = self._field_to_sql(self._table, "complaint_id", query)
            self.env["complaint.complaint"]._narrow_to_own(query, column)
        return query
