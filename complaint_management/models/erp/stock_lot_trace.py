from odoo import api, models
from odoo.tools import SQL

from ..tracing.codes import JOINTS, squeeze


class StockLotTrace(models.Model):
    """Lots are found as people read them off a carton: in any case, with or without dashes."""

    _inherit = "stock.lot"

    _complaint_squeezed_idx = models.Index(f"(translate(lower(name), '{JOINTS}', ''))")

    @api.model
    def _search_squeezed(self, names):
        """:param names: codes as typed
        :return: ids of all lots called like one of them but for case, spaces and dashes; callers
            look after companies and rights
        """
        return [row[0] for row in self.env.execute_query(self._get_squeezed_sql(names))]

    @api.model
    def _get_squeezed_sql(self, names):
        """:return: ``SQL`` of the query of :meth:`_search_squeezed`"""
        self.flush_model(["name"])
        return SQL(
            "SELECT id FROM stock_lot WHERE translate(lower(name), %s, '') = ANY(%s) LIMIT 100",
            JOINTS,
            [key for key in map(squeeze, names) if key],
        )
