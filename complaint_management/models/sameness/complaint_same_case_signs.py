from odoo import models
from odoo.tools import SQL

# Other customers' cases are looked at no further than a screen or two needs.
MOST_OTHERS = 20


class ComplaintSameCaseSigns(models.Model):
    """By what signs a case may be the same: one query of ``id, sign, key`` for each (R5, R15).

    Whoever may read them: ``_fetch_same_cases`` keeps what the user may.
    """

    _inherit = "complaint.complaint"

    def _get_same_case_signs(self, keys):
        """:param dict keys: as of :meth:`_get_same_case_keys`
        :return: list of ``SQL``, one query of ``id, sign, key`` for each sign there is; addons add
            theirs, with a rank, by super()
        """
        signs = []
        if keys["lots"]:
            signs.append(self._get_lot_sign(keys))
        if keys["lot_names"]:
            signs += self._get_lot_name_signs(keys)
        if keys["deliveries"]:
            signs += self._get_delivery_signs(keys)
        if keys["order_lines"]:
            signs.append(
                SQL(
                    """SELECT line.complaint_id AS id, 'order_line' AS sign,
                              line.sale_line_id::text AS key
                         FROM complaint_line line
                        WHERE line.sale_line_id IN %s AND %s""",
                    tuple(keys["order_lines"]),
                    self._get_goods_condition(),
                )
            )
        if keys["customer_id"] and (keys["products"] or keys["references"]):
            signs += self._get_customer_signs(keys)
        return signs

    @staticmethod
    def _get_goods_condition():
        """:return: ``SQL``: what ``complaint.line._is_about_goods`` says, of ``line``"""
        return SQL(
            """(line.quantity_complained > 0 OR line.quantity_unsaid
                OR (line.sale_line_id IS NULL AND line.move_id IS NULL))"""
        )

    def _get_lot_sign(self, keys):
        return SQL(
            """SELECT line.complaint_id AS id, 'lot' AS sign, lower(lot.name) AS key
                 FROM complaint_line_stock_lot_rel rel
                 JOIN complaint_line line ON line.id = rel.complaint_line_id
                 JOIN stock_lot lot ON lot.id = rel.stock_lot_id
                WHERE rel.stock_lot_id IN %s AND %s""",
            tuple(keys["lots"]),
            self._get_goods_condition(),
        )

    def _get_lot_name_signs(self, keys):
        """A code as typed here or there; of goods known on both sides only for the same ones."""
        same_goods = SQL(
            "(line.product_id IS NULL OR %s OR line.product_id IN %s)",
            not keys["products"],
            tuple(keys["products"]) or (0,),
        )
        signs = [
            SQL(
                """SELECT line.complaint_id AS id, 'lot' AS sign, lower(line.lot_name) AS key
                     FROM complaint_line line
                    WHERE lower(line.lot_name) IN %s AND %s AND %s""",
                tuple(keys["lot_names"]),
                self._get_goods_condition(),
                same_goods,
            )
        ]
        typed = tuple(set(keys["lot_names"].values()) - set(keys["lots"].values()))
        if typed:
            signs.append(
                SQL(
                    """SELECT line.complaint_id AS id, 'lot' AS sign, lower(lot.name) AS key
                         FROM stock_lot lot
                         JOIN complaint_line_stock_lot_rel rel ON rel.stock_lot_id = lot.id
                         JOIN complaint_line line ON line.id = rel.complaint_line_id
                        WHERE lot.name IN %s AND %s AND %s""",
                    typed,
                    self._get_goods_condition(),
                    same_goods,
                )
            )
        return signs

    def _get_delivery_signs(self, keys):
        deliveries = tuple(keys["deliveries"])
        return [
            SQL(
                """SELECT line.complaint_id AS id, 'delivery' AS sign, line.picking_id::text AS key
                     FROM complaint_line line WHERE line.picking_id IN %s AND %s""",
                deliveries,
                self._get_goods_condition(),
            ),
            SQL(
                """SELECT id, 'delivery' AS sign, picking_id::text AS key
                     FROM complaint_complaint WHERE picking_id IN %s""",
                deliveries,
            ),
        ]

    def _get_customer_signs(self, keys):
        """The customer's open cases, whichever of his people or branches complained."""
        cases = SQL(
            """SELECT c.id, c.defect_id, c.customer_reference, c.customer_order_ref
                 FROM complaint_complaint c
                WHERE c.state NOT IN ('closed', 'cancelled')
                  AND c.partner_id IN (SELECT id FROM res_partner
                                        WHERE commercial_partner_id = %s)""",
            keys["customer_id"],
        )
        signs = []
        if keys["products"]:
            signs.append(
                SQL(
                    """SELECT own.id, CASE WHEN COALESCE(line.defect_id, own.defect_id) IN %s
                                           THEN 'product_defect' ELSE 'product' END AS sign,
                              '' AS key
                         FROM (%s) own JOIN complaint_line line ON line.complaint_id = own.id
                        WHERE line.product_id IN %s AND %s""",
                    tuple(keys["defects"]) or (0,),
                    cases,
                    tuple(keys["products"]),
                    self._get_goods_condition(),
                )
            )
        if keys["references"]:
            signs.append(
                SQL(
                    """SELECT own.id, 'reference' AS sign, said.key
                         FROM (%s) own,
                              LATERAL (VALUES (lower(trim(own.customer_reference))),
                                              (lower(trim(own.customer_order_ref)))) said (key)
                        WHERE said.key IN %s""",
                    cases,
                    tuple(keys["references"]),
                )
            )
        return signs

    def _get_others_sign(self, keys):
        """Other customers' open cases of the same product and defect: where several have it, it is
        no case of one customer any more.

        :return: ``SQL``, the latest first and no more than a screen needs of what the user may read
        """
        return SQL(
            """SELECT c.id, 'others' AS sign, '' AS key
                 FROM complaint_complaint c
                WHERE c.state NOT IN ('closed', 'cancelled')
                  AND c.defect_id IN %s
                  AND c.id IN %s
                  AND EXISTS (SELECT 1 FROM complaint_line line
                               WHERE line.complaint_id = c.id AND line.product_id IN %s AND %s)
             ORDER BY c.date_received DESC
                LIMIT %s""",
            tuple(keys["defects"]),
            self._search(self._get_same_case_domain()).subselect(),
            tuple(keys["products"]),
            self._get_goods_condition(),
            MOST_OTHERS,
        )
