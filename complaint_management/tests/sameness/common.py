from odoo import Command

from ..common import ComplaintCommon

PNG = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJg"
    "gg=="
)


class SamenessCommon(ComplaintCommon):
    """Paint in lots, delivered to a customer who complained about it already."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.paint = cls._product("lot", name="Paint")
        cls.lot = cls._lot(cls.paint, "P-4711")
        cls.order = cls._order(lines=[(cls.paint, 4), (cls.product, 10)])
        cls.picking = cls._deliver(
            cls.order,
            lots={cls.paint: [(cls.lot, 4)]},
            quantities={cls.paint: 4, cls.product: 10},
        )
        cls.paint_move = cls.picking.move_ids.filtered(lambda m: m.product_id == cls.paint)
        cls.paint_line = cls.order.order_line.filtered(lambda x: x.product_id == cls.paint)

    @classmethod
    def _about(cls, user=None, **line):
        """A registered complaint of the customer about goods described by ``line``."""
        vals = {key: line.pop(key) for key in list(line) if key.startswith("c_")}
        vals = {key.removeprefix("c_"): value for key, value in vals.items()}
        return cls._registered_complaint(
            user=user,
            category_id=cls.category_simple.id,
            **{
                "defect_id": cls.defect_billing.id,
                "line_ids": [Command.create({"quantity_complained": 1.0, "name": "Goods", **line})],
                **vals,
            },
        )

    @classmethod
    def _draft_about(cls, user=None, **line):
        """A draft that somebody is writing, of the same shape."""
        vals = {key: line.pop(key) for key in list(line) if key.startswith("c_")}
        vals = {key.removeprefix("c_"): value for key, value in vals.items()}
        return cls._complaint(
            user=user,
            line_ids=[Command.create({"quantity_complained": 1.0, "name": "Goods", **line})],
            **vals,
        )

    def _seen(self, complaint):
        """:return: list of (complaint, why) as the form shows them"""
        complaint.invalidate_recordset(["same_cases"])
        found = complaint.same_cases or []
        return [(self.env["complaint.complaint"].browse(e["id"]), e["why"]) for e in found]
