from collections import defaultdict
from functools import partial

from odoo import fields, models
from odoo.tools import float_compare, float_is_zero
from odoo.tools.misc import format_date, formatLang

from ..fulfilment.credit_room import CreditRoom
from ..remedies.complaint_demand_remedy import GIVEN_KINDS

# Ways that need a delivery to come back, or an invoice to be credited.
BACK_KINDS = ("return", "exchange")


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
            if kind in BACK_KINDS:
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
                "need": self._format_pieces(need, product),
                "product": product.display_name,
                "free": self._format_pieces(free, product),
                "forecast": self._format_pieces(forecast, product),
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
        self._read_moves_at_once(goods)
        return self._compare_sold(
            goods,
            self._count_with_customer,
            self.env._("%(need)s of %(product)s can come back; he has %(sold)s."),
            self.env._("%(need)s of %(product)s cannot come back: he has only %(sold)s."),
            self.env._("No delivery is known for %s: nothing can be booked back by itself."),
        )

    def _get_feasibility_credit(self, goods):
        """Whether so much was invoiced and is not credited yet."""
        room = CreditRoom(goods.complaint_line_id.sale_line_id.invoice_lines.move_id)
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
                "need": self._format_pieces(need, product),
                "sold": self._format_pieces(max(sold, 0.0), product),
                "product": product.display_name,
            }
            result.append(
                {
                    "level": "danger" if lacking else "ok",
                    "text": (too_few if lacking else enough) % values,
                }
            )
        return result

    @staticmethod
    def _get_sold_lines(product, lines):
        """:return: order lines of the goods of a request, with sudo"""
        return lines.complaint_line_id.sale_line_id.filtered(lambda s: s.product_id == product)

    @staticmethod
    def _get_moves(lines):
        """:return: ``stock.move`` of the order lines of goods, and of their deliveries"""
        goods = lines.complaint_line_id
        return goods.sale_line_id.move_ids | goods.move_id | goods.move_id.returned_move_ids

    def _read_moves_at_once(self, goods):
        """Fill the cache for all goods of a plan, so that none asks for itself."""
        moves = self._get_moves(goods)
        (moves.location_id | moves.location_dest_id).mapped("usage")
        moves.product_id.mapped("uom_id.rounding")
        moves.mapped("quantity")

    def _count_with_customer(self, product, lines):
        """:return: pieces delivered and not returned, nor on their way back, whoever books it"""
        moves = self._get_moves(lines).filtered(
            lambda m: m.product_id == product and m.state != "cancel"
        )
        if not moves:
            # Kits move as their components
            return self._sum_sold(self._get_sold_lines(product, lines), "qty_delivered", product)
        pieces = 0.0
        for move in moves:
            if lines._is_customer_side(move.location_id):
                pieces -= lines._count_pieces(move)
            elif move.state == "done" and lines._is_customer_side(move.location_dest_id):
                pieces += lines._count_pieces(move)
        return pieces

    def _count_creditable(self, room, product, lines):
        """:param room: :class:`CreditRoom` of all invoices of the goods
        :return: pieces on posted invoices no credit note names yet, None where none were sold
        """
        sold = self._get_sold_lines(product, lines)
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

    def _format_pieces(self, quantity, product):
        """:return: the quantity with the product's own unit, for the reader"""
        whole = float_is_zero(quantity - round(quantity), precision_rounding=0.0001)
        number = formatLang(self.env, quantity, digits=0, dp=None if whole else "Product Unit")
        return f"{number} {product.uom_id.name}"
