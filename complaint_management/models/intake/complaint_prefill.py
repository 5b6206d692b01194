from odoo import Command, api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from .complaint_line_sold import NO_GOODS_FIELDS

# What is read of a sale line, in one query for all orders.
SALE_LINE_FIELDS = (
    "company_id",
    "display_type",
    "is_downpayment",
    "order_id",
    "product_id",
    "product_uom_id",
    "product_uom_qty",
    "qty_delivered",
)
# Operations that bring goods to a customer.
OUTGOING = ("outgoing", "dropship")


class ComplaintPrefill(models.Model):
    """Opening a complaint from what was sold or delivered (R2, R3): the salesperson types only
    what the customer said.

    ``create_from_order`` and ``create_from_picking`` are the public doors, also for other systems.
    Rights on the source are the caller's own; what he may not read himself (lots, deliveries) is
    then read for that source only. Many sources cost as many queries as one.
    """

    _inherit = "complaint.complaint"

    # ------------------------------------------------------------
    # Doors
    # ------------------------------------------------------------
    @api.model
    def create_from_order(self, order_id, vals=None):
        """Open a complaint about a confirmed order, filled from it and its deliveries (R3).

        :param int order_id: id of a ``sale.order`` the caller may read
        :param dict vals: more values of the complaint, e.g. ``description``. They win over what
            the order says; ``line_ids`` among them replaces the order's lines. Order, delivery
            and company stay those of the source.
        :return: the new ``complaint.complaint``, a draft; over RPC and JSON-2 a list with its id
        :raise AccessError: when the caller may not read the order or not open complaints
        :raise UserError: for a quotation or a cancelled order
        """
        return self._create_from(self.env["sale.order"].browse(order_id), vals)

    @api.model
    def create_from_picking(self, picking_id, vals=None):
        """Open a complaint about a delivery, filled from it and its order (R3).

        :param int picking_id: id of a done ``stock.picking`` to a customer
        :param dict vals: as for :meth:`create_from_order`
        :return: the new ``complaint.complaint``, a draft; over RPC and JSON-2 a list with its id
        :raise AccessError: when the caller may not read the delivery or not open complaints
        :raise UserError: for a transfer that brought nothing to a customer
        """
        return self._create_from(self.env["stock.picking"].browse(picking_id), vals)

    @api.model
    def _prepare_from_order(self, order):
        """Values of a complaint about ``order``; called by :meth:`create_from_order` and doors."""
        return self._prepare_from_sources(order)[order]

    @api.model
    def _prepare_from_picking(self, picking):
        """Values of a complaint about ``picking``; called by :meth:`create_from_picking`, doors."""
        return self._prepare_from_sources(picking)[picking]

    @api.model
    def _create_from(self, source, vals):
        self.check_access("create")
        prepared = self._prepare_from_sources(source)[source]
        fixed = {name: prepared[name] for name in ("sale_order_id", "picking_id", "company_id")}
        return self.create({**prepared, **(vals or {}), **fixed})

    # ------------------------------------------------------------
    # Many sources at once
    # ------------------------------------------------------------
    @api.model
    def _prepare_from_sources(self, sources):
        """What complaints about many orders or many deliveries start with.

        :param sources: ``sale.order`` or ``stock.picking``; the caller's rights to read them count
        :return: dict source → create values
        :raise AccessError: when the caller may not read one of them
        :raise UserError: naming those nobody can complain about, and why
        """
        sources.check_access("read")
        # sudo: the caller may read the sources; lots and deliveries belong to what they say
        sources_sudo = sources.sudo()
        if sources._name == "sale.order":
            prepared = self._prepare_orders(sources_sudo)
        else:
            prepared = self._prepare_pickings(sources_sudo)
        return {source: prepared[source.id] for source in sources}

    @api.model
    def _prepare_orders(self, orders):
        """:return: dict id of a ``sale.order`` → create values; one line per delivered move"""
        self._check_orders(orders)
        sale_lines = self._read_sale_lines(orders)
        goods = self.env["complaint.line"]._prepare_from_sale_lines(sale_lines)
        lines_by_order = sale_lines.grouped("order_id")
        shipments = self._read_shipments([("sale_id", "in", orders.ids)])
        shipments = shipments.grouped("sale_id")
        result = {}
        for order in orders:
            order_goods = [
                vals for line in lines_by_order.get(order, ()) for vals in goods.get(line, ())
            ]
            result[order.id] = {
                **self._prepare_customer_vals(order.partner_id),
                **self._prepare_order_vals(order),
                **self._prepare_shipping_vals(shipments.get(order, ())),
                "picking_id": False,
                "company_id": order.company_id.id,
                "line_ids": self._prepare_line_commands(order_goods),
            }
        return result

    @api.model
    def _read_sale_lines(self, orders):
        """:return: all lines of ``orders`` in their order, with all that is looked at here"""
        # sudo: parts of orders the caller was found to be allowed to read
        lines = self.env["sale.order.line"].sudo()
        optional = [name for name in NO_GOODS_FIELDS if name in lines._fields]
        return lines.search_fetch([("order_id", "in", orders.ids)], [*SALE_LINE_FIELDS, *optional])

    @api.model
    def _read_shipments(self, domain):
        """:return: the ``stock.picking`` in ``domain`` that left for a customer; none where no app
        knows carriers
        """
        # sudo: parts of an order or delivery the caller was found to be allowed to read
        pickings = self.env["stock.picking"].sudo()
        if "carrier_id" not in pickings._fields:
            return pickings
        left = [("state", "=", "done"), ("picking_type_code", "in", OUTGOING)]
        names = ["carrier_id", "carrier_tracking_ref", "company_id", "sale_id"]
        return pickings.search_fetch(Domain(domain) & Domain(left), names)

    @api.model
    def _prepare_pickings(self, pickings):
        """:return: dict id of a ``stock.picking`` → create values; one line per move out"""
        line_model = self.env["complaint.line"]
        all_moves = line_model._read_moves([("picking_id", "in", pickings.ids)])
        moves = all_moves.filtered(line_model._is_delivery)
        moves_by_picking = moves.grouped("picking_id")
        self._check_pickings(pickings, moves_by_picking)
        returns = line_model._read_returns(moves)
        shipments = self._read_shipments([("id", "in", pickings.ids)])
        result = {}
        for picking in pickings:
            order = picking.sale_id
            picking_moves = moves_by_picking[picking].sorted(lambda m: (m.sequence, m.id))
            goods = line_model._prepare_moves_vals(picking_moves, returns)
            result[picking.id] = {
                **self._prepare_customer_vals(order.partner_id or picking.partner_id),
                **self._prepare_order_vals(order),
                **self._prepare_shipping_vals(shipments & picking),
                "picking_id": picking.id,
                "company_id": picking.company_id.id,
                "line_ids": self._prepare_line_commands(goods),
            }
        return result

    # ------------------------------------------------------------
    # What is not there to complain about
    # ------------------------------------------------------------
    @api.model
    def _check_orders(self, orders):
        """:raise UserError: for quotations and cancelled orders, all named at once"""
        cancelled = orders.filtered(lambda order: order.state == "cancel")
        if cancelled:
            raise UserError(
                self.env._(
                    "%s was cancelled: nothing was sold. Open the complaint directly, without an "
                    "order.",
                    ", ".join(cancelled.mapped("name")),
                )
            )
        open_orders = orders.filtered(lambda order: order.state != "sale")
        if open_orders:
            raise UserError(
                self.env._(
                    "%s is a quotation. Confirm it first, or open the complaint directly, without "
                    "an order.",
                    ", ".join(open_orders.mapped("name")),
                )
            )

    @api.model
    def _check_pickings(self, pickings, deliveries):
        """:raise UserError: for transfers that brought nothing to a customer, with the way out

        :param deliveries: dict ``stock.picking`` → its moves to a customer
        """
        for picking in pickings:
            if picking.state != "done":
                raise UserError(
                    self.env._(
                        "%s has not left yet. Open the complaint from the order, or validate the "
                        "delivery first.",
                        picking.name,
                    )
                )
            if picking in deliveries:
                continue
            origins = picking.move_ids.origin_returned_move_id.picking_id
            if origins:
                raise UserError(
                    self.env._(
                        "%(picking)s is a return. Open the complaint from the delivery itself: "
                        "%(deliveries)s.",
                        picking=picking.name,
                        deliveries=", ".join(origins.mapped("name")),
                    )
                )
            raise UserError(
                self.env._(
                    "%s brought nothing to a customer: there is no delivery in it.", picking.name
                )
            )

    # ------------------------------------------------------------
    # Values
    # ------------------------------------------------------------
    @api.model
    def _prepare_line_commands(self, goods):
        """Lines in the order of the document; called by :meth:`_prepare_orders` and its kin."""
        return [
            Command.create({"sequence": 10 * number, **vals})
            for number, vals in enumerate(goods, start=1)
        ]

    @api.model
    def _prepare_customer_vals(self, partner):
        """Customer and person, from who ordered or received; a single person has no contact."""
        customer = partner.commercial_partner_id
        return {
            "partner_id": customer.id,
            "contact_id": partner.id if partner != customer else False,
        }

    @api.model
    def _prepare_order_vals(self, order):
        """What a (possibly missing) order says about the case."""
        return {
            "sale_order_id": order.id,
            "customer_order_ref": order.client_order_ref,
            "user_id": self._get_salesperson(order).id,
        }

    @api.model
    def _get_salesperson(self, order):
        """:return: the order's salesperson while he works in its company, else the caller; nobody
        where a customer complains himself
        """
        caller = self.env["res.users"] if self.env.user.share else self.env.user
        user = order.user_id
        if user == caller or not (user.active and not user.share):
            return caller
        return user if order.company_id in user.company_ids else caller

    @api.model
    def _prepare_shipping_vals(self, shipped):
        """Carrier and tracking of deliveries that left, as :meth:`_read_shipments` read them."""
        vals = {"carrier_name": False, "tracking_ref": False}
        if shipped:
            vals["carrier_name"] = ", ".join(shipped.carrier_id.mapped("name"))
            references = filter(None, shipped.mapped("carrier_tracking_ref"))
            vals["tracking_ref"] = ", ".join(dict.fromkeys(references))
        return vals
