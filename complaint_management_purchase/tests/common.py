from contextlib import contextmanager
from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import UserError

from odoo.addons.complaint_management.tests.common import ComplaintCommon


class RechargeCommon(ComplaintCommon):
    """Vendors, purchases that were received, and a complaint about what was sold of them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Purchasing that may buy, and the function's holder, who may not
        cls.user_buyer = (
            cls.env["res.users"]
            .with_context(no_reset_password=True, mail_create_nosubscribe=True)
            .create(
                {
                    "name": "Buyer",
                    "login": cls.login_prefix + "buyer",
                    "email": "buyer@our-company.example.com",
                    "company_id": cls.company.id,
                    "company_ids": [Command.set(cls.company.ids)],
                    "group_ids": [
                        Command.set(
                            [
                                cls.env.ref("base.group_user").id,
                                cls.env.ref("purchase.group_purchase_user").id,
                            ]
                        )
                    ],
                }
            )
        )
        cls.vendor, cls.vendor2, cls.carrier = cls.env["res.partner"].create(
            [
                {"name": "Rapid Blades", "is_company": True, "email": "qa@blades.example.com"},
                {"name": "Second Steel", "is_company": True, "email": "qa@steel.example.com"},
                {"name": "Swift Freight", "is_company": True, "email": "claims@swift.example.com"},
            ]
        )
        cls.blade = cls._product("lot", "Blade", standard_price=5.0, purchase_method="receive")

    @classmethod
    def _purchase(cls, lines, vendor=None, date=None, lots=None, receive=True, **vals):
        """A confirmed purchase order, received.

        :param lines: list of ``(product, quantity, price)`` or ``(…, unit)``
        :param dict lots: product → list of ``(lot, quantity)``
        :param date: when it was received (UTC), default 60 days ago
        """
        order = (
            cls.env["purchase.order"]
            .with_context(tracking_disable=True)
            .create(
                {
                    "partner_id": (vendor or cls.vendor).id,
                    "company_id": cls.company.id,
                    "order_line": [
                        Command.create(
                            {
                                "product_id": product.id,
                                "product_qty": quantity,
                                "price_unit": price,
                                "tax_ids": [Command.clear()],
                                **({"product_uom_id": unit[0].id} if unit else {}),
                            }
                        )
                        for product, quantity, price, *unit in lines
                    ],
                    **vals,
                }
            )
        )
        order.button_confirm()
        if receive:
            date = date or fields.Datetime.now() - timedelta(days=60)
            cls._validate(order.picking_ids, lots=lots, date=date)
        return order.with_env(cls.env)

    @classmethod
    def _lots(cls, product, *names):
        lots = cls.env["stock.lot"]
        for name in names:
            lots += cls._lot(product, name)
        return lots

    @classmethod
    def _blade_complaint(cls, lots=None, quantity=3.0, product=None, user=None, **vals):
        """A registered complaint about blades of ``lots``."""
        product = product or cls.blade
        line = cls._prepare_line_vals(
            product_id=product.id,
            product_uom_id=product.uom_id.id,
            quantity_complained=quantity,
            lot_ids=[Command.set(lots.ids if lots else [])],
        )
        return cls._registered_complaint(line_ids=[Command.create(line)], user=user, **vals)

    @contextmanager
    def _refused(self, words, error=UserError):
        """Refused with ``words``; what was tried is rolled back."""
        with self.assertRaises(error) as caught:
            yield
        self.assertIn(words, str(caught.exception))

    def _claim_action(self, complaint, party="supplier"):
        return complaint.action_ids.filtered(lambda a: a.claim_party == party)

    def _recharge(self, complaint, user=None, party="supplier"):
        """The claims the button makes."""
        complaint.responsibility = party
        complaint.with_user(user or self.user_sales).action_recharge()
        return complaint.recharge_ids

    def _sent(self, complaint, **vals):
        """One claim that was sent."""
        recharge = self._recharge(complaint)
        recharge.write({"reason": "The edges break.", **vals})
        recharge.action_mark_sent()
        return recharge

    def _bill(self, order, post=True):
        """The vendor's bill of what was received."""
        order.action_create_invoice()
        bill = order.invoice_ids.filtered(lambda m: m.move_type == "in_invoice")[-1:]
        bill.invoice_date = fields.Date.today()
        if post:
            bill.action_post()
        return bill
