"""Goods, deliveries and complaints of the past, for figures that are counted again in Python."""

from datetime import datetime
from random import Random

from odoo import Command

from ..common import ComplaintCommon


class FiguresCommon(ComplaintCommon):
    """Two products in pieces, of which one archived, one in kilograms with lots."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.random = Random(58)
        cls.unit = cls.env.ref("uom.product_uom_unit")
        cls.dozen = cls.env.ref("uom.product_uom_dozen")
        cls.kilo = cls.env.ref("uom.product_uom_kgm")
        cls.gram = cls.env.ref("uom.product_uom_gram")
        cls.old = cls._product(name="Old screwdriver")
        cls.resin = cls._product("lot", name="Resin", uom_id=cls.kilo.id)
        cls.lots = [cls._lot(cls.resin, f"R-{number}") for number in range(3)]
        cls.units_of = {
            cls.product: {cls.unit: 1.0, cls.dozen: 12.0},
            cls.old: {cls.unit: 1.0, cls.dozen: 12.0},
            cls.resin: {cls.kilo: 1.0, cls.gram: 0.001},
        }
        cls.defects = cls.defect_rust + cls.defect_billing
        cls.customer_location = cls.env.ref("stock.stock_location_customers")
        cls.supplier_location = cls.env.ref("stock.stock_location_suppliers")

    @classmethod
    def _past(cls, lines=(), state="closed", company=None, **vals):
        """A case of the past, as administrators import it.

        :param lines: values of ``complaint.line`` beside those of a line without anything
        """
        company = company or cls.company
        received = vals.setdefault("date_received", datetime(2024, 5, 6, 9))
        if state not in ("draft", "submitted", "cancelled"):
            vals.setdefault("date_registered", received)
        if state in ("resolved", "closed"):
            vals.setdefault("date_resolved", received)
        if state == "closed":
            vals.setdefault("date_closed", received)
        vals.setdefault("category_id", cls.category_quality.id)
        if company != cls.company:
            vals.update(user_id=False, contact_id=False)
        return cls._complaint(
            state=state,
            company_id=company.id,
            line_ids=[Command.create(line) for line in lines],
            **vals,
        )

    @classmethod
    def _said(cls, product, quantity, unit=None, confirmed=0.0, lots=(), **vals):
        """:return: values of a line of goods of ``product``"""
        return {
            "product_id": product.id,
            "product_uom_id": (unit or product.uom_id).id,
            "quantity_complained": quantity,
            "quantity_confirmed": confirmed,
            "lot_ids": [Command.set([lot.id for lot in lots])],
            "defect_id": cls.defect_rust.id,
            **vals,
        }

    @classmethod
    def _ship(cls, product, quantity, date, unit=None, lot=None, source=None, **vals):
        """Goods on their way to a customer, done on ``date`` (UTC).

        :param source: where they come from, default the company's stock
        :return: ``stock.move``
        """
        company = vals.pop("company", None) or cls.company
        warehouse = cls.env["stock.warehouse"].search([("company_id", "=", company.id)], limit=1)
        source = source or warehouse.lot_stock_id
        target = vals.pop("target", None) or cls.customer_location
        move = cls.env["stock.move"].create(
            {
                "product_id": product.id,
                "product_uom": (unit or product.uom_id).id,
                "product_uom_qty": quantity,
                "location_id": source.id,
                "location_dest_id": target.id,
                "company_id": company.id,
                **vals,
            }
        )
        move._action_confirm(merge=False)
        move.move_line_ids.unlink()
        line = {**move._prepare_move_line_vals(), "quantity": quantity, "lot_id": lot and lot.id}
        move.move_line_ids = [Command.create({**line, "product_uom_id": move.product_uom.id})]
        move.picked = True
        move._action_done()
        move.date = move.move_line_ids.date = date
        return move

    @classmethod
    def _currency(cls, rates):
        """:param dict rates: date → how many of it make one of the others
        :return: a currency of its own
        """
        return cls.env["res.currency"].create(
            {
                "name": "XCT",
                "symbol": "c",
                "rate_ids": [
                    Command.create({"name": day, "rate": rate, "company_id": False})
                    for day, rate in rates.items()
                ],
            }
        )

    def _figures(self, model, groups, measures, domain=()):
        """:return: dict of a tuple of groups → list of measures, as the screens read them"""
        self.env.flush_all()
        rows = self.env[model]._read_group(list(domain), groups, measures)
        size = len(groups)
        return {row[:size]: list(row[size:]) for row in rows}

    def assertFigures(self, found, expected, places=6):
        """Both are dicts of lists of numbers; nothing and 0 differ."""
        self.assertEqual(set(found), set(expected))
        for key, numbers in expected.items():
            for mine, theirs in zip(found[key], numbers, strict=True):
                if theirs is None:
                    self.assertFalse(mine, key)
                else:
                    self.assertAlmostEqual(mine or 0.0, theirs, places, key)
