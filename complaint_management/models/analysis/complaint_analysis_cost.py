from odoo import api, fields, models
from odoo.tools import SQL


class ComplaintAnalysisCost(models.Model):
    """The cost of complaints as a figure (R37): of what counts, one currency at a time.

    A case's own page shows what it cost, whatever it is: drafts, praise, archived cases have rows.
    """

    _name = "complaint.analysis.cost"
    _inherit = [
        "complaint.analysis.cost",
        "complaint.own.figures.mixin",
        "complaint.figure.mixin",
    ]
    _UNITS = {"amount": "currency_id"}

    active = fields.Boolean(readonly=True)
    is_counted = fields.Boolean("Counts", readonly=True, help="The complaint is in the figures.")

    _depends = {"complaint.complaint": ["active", "is_counted"]}

    @api.model
    def _get_cost_dimensions(self):
        return {
            **super()._get_cost_dimensions(),
            "active": SQL("complaint.active"),
            "is_counted": SQL("complaint.is_counted"),
        }
