from odoo import models
from odoo.fields import Domain

# So many are offered to choose from; a number that fits more says nothing.
MAX_CHOICES = 40


class ComplaintCodeFind(models.Model):
    """What a code may stand for. Each finder returns a tuple: what it found, and why not.

    Found are dicts, one for each possibility: ``line`` (already in the complaint), or ``source``
    (``sale.order`` or ``stock.picking`` the user may read) with ``move_id`` and ``lot_id`` where
    single goods are meant, or ``product_id`` alone; ``delivered`` says more for the choice.
    The second is a translated sentence where the code is known and cannot be taken.
    """

    _inherit = "complaint.complaint"

    # ------------------------------------------------------------
    # Lots and serial numbers
    # ------------------------------------------------------------
    def _find_code_lot(self, read):
        line_model = self.env["complaint.line"]
        for name in read["lots"]:
            lots = line_model._find_lots([name])
            if lots:
                return self._find_delivered_lot(name, self._prefer_product(lots, read))
        return [], None

    def _find_code_similar_lot(self, read):
        """Typed by hand: without its dashes, in small letters."""
        lots = self.env["complaint.line"]._find_lots(read["lots"], exact=False)
        if not lots:
            return [], None
        return self._find_delivered_lot(read["text"], self._prefer_product(lots, read))

    def _prefer_product(self, lots, read):
        """:return: lots of the product that the same code names, where it names one"""
        barcodes = set(read["products"])
        return lots.filtered(lambda lot: lot.product_id.barcode in barcodes) or lots

    def _find_delivered_lot(self, code, lots):
        """Goods of these lots: here already, else delivered to the customer."""
        here = self._find_here(lots)
        if here:
            return here, None
        line_model = self.env["complaint.line"]
        customer = self._get_customer()
        domain = Domain("lot_id", "in", lots.ids)
        delivered = line_model._find_deliveries(domain, customer)
        fitting = self._filter_fitting(delivered)
        if not fitting:
            if customer and not delivered:
                delivered = line_model._find_deliveries(domain)
            return [], self._get_lot_refusal(code, delivered)
        return [self._prepare_found(d) for d in self._drop_returned(fitting)[:MAX_CHOICES]], None

    def _find_here(self, lots):
        """:return: found lines of this complaint that name one of the lots; a ticked one alone"""
        # sudo: lots of a complaint the user may write
        lines = self.sudo().line_ids.filtered(lambda line: line.lot_ids & lots)
        found = [
            {"line": line.with_env(self.env), "lot_id": (line.lot_ids & lots)[:1].id}
            for line in lines
        ]
        ticked = [goods for goods in found if goods["line"].is_affected]
        return ticked[:1] or found

    def _filter_fitting(self, delivered):
        """:return: deliveries that the user may read and that may stand in this complaint; those
        whose goods stand here already, if there are any
        """
        customer = self._get_customer()
        fitting = [
            d
            for d in delivered
            if d.source
            and d.move.company_id == self.company_id
            and (not customer or d.customer == customer)
        ]
        moves = set(self.line_ids.move_id.ids)
        return [d for d in fitting if d.move.id in moves] or fitting

    def _drop_returned(self, delivered):
        """A serial number that came back and went out again is where it went last."""
        serial = [d for d in delivered if d.lot.product_id.tracking == "serial"]
        if len(serial) < 2 or len(serial) != len(delivered):
            return delivered
        newest = {}
        for d in delivered:
            newest.setdefault(d.lot, d)
        return list(newest.values())

    def _prepare_found(self, delivered):
        return {
            "source": delivered.source,
            "move_id": delivered.move.id,
            "lot_id": delivered.lot.id,
            "delivered": delivered,
        }

    # ------------------------------------------------------------
    # Papers
    # ------------------------------------------------------------
    def _find_code_order(self, read):
        orders = self._search_readable(
            "sale.order",
            Domain("name", "=", read["text"]) | Domain("client_order_ref", "=", read["text"]),
        )
        return self._choose_sources(orders.filtered(lambda o: o.state == "sale") or orders)

    def _find_code_delivery(self, read):
        return self._choose_sources(
            self._search_readable("stock.picking", Domain("name", "=", read["text"]))
        )

    def _find_code_package(self, read):
        """The carrier's number, or that of a package of ours."""
        pickings = self.env["stock.picking"]
        if "carrier_tracking_ref" in pickings._fields:
            domain = Domain("carrier_tracking_ref", "=", read["text"])
            pickings = self._search_readable("stock.picking", domain)
        if not pickings:
            pickings = self._find_packed_deliveries(read["text"])
        return self._choose_sources(pickings)

    def _find_packed_deliveries(self, name):
        """:return: ``stock.picking`` with which packages of this name went, that the user may read;
        by name first, core has an index for that
        """
        # sudo: which deliveries a package went with; then those the user may read
        packages = self.env["stock.package"].sudo().search([("name", "=", name)], limit=MAX_CHOICES)
        if not packages:
            return self.env["stock.picking"]
        domain = Domain("result_package_id", "in", packages.ids) & Domain("state", "=", "done")
        packed = self.env["stock.move.line"].sudo().search(domain, limit=MAX_CHOICES)
        return self._search_readable("stock.picking", Domain("id", "in", packed.picking_id.ids))

    def _search_readable(self, model, domain):
        """:return: records of ``model`` the user may read; a delivery only with its order"""
        records = self.env[model]
        if not records.has_access("read"):
            return records
        records = records.search(domain, limit=MAX_CHOICES)
        if model != "stock.picking" or not self.env["sale.order"].has_access("read"):
            return records
        # sudo: the order of a delivery the user may read; whether he reads it is asked next
        orders = records.sudo().sale_id
        visible = self.env["sale.order"].search([("id", "in", orders.ids)])
        return records.filtered(lambda p: not p.sudo().sale_id or p.sudo().sale_id in visible)

    def _choose_sources(self, sources):
        """:return: tuple of a finder; of several those of the customer, which may be none"""
        customer = self._get_customer()
        # sudo: whose they are, of orders and deliveries the user may read
        own = sources.filtered(
            lambda source: (
                not customer or self._get_source_customer(source.sudo()) in (customer, None)
            )
        )
        found = [{"source": source} for source in own or sources[:1]]
        return found, None

    def _get_source_customer(self, source):
        """:return: commercial ``res.partner`` of an order or delivery (with sudo), None without"""
        order = source.sale_id if source._name == "stock.picking" else source
        return (order.partner_id or source.partner_id).commercial_partner_id or None

    # ------------------------------------------------------------
    # Products
    # ------------------------------------------------------------
    def _find_code_product(self, read):
        """Bar code or internal reference: goods here, else delivered to the customer, else noted
        without a delivery.
        """
        products = self.env["product.product"]
        if not products.has_access("read"):
            return [], None
        products = products.search(
            Domain("barcode", "in", read["products"]) | Domain("default_code", "=", read["text"]),
            limit=MAX_CHOICES,
        )
        if not products:
            return [], None
        lines = self.line_ids.filtered(lambda line: line.product_id in products)
        ticked = lines.filtered("is_affected")[:1]
        if lines:
            return [{"line": line} for line in ticked or lines], None
        customer = self._get_customer()
        if customer:
            delivered = self.env["complaint.line"]._find_deliveries(
                Domain("product_id", "in", products.ids), customer, by_lot=False
            )
            fitting = self._filter_fitting(delivered)
            if fitting:
                return [self._prepare_found(d) for d in fitting[:MAX_CHOICES]], None
        return [{"product_id": product.id} for product in products], None
