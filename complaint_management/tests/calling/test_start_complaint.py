"""From the call to a filled complaint: by whom, about what, and what may not be (R1, R6, R61)."""

from odoo import Command
from odoo.exceptions import AccessError, MissingError, UserError
from odoo.tests import Form, TransactionCase, tagged

from ..common import ComplaintCommon

NUMBER = "+1 555 010 0101"


class StartCase(ComplaintCommon, TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.complaints = cls.env["complaint.complaint"]
        cls.order = cls._order()
        cls.picking = cls._deliver(cls.order)

    def _action(self, user=None, **kwargs):
        return (
            self.env["complaint.call"].with_user(user or self.user_sales).start_complaint(**kwargs)
        )

    def _start(self, user=None, **kwargs):
        action = self._action(user, **kwargs)
        self.assertEqual(action["res_model"], "complaint.complaint")
        return self.complaints.browse(action["res_id"])

    def _begin(self, user=None, **kwargs):
        """:return: the form of a complaint that is not saved yet"""
        action = self._action(user, **kwargs)
        self.assertFalse(action["res_id"])
        complaints = self.complaints.with_user(user or self.user_sales)
        view = self.env.ref("complaint_management.complaint_complaint_view_form_quick")
        return Form(complaints.with_context(**action["context"]), view)


@tagged("post_install", "-at_install")
class TestStartFromOrder(StartCase):
    def test_everything_is_filled(self):
        draft = self._start(partner_id=self.contact.id, number=NUMBER, order_id=self.order.id)
        self.assertEqual(draft.state, "draft")
        self.assertEqual(draft.sale_order_id, self.order)
        self.assertEqual(draft.partner_id, self.customer)
        self.assertEqual(draft.contact_id, self.contact)
        self.assertEqual(draft.phone, NUMBER)
        self.assertEqual(draft.complainant_type, "customer")
        self.assertEqual(draft.channel_id.code, "phone_salesperson")
        self.assertEqual(draft.create_uid, self.user_sales)

    def test_the_only_goods_are_ticked_and_how_many_is_asked(self):
        draft = self._start(order_id=self.order.id)
        self.assertTrue(draft.line_ids.is_affected)
        self.assertFalse(draft.line_ids.quantity_complained)
        draft.write({"description": "Rusty", "defect_id": self.defect_rust.id})
        with self.assertRaisesRegex(UserError, "how much of"):
            draft.with_user(self.user_sales).action_register()

    def test_goods_pointed_at_are_ticked(self):
        hammer = self._product(name="Hammer")
        order = self._order(lines=[(self.product, 5), (hammer, 2)])
        self._deliver(order)
        draft = self._start(order_id=order.id)
        self.assertFalse(any(draft.line_ids.mapped("is_affected")), "nobody said which")
        sale_line = order.order_line[1]
        again = self._start(sale_line_id=sale_line.id)
        self.assertEqual(again, draft, "the untouched draft again")
        affected = draft.line_ids.filtered("is_affected")
        self.assertEqual(affected.product_id, hammer)
        self._start(order_id=order.id, sale_line_id=order.order_line[0].id)
        self.assertEqual(draft.line_ids.filtered("is_affected").product_id, self.product)

    def test_untouched_draft_takes_the_new_caller(self):
        draft = self._start(order_id=self.order.id, number="0755 1")
        again = self._start(order_id=self.order.id, partner_id=self.contact.id, number=NUMBER)
        self.assertEqual((again, again.phone, again.contact_id), (draft, NUMBER, self.contact))

    def test_untouched_draft_forgets_who_called_before(self):
        """A stranger gave up; then the customer's own contact calls, and his number is withheld."""
        draft = self._start(order_id=self.order.id, partner_id=self.customer2.id, number="0755 2")
        again = self._start(order_id=self.order.id, partner_id=self.contact.id)
        self.assertEqual(again, draft)
        self.assertEqual(draft.complainant_type, "customer")
        self.assertFalse(draft.complainant_id or draft.complainant_name)
        self.assertEqual(draft.contact_id, self.contact)
        self.assertEqual(draft.email_from, self.contact.email)
        self.assertEqual(draft.phone, self.contact.phone)
        self._start(order_id=self.order.id, partner_id=self.customer2.id, number="0755 2")
        self._start(order_id=self.order.id)
        self.assertEqual((draft.complainant_type, draft.complainant_id.ids), ("customer", []))
        self.assertEqual(draft.phone, (draft.contact_id or self.customer).phone)

    def test_button_of_the_order_keeps_the_caller(self):
        draft = self._start(order_id=self.order.id, partner_id=self.customer2.id, number="0755 2")
        action = self.order.with_user(self.user_sales).action_create_complaint()
        self.assertEqual((action["res_id"], draft.phone), (draft.id, "0755 2"))

    def test_touched_draft_is_left_alone(self):
        draft = self._start(order_id=self.order.id)
        draft.description = "They are rusty"
        self.assertNotEqual(self._start(order_id=self.order.id), draft)

    def test_company_itself_calls(self):
        order = self._order(partner=self.contact)
        draft = self._start(order_id=order.id, partner_id=self.customer.id)
        self.assertEqual((draft.partner_id, draft.contact_id.ids), (self.customer, []))

    def test_somebody_else_calls(self):
        """A hotel complains about what its dealer bought: he complains, the dealer is customer."""
        draft = self._start(order_id=self.order.id, partner_id=self.customer2.id, number="0755 2")
        self.assertEqual(draft.partner_id, self.customer)
        self.assertEqual(draft.complainant_id, self.customer2)
        self.assertEqual(draft.complainant_name, "Corner Shop")
        self.assertEqual(draft.complainant_type, "consumer")
        self.assertEqual((draft.email_from, draft.phone), (self.customer2.email, "0755 2"))

    def test_archived_contact(self):
        self.contact.active = False
        draft = self._start(order_id=self.order.id, partner_id=self.contact.id)
        self.assertEqual(draft.contact_id, self.contact)

    def test_delivered_in_parts(self):
        order = self._order()
        self._deliver(order, {self.product: 4})
        draft = self._start(order_id=order.id)
        self.assertEqual(draft.line_ids.quantity_shipped, 4)
        self.assertTrue(draft.line_ids.is_affected)
        self._deliver(order)
        self.assertEqual(self._start(order_id=order.id), draft)
        self.assertEqual(draft.line_ids.mapped("quantity_shipped"), [4, 6])
        self.assertFalse(any(draft.line_ids.mapped("is_affected")), "which delivery is not known")

    def test_delivery(self):
        draft = self._start(order_id=self.order.id, picking_id=self.picking.id)
        self.assertEqual((draft.picking_id, draft.sale_order_id), (self.picking, self.order))

    def test_one_lot_of_several(self):
        paint = self._product("lot", name="Paint")
        lots = [(self._lot(paint, "P-1"), 7), (self._lot(paint, "P-2"), 3)]
        order = self._order(lines=[(paint, 10)])
        self._deliver(order, lots={paint: lots})
        draft = self._start(order_id=order.id, lot_id=lots[1][0].id)
        self.assertEqual(draft.line_ids.filtered("is_affected").lot_ids, lots[1][0])
        by_lot = self._start(lot_id=lots[0][0].id, partner_id=self.contact.id)
        self.assertEqual(by_lot, draft, "the customer's order with this lot is found")
        self.assertEqual(draft.line_ids.filtered("is_affected").lot_ids, lots[0][0])

    def test_lot_that_went_to_many(self):
        """Other customers' orders of a lot are not read to find the caller's last one."""
        paint = self._product("lot", name="Paint")
        lot = self._lot(paint, "P-1")
        orders = self._order(lines=[(paint, 1)])
        orders += self._order(lines=[(paint, 1)])
        orders += self._order(partner=self.customer2, lines=[(paint, 1)])
        for order in orders:
            self._deliver(order, lots={paint: [(lot, 1)]})
        call = self.env["complaint.call"].with_user(self.user_sales)
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(call._find_order_of_lot(lot, self.contact), orders[1])
        cached = self.env.cache.get_records(self.env["sale.order"], orders._fields["state"])
        self.assertNotIn(orders[2], cached)

    def test_one_serial_of_several(self):
        drill = self._product("serial", name="Drill")
        serials = [(self._lot(drill, f"D-{number}"), 1) for number in range(3)]
        order = self._order(lines=[(drill, 3)])
        self._deliver(order, lots={drill: serials})
        for lot, _quantity in serials[:2]:
            draft = self._start(order_id=order.id, lot_id=lot.id)
            self.assertEqual(draft.line_ids.lot_ids, lot)
            self.assertTrue(draft.line_ids.is_affected)


@tagged("post_install", "-at_install")
class TestStartDirectly(StartCase):
    def test_consumer_with_a_bare_number(self):
        before = self.complaints.search([])
        form = self._begin(number=" 0755 \x00 1234 ")
        self.assertEqual(self.complaints.search([]), before, "opening saves nothing")
        self.assertEqual((form.phone, form.complainant_type), ("0755 1234", "consumer"))
        form.description = "A blade in the tissue"
        form.complainant_name = "Ms Lee"
        form.purchase_place = "Corner Shop"
        with form.line_ids.edit(0) as line:
            line.name = "Tissue 3-ply"
            line.specification = "12 x 120 sheets"
            line.lot_name = "B77"
            line.production_date = "2026-01-02"
        complaint = form.save()
        complaint.defect_id = self.defect_rust
        self.assertEqual(complaint.phone, "0755 1234")
        self.assertEqual(complaint.line_ids.quantity_complained, 1)
        complaint.with_user(self.user_sales).action_register()
        self.assertEqual(complaint.state, "registered")
        self.assertEqual(complaint.line_ids.specification, "12 x 120 sheets")
        self.assertTrue(complaint.date_responded, "we talk to him")

    def test_draft_that_was_saved_goes_on(self):
        """The form sends the action's context with all it does later, too."""
        context = self._action(number=NUMBER)["context"]
        complaints = self.complaints.with_user(self.user_sales).with_context(**context)
        saved = complaints.save_draft({"description": "A blade"}, {})
        draft = complaints.browse(saved["records"][0]["id"])
        self.assertEqual(draft.line_ids.quantity_complained, 1)
        draft.save_draft({"demand_ids": [Command.create({"kind": "exchange"})]}, {})
        draft.save_draft({"line_ids": [Command.update(draft.line_ids.id, {"name": "Tissue"})]}, {})
        self.assertEqual(draft.demand_ids.kind, "exchange")
        self.assertFalse(draft.demand_ids.line_ids)
        self.assertTrue(draft.action_find_dealer()["res_id"])

    def test_known_customer(self):
        form = self._begin(self.user_service, partner_id=self.contact.id, number="0755 3")
        self.assertEqual((form.partner_id, form.contact_id), (self.customer, self.contact))
        self.assertEqual((form.phone, form.complainant_type), ("0755 3", "customer"))
        self.assertEqual(form.channel_id.code, "phone_hotline")

    def test_lot_of_somebody_unknown(self):
        """Whose order it was is not assumed: the goods alone are taken."""
        paint = self._product("lot", name="Paint")
        lot = self._lot(paint, "P-1")
        order = self._order(lines=[(paint, 10)])
        self._deliver(order, lots={paint: [(lot, 10)]})
        form = self._begin(lot_id=lot.id, number="0755 4")
        self.assertFalse(form.partner_id)
        form.description = "It peels"
        complaint = form.save()
        self.assertEqual((complaint.line_ids.product_id, complaint.line_ids.lot_ids), (paint, lot))

    def test_channel_may_be_gone(self):
        self.env.ref("complaint_management.channel_phone_salesperson").unlink()
        self.assertFalse(self._start(order_id=self.order.id).channel_id)


@tagged("post_install", "-at_install")
class TestStartRefused(StartCase):
    def test_quotation_and_cancelled_order(self):
        quotation = self._order(confirm=False)
        with self.assertRaisesRegex(UserError, "is a quotation"):
            self._action(order_id=quotation.id)
        quotation._action_cancel()
        with self.assertRaisesRegex(UserError, "was cancelled"):
            self._action(sale_line_id=quotation.order_line.id)

    def test_own_documents_only(self):
        order = self._order(user=self.user_sales2)
        for asked in ({"order_id": order.id}, {"sale_line_id": order.order_line.id}):
            with self.assertRaises(AccessError):
                self._action(**asked)
        self.assertFalse(self.complaints.search([("sale_order_id", "=", order.id)]))

    def test_delivery_of_a_colleagues_order(self):
        """Core shows him the delivery; what was ordered is not his to see."""
        order = self._order(user=self.user_sales2)
        picking = self._deliver(order)
        self.assertTrue(picking.with_user(self.user_sales).has_access("read"))
        with self.assertRaises(AccessError):
            self._action(picking_id=picking.id)
        with self.assertRaises(AccessError):
            picking.with_user(self.user_sales).action_create_complaint()

    def test_lot_of_a_colleagues_order(self):
        """The lot leads to orders one may read only; nothing of the colleague's is shown."""
        paint = self._product("lot", name="Paint")
        lot = self._lot(paint, "P-1")
        order = self._order(lines=[(paint, 10)], user=self.user_sales2)
        self._deliver(order, lots={paint: [(lot, 10)]})
        self.assertFalse(self._action(lot_id=lot.id, partner_id=self.customer.id)["res_id"])

    def test_who_takes_no_complaints(self):
        for user in self.user_contributor + self.user_leadership + self.user_stranger:
            with self.assertRaises(AccessError):
                self._action(user, number=NUMBER)

    def test_what_is_no_number_of_a_record(self):
        for wrong in ("7", [7], 2**40, -1, 1.5, True):
            with self.assertRaises(UserError):
                self._action(order_id=wrong)

    def test_what_is_gone(self):
        order = self._order(confirm=False)
        gone = order.id
        order.unlink()
        with self.assertRaises(MissingError):
            self._action(order_id=gone)

    def test_order_of_the_second_company(self):
        company = self._second_company()
        order = self._order(company=company, user=self.env["res.users"])
        with self.assertRaises(AccessError):
            self._action(order_id=order.id)
        self.user_sales.company_ids = [Command.link(company.id)]
        both = (self.company + company).ids
        call = self.env["complaint.call"].with_user(self.user_sales)
        action = call.with_context(allowed_company_ids=both).start_complaint(order_id=order.id)
        draft = self.complaints.browse(action["res_id"])
        self.assertEqual((draft.company_id, draft.team_id.company_id), (company, company))
