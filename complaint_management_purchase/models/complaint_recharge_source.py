from collections import defaultdict

from odoo import models
from odoo.fields import Command
from odoo.tools import SQL


class ComplaintRechargeSource(models.Model):
    """Proposes a claim: whose goods they are, by which purchase they came (R20).

    By the lots' receipts where lots are known, else by the product's last receipt before the goods
    were shipped, always of the complaint's own company. One claim a vendor and currency.
    """

    _inherit = "complaint.complaint"

    def _make_recharges(self, party):
        """Make the claims of one complaint from one party; rights and state were checked.

        :param str party: key of ``PARTIES``
        :return: ``complaint.recharge`` records, at least one
        """
        self.ensure_one()
        groups = defaultdict(list)
        for row in self._get_claimed_goods(party):
            purchase = row["purchase"]
            groups[purchase.order_id.partner_id.commercial_partner_id, purchase.currency_id].append(
                row
            )
        if not groups:
            groups = {(self.env["res.partner"], self.env["res.currency"]): []}
        claims = self.env["complaint.recharge"].create(
            [
                self._prepare_recharge_vals(party, vendor, currency, rows)
                for (vendor, currency), rows in groups.items()
            ]
        )
        claims._note_unexplained()
        return claims

    def _prepare_recharge_vals(self, party, vendor, currency, rows):
        """Values of one claim; called by :meth:`_make_recharges`.

        :param rows: list of dicts as of :meth:`_get_claimed_goods`
        """
        self.ensure_one()
        order = rows[0]["purchase"].order_id if rows else self.env["purchase.order"]
        partner = order.partner_id or vendor
        if party == "carrier":
            partner = self._find_carrier_partner()
        vals = {
            "complaint_id": self.id,
            "party": party,
            "partner_id": partner.id,
            "kind": "refund" if order else "claim",
            "reason": self._get_claim_reason(party),
            "line_ids": [Command.create(self._prepare_recharge_line_vals(row)) for row in rows],
        }
        if currency:
            vals["currency_id"] = currency.id
        return vals

    def _prepare_recharge_line_vals(self, row):
        """Values of the goods of a claim; called by :meth:`_prepare_recharge_vals`."""
        return {
            "complaint_line_id": row["line"].id,
            "product_id": row["line"].product_id.id,
            "purchase_line_id": row["purchase"].id,
            "lot_ids": [Command.set(row["lots"].ids)],
            "product_uom_id": row["unit"].id,
            "quantity": row["quantity"],
        }

    def _get_claim_reason(self, party):
        """:return: facts for the vendor, proposed: what is wrong, and what we found"""
        self.ensure_one()
        points = self.point_ids.filtered(lambda p: p.responsibility == party) or self.point_ids
        texts = []
        for point in points:
            parts = [point.defect_id.name, (point.finding_note or "").strip()]
            texts.append(": ".join(part for part in parts if part))
        return "\n".join(text for text in texts if text)

    def _find_carrier_partner(self):
        """:return: ``res.partner`` who is called like the complaint's carrier, may be empty"""
        self.ensure_one()
        name = (self.carrier_name or "").strip()
        if not name:
            return self.env["res.partner"]
        return self.env["res.partner"].search(
            [("name", "=ilike", name), ("company_id", "in", [False, self.company_id.id])], limit=1
        )

    # ------------------------------------------------------------
    # Goods and where they came from
    # ------------------------------------------------------------
    def _get_claimed_lines(self, party):
        """:return: ``complaint.line`` the party caused: of its points, else all complained about"""
        self.ensure_one()
        points = self.point_ids.filtered(lambda p: p.responsibility == party)
        lines = points.line_ids or self.line_ids
        return lines.filtered(lambda x: x.product_id and (x.quantity_confirmed or x.is_affected))

    def _get_claimed_goods(self, party):
        """What to claim, one row a purchase.

        :return: list of dicts ``line`` (``complaint.line``), ``purchase`` (``purchase.order.line``,
            may be empty), ``lots``, ``quantity`` and its ``unit``
        """
        self.ensure_one()
        lines = self._get_claimed_lines(party)
        rows = {}
        by_lot = self._find_lot_receipts(lines.lot_ids) if party == "supplier" else {}
        last = self._find_last_receipts(lines) if party == "supplier" else {}
        for line in lines:
            for purchase, lots, quantity in self._split_by_purchase(line, by_lot, last):
                unit = purchase.product_uom_id or line.product_id.uom_id
                quantity = line.product_id.uom_id._compute_quantity(quantity, unit)
                row = rows.get(purchase) if purchase else None
                if row:
                    row["quantity"] += quantity
                    row["lots"] |= lots
                else:
                    rows[purchase or line] = {
                        "line": line,
                        "purchase": purchase,
                        "lots": lots,
                        "quantity": quantity,
                        "unit": unit,
                    }
        return list(rows.values())

    def _split_by_purchase(self, line, by_lot, last):
        """Lead the complained quantity of one line back to the purchases it came by.

        :param dict by_lot: see :meth:`_find_lot_receipts`
        :param dict last: see :meth:`_find_last_receipts`
        :return: list of ``(purchase.order.line, lots, quantity in the product's unit)``
        """
        product = line.product_id
        rest = line._get_claimable_quantity()
        lots = line.lot_ids
        found = defaultdict(lambda: [lots.browse(), 0.0])
        for lot in lots:
            for purchase, received in by_lot.get(lot, {}).items():
                taken = min(rest, received, line._get_lot_shipped(lot) or received)
                if product.uom_id.compare(taken, 0.0) > 0:
                    found[purchase][0] |= lot
                    found[purchase][1] += taken
                    rest -= taken
        if not found and lots:
            # These came by no purchase we know of: no vendor is guessed
            return [(self.env["purchase.order.line"], lots, rest)]
        if not found:
            purchase, received = last.get(line, (self.env["purchase.order.line"], rest))
            return [(purchase, lots, min(rest, received))]
        return [(purchase, lots, quantity) for purchase, (lots, quantity) in found.items()]

    def _find_lot_receipts(self, lots):
        """:return: dict lot → dict ``purchase.order.line`` → received, in the product's unit"""
        receipts = defaultdict(lambda: defaultdict(float))
        rows = self.env["stock.move.line"]._read_group(
            [
                ("lot_id", "in", lots.ids),
                ("state", "=", "done"),
                ("company_id", "=", self.company_id.id),
                ("location_id.usage", "=", "supplier"),
                ("move_id.purchase_line_id", "!=", False),
            ],
            ["lot_id", "move_id"],
            ["quantity_product_uom:sum"],
        )
        for lot, move, quantity in rows:
            receipts[lot][move.purchase_line_id] += quantity
        return receipts

    def _find_last_receipts(self, lines):
        """The receipt of each line's product that came last before the line was shipped.

        :return: dict ``complaint.line`` → (``purchase.order.line``, received in the product's unit)
        """
        if not lines:
            return {}
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT line.id, (
                    SELECT move.id
                      FROM stock_move move
                      JOIN stock_location location ON location.id = move.location_id
                     WHERE move.product_id = line.product_id
                       AND move.company_id = line.company_id
                       AND move.state = 'done'
                       AND move.purchase_line_id IS NOT NULL
                       AND location.usage = 'supplier'
                       AND move.date <= COALESCE(line.date_shipped, %s)
                  ORDER BY move.date DESC, move.id DESC
                     LIMIT 1
                )
                FROM complaint_line line WHERE line.id IN %s
                """,
                self.date_received,
                tuple(lines.ids),
            )
        )
        found = {}
        for line_id, move_id in rows:
            if move_id:
                move = self.env["stock.move"].browse(move_id)
                received = move.product_uom._compute_quantity(move.quantity, move.product_id.uom_id)
                found[lines.browse(line_id)] = (move.purchase_line_id, received)
        return found
