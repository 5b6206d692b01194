import base64

from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import ComplaintCommon

PIXEL = base64.b64encode(
    base64.b64decode(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5E"
        "rkJggg=="
    )
)
WORDS = {
    "description": "The tips are rusty.",
    "complainant_name": "Chef of the hotel",
    "customer_reference": "KR-77",
    "customer_order_ref": "PO-1",
    "carrier_name": "Fast Lorries",
    "tracking_ref": "T-1",
    "place": "Kitchen",
    "purchase_place": "Market",
    "date_occurred": "2026-01-02",
    "date_received": "2026-01-03 08:00:00",
    "injury": "none",
    "package_opened": "yes",
    "measured_weight": 1.5,
    "delivery_remark": "no",
    "person_concerned": "The driver",
    "document_concerned": "R-1",
    "claimed_amount": 12.0,
}


@tagged("post_install", "-at_install")
class TestFrozen(ComplaintCommon):
    """What was registered is rewritten through no door: every model, field and way in (T20)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.channel = cls.env["complaint.channel"].search([], limit=1)
        product = cls._product("lot", name="Knife")
        cls.lots = cls._lot(product, "L-1") + cls._lot(product, "L-2")
        order = cls._order(lines=[(product, 5.0)])
        picking = cls._deliver(order, lots={product: [(cls.lots[0], 5.0)]})
        cls.complaint = cls._registered_complaint(
            **WORDS,
            channel_id=cls.channel.id,
            complainant_id=cls.customer2.id,
            sale_order_id=order.id,
            picking_id=picking.id,
            line_ids=[
                Command.create(
                    cls._prepare_line_vals(
                        product_id=product.id,
                        name="Knife, as he says",
                        lot_ids=[Command.set(cls.lots[:1].ids)],
                        production_date="2025-12-01",
                        specification="PH2, insulated",
                        quantity_returned=1.0,
                        sale_line_id=order.order_line.id,
                        move_id=picking.move_ids.id,
                    )
                )
            ],
            demand_ids=[Command.create({"kind": "return", "name": "Take them back"})],
            evidence_ids=[
                Command.create(
                    {
                        "name": "Rusty tip",
                        "kind": "photo",
                        "file": PIXEL,
                        "file_name": "tip.png",
                        "missing_reason": "The others follow",
                    }
                )
            ],
        )
        cls.parts = {
            cls.complaint: cls.complaint._FROZEN_FIELDS["registered"],
            cls.complaint.line_ids: cls.complaint.line_ids._FROZEN_FIELDS["registered"],
            cls.complaint.demand_ids: {"kind", "name"},
            cls.complaint.evidence_ids: {"name", "kind", "file", "file_name", "missing_reason"},
        }
        cls.env.flush_all()

    def _other(self, record, name):
        """:return: a value of the field's type that ``record`` does not have"""
        field = record._fields[name]
        if field.type == "selection":
            keys = [key for key, _label in field._description_selection(self.env)]
            return next(key for key in keys if key != record[name])
        if field.type == "many2one":
            return self.env[field.comodel_name].search([("id", "!=", record[name].id)], limit=1).id
        if field.type == "many2many":
            return [Command.set(self.lots[1:].ids)]
        return {
            "char": "Forged",
            "text": "Forged",
            "float": 99.0,
            "monetary": 99.0,
            "integer": 99,
            "boolean": not record[name],
            "date": "2020-01-01",
            "datetime": "2020-01-01 00:00:00",
            "binary": base64.b64encode(b"forged"),
        }[field.type]

    def _each(self):
        for record, names in self.parts.items():
            for name in sorted(names):
                yield record, name

    def test_everything_is_set(self):
        """Else the tests below would prove nothing: what is empty may be filled in."""
        for record, name in self._each():
            with self.subTest(model=record._name, field=name):
                self.assertTrue(record[name] or record._fields[name].type == "boolean")

    def test_write(self):
        for user in (self.user_sales, self.user_admin, self.env.ref("base.user_root")):
            for record, name in self._each():
                other = self._other(record, name)
                with self.subTest(user=user.login, model=record._name, field=name):
                    with self.assertRaisesRegex(UserError, "rewritten"):
                        record.with_user(user).write({name: other})
                    with self.assertRaisesRegex(UserError, "rewritten"):
                        record.sudo().write({name: other})

    def test_through_the_complaint(self):
        commands = {
            "line_ids": {"quantity_complained": 9.0},
            "demand_ids": {"name": "Forged"},
            "evidence_ids": {"name": "Forged"},
        }
        for name, vals in commands.items():
            part = self.complaint[name]
            with self.subTest(part=name), self.assertRaisesRegex(UserError, "rewritten"):
                self.complaint.write({name: [Command.update(part.id, vals)]})
            for command in (Command.delete(part.id), Command.clear()):
                with self.subTest(command=command), self.assertRaises(UserError):
                    self.complaint.write({name: [command]})

    def test_import(self):
        """``load`` answers with messages and writes nothing."""
        columns = {
            self.complaint: ("description", "Forged"),
            self.complaint.line_ids: ("quantity_complained", "9"),
            self.complaint.demand_ids: ("name", "Forged"),
            self.complaint.evidence_ids: ("name", "Forged"),
        }
        for record, (name, value) in columns.items():
            before = record[name]
            with self.subTest(model=record._name):
                result = record.with_user(self.user_admin).load(
                    [".id", name], [[str(record.id), value]]
                )
                self.assertTrue(result["messages"])
                record.invalidate_recordset()
                self.assertEqual(record[name], before)

    def test_no_context_thaws(self):
        for key in ("complaint_thaw", "complaint_transition", "complaint_tidying"):
            forged = self.complaint.with_user(self.user_admin).with_context(**{key: True})
            with self.subTest(key=key), self.assertRaises(UserError):
                forged.write({"description": "Forged"})

    def test_delete(self):
        for record in self.parts:
            with self.subTest(model=record._name), self.assertRaises(UserError):
                record.sudo().unlink()

    @mute_logger("odoo.sql_db")
    def test_what_it_points_to_takes_nothing_along(self):
        customer = self.env["res.partner"].create({"name": "Only complained once"})
        complaint = self._registered_complaint(partner_id=customer.id, contact_id=False)
        order = self._order(lines=[(self._product(name="File"), 1.0)])
        self._registered_complaint(sale_order_id=order.id)
        order._action_cancel()
        for record in (customer, order):
            with self.subTest(model=record._name), self.assertRaises(IntegrityError):
                record.unlink()
        self.assertEqual(complaint.partner_id, customer)

    def test_the_same_value_is_no_change(self):
        for record, name in self._each():
            if record._fields[name].type != "binary":
                same = record._fields[name].convert_to_write(record[name], record)
                with self.subTest(model=record._name, field=name):
                    record.write({name: same})

    def test_empty_is_filled_in_once(self):
        direct = self._registered_complaint()
        order = self._order()
        direct.with_user(self.user_manager).write({"sale_order_id": order.id, "place": "Kitchen"})
        line = direct.line_ids
        line.production_date = "2026-01-01"
        photo = direct.evidence_ids
        photo.write({"file": PIXEL, "file_name": "late.png"})
        for record, name, value in (
            (direct, "sale_order_id", False),
            (direct, "place", "Hall"),
            (line, "production_date", "2026-01-02"),
            (photo, "file", False),
        ):
            with self.subTest(field=name), self.assertRaisesRegex(UserError, "rewritten"):
                record.write({name: value})

    def test_more_may_be_added(self):
        self.complaint.write(
            {
                "line_ids": [Command.create({"name": "Another", "quantity_complained": 1})],
                "demand_ids": [Command.create({"kind": "apology"})],
                "evidence_ids": [Command.create({"name": "Another", "file": PIXEL})],
            }
        )
        self.assertEqual(len(self.complaint.line_ids), 2)

    def test_drafts_are_free(self):
        draft = self._complaint(place="Kitchen")
        draft.write({"description": "Other words", "place": "Hall", "partner_id": False})
        self.assertFalse(draft.frozen_names)

    def test_screens_know_it(self):
        self.assertIn(" description ", self.complaint.frozen_names)
        self.assertNotIn(" severity ", self.complaint.frozen_names)
        arch = self.env["complaint.complaint"].get_view(view_type="form")["arch"]
        self.assertIn("' partner_id ' in (frozen_names or '')", arch)
        lines = self.env["complaint.line"].get_view(view_type="list")["arch"]
        self.assertIn("' quantity_complained ' in (frozen_names or '')", lines)


