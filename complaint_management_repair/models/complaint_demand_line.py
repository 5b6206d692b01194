from odoo import fields, models


class ComplaintDemandLine(models.Model):
    """What repair orders stand for already (R37)."""

    _inherit = "complaint.demand.line"

    repair_ids = fields.One2many(
        "repair.order", "complaint_demand_line_id", "Repairs", groups="stock.group_stock_user"
    )

    def _get_living_repairs(self):
        """:return: ``repair.order`` of these goods that are not cancelled, as superuser"""
        # sudo: whether there are some, to who decides about the request
        return self.sudo().repair_ids.filtered(lambda repair: repair.state != "cancel")

    def _get_covered_quantity(self):
        """Add what is repaired or to be repaired."""
        covered = super()._get_covered_quantity()
        for repair in self._get_living_repairs():
            covered += repair.product_uom._compute_quantity(
                repair.product_qty, self.product_uom_id, rounding_method="HALF-UP"
            )
        return covered

    def _split_by_lots(self):
        """What one repair order is made of: it knows a single lot.

        :return: list of (``stock.lot``, may be empty, quantity in the line's unit) not under repair
        """
        self.ensure_one()
        remaining = self._get_remaining_quantity()
        # sudo: which lots, to who decides about the request
        lots = self.sudo().lot_ids.filtered(lambda lot: lot.product_id == self.product_id)
        if self.product_id.tracking == "serial":
            one = self.product_id.uom_id._compute_quantity(1.0, self.product_uom_id)
            pieces = round(remaining / one) if one else 0
            free = list(lots - self._get_living_repairs().lot_id)[:pieces]
            # Serials nobody named yet are chosen in the repair order
            free += [lots.browse()] * (pieces - len(free))
            return [(lot, one) for lot in free]
        if not remaining:
            return []
        return [(lots if len(lots) == 1 else lots.browse(), remaining)]
