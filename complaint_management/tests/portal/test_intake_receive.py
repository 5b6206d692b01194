from unittest.mock import patch

from odoo.exceptions import ConcurrencyError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import ComplaintCommon
from ..documents.test_upload import picture


@tagged("post_install", "-at_install")
class TestIntakeReceive(ComplaintCommon):
    """The one way in behind the customers' doors: all of it or nothing, and once (T7, T9)."""

    def setUp(self):
        super().setUp()
        self.order = self._order()
        self._deliver(self.order)
        self.complaints = self.env["complaint.complaint"].with_user(self.user_portal)
        forms = self.env["complaint.customer.form"]
        self.prepared = self.complaints.sudo()._prepare_from_order(self.order)
        self.goods = forms._get_goods(self.prepared)
        self.form = forms._new_form(description="Rust", quantity_value=None, production_day=False)

    def _receive(self, key="form-1", files=()):
        door = self.complaints._prepare_portal_door(self.user_portal, self.prepared, self.company)
        return self.complaints._receive_form(door, self.form, self.goods, files, key)

    def _count(self):
        return self.env["complaint.complaint"].search_count([])

    @mute_logger("odoo.sql_db")
    def test_pressed_twice_at_the_same_moment(self):
        """The second request does not see what the first one has not committed: it tries again."""
        self._receive()
        before = self._count()
        model = self.env.registry["complaint.complaint"]
        unseen = patch.object(
            model, "_find_by_intake_key", lambda complaints, key: complaints.browse()
        )
        with unseen, self.assertRaises(ConcurrencyError):
            self._receive()
        self.assertEqual(self._count(), before)
        self.assertEqual(self._receive(), self.complaints._find_by_intake_key("form-1"))

    def test_what_is_refused_leaves_nothing(self):
        self.company.complaint_evidence_max = 1
        attachments = self.env["ir.attachment"].search_count(
            [("res_model", "=like", "complaint.%")]
        )
        before = self._count()
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self._receive(files=[("a.png", picture()), ("b.png", picture())])
        self.assertEqual(self._count(), before)
        self.assertEqual(
            self.env["ir.attachment"].search_count([("res_model", "=like", "complaint.%")]),
            attachments,
        )

    def test_order_without_salesperson(self):
        """Who complains himself is never his own salesperson."""
        self.order.user_id = False
        self.prepared = self.complaints.sudo()._prepare_from_order(self.order)
        self.assertFalse(self._receive().user_id)

    def test_salesperson_of_the_customer(self):
        """Without an order: whoever sells to him."""
        self.customer.user_id = self.user_sales2
        self.prepared, self.goods = None, []
        complaint = self._receive()
        self.assertEqual(complaint.user_id, self.user_sales2)
        self.assertEqual(complaint.complainant_type, "customer")

    def test_consumer(self):
        """A person of his own is a consumer (R61)."""
        self.portal_partner.parent_id = False
        self.prepared, self.goods = None, []
        complaint = self._receive()
        self.assertEqual(complaint.complainant_type, "consumer")
        self.assertEqual(complaint.partner_id, self.portal_partner)
        self.assertFalse(complaint.contact_id)

    def test_no_query_for_each_line(self):
        """A form with many lines asks no more than one with few."""
        forms = self.env["complaint.customer.form"]
        queries = []
        for lines in (2, 12):
            order = self._order(lines=[(self._product(name=f"G{n}"), 1) for n in range(lines)])
            self._deliver(order)
            prepared = self.complaints.sudo()._prepare_from_order(order)
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            goods = forms._get_goods(prepared)
            queries.append(self.env.cr.sql_log_count - before)
            self.assertEqual(len(goods), lines)
        self.assertNoQueryEach(*queries, further=10)
