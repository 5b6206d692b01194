from odoo import api, models
from odoo.tools import SQL

from .complaint_analysis_cost import COST_COLUMNS


class ComplaintCostSources(models.Model):
    """Where the cost of a complaint is read from: what was linked to it, as it is today.

    Counted is what is final: posted credit notes (without taxes, as booked in the company's
    currency), work that was done, expenses; goods and freight are in ``complaint_cost_goods``.
    """

    _inherit = "complaint.analysis.cost"

    _depends = {
        "complaint.demand": ["complaint_id", "remedy_kind"],
        "account.move": [
            "complaint_demand_id",
            "complaint_taken_back",
            "reversed_entry_id",
            "name",
            "state",
            "move_type",
            "invoice_date",
            "date",
        ],
        "account.move.line": ["move_id", "balance", "product_id", "display_type"],
        "complaint.action": [
            "complaint_id",
            "demand_id",
            "name",
            "state",
            "date_done",
            "deadline",
            "labour_cost",
            "labour_hours_done",
        ],
        "complaint.expense": [
            "complaint_id",
            "demand_id",
            "kind",
            "date",
            "name",
            "amount_company",
            "product_id",
        ],
    }

    @api.model
    def _get_cost_selects(self):
        """Hook: siblings add theirs with super(), made by :meth:`_prepare_cost_select`.

        :return: list of ``SQL``, each a select of ``COST_COLUMNS``
        """
        return [
            *self._prepare_refund_costs(),
            self._prepare_labour_costs(),
            self._prepare_expense_costs(),
        ]

    @api.model
    def _prepare_cost_select(self, source, columns):
        """One select of cost items.

        :param source: ``SQL`` from ``FROM`` on; ``source_id`` is unique in it
        :param dict columns: name of ``COST_COLUMNS`` → ``SQL``; those left out are empty
        :return: ``SQL``
        """
        selected = [
            SQL("(%s)::%s AS %s", columns.get(name, SQL("NULL")), kind, SQL.identifier(name))
            for name, kind in COST_COLUMNS.items()
        ]
        return SQL("SELECT %s %s", SQL(", ").join(selected), source)

    @api.model
    def _prepare_refund_costs(self):
        """:return: list of ``SQL``: lines of posted credit notes, a kind by what the request
        grants, and of entries that reverse a part of one; what was taken back wholly is nothing
        """
        columns = {
            "source_id": SQL("line.id"),
            "complaint_id": SQL("demand.complaint_id"),
            "demand_id": SQL("demand.id"),
            "kind": SQL(
                """CASE WHEN demand.remedy_kind
                        IN ('discount', 'compensation', 'deduction', 'gift')
                   THEN demand.remedy_kind ELSE 'credit' END"""
            ),
            "date": SQL("COALESCE(move.invoice_date, move.date)"),
            "amount": SQL("line.balance"),
            "product_id": SQL("line.product_id"),
            "res_model": SQL("'account.move'"),
            "res_id": SQL("move.id"),
            "document": SQL("move.name"),
        }
        refunds = SQL("JOIN account_move move ON move.id = refund.id")
        reversals = SQL("JOIN account_move move ON move.reversed_entry_id = refund.id")
        return [
            self._prepare_cost_select(
                SQL(
                    """
                    FROM account_move refund
                    JOIN complaint_demand demand ON demand.id = refund.complaint_demand_id
                    %s
                    JOIN account_move_line line ON line.move_id = move.id
                   WHERE refund.complaint_demand_id IS NOT NULL
                     AND refund.complaint_taken_back IS NOT TRUE
                     AND refund.move_type = 'out_refund'
                     AND refund.state = 'posted'
                     AND move.state = 'posted'
                     AND line.display_type = 'product'
                    """,
                    moves,
                ),
                columns,
            )
            for moves in (refunds, reversals)
        ]

    @api.model
    def _prepare_labour_costs(self):
        """:return: ``SQL``: work that was done; what is only planned costs nothing yet"""
        return self._prepare_cost_select(
            SQL(
                """
                FROM complaint_action action
               WHERE action.labour_cost <> 0
                 AND (action.state = 'done' OR action.labour_hours_done > 0)
                """
            ),
            {
                "source_id": SQL("action.id"),
                "complaint_id": SQL("action.complaint_id"),
                "demand_id": SQL("action.demand_id"),
                "kind": SQL("'labour'"),
                "date": SQL("COALESCE(action.date_done::date, action.deadline)"),
                "amount": SQL("action.labour_cost"),
                "res_model": SQL("'complaint.action'"),
                "res_id": SQL("action.id"),
                "document": SQL("action.name"),
            },
        )

    @api.model
    def _prepare_expense_costs(self):
        """:return: ``SQL``: what no document shows"""
        return self._prepare_cost_select(
            SQL("FROM complaint_expense expense"),
            {
                "source_id": SQL("expense.id"),
                "complaint_id": SQL("expense.complaint_id"),
                "demand_id": SQL("expense.demand_id"),
                "kind": SQL(
                    "CASE expense.kind WHEN 'courier' THEN 'freight' ELSE expense.kind END"
                ),
                "date": SQL("expense.date"),
                "amount": SQL("expense.amount_company"),
                "product_id": SQL("expense.product_id"),
                "res_model": SQL("'complaint.expense'"),
                "res_id": SQL("expense.id"),
                "document": SQL("expense.name"),
            },
        )