@tagged("post_install", "-at_install")
class TestFrozenAfterClosing(ComplaintCommon):
    """Decisions stand when the case is over; what outlives it goes on (T16, T20)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.complaint = cls._complaint(
            category_id=cls.category_simple.id,
            line_ids=[Command.create(cls._prepare_line_vals())],
            demand_ids=[Command.create({"kind": "apology", "answer": "We are sorry"})],
        )
        cls.complaint.action_register()
        cls.cause = cls.env["complaint.cause"].create(
            {"complaint_id": cls.complaint.id, "name": "Wet film", "evidence_note": "Seen"}
        )
        cls.measure = cls.env["complaint.action"].create(
            {
                "complaint_id": cls.complaint.id,
                "name": "New film",
                "kind": "preventive",
                "user_id": cls.user_contributor.id,
                "deadline": "2099-01-01",
            }
        )
        cls.complaint.write({"validity": "justified", "responsibility": "ours"})
        cls.complaint.line_ids.quantity_confirmed = 2.0
        cls.complaint.demand_ids.action_done()
        cls.complaint.action_resolve()
        cls.complaint.action_close("accepted")

    def test_decisions_stand(self):
        for record, vals in (
            (self.complaint, {"validity": "not_justified"}),
            (self.complaint, {"responsibility": "customer"}),
            (self.complaint, {"plan_summary": "Another plan"}),
            (self.complaint, {"severity": "critical"}),
            (self.complaint.line_ids, {"quantity_confirmed": 3.0}),
            (self.complaint.demand_ids, {"answer": "Never"}),
            (self.cause, {"name": "Another cause"}),
        ):
            with self.subTest(vals=vals), self.assertRaisesRegex(UserError, "rewritten"):
                record.sudo().write(vals)
        for record, verb in (
            (self.complaint.demand_ids, "action_reopen"),
            (self.cause, "action_verify"),
            (self.cause, "action_reject"),
        ):
            with self.subTest(verb=verb), self.assertRaisesRegex(UserError, "over"):
                getattr(record, verb)()

    def test_nothing_is_added_or_taken_away(self):
        for name, vals in (
            ("line_ids", {"name": "More"}),
            ("demand_ids", {"kind": "return"}),
            ("cause_ids", {"name": "More"}),
        ):
            with self.subTest(part=name), self.assertRaisesRegex(UserError, "over"):
                self.complaint.write({name: [Command.create(vals)]})
        with self.assertRaisesRegex(UserError, "over"):
            self.cause.sudo().unlink()

    def test_what_outlives_goes_on(self):
        self.complaint.write({"user_id": self.user_sales2.id, "phone": "+1 555 010 0199"})
        self.complaint.customer_feedback = "He is content"
        with self.assertRaisesRegex(UserError, "rewritten"):
            self.complaint.customer_feedback = "He is furious"
        self.complaint.evidence_ids = [Command.create({"name": "Sheet", "file": PIXEL})]
        self.measure.deadline = "2099-02-01"
        self.measure.with_user(self.user_contributor).action_finish("Film changed")
        self.assertEqual(self.measure.state, "done")

    def test_reopened_it_is_decided_anew(self):
        self.complaint.action_reopen("It came back")
        self.complaint.validity = "partly"
        self.cause.action_verify()
        self.assertEqual(self.cause.state, "verified")

    def test_old_cases_are_imported_whole(self):
        old = self._complaint(
            user=self.user_admin,
            state="closed",
            outcome="accepted",
            validity="justified",
            line_ids=[Command.create({"name": "Old goods", "quantity_complained": 1})],
            demand_ids=[Command.create({"kind": "apology"})],
        )
        self.assertEqual((old.state, len(old.line_ids)), ("closed", 1))
