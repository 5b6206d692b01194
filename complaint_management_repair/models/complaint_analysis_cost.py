from odoo import api, models
from odoo.tools import SQL


class ComplaintAnalysisCost(models.Model):
    """Parts put in by a repair count what they were worth in stock (R37)."""

    _inherit = "complaint.analysis.cost"

    _depends = {
        "repair.order": ["complaint_demand_id", "name"],
        "stock.move": [
            "repair_id",
            "repair_line_type",
            "state",
            "is_out",
            "value",
            "date",
            "product_id",
        ],
    }

    @api.model
    def _get_cost_selects(self):
        return [*super()._get_cost_selects(), self._prepare_part_costs()]

    @api.model
    def _prepare_part_costs(self):
        """:return: ``SQL``: parts that were added; hours are the labour of actions"""
        return self._prepare_cost_select(
            SQL(
                """
                FROM complaint_demand demand
                JOIN repair_order repair ON repair.complaint_demand_id = demand.id
                JOIN stock_move part ON part.repair_id = repair.id
               WHERE part.repair_line_type = 'add'
                 AND part.state = 'done'
                 AND part.is_out
                """
            ),
            {
                "source_id": SQL("part.id"),
                "complaint_id": SQL("demand.complaint_id"),
                "demand_id": SQL("demand.id"),
                "kind": SQL("'parts'"),
                "date": SQL("part.date"),
                "amount": SQL("part.value"),
                "product_id": SQL("part.product_id"),
                "res_model": SQL("'repair.order'"),
                "res_id": SQL("repair.id"),
                "document": SQL("repair.name"),
            },
        )
