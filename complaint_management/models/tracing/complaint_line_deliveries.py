from collections import namedtuple

from odoo import api, models
from odoo.fields import Domain

# So many deliveries of one lot or product are looked at, the newest first.
MAX_DELIVERIES = 500

# ``source``: the order or delivery with the user's own rights, empty where he may read neither
Delivered = namedtuple("Delivered", "move lot order picking customer source")


class ComplaintLineDeliveries(models.Model):
    """To whom a lot, a serial number or a product was delivered (R7, R61).

    Looked up with all rights, then sorted by what the user may read: the source of a delivery he
    may not open is empty, and nothing of it is shown to him.
    """

    _inherit = "complaint.line"

    @api.model
    def _find_lots(self, names, exact=True):
        """Lots and serial numbers called so, in the user's companies.

        :param list names: as on the goods
        :param bool exact: else without regard to case, spaces and dashes
        :return: ``stock.lot`` with sudo
        """
        # sudo: to find out where it went; who may read none of it gets nothing of it
        lots = self.env["stock.lot"].sudo()
        mine = Domain("company_id", "in", [False, *self.env.companies.ids])
        if exact:
            return lots.search(mine & Domain("name", "in", list(names)))
        return lots.browse(lots._search_squeezed(names)).filtered_domain(mine)

    @api.model
    def _find_deliveries(self, domain, customer=None, by_lot=True):
        """Done deliveries to customers, the newest first, at most ``MAX_DELIVERIES``.

        :param domain: of ``stock.move.line``: which lots or products
        :param customer: only to this ``res.partner`` (a commercial one)
        :param bool by_lot: one result per move and lot, else one per move
        :return: list of :class:`Delivered`, records with sudo but for ``source``
        """
        domain = Domain(domain) & self._get_delivered_domain(customer)
        # sudo: see _find_lots
        lines = self.env["stock.move.line"].sudo()
        lines = lines.search_fetch(
            domain, ["move_id", "lot_id"], order="date desc, id desc", limit=MAX_DELIVERIES
        )
        moves = self._read_moves([("id", "in", lines.move_id.ids)]).filtered(self._is_delivery)
        pairs = {
            (line.move_id, line.lot_id if by_lot else line.lot_id.browse()): None
            for line in lines
            if line.move_id in moves
        }
        sources = self._get_readable_sources(moves)
        return [
            self._prepare_delivered(move, lot, sources.get(move, self.env["stock.picking"]))
            for move, lot in pairs
        ]

    @api.model
    def _get_delivered_domain(self, customer):
        """:return: domain of the move lines that brought goods to ``customer``, or to anybody"""
        domain = Domain(
            [
                ("state", "=", "done"),
                ("location_dest_id.usage", "in", ("customer", "transit")),
                ("company_id", "in", self.env.companies.ids),
            ]
        )
        if customer:
            order = "move_id.sale_line_id.order_id"
            owner = "commercial_partner_id"
            ordered = Domain(f"{order}.partner_id.{owner}", "=", customer.id)
            received = Domain("move_id.sale_line_id", "=", False) & Domain(
                f"picking_id.partner_id.{owner}", "=", customer.id
            )
            domain &= ordered | received
        return domain

    @api.model
    def _prepare_delivered(self, move, lot, source):
        picking = move.picking_id
        order = move.sale_line_id.order_id or picking.sale_id
        customer = (order.partner_id or picking.partner_id).commercial_partner_id
        return Delivered(move, lot, order, picking, customer, source)

    @api.model
    def _get_readable_sources(self, moves):
        """Which deliveries the user may open: the order decides, where there is one and he reads
        orders at all; else the delivery.

        :param moves: ``stock.move`` with sudo
        :return: dict move → ``stock.picking``, or ``sale.order`` for who reads no deliveries
        """
        pickings = self._filter_visible(moves.picking_id)
        orders = self._filter_visible(moves.sale_line_id.order_id | moves.picking_id.sale_id)
        sources = {}
        for move in moves:
            picking = move.picking_id
            order = move.sale_line_id.order_id or picking.sale_id
            opens_picking = pickings is not None and picking in pickings
            opens_order = orders is not None and order in orders
            if order and orders is not None and not opens_order:
                continue
            if opens_picking or opens_order:
                source = picking if opens_picking else order
                sources[move] = source.with_env(self.env)
        return sources

    @api.model
    def _filter_visible(self, records):
        """:return: those the user may read; None where he may read none of the kind at all"""
        model = self.env[records._name]
        if not model.has_access("read"):
            return None
        return model.search([("id", "in", records.ids)])
