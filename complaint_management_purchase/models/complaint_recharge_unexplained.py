from collections import defaultdict

from odoo import models


class ComplaintRechargeUnexplained(models.Model):
    """Says on a claim what of the complained goods no known purchase brought in (R20)."""

    _inherit = "complaint.recharge"

    def _note_unexplained(self):
        """Note goods that these new claims of one complaint and party leave out, or claim without
        a purchase; purchasing has to look for them.
        """
        complaint, party = self.complaint_id.ensure_one(), self[:1].party
        if party != "supplier":
            return
        rest = defaultdict(float)
        for line in complaint._get_claimed_lines(party):
            rest[line.product_id] += line._get_claimable_quantity()
        for line in self.line_ids.filtered("purchase_line_id"):
            rest[line.product_id] -= line.product_uom_id._compute_quantity(
                line.quantity, line.product_id.uom_id, round=False
            )
        for product, quantity in rest.items():
            if product.uom_id.compare(quantity, 0.0) <= 0:
                continue
            claims = self.filtered(lambda r, goods=product: goods in r.line_ids.product_id)
            for claim in claims or self:
                claim._message_log(
                    body=self.env._(
                        "%(goods)s: by which purchase %(quantity)g %(unit)s came is not known.",
                        goods=product.display_name,
                        quantity=quantity,
                        unit=product.uom_id.name,
                    )
                )
