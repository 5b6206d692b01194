from odoo import models


class ComplaintGroupingMixin(models.AbstractModel):
    """Nobody groups by what he may not read (T3, R73).

    Core asks for the right to a field that is read, searched, sorted or grouped by, but not where
    it groups by a many2many: the groups would say what is in it.
    """

    _name = "complaint.grouping.mixin"
    _description = "Groups by Readable Fields Only"

    def _read_group_groupby(self, alias, groupby_spec, query):
        """:raise AccessError: for a field the user may not read"""
        field = self._fields.get(groupby_spec.split(":")[0].split(".")[0])
        if field:
            self._check_field_access(field, "read")
        return super()._read_group_groupby(alias, groupby_spec, query)
