"""A code on a component of a kit (R3, R7): the kit was sold, the component is in the hand."""

from odoo.tests import tagged

from .common import TracingCase


@tagged("post_install", "-at_install", "-standard", "complaint_kit")
class TestAddKit(TracingCase):
    """Needs sale_mrp: runs on the database that has it, by its own tag."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_kit()
        cls.lot = cls._lot(cls.blade, "BL-1")
        cls.order = cls._order(lines=[(cls.kit, 5)])
        cls.delivery = cls._deliver(cls.order, lots={cls.blade: [(cls.lot, 10)]})

    def test_empty_draft(self):
        """The delivery's components are here, the scanned one is ticked."""
        complaint = self._draft()
        complaint.action_add_code("BL-1")
        self.assertEqual(complaint.line_ids.product_id, self.handle + self.blade)
        self.assertEqual(self._ticked(complaint), [(self.blade, "BL-1", 0, True)])
        self.assertEqual(complaint.picking_id, self.delivery)

    def test_draft_about_the_order(self):
        """The kit stands there as sold: the component alone comes beside it, once."""
        complaint = self._from_order(self.order)
        self.assertEqual(complaint.line_ids.product_id, self.kit)
        complaint.action_add_code("BL-1")
        self.assertEqual(complaint.line_ids.product_id, self.kit + self.blade)
        self.assertEqual(self._ticked(complaint), [(self.blade, "BL-1", 0, True)])
        complaint.action_add_code("BL-1")
        self.assertEqual(len(complaint.line_ids), 2)
