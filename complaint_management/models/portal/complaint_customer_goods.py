from odoo import api, models

from ..intake.complaint_source import get_lot_ids


class ComplaintCustomerGoods(models.AbstractModel):
    """The goods a customer ticks on a form: what was sold or delivered, in plain values (R3, R7).

    Callers have checked that whoever fills in the form may see the source. Keys name prepared lines
    of that source only; they grant nothing.
    """

    _inherit = "complaint.customer.form"

    @api.model
    def _get_goods(self, prepared, merged=False):
        """What of an order or a delivery can be ticked.

        :param dict prepared: values of a complaint, as of ``_prepare_from_sources``
        :param bool merged: one row a product, without lots: no more than stands on a delivery slip
        :return: list of dicts ``key, name, lot, unit, shipped, limit, day, vals``; quantities in
            ``unit``, ``limit`` is how many can be complained about without a word
        """
        lines = [command[2] for command in prepared["line_ids"]]
        if merged:
            lines = self._merge_goods(lines)
        # Read once for all rows
        # sudo: parts of a source the customer may see; names and quantities are shown only
        env = self.sudo().env
        env["product.product"].browse([v["product_id"] for v in lines]).mapped("display_name")
        env["uom.uom"].browse([v["product_uom_id"] for v in lines]).fetch(["name"])
        sold = [v["sale_line_id"] for v in lines if v.get("sale_line_id")]
        env["sale.order.line"].browse(sold).fetch(["product_uom_qty"])
        lots = [lot for v in lines for lot in get_lot_ids(v)]
        env["stock.lot"].browse(lots).fetch(["name"])
        return [self._prepare_goods(vals, merged) for vals in lines]

    @api.model
    def _prepare_goods(self, vals, merged):
        """One row of the form; called by :meth:`_get_goods`."""
        # sudo: see _get_goods
        env = self.sudo().env
        lots = [lot for command in vals.get("lot_ids", ()) for lot in command[2]]
        shipped = vals["quantity_shipped"]
        sold = env["sale.order.line"].browse(vals.get("sale_line_id") or ())
        return {
            "key": self._get_goods_key(vals, lots, merged),
            "name": env["product.product"].browse(vals["product_id"]).display_name,
            "lot": "" if merged else ", ".join(env["stock.lot"].browse(lots).mapped("name")),
            "unit": env["uom.uom"].browse(vals["product_uom_id"]).name or "",
            "shipped": shipped,
            # What has not arrived is complained about as ordered
            "limit": shipped or sold.product_uom_qty,
            "day": vals.get("date_shipped"),
            "vals": vals,
        }

    @api.model
    def _get_goods_key(self, vals, lots, merged):
        if merged:
            return f"p{vals['product_id']}-{vals['product_uom_id']}"
        if vals.get("move_id"):
            lot = f"-{lots[0]}" if len(lots) == 1 else ""
            return f"m{vals['move_id']}{lot}"
        return f"s{vals['sale_line_id']}"

    @api.model
    def _merge_goods(self, lines):
        """:return: list of values, one a product and unit: which lot it was is found out by us"""
        merged = {}
        for vals in lines:
            key = vals["product_id"], vals["product_uom_id"]
            if key not in merged:
                merged[key] = dict(vals)
                continue
            row = merged[key]
            for name in ("quantity_shipped", "quantity_returned"):
                row[name] += vals[name]
            if row.get("lot_ids") or vals.get("lot_ids"):
                row["lot_ids"] = [*row.get("lot_ids", []), *vals.get("lot_ids", [])]
        for row in merged.values():
            if row.get("lot_ids"):
                lots = {lot for command in row["lot_ids"] for lot in command[2]}
                row["lot_ids"] = [(6, 0, sorted(lots))]
        return list(merged.values())

    @api.model
    def _prepare_line_vals(self, form, goods):
        """Values of the goods complained about; called by :meth:`_prepare_complaint_vals`.

        :return: list of create values: what was ticked, else what was described in words
        """
        lines = []
        for row in goods:
            quantity = form["lines"].get(row["key"], {}).get("value")
            if quantity is not None:
                lines.append(
                    {
                        **row["vals"],
                        **self._prepare_quantity_vals(quantity),
                        **self._prepare_lot_vals(form, row["vals"]),
                    }
                )
        if not goods and (form["product"] or form["lot"] or form["production_day"]):
            lines.append(
                {
                    "name": form["product"],
                    "lot_name": form["lot"],
                    "production_date": form["production_day"],
                    **self._prepare_quantity_vals(form["quantity_value"]),
                }
            )
        return [{"sequence": 10 * number, **vals} for number, vals in enumerate(lines, start=1)]

    @api.model
    def _prepare_quantity_vals(self, quantity):
        """What nobody said is left to ask for: never all that was delivered (R3)."""
        return {"quantity_complained": quantity or 0.0, "quantity_unsaid": not quantity}

    @api.model
    def _prepare_lot_vals(self, form, vals):
        """The lot he read off the goods; where it is one we delivered, the others are out of it."""
        if not form["lot"]:
            return {}
        delivered = [lot for command in vals.get("lot_ids", ()) for lot in command[2]]
        # sudo: lots of a delivery the customer holds in his hands, compared by name
        lots = self.sudo().env["stock.lot"].browse(delivered)
        same = lots.filtered(lambda lot: lot.name.casefold() == form["lot"].casefold())
        chosen = {"lot_ids": [(6, 0, same.ids)]} if same else {}
        return {"lot_name": form["lot"], **chosen}
