import re

from odoo import models

from .office.safe import is_live, neutralise

# A telephone number or an amount computes nothing but itself; core's CSV quotes it anyway.
HARMLESS = re.compile(r"[+-]?[\d\s().,/-]*")


class ComplaintExporting(models.AbstractModel):
    """What customers typed is never a formula in a table that somebody exports (T13).

    Core's XLSX export turns every text that begins with ``=`` into a live formula, its CSV export
    quotes only some beginnings. Cells of ours reach both already quoted, also where another model
    exports them through a relation.
    """

    _inherit = "complaint.state.guard"

    def _export_rows(self, fields, **kwargs):
        rows = super()._export_rows(fields, **kwargs)
        for row in rows:
            for index, cell in enumerate(row):
                if isinstance(cell, str) and is_live(cell) and not HARMLESS.fullmatch(cell):
                    row[index] = neutralise(cell)
        return rows
