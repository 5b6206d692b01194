from odoo import api, models
from odoo.tools import SQL


class ComplaintAnalysisCost(models.Model):
    """What vendors bore of a complaint lessens its cost: only what is documented (R20, R37).

    Lines of posted vendor refunds, as booked; of claims that ask for no document what the vendor
    accepted, at the rate of the day he answered.
    """

    _inherit = "complaint.analysis.cost"

    _depends = {
        "account.move": [
            "complaint_recharge_id",
            "complaint_taken_back",
            "commercial_partner_id",
            "date",
            "invoice_date",
            "name",
            "state",
        ],
        "account.move.line": ["move_id", "balance", "display_type", "product_id"],
        "complaint.recharge": [
            "complaint_id",
            "partner_id",
            "product_id",
            "kind",
            "name",
            "date_answered",
            "amount_recovered",
        ],
        "res.partner": ["commercial_partner_id"],
    }

    @api.model
    def _get_cost_selects(self):
        return [
            *super()._get_cost_selects(),
            self._prepare_vendor_refund_costs(),
            self._prepare_accepted_claim_costs(),
        ]

    @api.model
    def _prepare_vendor_refund_costs(self):
        """:return: ``SQL``: lines of posted vendor refunds made of claims, negative"""
        return self._prepare_cost_select(
            SQL(
                """
                FROM account_move move
                JOIN complaint_recharge recharge ON recharge.id = move.complaint_recharge_id
                JOIN account_move_line line ON line.move_id = move.id
               WHERE move.complaint_recharge_id IS NOT NULL
                 AND move.state = 'posted'
                 AND move.complaint_taken_back IS NOT TRUE
                 AND line.display_type = 'product'
                """
            ),
            {
                "source_id": SQL("line.id"),
                "complaint_id": SQL("recharge.complaint_id"),
                "kind": SQL("'recharged'"),
                "date": SQL("COALESCE(move.invoice_date, move.date)"),
                "amount": SQL("line.balance"),
                "product_id": SQL("COALESCE(line.product_id, recharge.product_id)"),
                "vendor_id": SQL("move.commercial_partner_id"),
                "res_model": SQL("'account.move'"),
                "res_id": SQL("move.id"),
                "document": SQL("move.name"),
            },
        )

    @api.model
    def _prepare_accepted_claim_costs(self):
        """:return: ``SQL``: claims that were accepted and ask for no document, negative"""
        return self._prepare_cost_select(
            SQL(
                """
                FROM complaint_recharge recharge
           LEFT JOIN res_partner vendor ON vendor.id = recharge.partner_id
               WHERE recharge.kind = 'claim'
                 AND recharge.amount_recovered <> 0
                 AND NOT EXISTS (
                     SELECT FROM account_move move
                      WHERE move.complaint_recharge_id = recharge.id
                        AND move.state = 'posted'
                        AND move.complaint_taken_back IS NOT TRUE
                 )
                """
            ),
            {
                "source_id": SQL("recharge.id"),
                "complaint_id": SQL("recharge.complaint_id"),
                "kind": SQL("'recharged'"),
                "date": SQL("recharge.date_answered"),
                "amount": SQL("-recharge.amount_recovered"),
                "product_id": SQL("recharge.product_id"),
                "vendor_id": SQL("vendor.commercial_partner_id"),
                "res_model": SQL("'complaint.recharge'"),
                "res_id": SQL("recharge.id"),
                "document": SQL("recharge.name"),
            },
        )
