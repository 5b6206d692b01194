from odoo import models

# What two complaints may have in common, the strongest first (R5, R7, R15).
RANKS = {
    "lot": 1,
    "delivery": 2,
    "order_line": 2,
    "product_defect": 3,
    "reference": 4,
    "product": 5,
    "others": 6,
}


class ComplaintSameCaseKeys(models.Model):
    """By what a complaint is recognised as a case somebody took in already.

    Ids and texts of this complaint alone: the words that are shown come from here, so that nothing
    of the other case is told but its own number, title, dates and people.
    """

    _inherit = "complaint.complaint"

    def _get_same_case_keys(self):
        """:return: dict with, as known by the form being edited, saved or not:

        - ``lots``: dict id → name; ``lot_names``: dict lower case → as written
        - ``products``: list of ids; ``defects``: list of ids, for the goods and the case
        - ``deliveries``, ``order_lines``: dict id → number
        - ``references``: dict lower case → as written
        - ``customer_id``: id of the commercial partner, or False
        """
        self.ensure_one()
        # sudo: numbers of documents this complaint names itself, whoever may open these
        lines = self.sudo().line_ids.filtered(lambda line: line._is_about_goods())
        deliveries = (self.sudo().picking_id | lines.picking_id)._origin
        sale_lines = lines.sale_line_id._origin
        return {
            "lots": {lot.id: lot.name for lot in lines.lot_ids._origin},
            "lot_names": self._by_lower(lines.mapped("lot_name") + lines.lot_ids.mapped("name")),
            "products": lines.product_id._origin.ids,
            "defects": (self.defect_id | lines.defect_id)._origin.ids,
            "deliveries": {delivery.id: delivery.name for delivery in deliveries},
            "order_lines": {line.id: line.order_id.name for line in sale_lines},
            "references": self._by_lower([self.customer_reference, self.customer_order_ref]),
            "customer_id": self.partner_id.commercial_partner_id._origin.id,
        }

    @staticmethod
    def _by_lower(texts):
        """:return: dict of the texts without surrounding blanks, by their lower case"""
        texts = [text.strip() for text in texts if text and text.strip()]
        return {text.lower(): text for text in texts}


class ComplaintLine(models.Model):
    """Whether goods are complained about, or merely stand on the order the draft was made of."""

    _inherit = "complaint.line"

    # A code is found however it was written
    _lot_name_lower_idx = models.Index("(lower(lot_name)) WHERE lot_name IS NOT NULL")

    def _is_about_goods(self):
        """:return: whether somebody complains about these goods; what is typed always counts"""
        self.ensure_one()
        return self.is_affected or not (self.sale_line_id or self.move_id)
