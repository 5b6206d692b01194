from odoo.tests import tagged

from .common import RechargeCommon

GOODS = "complaint.analysis.goods"
PPM = "complaint.analysis.ppm"


@tagged("post_install", "-at_install")
class TestVendorFigures(RechargeCommon):
    """Whose goods they are: claimed from, else by the receipt, else the main vendor (R20)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lot, cls.unknown = cls._lots(cls.blade, "B-1", "B-2")
        # Received twice: by whom it came first
        cls._purchase([(cls.blade, 10, 4.0)], lots={cls.blade: [(cls.lot, 10)]})
        cls.env["product.supplierinfo"].search([]).unlink()
        cls.env["product.supplierinfo"].create(
            {"product_tmpl_id": cls.blade.product_tmpl_id.id, "partner_id": cls.vendor2.id}
        )
        cls.complaint = cls._blade_complaint(cls.lot)

    def _vendors(self, model, **domain):
        self.env.flush_all()
        self.env.invalidate_all()
        rows = self.env[model].search([(name, "=", value) for name, value in domain.items()])
        return rows.mapped("vendor_id")

    def test_lot_leads_to_its_vendor(self):
        self.assertEqual(self._vendors(GOODS, complaint_id=self.complaint.id), self.vendor)
        self.complaint._thaw().line_ids.lot_ids = self.unknown
        self.assertEqual(self._vendors(GOODS, complaint_id=self.complaint.id), self.vendor2)

    def test_several_lots_blame_nobody_unless_all_agree(self):
        """Neither the vendor of the lot that was recorded first, nor the main one."""
        same, other = self._lots(self.blade, "B-3", "B-4")
        self._purchase([(self.blade, 10, 4.0)], lots={self.blade: [(same, 10)]})
        self._purchase(
            [(self.blade, 10, 4.0)], vendor=self.vendor2, lots={self.blade: [(other, 10)]}
        )
        line = self.complaint._thaw().line_ids
        nobody = self.env["res.partner"]
        for lots, expected in (
            (self.lot + same, self.vendor),
            (self.lot + other, nobody),
            (other + same, nobody),
            (self.lot + self.unknown, nobody),
            (self.unknown + self.unknown.copy({"name": "B-5"}), self.vendor2),
        ):
            line.lot_ids = lots
            with self.subTest(lots=lots.mapped("name")):
                found = self._vendors(GOODS, complaint_id=self.complaint.id)
                self.assertEqual(found, expected)

    def test_who_is_claimed_from_comes_first(self):
        recharge = self._recharge(self.complaint)
        self.assertEqual(recharge.line_ids.complaint_line_id, self.complaint.line_ids)
        # A purchase of the first vendor's would not let the claim go to the second
        recharge.line_ids.purchase_line_id = False
        recharge.partner_id = self.vendor2
        self.assertEqual(self._vendors(GOODS, complaint_id=self.complaint.id), self.vendor2)
        recharge.action_withdraw()
        self.assertEqual(self._vendors(GOODS, complaint_id=self.complaint.id), self.vendor)

    def test_ppm_by_vendor_of_the_lot(self):
        self.complaint._thaw().line_ids.quantity_confirmed = 1
        self.assertEqual(self._vendors(PPM, lot_id=self.lot.id), self.vendor)
