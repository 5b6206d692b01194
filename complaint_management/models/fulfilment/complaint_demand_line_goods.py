from collections import defaultdict

from odoo import api, fields, models

# Ways in which goods come back to us.
RETURN_KINDS = ("return", "exchange")


class ComplaintDemandLineGoods(models.Model):
    """What goods of a request really are in the warehouse, and what of them moved already (R37).

    Pieces are counted in the product's own unit here: the line, its order and its delivery may
    each have another. A kit is its components.
    """

    _inherit = "complaint.demand.line"

    stock_move_ids = fields.One2many(
        "stock.move", "complaint_demand_line_id", "Stock moves", groups="stock.group_stock_user"
    )

    def _get_goods(self):
        """:return: dict ``product.product`` → quantity in its own unit, for the whole line"""
        self.ensure_one()
        # sudo: units and components of goods the caller decides about
        line = self.sudo()
        product = line.product_id
        bom = line._get_kit_bom()
        if bom:
            return line._get_components(bom)
        quantity = line.product_uom_id._compute_quantity(
            line.quantity, product.uom_id, rounding_method="HALF-UP"
        )
        return {product: quantity}

    def _get_kit_bom(self):
        """:return: bill of materials of goods that went out as their components, or None

        Kits come with mrp: nothing is asked where that is not installed.
        """
        if "bom_line_id" not in self.env["stock.move"]._fields:
            return None
        # As it was sold; a gift as it is sent
        moves = (self._get_sale_lines() or self.order_line_ids).move_ids
        boms = moves.bom_line_id.bom_id.filtered(lambda bom: bom.type == "phantom")
        if not boms or self.product_id in moves.product_id:
            return None
        own = boms.filtered(
            lambda bom: (
                self.product_id in (bom.product_id or bom.product_tmpl_id.product_variant_ids)
            )
        )
        if own:
            return own[0]
        # A kit made of kits alone: the moves know the inner ones
        found = boms._bom_find(self.product_id, company_id=self.company_id.id, bom_type="phantom")
        return found[self.product_id] or None

    def _get_components(self, bom):
        """:return: dict component → quantity in its own unit that makes this line's kits"""
        kits = self.product_uom_id._compute_quantity(
            self.quantity, bom.product_uom_id, rounding_method="HALF-UP"
        )
        goods = defaultdict(float)
        _boms, parts = bom.explode(self.product_id, kits / bom.product_qty)
        for part, data in parts:
            component = part.product_id
            if component.type != "service" and data["qty"]:
                goods[component] += part.product_uom_id._compute_quantity(
                    data["qty"], component.uom_id, rounding_method="HALF-UP"
                )
        return dict(goods)

    # ------------------------------------------------------------
    # What moved
    # ------------------------------------------------------------
    def _get_covered_quantity(self):
        """See super. Goods come back; for an exchange others go out, too: both count as one."""
        covered = super()._get_covered_quantity()
        kind = self.demand_id.remedy_kind
        if kind not in RETURN_KINDS:
            return covered
        # sudo: transfers of this request, whatever rights on stock the caller has
        moves = self.sudo().stock_move_ids
        if not moves:
            return covered
        sides = [self._sum_taken_back()]
        if kind == "exchange":
            sides.append(self._sum_sent())
        share = min(
            (side.get(product, 0.0) / quantity)
            for product, quantity in self._get_goods().items()
            for side in sides
        )
        return covered + self.quantity * share

    def _sum_taken_back(self):
        """:return: dict product → quantity that came back or is on its way back"""
        # sudo: see _get_covered_quantity
        moves = self.sudo().stock_move_ids.filtered(
            lambda move: move.state != "cancel" and self._is_customer_side(move.location_id)
        )
        return self._sum_pieces(moves)

    def _sum_sent(self):
        """:return: dict product → quantity that went out or is on its way to the customer

        What was picked or packed counts as long as nothing later on its way stands for it.
        """
        # sudo: see _get_covered_quantity
        moves = self.sudo().stock_move_ids.filtered(
            lambda move: (
                move.state != "cancel"
                and not self._is_customer_side(move.location_id)
                and (self._is_customer_side(move.location_dest_id) or move.state != "done")
            )
        )
        return self._sum_pieces(moves)

    def _sum_gone(self, product):
        """:return: float: done pieces of a product at the customer's for this line, of what was
        exchanged or sent for nothing; without what came back of the latter
        """
        self.ensure_one()
        # sudo: see _get_covered_quantity
        line = self.sudo()
        free = line.order_line_ids.move_ids.filtered(
            lambda m: m.complaint_demand_line_id in (line, line.browse())
        )
        pieces = 0.0
        for move in (line.stock_move_ids | free).filtered(
            lambda m: m.state == "done" and m.product_id == product
        ):
            if not self._is_customer_side(move.location_id):
                out = self._is_customer_side(move.location_dest_id)
                pieces += self._count_pieces(move) if out else 0.0
            elif move in free:
                pieces -= self._count_pieces(move)
        return pieces

    @api.model
    def _sum_pieces(self, moves):
        """:return: dict product → done or planned quantity in its own unit"""
        totals = defaultdict(float)
        for move in moves:
            totals[move.product_id] += self._count_pieces(move)
        return totals

    @api.model
    def _count_pieces(self, move):
        """:return: done, else planned quantity of a move in the product's own unit"""
        quantity = move.quantity if move.state == "done" else move.product_uom_qty
        return move.product_uom._compute_quantity(
            quantity, move.product_id.uom_id, rounding_method="HALF-UP"
        )

    @api.model
    def _is_customer_side(self, location):
        """See ``complaint.line._is_customer_side``."""
        return self.env["complaint.line"]._is_customer_side(location)
