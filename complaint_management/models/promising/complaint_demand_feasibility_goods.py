from collections import defaultdict
from functools import partial

from odoo import fields, models
from odoo.tools import float_compare
from odoo.tools.misc import format_date

from ..fulfilment.complaint_demand_line_goods import RETURN_KINDS
from ..fulfilment.credit_room import CreditRoom
from ..remedies.complaint_demand_remedy import GIVEN_KINDS


class ComplaintDemandFeasibilityGoods(models.Model):
    """Are the goods there, can they come back, can they be credited? (R36, R29).

    Stock is read for all goods of a plan at once, in the order's warehouse and by the promised day.
    """

    _inherit = "complaint.demand"

    def _get_feasibility_goods(self):
        """:return: lines of all that is about goods"""
        self.ensure_one()
        result = []
        for name, kind, goods, date in self._get_plans():
            lines = []
            if kind in GIVEN_KINDS:
                lines += self._get_feasibility_stock(goods, date)
            if kind in RETURN_KINDS:
                lines += self._get_feasibility_back(goods)
            if kind == "credit":
                lines += self._get_feasibility_credit(goods)
            for line in lines:
                text = f"{name}: {line['text']}" if name else line["text"]
                if {**line, "text": text} not in result:
                    result.append({**line, "text": text})
        return result + self._get_feasibility_lots()

    # ------------------------------------------------------------
    # Goods that go out
    # ------------------------------------------------------------
    def _get_feasibility_stock(self, goods, date):
        """:param goods: ``complaint.demand.line`` with sudo
        :param date: by when the customer has it, or False
        """
        needed = self._sum_pieces_needed(goods)
        products = goods.product_id.filtered("is_storable")
        # sudo: how much of these goods there is, to who may promise them
        stocked = (
            products.sudo()
            .with_company(self.company_id)
            .with_context(**self._get_stock_context(date))
        )
        result = []
        for product in stocked:
            need = needed[product.id]
            free, forecast = max(product.free_qty, 0.0), max(product.virtual_available, 0.0)
            level = "ok"
            if self._is_less(free, need, product):
                level = "danger" if self._is_less(forecast, need, product) else "warning"
            values = {
                "need": goods._format_pieces(need, product),
                "product": product.display_name,
                "free": goods._format_pieces(free, product),
                "forecast": goods._format_pieces(forecast, product),
            }
            text = self._get_stock_sentence(level, date, values)
            result.append({"level": level, "text": text})
        return result

    def _get_stock_context(self, date):
        """:return: context for quantities: the order's warehouse, else the company's; by when"""
        # sudo: the warehouse of the complaint's order
        order = self.sudo().complaint_id.sale_order_id
        warehouse = order.warehouse_id or self.env["stock.warehouse"].sudo().search(
            [("company_id", "=", self.company_id.id)], limit=1
        )
        context = {"warehouse_id": warehouse.id, "allowed_company_ids": self.company_id.ids}
        if date and date >= fields.Date.context_today(self):
            context["to_date"] = fields.Datetime.end_of(fields.Datetime.to_datetime(date), "day")
        return context

    def _get_stock_sentence(self, level, date, values):
        """:return: translated sentence; ``values`` are need, product, free and forecast"""
        if level == "ok":
            return self.env._("%(need)s of %(product)s: %(free)s free in stock.", **values)
        if date:
            values["day"] = format_date(self.env, date)
            return self.env._(
                "%(need)s of %(product)s: only %(free)s free now, %(forecast)s expected by "
                "%(day)s.",
                **values,
            )
        return self.env._(
            "%(need)s of %(product)s: only %(free)s free now, %(forecast)s expected.", **values
        )

    # ------------------------------------------------------------
    # Goods that come back
    # ------------------------------------------------------------
    def _get_feasibility_back(self, goods):
        """Whether so much was delivered and is still with the customer."""
        delivered = goods._read_delivered_moves()
        moves = self.env["stock.move"].sudo().union(*delivered.values())
        returns = goods._read_living_returns(moves)
        return self._compare_sold(
            goods,
            partial(self._count_with_customer, delivered, returns),
            self.env._("%(need)s of %(product)s can come back; he has %(sold)s."),
            self.env._("%(need)s of %(product)s cannot come back: he has only %(sold)s."),
            self.env._("No delivery is known for %s: nothing can be booked back by itself."),
        )

    def _get_feasibility_credit(self, goods):
        """Whether so much was invoiced and is not credited yet."""
        sold = self._get_sold_lines(goods)
        room = CreditRoom(sold.invoice_lines.move_id)
        return self._compare_sold(
            goods,
            partial(self._count_creditable, room),
            self.env._("%(need)s of %(product)s can be credited; %(sold)s are left."),
            self.env._(
                "%(need)s of %(product)s cannot be credited: only %(sold)s are invoiced and left."
            ),
            self.env._("No invoice is known for %s: give an amount instead of goods."),
        )

    def _compare_sold(self, goods, count, enough, too_few, unknown):
        """Compare goods with what was sold of them, all lines of a product together.

        :param count: callable ``(product, lines)`` → pieces, None where nothing was sold
        :param enough, too_few, unknown: translated sentences
        """
        result = []
        for product, lines in goods.grouped("product_id").items():
            sold = count(product, lines)
            if sold is None:
                result.append({"level": "warning", "text": unknown % product.display_name})
                continue
            need = self._sum_pieces_needed(lines)[product.id]
            lacking = self._is_less(sold, need, product)
            values = {
                "need": lines._format_pieces(need, product),
                "sold": lines._format_pieces(max(sold, 0.0), product),
                "product": product.display_name,
            }
            result.append(
                {
                    "level": "danger" if lacking else "ok",
                    "text": (too_few if lacking else enough) % values,
                }
            )
        return result

    def _get_sold_lines(self, lines):
        """:return: ``sale.order.line`` with sudo the goods of a request were sold on"""
        # sudo: see complaint.demand.line._get_sale_lines
        return self.env["sale.order.line"].sudo().union(*(line._get_sale_lines() for line in lines))

    def _count_with_customer(self, delivered, returns, product, lines):
        """Count as carrying it out does.

        :param dict delivered: see ``complaint.demand.line._read_delivered_moves``
        :param dict returns: delivered move → its returns that are not cancelled
        :return: pieces delivered and not returned, nor on their way back, whoever books it; None
            where no delivery is known
        """
        moves = self.env["stock.move"].sudo().union(*(delivered[line] for line in lines))
        if product not in moves.product_id:
            # Kits move as their components
            return self._sum_sold(self._get_sold_lines(lines), "qty_delivered", product)
        moves = moves.filtered(lambda m: m.product_id == product)
        back = moves.browse().union(*(returns.get(move, moves.browse()) for move in moves))
        return sum(map(lines._count_pieces, moves)) - sum(map(lines._count_pieces, back))

    def _count_creditable(self, room, product, lines):
        """:param room: :class:`CreditRoom` of all invoices of the goods
        :return: pieces on posted invoices no credit note names yet, None where none were sold
        """
        sold = self._get_sold_lines(lines)
        if not sold:
            return None
        return sum(
            CreditRoom.convert(room.get_quantity(line), line.product_uom_id, product.uom_id)
            for line in sold.invoice_lines
        )

    @staticmethod
    def _sum_sold(sold, name, product):
        """:return: sum of a quantity of order lines in pieces, None without any"""
        if not sold:
            return None
        return sum(s.product_uom_id._compute_quantity(s[name], product.uom_id) for s in sold)

    def _get_feasibility_lots(self):
        """What is left in the house of the affected goods: not to be sent as replacement (R29)."""
        kinds = {kind for _name, kind, _goods, _date in self._get_plans()}
        if not kinds.intersection(GIVEN_KINDS):
            return []
        # sudo: stock of goods the caller may read, as it was noted for this complaint
        lines = self._get_affected_lines().sudo()
        left = lines.filtered(
            lambda line: (
                line.quantity_in_stock > 0 and line.lot_ids and line.product_id.tracking == "lot"
            )
        )
        return [
            {
                "level": "warning",
                "text": self.env._(
                    "Of the affected lot there is still some in stock: %s. Do not send that.",
                    line._get_stock_text(with_name=True),
                ),
            }
            for line in left
        ]

    # ------------------------------------------------------------
    # Quantities
    # ------------------------------------------------------------
    def _sum_pieces_needed(self, goods):
        """:return: dict product id → quantity in its own unit"""
        needed = defaultdict(float)
        for line in goods:
            unit = line.product_uom_id or line.product_id.uom_id
            needed[line.product_id.id] += unit._compute_quantity(
                line.quantity, line.product_id.uom_id, raise_if_failure=False
            )
        return needed

    def _is_less(self, quantity, other, product):
        return float_compare(quantity, other, precision_rounding=product.uom_id.rounding) < 0
