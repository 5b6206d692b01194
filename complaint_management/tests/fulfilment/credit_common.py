"""Posted invoices to be credited: a company with accounts, a tax, somebody in finance."""

from odoo import Command, fields

from ..common import ComplaintCommon


class CreditCommon(ComplaintCommon):
    """One order of ten at 20.00 plus 10 % tax; helpers that deliver, invoice, complain."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_accounting(cls.company)
        cls.tax = cls._tax(10.0)
        cls.user_finance = cls.user_stock.copy(
            {
                "name": "Finance",
                "login": cls.login_prefix + "finance",
                "email": "finance@our-company.example.com",
                "group_ids": [
                    Command.set(
                        [
                            cls.env.ref("base.group_user").id,
                            cls.env.ref("account.group_account_invoice").id,
                        ]
                    )
                ],
            }
        )
        cls.team.function_ids.filtered(lambda f: f.function == "finance").user_id = cls.user_finance
        cls.goods = cls._product(
            name="Rasp", invoice_policy="delivery", taxes_id=[Command.set(cls.tax.ids)]
        )

    @classmethod
    def _set_up_accounting(cls, company):
        """Load a chart of accounts, unless the company has one."""
        journals = cls.env["account.journal"].search(
            [("company_id", "=", company.id), ("type", "=", "sale")]
        )
        if not journals.default_account_id:
            cls.env["account.chart.template"].try_loading(
                "generic_coa", company=company, install_demo=False
            )

    @classmethod
    def _tax(cls, amount, company=None, **vals):
        """A sales tax in per cent."""
        return (
            cls.env["account.tax"]
            .with_company(company or cls.company)
            .create(
                {
                    "name": f"Test {amount} % {vals}",
                    "amount": amount,
                    "type_tax_use": "sale",
                    "company_id": (company or cls.company).id,
                    **vals,
                }
            )
        )

    @classmethod
    def _sold(cls, quantity=10.0, product=None, invoiced=True, **vals):
        """An order that was delivered and invoiced."""
        order = cls._order(lines=[(product or cls.goods, quantity)], **vals)
        cls._deliver(order)
        if invoiced:
            cls._invoice(order)
        return order

    @classmethod
    def _invoice(cls, order):
        """Post an invoice of what is to be invoiced."""
        invoice = order._create_invoices()
        invoice.invoice_date = fields.Date.today()
        invoice.action_post()
        return invoice

    @classmethod
    def _request(
        cls, order=None, kind="credit", quantity=3.0, accept=True, user=None, goods=True, **vals
    ):
        """A registered complaint about the first line of an order, with an accepted request."""
        line = order.order_line[:1] if order and goods else None
        lines = []
        if line:
            moves = line.move_ids.filtered(lambda m: m.location_dest_id.usage == "customer")
            lines = [
                Command.create(
                    cls._prepare_line_vals(
                        product_id=line.product_id.id,
                        product_uom_id=line.product_uom_id.id,
                        sale_line_id=line.id,
                        move_id=moves[:1].id,
                        quantity_shipped=line.product_uom_qty,
                        quantity_complained=quantity,
                        lot_name=False,
                    )
                )
            ]
        complaint = cls._registered_complaint(
            sale_order_id=order.id if order else False,
            partner_id=(order.partner_id if order else cls.customer).id,
            contact_id=False,
            company_id=(order.company_id if order else cls.company).id,
            demand_ids=[Command.create({"kind": kind, **vals})],
            **({"line_ids": lines} if lines else {}),
        )
        demand = complaint.demand_ids.with_user(user or cls.user_sales)
        if accept:
            demand.action_accept()
        return demand

    def _credit(self, demand):
        """Carry a request out.

        :return: its living credit notes, as superuser
        """
        demand.action_execute()
        return demand._get_living_refunds().with_env(self.env)

    def _return_goods(self, order, quantity, **kwargs):
        """Take goods of an order back, by hand."""
        picking = order.picking_ids.filtered(lambda p: p.picking_type_code == "outgoing")[:1]
        return self._return(picking, {order.order_line.product_id: quantity}, **kwargs)
