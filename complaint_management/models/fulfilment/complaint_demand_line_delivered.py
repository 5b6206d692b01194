from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL, float_is_zero
from odoo.tools.misc import formatLang


class ComplaintDemandLineDelivered(models.Model):
    """Where the goods of a request were delivered, and what of that can still come back (R37)."""

    _inherit = "complaint.demand.line"

    def _get_delivered_moves(self):
        """Deliveries that brought these goods to the customer, the oldest first.

        The move the complaint names; else those of the order line; else, where the complaint line
        knows neither, those of the complaint's delivery or order with the same product.

        :return: done ``stock.move`` with sudo; components for a kit; never pick, pack or return
        """
        self.ensure_one()
        return self._read_delivered_moves()[self]

    def _read_delivered_moves(self):
        """Read at once what :meth:`_get_delivered_moves` says.

        :return: dict line → its ``stock.move``
        """
        # sudo: what was delivered on the documents of a complaint the caller may handle
        lines = self.sudo()
        domains = {line: line._get_delivered_domains() for line in lines}
        sold = self.env["sale.order.line"].sudo().union(*(li._get_sale_lines() for li in lines))
        if "bom_line_id" in sold.move_ids._fields:
            # Kits are looked for line by line: read what that needs at once
            sold.move_ids.mapped("bom_line_id")
        goods = self.env["complaint.line"]
        every = Domain.OR(domain for line in lines for domain in domains[line])
        moves = goods._read_moves(every).filtered(
            lambda move: move.picking_id and self._is_delivered(move)
        )
        return {line: line.sudo()._filter_delivered(moves, domains[line]) for line in self}

    def _filter_delivered(self, moves, domains):
        """:return: those of ``moves`` that brought the goods, by the first domain that has some"""
        self.ensure_one()
        goods = self._get_goods()
        for domain in domains:
            if found := moves.filtered_domain(domain).filtered(lambda m: m.product_id in goods):
                return found
        return moves.browse()

    def _get_delivered_domains(self):
        """:return: list of domains on ``stock.move``, the first that finds something counts"""
        line, complaint = self.complaint_line_id, self.complaint_id
        domains = []
        if line.move_id and line.move_id.product_id == self.product_id:
            domains.append([("id", "=", line.move_id.id)])
        if line.sale_line_id:
            return [*domains, [("sale_line_id", "=", line.sale_line_id.id)]]
        if complaint.picking_id:
            domains.append([("picking_id", "=", complaint.picking_id.id)])
        if complaint.sale_order_id:
            domains.append([("sale_line_id.order_id", "=", complaint.sale_order_id.id)])
        return domains

    @api.model
    def _is_delivered(self, move):
        """See ``complaint.line._is_delivery``."""
        return self.env["complaint.line"]._is_delivery(move)

    # ------------------------------------------------------------
    # What is left
    # ------------------------------------------------------------
    @api.model
    def _lock_moves(self, moves):
        """Let two returns of the same delivery come one after the other (T17).

        Written, not only locked: a transaction that began before the first one ended would not see
        its return; PostgreSQL refuses to write over it, and Odoo runs the press again.
        """
        if moves:
            self.env.execute_query(
                SQL(
                    """WITH locked AS (
                           SELECT id FROM stock_move WHERE id IN %s ORDER BY id FOR UPDATE
                       )
                       UPDATE stock_move SET write_date = write_date
                         FROM locked WHERE stock_move.id = locked.id
                    RETURNING stock_move.id""",
                    tuple(moves.ids),
                )
            )

    @api.model
    def _read_living_returns(self, moves):
        """:return: dict delivered move → its returns that are not cancelled, whoever made them"""
        returns = self.env["complaint.line"]._read_moves(
            [("origin_returned_move_id", "in", moves.ids), ("state", "!=", "cancel")]
        )
        returns = returns.filtered(lambda move: self._is_customer_side(move.location_id))
        return returns.grouped("origin_returned_move_id")

    def _describe_shortage(self, moves, returns, product, left):
        """:param moves: deliveries of the goods
        :param dict returns: result of :meth:`_read_living_returns`
        :param float left: what can still come back, in the product's own unit
        :return: translated sentence naming what is left and where the rest went
        """
        self.ensure_one()
        moves = moves.filtered(lambda move: move.product_id == product)
        back = self.env["stock.move"].sudo().union(*(returns.get(m, ()) or m[:0] for m in moves))
        delivered = sum(map(self._count_pieces, moves))
        name = product.display_name
        if lots := self._get_named_lots(product):
            name = f"{name} ({', '.join(lots.mapped('name'))})"
            sent = moves.move_line_ids.filtered(lambda move_line: move_line.lot_id in lots)
            delivered = sum(sent.mapped("quantity_product_uom"))
        text = self.env._(
            "Of “%(product)s” only %(left)s can still come back: %(delivered)s delivered with "
            "%(deliveries)s",
            product=name,
            left=self._format_pieces(left, product),
            delivered=self._format_pieces(delivered, product),
            deliveries=", ".join(moves.picking_id.mapped("name")),
        )
        if not back:
            return text + "."
        return self.env._(
            "%(shortage)s, %(returned)s came back or are on their way (%(returns)s).",
            shortage=text,
            returned=self._format_pieces(sum(map(self._count_pieces, back)), product),
            returns=", ".join(back.picking_id.mapped("name")),
        )

    def _describe_undelivered(self):
        """:return: translated sentence why nothing can come back, and what to do instead"""
        self.ensure_one()
        # sudo: names of the order and the goods of a complaint the caller may handle
        line = self.sudo()
        name = line.product_id.display_name
        order = line.complaint_line_id.sale_order_id or line.complaint_id.sale_order_id
        if line.product_id.type == "service":
            return self.env._(
                "“%s” is a service: nothing can come back. Take it off the goods of the request.",
                name,
            )
        if order:
            return self.env._(
                "Nothing of “%(product)s” was delivered on %(order)s. What has not left yet is "
                "taken off the order; what came another way is received by hand in Inventory: "
                "then press Done.",
                product=name,
                order=order.name,
            )
        return self.env._(
            "No delivery of “%s” is known. Link the order to the complaint with a correction; or "
            "have the goods received by hand in Inventory and press Done.",
            name,
        )

    @api.model
    def _format_pieces(self, quantity, product):
        """:return: the quantity with the product's own unit, for the reader"""
        whole = float_is_zero(quantity - round(quantity), precision_rounding=0.0001)
        number = formatLang(self.env, quantity, digits=0, dp=None if whole else "Product Unit")
        return f"{number} {product.uom_id.name}"
