from odoo import models

# Paid without regard to an invoice
COMPENSATING_KINDS = ("compensation", "deduction")


class ComplaintDemandCompensation(models.Model):
    """Money for damage, and what we accept of a customer's deduction (R37, R38, R70).

    Neither lowers an invoice: no order changes, and finance says what it is set against.
    """

    _inherit = "complaint.demand"

    def _get_execution_obstacle(self):
        if obstacle := super()._get_execution_obstacle():
            return obstacle
        if self.remedy_kind not in COMPENSATING_KINDS:
            return ""
        if not self.amount:
            return self.env._("“%s”: write how much it is first.", self.display_name)
        return ""

    def _execute_compensation(self):
        """Draft a credit note over the compensation.

        :return: ``account.move``, empty where there is one already
        """
        self.ensure_one()
        env = self._get_customer_env()
        return self._draft_money(env._("Compensation for complaint %s", self.complaint_id.name))

    def _execute_deduction(self):
        """Draft a credit note over what we accept of the customer's deduction.

        :return: ``account.move``, empty where there is one already
        """
        self.ensure_one()
        env = self._get_customer_env()
        return self._draft_money(
            env._(
                "Your deduction %(number)s, complaint %(complaint)s",
                number=self.deduction_number or "",
                complaint=self.complaint_id.name,
            )
        )

    def _draft_money(self, name):
        """:param str name: what the customer reads
        :return: ``account.move`` over the amount, empty where there is one already
        """
        self.ensure_one()
        if self._get_living_refunds():
            return self.env["account.move"]
        invoice = self.env["account.move"].sudo()  # sudo: none at all
        lines = [self._prepare_money_line(name, self.amount, *self._get_compensation_way())]
        return self._make_refund(self._prepare_refund_vals(invoice, lines))

    def _get_compensation_way(self):
        """:return: tuple (taxes, account, product) compensation is booked with: the product's of
        the company's settings, else no tax and the sales journal's account
        """
        self.ensure_one()
        # sudo: how finance books compensation is configuration
        product = self.company_id.sudo().complaint_compensation_product_id
        account = self._find_sale_journal().default_account_id
        if not product:
            return self.env["account.tax"], account, product
        taxes, own_account = self._get_product_taxes(product)
        return taxes, own_account or account, product
