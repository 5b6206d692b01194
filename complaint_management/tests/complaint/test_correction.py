from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import ComplaintCommon


@tagged("post_install", "-at_install")
class TestCorrection(ComplaintCommon):
    """A typing error is mended by a correction; the old value stays readable (T20)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.product_2 = cls._product("lot", name="Knife")
        cls.lots = cls._lot(cls.product_2, "L-1") + cls._lot(cls.product_2, "L-2")
        cls.complaint = cls._registered_complaint(place="Kitchen").with_user(cls.user_sales)
        cls.line = cls.complaint.line_ids

    def test_old_and_new_and_why(self):
        version = self.complaint.version
        made = self.complaint._correct("place", "Dining hall", "Misheard on the phone")
        self.assertEqual(self.complaint.place, "Dining hall")
        self.assertEqual(
            (made.field_name, made.old_value, made.new_value, made.reason, made.user_id),
            ("place", "Kitchen", "Dining hall", "Misheard on the phone", self.user_sales),
        )
        self.assertEqual(made.field_label, self.complaint._fields["place"].string)
        self.assertEqual(self.complaint.correction_ids, made)
        self.assertGreater(self.complaint.version, version)
        with self.assertRaises(UserError):
            self.complaint.write({"place": "Again"})

    def test_every_type_of_value(self):
        channel = self.env["complaint.channel"].search([], limit=1)
        self.complaint.channel_id = channel
        other = self.env["complaint.channel"].search([("id", "!=", channel.id)], limit=1)
        cases = (
            # Quality says who complained: that decides who may grant what he asks for
            (
                self.complaint.with_user(self.user_quality),
                "complainant_type",
                "dealer",
                "Customer",
                "Dealer",
            ),
            (
                self.complaint,
                "channel_id",
                other.id,
                f"{channel.name} (#{channel.id})",
                f"{other.name} (#{other.id})",
            ),
            (self.line, "quantity_complained", 2.5, "3", "2.5"),
            (self.line, "lot_name", "L-2002", "L-2001", "L-2002"),
        )
        for record, name, value, old, new in cases:
            with self.subTest(field=name):
                made = record._correct(name, value, "Mistyped")
                made = made.filtered(lambda c, n=name: c.field_name == n)
                self.assertEqual((made.old_value, made.new_value), (old, new))

    def test_lots(self):
        line = self.env["complaint.line"].create(
            {
                "complaint_id": self.complaint.id,
                "product_id": self.product_2.id,
                "lot_ids": [Command.set(self.lots[0].ids)],
                "quantity_complained": 1,
            }
        )
        made = line._correct("lot_ids", [Command.set(self.lots[1].ids)], "Wrong carton")
        self.assertEqual(made.old_value, f"L-1 (#{self.lots[0].id})")
        self.lots[0].unlink()
        self.assertIn("L-1", made.old_value)

    def test_lots_one_may_not_read_are_not_named(self):
        """A correction opens nothing: neither a contact nor lots of another company (T3)."""
        company = self._second_company()
        foreign = self._lot(self.product_2, "L-3")
        foreign.company_id = company
        line = self.env["complaint.line"].create(
            {"complaint_id": self.complaint.id, "product_id": self.product_2.id}
        )
        line.lot_ids = self.lots[0]
        for commands in ([Command.set(foreign.ids)], [Command.link(foreign.id)]):
            with self.subTest(commands=commands), self.assertRaises(AccessError):
                line.with_user(self.user_sales)._correct("lot_ids", commands, "Guessed")
        self.assertEqual(line.lot_ids, self.lots[0])

    def test_what_follows_is_logged_too(self):
        made = self.complaint._correct("partner_id", self.customer2.id, "The dealer's neighbour")
        self.assertFalse(self.complaint.contact_id, "nobody writes to the first customer's people")
        self.assertEqual(self.complaint.email_from, self.customer2.email)
        self.assertEqual(set(made.mapped("field_name")), {"partner_id", "contact_id"})

    def test_what_a_correction_needs(self):
        refused = (
            ("place", "Hall", " "),
            ("place", "Kitchen", "No change"),
            ("severity", "critical", "Not frozen"),
            ("state", "closed", "A verb's"),
            ("no_such_field", "x", "Nothing"),
        )
        for name, value, reason in refused:
            with self.subTest(field=name, reason=reason), self.assertRaises(UserError):
                self.complaint._correct(name, value, reason)
        stale = self.complaint.with_context(seen_version=self.complaint.version - 1)
        with self.assertRaisesRegex(UserError, "changed after"):
            stale._correct("place", "Hall", "Stale")
        for user in (self.user_sales2, self.user_contributor, self.user_leadership):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.complaint.with_user(user)._correct("place", "Hall", "Not mine")
        self.assertFalse(self.complaint.correction_ids)

    def test_reports_and_rounds_get_no_correction(self):
        round_ = self.complaint.round_ids
        self.assertFalse(round_._get_correctable_names())
        with self.assertRaises(AccessError):
            round_._correct("reason", "Other", "Nicer")

    def test_personal_fields_are_left_out(self):
        cause = self.env["complaint.cause"].create(
            {"complaint_id": self.complaint.id, "name": "Wet", "operator_name": "Somebody"}
        )
        self.complaint.sudo().action_cancel("Entered twice")
        names = cause._get_correctable_names()
        self.assertIn("name", names)
        self.assertFalse({"operator_name", "penalty"} & names)

    def test_corrections_stay(self):
        made = self.complaint._correct("place", "Hall", "Misheard")
        vals = {
            "complaint_id": self.complaint.id,
            "res_model": "complaint.complaint",
            "res_id": self.complaint.id,
            "field_name": "place",
            "field_label": "Place",
            "reason": "Forged",
        }
        for records in (made.sudo(), made.with_user(self.user_admin)):
            with self.assertRaises(UserError):
                records.create(vals)
            with self.assertRaises(UserError):
                records.write({"old_value": "Forged"})
            with self.assertRaises(UserError):
                records.unlink()

    def test_printed_on_the_internal_form(self):
        self.complaint._correct("place", "Dining hall", "Misheard")
        rows = self.complaint._get_print_internal()["corrections"]
        self.assertEqual([(row["old"], row["new"]) for row in rows], [("Kitchen", "Dining hall")])
        html, _type = self.env["ir.actions.report"]._render_qweb_html(
            "complaint_management.report_complaint_form", self.complaint.ids
        )
        self.assertIn("Dining hall", html.decode())
        self.assertIn("Misheard", html.decode())


@tagged("post_install", "-at_install")
class TestCorrectionWizard(ComplaintCommon):
    """The dialog shows what is frozen by the labels people know, to those who may correct it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.complaint = cls._registered_complaint(place="Kitchen").with_user(cls.user_sales)

    def _open(self):
        action = self.complaint.action_open_correction()
        wizards = self.env[action["res_model"]].with_user(self.user_sales)
        return wizards.browse(action["res_id"])

    def _choose(self, wizard, record, name):
        choices = self.env["complaint.correction.choice"].with_user(self.user_sales)
        mine = choices.search([("wizard_id", "=", wizard.id)])
        wizard.place_id = mine.filtered(
            lambda c: (c.kind, c.res_model, c.res_id) == ("record", record._name, record.id)
        )
        wizard.what_id = wizard.allowed_field_ids.filtered(lambda c: c.field_name == name)
        self.assertTrue(wizard.what_id, name)
        return mine

    def test_text(self):
        wizard = self._open()
        self.assertEqual(wizard.place_id.res_id, self.complaint.id)
        self._choose(wizard, self.complaint, "place")
        self.assertEqual((wizard.value_field, wizard.old_value), ("new_char", "Kitchen"))
        wizard.write({"new_char": "Hall", "reason": "Misheard"})
        wizard.action_confirm()
        self.assertEqual(self.complaint.place, "Hall")

    def test_selection_number_and_contact(self):
        # Who complains is corrected by quality: it decides who may grant requests
        quality = self.env.ref("complaint_management.group_complaint_quality")
        self.user_sales.group_ids = [Command.link(quality.id)]
        wizard = self._open()
        choices = self._choose(wizard, self.complaint, "complainant_type")
        wizard.new_choice_id = choices.filtered(lambda c: c.key == "dealer")
        wizard.reason = "He is a dealer"
        wizard.action_confirm()
        self.assertEqual(self.complaint.complainant_type, "dealer")
        wizard = self._open()
        self._choose(wizard, self.complaint.line_ids, "quantity_complained")
        wizard.write({"new_number": 2, "reason": "Counted again"})
        wizard.action_confirm()
        self.assertEqual(self.complaint.line_ids.quantity_complained, 2)
        wizard = self._open()
        self._choose(wizard, self.complaint, "contact_id")
        wizard.write({"new_partner_id": self.portal_partner.id, "reason": "It was Pat"})
        wizard.action_confirm()
        self.assertEqual(self.complaint.contact_id, self.portal_partner)
        self.assertEqual(len(self.complaint.correction_ids), 3)

    def test_nothing_chosen_and_nothing_frozen(self):
        with self.assertRaises(UserError):
            self._open().action_confirm()
        draft = self._complaint(user=self.user_sales)
        with self.assertRaisesRegex(UserError, "edit it directly"):
            draft.action_open_correction()

    def test_what_changed_meanwhile_is_noticed(self):
        wizard = self._open()
        self._choose(wizard, self.complaint, "place")
        wizard.write({"new_char": "Hall", "reason": "Misheard"})
        self.complaint.investigation_result = "A fact"
        with self.assertRaisesRegex(UserError, "changed after"):
            wizard.action_confirm()

    def test_who_may_not(self):
        for user in (self.user_sales2, self.user_contributor, self.user_leadership):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.complaint.with_user(user).action_open_correction()
