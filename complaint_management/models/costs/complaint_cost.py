from odoo import api, fields, models

from ..complaint.complaint_complaint import INSIDE_GROUPS

# Field of the complaint → kinds of cost that count there; a kind nobody names is an expense.
COST_FIELDS = {
    "cost_credit": ("credit", "discount"),
    "cost_compensation": ("compensation",),
    "cost_deduction": ("deduction",),
    "cost_replacement": ("replacement",),
    "cost_gift": ("gift",),
    "cost_freight": ("freight",),
    "cost_labour": ("labour",),
    "cost_recharged": ("recharged",),
}


class ComplaintCost(models.Model):
    """What a complaint cost us, by what it is made of; the sums of ``complaint.analysis.cost``.

    In the company's currency, without taxes. Not for contributors and customers (R60). A case
    that was archived cost what it cost.
    """

    _inherit = "complaint.complaint"

    cost_ids = fields.One2many(
        "complaint.analysis.cost",
        "complaint_id",
        "Cost items",
        context={"active_test": False},
        groups=INSIDE_GROUPS,
    )
    cost_document_ids = fields.One2many(
        "complaint.analysis.cost",
        "complaint_id",
        "Cost from documents",
        domain=[("res_model", "!=", "complaint.expense")],
        context={"active_test": False},
        groups=INSIDE_GROUPS,
    )
    cost_total = fields.Monetary(
        "Total cost",
        compute="_compute_cost",
        groups=INSIDE_GROUPS,
        help="What credit notes, replaced goods, gifts, freight, labour and expenses of the "
        "complaint cost us, less what was recharged. Without taxes.",
    )
    cost_credit = fields.Monetary("Credited", compute="_compute_cost", groups=INSIDE_GROUPS)
    cost_compensation = fields.Monetary(
        "Compensations", compute="_compute_cost", groups=INSIDE_GROUPS
    )
    cost_deduction = fields.Monetary("Deductions", compute="_compute_cost", groups=INSIDE_GROUPS)
    cost_replacement = fields.Monetary(
        "Replaced goods", compute="_compute_cost", groups=INSIDE_GROUPS
    )
    cost_gift = fields.Monetary("Gifts", compute="_compute_cost", groups=INSIDE_GROUPS)
    cost_freight = fields.Monetary("Freight", compute="_compute_cost", groups=INSIDE_GROUPS)
    cost_labour = fields.Monetary("Labour", compute="_compute_cost", groups=INSIDE_GROUPS)
    cost_expense = fields.Monetary("Other expenses", compute="_compute_cost", groups=INSIDE_GROUPS)
    cost_recharged = fields.Monetary("Recharged", compute="_compute_cost", groups=INSIDE_GROUPS)

    @api.depends("expense_ids.kind", "expense_ids.amount_company", "company_id")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_cost(self):
        """One query for any number of complaints; what one types just now counts when saved."""
        fields_by_kind = {kind: name for name, kinds in COST_FIELDS.items() for kind in kinds}
        names = [*COST_FIELDS, "cost_expense", "cost_total"]
        sums = {}
        costs = self.env["complaint.analysis.cost"].with_context(active_test=False)
        for complaint, kind, amount in costs._read_group(
            [("complaint_id", "in", self._origin.ids)], ["complaint_id", "kind"], ["amount:sum"]
        ):
            row = sums.setdefault(complaint.id, dict.fromkeys(names, 0.0))
            row[fields_by_kind.get(kind, "cost_expense")] += amount
            row["cost_total"] += amount
        nothing = dict.fromkeys(names, 0.0)
        for complaint in self:
            complaint.update(sums.get(complaint._origin.id, nothing))

    def action_view_costs(self):
        """Button: the cost items of these complaints.

        :return: action of the analysis, filtered
        :raise AccessError: for who sees no money
        """
        self.env["complaint.analysis.cost"].check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "complaint_management.complaint_analysis_cost_action"
        )
        action["domain"] = [("complaint_id", "in", self.ids)]
        action["context"] = {"active_test": False}
        action["views"] = [(False, "list"), (False, "pivot"), (False, "graph")]
        return action
