from odoo import api, models
from odoo.tools import SQL


class ComplaintCallMovements(models.AbstractModel):
    """What happened to an order, read in one query with it: transfers, invoices, productions."""

    _inherit = "complaint.call"

    @api.model
    def _read_orders(self, order_ids):
        orders = super()._read_orders(order_ids)
        self._add_parcels(orders)
        return orders

    @api.model
    def _get_order_columns(self):
        return {
            **super()._get_order_columns(),
            "transfers": self._get_transfers_sql(),
            "invoices": self._get_invoices_sql(),
            "productions": self._get_productions_sql(),
        }

    @api.model
    def _get_transfers_sql(self):
        """:return: ``SQL`` of a list of the order's transfers, the earliest first"""
        # sudo: transfers of orders that the user may read
        pickings = self.env["stock.picking"].sudo()
        pickings.flush_model()
        carrier, tracking, join = SQL("NULL"), SQL("NULL"), SQL()
        if "carrier_tracking_ref" in pickings._fields:
            carrier = self.env["delivery.carrier"].sudo()._field_to_sql("carrier", "name")
            tracking = SQL("p.carrier_tracking_ref")
            join = SQL("LEFT JOIN delivery_carrier carrier ON carrier.id = p.carrier_id")
        return SQL(
            """(SELECT JSON_AGG(transfer) FROM (
                    SELECT p.id, p.name, p.state, %(date)s AS date_done,
                           CASE WHEN target.usage = 'customer' THEN 'out'
                                WHEN source.usage = 'customer' THEN 'back'
                                WHEN source.usage = 'supplier' THEN 'in'
                                ELSE 'inside' END AS way,
                           %(carrier)s AS carrier, %(tracking)s AS tracking_ref
                      FROM stock_picking p
                      JOIN stock_location source ON source.id = p.location_id
                      JOIN stock_location target ON target.id = p.location_dest_id
                      %(join)s
                     WHERE p.sale_id = o.id AND p.state != 'cancel'
                  ORDER BY p.date_done NULLS LAST, p.id) transfer)""",
            date=self._get_moment_sql(SQL("p.date_done")),
            carrier=carrier,
            tracking=tracking,
            join=join,
        )

    @api.model
    def _get_invoices_sql(self):
        """:return: ``SQL`` of a list of the order's invoices and credit notes, earliest first"""
        # sudo: whether an order that the user may read was invoiced and paid
        self.env["account.move"].sudo().flush_model()
        self.env["account.move.line"].sudo().flush_model(["sale_line_ids", "move_id"])
        return SQL(
            """(SELECT JSON_AGG(invoice) FROM (
                    SELECT DISTINCT move.invoice_date, move.id, move.state, move.move_type,
                           move.payment_state
                      FROM sale_order_line l
                      JOIN sale_order_line_invoice_rel rel ON rel.order_line_id = l.id
                      JOIN account_move_line item ON item.id = rel.invoice_line_id
                      JOIN account_move move ON move.id = item.move_id
                     WHERE l.order_id = o.id AND move.state != 'cancel'
                       AND move.move_type IN ('out_invoice', 'out_refund')
                  ORDER BY move.invoice_date NULLS LAST, move.id) invoice)"""
        )

    @api.model
    def _get_productions_sql(self):
        """:return: ``SQL`` of a list of what is made for the order itself, not for its parts; NULL
        where nothing is made in this house
        """
        if "mrp_production_ids" not in self.env["sale.order"]._fields:
            return SQL("NULL")
        # sudo: how far the goods of orders are that the user may read
        self.env["mrp.production"].sudo().flush_model()
        referred = self.env["sale.order"]._fields["stock_reference_ids"]
        made = self.env["stock.reference"]._fields["production_ids"]
        parents = self.env["mrp.production.group"]._fields["parent_ids"]
        return SQL(
            """(SELECT JSON_AGG(production) FROM (
                    SELECT DISTINCT mo.id, mo.state, %(date)s AS date_finished
                      FROM %(referred)s referred
                      JOIN %(made)s made ON %(made_reference)s = %(referred_reference)s
                      JOIN mrp_production mo ON mo.id = %(made_production)s
                     WHERE %(referred_order)s = o.id AND mo.state != 'cancel'
                       AND NOT EXISTS (SELECT 1 FROM %(parents)s parent
                                        WHERE %(child)s = mo.production_group_id)
                ) production)""",
            date=self._get_moment_sql(SQL("mo.date_finished")),
            referred=SQL.identifier(referred.relation),
            referred_order=SQL.identifier("referred", referred.column1),
            referred_reference=SQL.identifier("referred", referred.column2),
            made=SQL.identifier(made.relation),
            made_reference=SQL.identifier("made", made.column1),
            made_production=SQL.identifier("made", made.column2),
            parents=SQL.identifier(parents.relation),
            child=SQL.identifier("parent", parents.column1),
        )

    @api.model
    def _add_parcels(self, orders):
        """Write ``parcels`` into every transfer with a tracking number: list of (reference, link).

        Carriers put several parcels into one field, and make the link by code: all transfers of
        the card are read together.
        """
        tracked = [t for order in orders for t in order["transfers"] or [] if t["tracking_ref"]]
        # sudo: transfers of orders that the user may read
        pickings = self.env["stock.picking"].sudo().browse([t["id"] for t in tracked])
        for transfer, picking in zip(tracked, pickings, strict=True):
            url = picking.carrier_tracking_url
            several = picking.get_multiple_carrier_tracking() if url else None
            is_list = isinstance(several, list)
            transfer["parcels"] = several if is_list else [(transfer["tracking_ref"], url)]
