from ast import literal_eval

from odoo import api, fields, models
from odoo.tools.date_utils import parse_date

from ..analysis.month_text import get_months_text


class IrFilters(models.Model):
    """Favourites that we ship are read in the reader's language.

    Core keeps one name for everybody. Ours have a title beside it, which is translated as any data,
    and say which months they look at; whoever renames a favourite is shown the new name.
    """

    _inherit = "ir.filters"

    complaint_title = fields.Char("Name, translated", translate=True)

    @api.model
    def get_filters(self, model, action_id=None, *args, **kwargs):
        """See super; names of our favourites are translated."""
        found = super().get_filters(model, action_id, *args, **kwargs)
        if not (model or "").startswith("complaint."):
            return found
        # sudo: names of what was found with the reader's rights
        filters = self.sudo().browse(entry["id"] for entry in found)
        shipped = {f.id: f for f in filters.with_context(lang="en_US") if f.complaint_title}
        for entry in found:
            favourite = shipped.get(entry["id"])
            if favourite and favourite.complaint_title == entry["name"]:
                favourite = favourite.with_env(filters.env)
                texts = [favourite.complaint_title, *favourite._get_period_texts()]
                entry["name"] = ", ".join(texts)
        return found

    def _get_period_texts(self):
        """:return: list of one text, the months a favourite looks at; empty without a start"""
        self.ensure_one()
        starts = [
            leaf[2]
            for leaf in literal_eval(self.domain or "[]")
            if len(leaf) == 3 and leaf[1] == ">=" and isinstance(leaf[2], str)
        ]
        if not starts:
            return []
        today = fields.Date.context_today(self)
        return [get_months_text(self.env, parse_date(starts[0], self.env), today)]
