"""The draft that the button opens, on the screens of those who may see it."""

from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from .test_prefill_order import PrefillCase


@tagged("post_install", "-at_install")
class TestDraftScreen(PrefillCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tracked = cls._product("lot", name="Paint")
        cls.lot = cls._lot(cls.tracked, "P-1")
        cls.order = cls._order(partner=cls.contact, lines=[(cls.tracked, 4)])
        cls._deliver(cls.order, lots={cls.tracked: [(cls.lot, 4)]})
        action = cls.order.with_user(cls.user_sales).action_create_complaint()
        cls.complaint = cls.env["complaint.complaint"].browse(action["res_id"])
        cls.env["complaint.action"].create(
            {
                "complaint_id": cls.complaint.id,
                "name": "Block the rest",
                "user_id": cls.user_contributor.id,
                "deadline": "2026-01-01",
            }
        )

    def test_salesperson_fills_it_in(self):
        """The order's goods, a quantity, the customer's words: saved as typed."""
        with Form(self.complaint.with_user(self.user_sales)) as form:
            form.description = "It peels off"
            with form.line_ids.edit(0) as line:
                self.assertEqual(line.quantity_shipped, 4.0)
                line.is_affected = True
                self.assertEqual(line.quantity_complained, 4.0)
                line.quantity_complained = 1.0
        self.assertEqual(self.complaint.description, "It peels off")
        self.assertEqual(self.complaint.line_ids.quantity_complained, 1.0)

    def test_everybody_who_may_see_it_opens_it(self):
        people = self.user_contributor + self.user_quality + self.user_manager
        for user in people + self.user_leadership + self.user_admin:
            with self.subTest(user=user.login):
                self.env.invalidate_all()
                complaint = self.complaint.with_user(user)
                view = complaint.get_view(view_type="form")
                self.assertIn("line_ids", view["models"]["complaint.complaint"])
                line_view = {
                    "lot_label": {},
                    "quantity_shipped": {},
                    "sale_line_id": {"fields": {}},
                }
                (values,) = complaint.web_read({"line_ids": {"fields": line_view}})
                self.assertEqual(values["line_ids"][0]["lot_label"], "P-1")

    def test_form_of_a_colleague_names_the_lots(self):
        complaint = self.complaint.with_user(self.user_contributor)
        arch = complaint.get_view(view_type="form")["arch"]
        self.assertNotIn('name="lot_ids"', arch)
        self.assertIn('name="lot_label"', arch)
        with self.assertRaises(AccessError), Form(complaint) as form:
            form.description = "He may only read"
