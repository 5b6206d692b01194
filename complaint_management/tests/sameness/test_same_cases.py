"""Open cases that may be the same are shown while one writes (R5, R7, R15)."""

from odoo import Command
from odoo.tests import Form, tagged

from .common import SamenessCommon


@tagged("post_install", "-at_install")
class TestSameCases(SamenessCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lot_case = cls._about(
            c_partner_id=cls.customer2.id,
            c_contact_id=False,
            product_id=cls.paint.id,
            lot_ids=[Command.link(cls.lot.id)],
        )

    def test_same_lot_of_another_customer(self):
        draft = self._draft_about(product_id=self.paint.id, lot_ids=[Command.link(self.lot.id)])
        self.assertEqual(self._seen(draft), [(self.lot_case, "same lot P-4711")])
        entry = draft.same_cases[0]
        self.assertTrue(entry["is_other_customer"])
        self.assertFalse(entry["is_others"])
        self.assertEqual(entry["number"], self.lot_case.name)
        self.assertEqual(entry["title"], self.lot_case.subject)
        self.assertEqual(entry["state_label"], "Registered")
        self.assertEqual(entry["owner"], self.lot_case.lead_user_id.name)

    def test_own_cases_come_first(self):
        """Of equal signs; though the other customer's case is newer."""
        own = self._about(
            product_id=self.paint.id,
            lot_ids=[Command.link(self.lot.id)],
            c_date_received="2020-01-01",
        )
        draft = self._draft_about(product_id=self.paint.id, lot_ids=[Command.link(self.lot.id)])
        self.assertEqual([case for case, _why in self._seen(draft)], [own, self.lot_case])

    def test_lot_typed_on_either_side(self):
        typed = self._draft_about(product_id=self.paint.id, lot_name=" p-4711 ")
        # As written in the books, or in whatever case where both were typed
        self.assertEqual(self._seen(typed), [])
        typed.line_ids.lot_name = "P-4711"
        self.assertEqual(self._seen(typed), [(self.lot_case, "same lot P-4711")])
        code = self._about(product_id=self.product.id, lot_name="b 17")
        other = self._draft_about(product_id=self.product.id, lot_name="B 17")
        self.assertEqual(self._seen(other)[0][0], code)
        self.assertIn("same lot B 17", self._seen(other)[0][1])
        # Another product with such a code is another lot
        self.assertNotIn(
            code, dict(self._seen(self._draft_about(product_id=self.paint.id, lot_name="b 17")))
        )

    def test_same_delivery_and_order_line(self):
        case = self._about(
            product_id=self.paint.id, move_id=self.paint_move.id, sale_line_id=self.paint_line.id
        )
        draft = self._draft_about(
            product_id=self.paint.id, move_id=self.paint_move.id, sale_line_id=self.paint_line.id
        )
        seen = self._seen(draft)
        self.assertEqual(seen, [(case, f"same delivery {self.picking.name}, same product")])
        by_line = self._draft_about(product_id=self.paint.id, sale_line_id=self.paint_line.id)
        self.assertIn(f"same line of {self.order.name}", self._seen(by_line)[0][1])
        (draft + by_line).unlink()
        head = self._complaint(picking_id=self.picking.id)
        self.assertEqual(self._seen(head)[0], (case, f"same delivery {self.picking.name}"))

    def test_goods_nobody_ticked_say_nothing(self):
        self._about(product_id=self.paint.id)
        draft = self._draft_about(
            product_id=self.paint.id, sale_line_id=self.paint_line.id, quantity_complained=0.0
        )
        self.assertEqual(self._seen(draft), [])
        draft.line_ids.is_affected = True
        self.assertEqual(len(self._seen(draft)), 1)

    def test_ranks(self):
        """Lot, delivery, product and defect, reference, product, others: whatever is newer."""
        goods = {"product_id": self.paint.id}
        by_defect = self._about(**goods, c_defect_id=self.defect_rust.id)
        by_product = self._about(**goods)
        by_reference = self._about(product_id=self.product.id, c_customer_order_ref="PO 9")
        by_delivery = self._about(product_id=self.product.id, c_picking_id=self.picking.id)
        draft = self._draft_about(
            **goods,
            lot_ids=[Command.link(self.lot.id)],
            c_defect_id=self.defect_rust.id,
            c_customer_reference="po 9",
            c_picking_id=self.picking.id,
        )
        expected = self.lot_case + by_delivery + by_defect + by_reference + by_product
        self.assertEqual([case for case, _why in self._seen(draft)], list(expected))
        self.assertEqual(self._seen(draft)[3][1], "same reference po 9")

    def test_others_have_it_too(self):
        others = self._about(
            c_partner_id=self.customer2.id,
            c_contact_id=False,
            product_id=self.paint.id,
            c_defect_id=self.defect_rust.id,
        )
        draft = self._draft_about(product_id=self.paint.id, c_defect_id=self.defect_rust.id)
        self.assertEqual([case for case, _why in self._seen(draft)], [others])
        self.assertTrue(draft.same_cases[0]["is_others"])

    def test_branches_are_one_customer(self):
        case = self._about(product_id=self.paint.id, c_partner_id=self.customer.id)
        branch = self.env["res.partner"].create({"name": "Pier", "parent_id": self.customer.id})
        draft = self._draft_about(product_id=self.paint.id, c_partner_id=branch.id)
        self.assertEqual(self._seen(draft), [(case, "same product")])
        self.assertFalse(draft.same_cases[0]["is_other_customer"])

    def test_what_is_over_is_not_shown(self):
        draft = self._draft_about(product_id=self.paint.id, lot_ids=[Command.link(self.lot.id)])
        self.lot_case.action_cancel("Entered twice")
        self.assertEqual(self._seen(draft), [])

    def test_seen_while_taking_in_only(self):
        draft = self._draft_about(product_id=self.paint.id, lot_ids=[Command.link(self.lot.id)])
        draft._write_trusted({"state": "registered"})
        self.assertTrue(self._seen(draft))
        draft._write_trusted({"state": "executing"})
        self.assertEqual(self._seen(draft), [])

    def test_live_in_the_form(self):
        """An unsaved complaint finds its like with every change (a form's onchange)."""
        complaints = self.env["complaint.complaint"].with_user(self.user_manager)
        form = Form(complaints)
        form.partner_id = self.customer
        self.assertFalse(form.same_cases)
        with form.line_ids.new() as line:
            line.product_id = self.paint
            line.quantity_complained = 1.0
            line.lot_name = "P-4711"
        self.assertEqual([e["id"] for e in form.same_cases], self.lot_case.ids)
        new = complaints.new({"partner_id": self.customer.id, "picking_id": self.picking.id})
        self.assertFalse(new.same_cases)

    def test_two_queries_however_many_lines(self):
        """And at most five cases, the latest first."""
        products = self.env["product.product"].create(
            [{"name": f"Goods {n}", "type": "consu"} for n in range(30)]
        )
        cases = self.env["complaint.complaint"]
        for product in products[:6]:
            cases += self._draft_about(product_id=product.id, lot_name=f"X{product.id}")
        cases._write_trusted({"state": "registered"})

        def count(goods):
            draft = self._complaint(
                defect_id=self.defect_rust.id,
                line_ids=[
                    Command.create(
                        {
                            "product_id": product.id,
                            "lot_name": f"X{product.id}",
                            "quantity_complained": 1.0,
                        }
                    )
                    for product in goods
                ],
            )
            self.env.flush_all()
            # What the form has read already
            draft.invalidate_recordset(["same_cases"])
            draft._get_same_case_keys()
            before = self.cr.sql_log_count
            found = draft.same_cases
            spent = self.cr.sql_log_count - before
            draft.unlink()
            return spent, found

        count(products[:1])
        few, one = count(products[:1])
        many, found = count(products)
        self.assertLessEqual((few, many), (2, 2))
        self.assertEqual((len(one), len(found)), (1, 5))
        self.assertEqual([e["id"] for e in found], cases.ids[:0:-1])
