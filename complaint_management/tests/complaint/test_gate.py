from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common import ComplaintCommon


@tagged("post_install", "-at_install")
class TestGate(ComplaintCommon):
    """Registering and resolving are refused with the list of all that is missing (R10)."""

    def _require(self, *names):
        """Make fields, given as ``model.field``, mandatory in the quality category."""
        fields = self.env["ir.model.fields"]
        for name in names:
            model, field = name.rsplit(".", 1)
            fields |= fields._get(model, field)
        self.category_quality.required_field_ids = fields

    def _message(self, method, *args):
        with self.assertRaises(UserError) as caught:
            method(*args)
        return caught.exception.args[0]

    def test_everything_missing_at_once(self):
        complaint = self._complaint(
            user=self.user_sales, partner_id=False, contact_id=False, description=" "
        )
        message = self._message(complaint.action_register)
        self.assertIn(complaint.name, message)
        for part in ("what the customer said", "the customer, or", "what is wrong"):
            self.assertIn(part, message)
        self.assertEqual(complaint.state, "draft")

    def test_consumer_without_customer_record(self):
        complaint = self._complaint(
            user=self.user_sales,
            partner_id=False,
            contact_id=False,
            complainant_type="consumer",
            complainant_name="A consumer",
            phone="+1 555 010 9999",
            category_id=self.category_simple.id,
        )
        complaint.action_register()
        self.assertEqual(complaint.state, "registered")

    def test_category_decides_what_is_mandatory(self):
        self._require(
            "complaint.complaint.place",
            "complaint.line.quantity_complained",
            "complaint.line.lot_ids",
            "complaint.demand.kind",
            "complaint.evidence.file",
        )
        complaint = self._complaint(
            user=self.user_sales,
            category_id=self.category_quality.id,
            line_ids=[Command.create({"name": "Screwdriver"})],
        )
        message = self._message(complaint.action_register)
        for part in ("Where it happened", "Complained", "Lots or Lot or batch", "Kind", "File"):
            self.assertIn(part, message)
        complaint.write(
            {
                "place": "Assembly line",
                "line_ids": [
                    Command.update(
                        complaint.line_ids.id,
                        {"quantity_complained": 2, "production_date": "2026-01-01"},
                    )
                ],
                "demand_ids": [Command.create({"kind": "return"})],
                "evidence_ids": [
                    Command.create({"name": "Photo", "missing_reason": "Goods are abroad"})
                ],
            }
        )
        complaint.action_register()
        self.assertEqual(complaint.state, "registered")

    def test_every_affected_line_is_looked_at(self):
        self._require("complaint.line.lot_ids")
        complaint = self._complaint(
            user=self.user_sales,
            category_id=self.category_quality.id,
            line_ids=[
                Command.create({"name": "Known", "quantity_complained": 1, "lot_name": "A"}),
                Command.create({"name": "Unknown", "quantity_complained": 1}),
            ],
        )
        self._message(complaint.action_register)
        complaint.line_ids[1].lot_name = "B"
        complaint.action_register()
        self.assertEqual(complaint.line_ids.mapped("name"), ["Known", "Unknown"])

    def test_lines_left_at_zero_vanish_at_registration(self):
        order = self._order(lines=[(self.product, 5), (self._product(name="Hammer"), 2)])
        self._deliver(order)
        complaint = (
            self.env["complaint.complaint"]
            .with_user(self.user_sales)
            .create_from_order(
                order.id, {"description": "Rusty", "category_id": self.category_simple.id}
            )
        )
        complaint.line_ids.filtered(lambda line: line.product_id == self.product).is_affected = True
        complaint.action_register()
        self.assertEqual(complaint.line_ids.product_id, self.product)
        self.assertEqual(complaint.line_ids.quantity_complained, 5)

    def test_goods_somebody_typed_never_vanish(self):
        complaint = self._complaint(
            user=self.user_sales,
            category_id=self.category_simple.id,
            line_ids=[
                Command.create({"name": "Juice 1 l", "lot_name": "B-77"}),
                Command.create({"quantity_complained": 1}),
            ],
        )
        message = self._message(complaint.action_register)
        self.assertIn("how much of “Juice 1 l”", message)
        complaint.line_ids[0].quantity_complained = 2
        complaint.action_register()
        self.assertEqual(complaint.line_ids.name, "Juice 1 l", "only the empty row went")

    def test_batch_names_each_complaint(self):
        complaints = self._complaint(user=self.user_sales, description="") + self._complaint(
            user=self.user_sales, description=""
        )
        message = self._message(complaints.action_register)
        for complaint in complaints:
            self.assertIn(complaint.name, message)

    def test_release_needs_a_plan(self):
        complaint = self._registered_complaint(user=self.user_sales)
        message = self._message(complaint.with_user(self.user_quality).action_release)
        self.assertIn("handling plan", message)

    def test_resolving_names_everything_open(self):
        complaint = self._registered_complaint(user=self.user_sales)
        action = self.env["complaint.action"].create(
            {
                "complaint_id": complaint.id,
                "name": "Sort the stock",
                "kind": "containment",
                "user_id": self.user_quality.id,
                "deadline": "2099-01-01",
            }
        )
        message = self._message(complaint.action_resolve)
        for part in ("Cause and prevention", "Sort the stock", "justified", "verified cause"):
            self.assertIn(part, message)
        self.assertTrue(action._blocks_resolution())

    def test_later_measures_do_not_block(self):
        complaint = self._complaint(user=self.user_sales, category_id=self.category_simple.id)
        complaint.action_register()
        self.env["complaint.action"].create(
            {
                "complaint_id": complaint.id,
                "name": "Look whether it helps",
                "kind": "verification",
                "user_id": self.user_quality.id,
                "deadline": "2099-01-01",
            }
        )
        complaint.action_resolve()
        self.assertEqual(complaint.state, "resolved")

    def test_requirements_follow_the_category_at_once(self):
        complaint = self._complaint(user=self.user_sales, category_id=self.category_quality.id)
        self.assertEqual(complaint._get_missing("register"), [])
        self._require("complaint.complaint.place")
        self.assertEqual(complaint._get_missing("register"), ["Where it happened"])
