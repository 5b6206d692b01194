from collections import defaultdict

from odoo import api, fields, models
from odoo.tools.misc import formatLang

from .complaint_complaint import INSIDE_GROUPS


class ComplaintLineStock(models.Model):
    """How much of the affected goods is still in the house: what to block, what to replace (R29).

    A snapshot of registration, or of the last press of *Check stock*; the containment table of an
    8D prints it with its date.
    """

    _inherit = "complaint.line"

    quantity_in_stock = fields.Float(
        "In stock",
        digits="Product Unit",
        readonly=True,
        copy=False,
        groups=INSIDE_GROUPS,
        help="In the company's own locations when the stock was checked: of the lots, where they "
        "are known, else of the product. In the line's unit.",
    )
    date_stock_checked = fields.Datetime(
        "Stock checked on", readonly=True, copy=False, groups=INSIDE_GROUPS
    )

    @api.model
    def _get_verb_fields(self):
        return super()._get_verb_fields() | {"quantity_in_stock", "date_stock_checked"}

    def _check_stock(self):
        """Note what is in stock now, of storable goods; a handful of queries for any number.

        Called by verbs that have checked the complaint.
        """
        # sudo: stock of the goods of this complaint only, whatever rights on stock the user has
        lines = self.sudo().filtered("product_id")
        products = lines.product_id
        if products:
            # One query that also leaves services out and fills the cache with the units
            products = products.search_fetch(
                [("id", "in", products.ids), ("is_storable", "=", True)], ["tracking", "uom_id"]
            )
        lines = lines.filtered(lambda line: line.product_id in products)
        if not lines:
            return
        stock = lines._read_stock()
        now = fields.Datetime.now()
        for line in lines:
            line._write_trusted(
                {
                    "quantity_in_stock": line._sum_stock(stock),
                    "date_stock_checked": now,
                }
            )

    def _get_stock_text(self, with_name):
        """:return: the quantity in stock with its unit, and of what lot where there are more
        goods
        """
        self.ensure_one()
        unit = self.product_uom_id or self.product_id.uom_id
        number = formatLang(self.env, self.quantity_in_stock, dp="Product Unit")
        text = f"{number} {unit.name or ''}".strip()
        name = self.product_id.default_code or self.name
        # sudo: names of the lots that were counted, on a line the user may read
        line = self.sudo()
        if line.product_id.tracking == "lot" and line.lot_ids:
            name = f"{name} ({', '.join(line.lot_ids.mapped('name'))})"
        return f"{name}: {text}" if with_name else text

    def _read_stock(self):
        """:return: dict ``(company, product, lot)`` → quantity in the product's unit; a line's own
        company only, the lot may be empty
        """
        rows = self.env["stock.quant"]._read_group(
            [
                ("product_id", "in", self.product_id.ids),
                ("company_id", "in", self.company_id.ids),
                ("location_id.usage", "=", "internal"),
            ],
            ["company_id", "product_id", "lot_id"],
            ["quantity:sum"],
        )
        stock = defaultdict(float)
        for company, product, lot, quantity in rows:
            stock[company, product, lot] = quantity
        return stock

    def _sum_stock(self, stock):
        """What of these goods is in stock: of its lots, else of the product.

        Serial numbers that went out are with the customer: there the product counts.

        :param dict stock: result of :meth:`_read_stock`
        :return: quantity in the line's unit
        """
        self.ensure_one()
        product = self.product_id
        lots = self.lot_ids if product.tracking == "lot" else self.lot_ids.browse()
        quantity = sum(
            amount
            for (company, stocked, lot), amount in stock.items()
            if company == self.company_id and stocked == product and (not lots or lot in lots)
        )
        unit = self.product_uom_id or product.uom_id
        return product.uom_id._compute_quantity(quantity, unit, rounding_method="HALF-UP")
