from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..handling.common import HandlingCommon


@tagged("post_install", "-at_install")
class TestDispatch(HandlingCommon):
    """Customer service hands a case to the regional salesperson, who verifies it (R22)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["complaint.region"].search([]).active = False
        cls.region = cls.env["complaint.region"].create(
            {
                "name": "Harbour",
                "zip_prefixes": "20",
                "user_id": cls.user_sales2.id,
                "backup_user_id": cls.user_stock.id,
                "company_id": cls.company.id,
            }
        )
        cls.customer.zip = "20457"
        cls.draft = cls._complaint(user=cls.user_service, user_id=cls.user_service.id)

    def _dispatch(self, complaint, user=None, **kwargs):
        complaint.with_user(self.user_service).action_dispatch(
            (user or self.user_sales2).id, **kwargs
        )
        return complaint.with_env(self.env).action_ids.filtered("is_dispatch")

    def _proposal(self):
        user, region = self.draft._propose_dispatch()
        return user, region

    # ------------------------------------------------------------
    # To whom
    # ------------------------------------------------------------
    def test_customers_salesperson_before_the_region(self):
        self.assertEqual(self._proposal(), (self.user_sales2, self.region))
        self.customer.user_id = self.user_sales
        self.assertEqual(self._proposal()[0], self.user_sales)
        self.assertFalse(self._proposal()[1])

    def test_commercial_parent(self):
        self.draft.partner_id = self.contact
        self.customer.user_id = self.user_sales
        self.contact.user_id = False
        self.assertEqual(self._proposal()[0], self.user_sales)

    def test_backup_of_the_region(self):
        self.user_sales2.out_of_office_from = fields.Datetime.now() - timedelta(hours=1)
        self.assertEqual(self._proposal(), (self.user_stock, self.region))
        self.user_sales2.out_of_office_from = False
        self.draft.concerned_user_ids = self.user_sales2
        self.assertEqual(self._proposal()[0], self.user_stock)

    def test_orders_salesperson_last(self):
        self.region.active = False
        self.assertFalse(self._proposal()[0])
        self.draft.sale_order_id = self._order(user=self.user_sales)
        self.assertEqual(self._proposal()[0], self.user_sales)

    def test_where_the_goods_went_decides(self):
        order = self._order(user=self.user_sales)
        order.partner_shipping_id = self.env["res.partner"].create(
            {"name": "Branch", "parent_id": self.customer.id, "type": "delivery", "zip": "80331"}
        )
        self.draft.sale_order_id = order
        south = self.region.copy({"name": "South", "zip_prefixes": "80"})
        self.assertEqual(self._proposal()[1], south)

    def test_salesperson_who_left(self):
        self.customer.user_id = self.user_sales
        self.user_sales.action_archive()
        self.assertEqual(self._proposal()[0], self.user_sales2)

    # ------------------------------------------------------------
    # What happens
    # ------------------------------------------------------------
    def test_draft_gets_salesperson_action_and_activity(self):
        action = self._dispatch(self.draft, note="Ask for the carton")
        self.assertEqual(self.draft.user_id, self.user_sales2)
        self.assertEqual(action.user_id, self.user_sales2)
        self.assertEqual(action.deadline, fields.Date.today() + timedelta(days=1))
        self.assertEqual(action.description, "Ask for the carton")
        self.assertEqual(action.activity_id.user_id, self.user_sales2)
        self.assertIn("Dispatched to Sales2", "".join(self.draft.message_ids.mapped("body")))
        self.assertTrue(self.draft.with_user(self.user_sales2).has_access("write"))

    def test_he_may_finish_it_before_registration(self):
        action = self._dispatch(self.draft)
        action.with_user(self.user_sales2).action_finish("Looked at it, sample is on its way")
        self.assertEqual(action.state, "done")
        self.assertFalse(action.activity_id.active)

    def test_he_objects_and_the_dispatcher_hears_it(self):
        action = self._dispatch(self.draft)
        action.with_user(self.user_sales2).action_object("Not my region")
        self.assertEqual(action.activity_id.user_id, self.user_service)
        again = self._dispatch(self.draft, self.user_sales) - action
        self.assertEqual(again.user_id, self.user_sales)

    def test_registration_makes_no_second_activity(self):
        action = self._dispatch(self.draft)
        activity = action.activity_id
        self.draft.category_id = self.category_quality
        self.draft.with_user(self.user_sales2).action_register()
        self.assertEqual(action.activity_id, activity)
        self.assertTrue(activity.active)

    def test_registered_case(self):
        complaint = self._bare_complaint().with_env(self.env)
        action = self._dispatch(complaint, deadline="2099-01-31")
        self.assertEqual(fields.Date.to_string(action.deadline), "2099-01-31")
        self.assertEqual(complaint.user_id, self.user_sales2)

    def test_he_is_told_once(self):
        toasts = []

        def sendone(_bus, target, notification_type, message):
            if notification_type == "simple_notification":
                toasts.append((target, message["message"]))

        self.patch(type(self.env["bus.bus"]), "_sendone", sendone)
        self._dispatch(self.draft)
        told = [text for target, text in toasts if target == self.user_sales2.partner_id]
        self.assertTrue(any("add form and sample" in text for text in told), told)
        assigned = self.env["mail.message"].search(
            [("res_id", "=", self.draft.id), ("subject", "ilike", "assigned")]
        )
        self.assertFalse(assigned, "core's own notice would be a second one")

    # ------------------------------------------------------------
    # Who, when
    # ------------------------------------------------------------
    def test_salespeople_do_not_dispatch(self):
        own = self._complaint(user=self.user_sales)
        self.assertFalse(own.can_dispatch)
        with self.assertRaises(AccessError):
            own.action_dispatch(self.user_sales2.id)
        with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_rule"):
            self.draft.with_user(self.user_contributor).action_dispatch(self.user_sales2.id)

    def test_not_after_the_end(self):
        complaint = self._bare_complaint()
        complaint.action_cancel("Entered twice")
        service = complaint.with_user(self.user_service)
        self.assertFalse(service.can_dispatch)
        with self.assertRaises(UserError):
            service.action_dispatch(self.user_sales2.id)

    def test_not_to_somebody_who_cannot(self):
        self.user_sales2.action_archive()
        for user in (self.user_sales2, self.user_portal):
            with self.assertRaises(UserError):
                self._dispatch(self.draft, user)

    # ------------------------------------------------------------
    # The wizard
    # ------------------------------------------------------------
    def test_wizard_proposes(self):
        action = self.draft.with_user(self.user_service).action_dispatch()
        wizard = self.env[action["res_model"]].with_user(self.user_service)
        with Form(wizard.browse(action["res_id"])) as form:
            self.assertEqual(form.user_id, self.user_sales2)
            self.assertEqual(form.region_id, self.region)
            form.note = "Look at the pallets"
        wizard.browse(action["res_id"]).action_confirm()
        self.assertEqual(self.draft.action_ids.description, "Look at the pallets")

    def test_wizard_notices_a_change(self):
        action = self._bare_complaint().with_user(self.user_service).action_dispatch()
        wizard = self.env[action["res_model"]].with_user(self.user_service)
        wizard = wizard.browse(action["res_id"])
        wizard.complaint_ids.sudo().validity = "justified"
        with self.assertRaises(UserError):
            wizard.action_confirm()

    def test_several_at_once(self):
        """One proposal for all only where all would get the same."""
        other = self._complaint(user=self.user_service, partner_id=self.customer2.id)
        both = (self.draft | other).with_user(self.user_service)
        wizard = self.env["complaint.people.wizard"].browse(both.action_dispatch()["res_id"])
        self.assertFalse(wizard.user_id)
        wizard.with_user(self.user_service).write({"user_id": self.user_sales2.id})
        wizard.with_user(self.user_service).action_confirm()
        self.assertEqual(both.user_id, self.user_sales2)
        self.assertEqual(len(both.action_ids), 2)

    def test_forged_flag(self):
        """The mark that lets an action be finished early is not the users' to set."""
        vals = {
            "complaint_id": self.draft.id,
            "name": "Mine",
            "user_id": self.user_sales2.id,
            "deadline": "2099-01-01",
            "is_dispatch": True,
        }
        with self.assertRaises(UserError):
            self.env["complaint.action"].with_user(self.user_service).create(vals)
        action = self._dispatch(self.draft)
        with self.assertRaises(UserError):
            action.with_user(self.user_service).write({"is_dispatch": False})

    def test_command_is_no_way_round(self):
        with self.assertRaises(UserError):
            self.draft.with_user(self.user_service).write(
                {
                    "action_ids": [
                        Command.create({"name": "x", "deadline": "2099-01-01", "is_dispatch": True})
                    ]
                }
            )
