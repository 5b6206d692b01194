from ..intake.test_prefill_order import PrefillCase


class TracingCase(PrefillCase):
    """Codes are scanned by a salesperson with own documents only, who may read no move lines."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.paint = cls._product("lot", name="Paint", default_code="PAINT", barcode="4012345678901")
        cls.drill = cls._product("serial", name="Drill")

    def _draft(self, user=None, **vals):
        """An empty draft of the customer."""
        return self._complaint(user=user or self.user_sales, contact_id=False, **vals)

    def _deliver_lots(self, lots, user=None, partner=None, **vals):
        """:param lots: list of (``stock.lot``, quantity) of one product
        :return: the done delivery
        """
        product = lots[0][0].product_id
        quantity = sum(quantity for _lot, quantity in lots)
        order = self._order(partner=partner, user=user, lines=[(product, quantity)], **vals)
        return self._deliver(order, lots={product: lots})

    def _ticked(self, complaint):
        """:return: list of (product, names of lots, complained quantity, quantity not said)"""
        return [
            (line.product_id, line.lot_label, line.quantity_complained, line.quantity_unsaid)
            for line in complaint.line_ids
            if line.is_affected
        ]
