import re

from odoo import models

from .office.safe import is_live, neutralise

# A telephone number or an amount computes nothing but itself; core's CSV quotes it anyway.
HARMLESS = re.compile(r"[+-]?[\d\s().,/-]*")


def quote_cell(cell):
    """:return: ``cell`` of an export, quoted where a spreadsheet program takes it for a formula"""
    if isinstance(cell, str) and is_live(cell) and not HARMLESS.fullmatch(cell):
        return neutralise(cell)
    return cell


class ComplaintExporting(models.AbstractModel):
    """What customers typed is never a formula in a table that somebody exports (T13).

    Core's XLSX export turns every text that begins with ``=`` into a live formula, its CSV export
    quotes only some beginnings. Cells of ours reach both already quoted, also where another model
    exports them through a relation.
    """

    _inherit = "complaint.state.guard"

    def _export_rows(self, fields, **kwargs):
        rows = super()._export_rows(fields, **kwargs)
        return [[quote_cell(cell) for cell in row] for row in rows]
