from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import ComplaintCommon

NEW = "+1 555 010 0777"


@tagged("post_install", "-at_install")
class TestCallContact(ComplaintCommon):
    """An unknown number becomes a contact; who might be the same is shown first (R1, R61)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Sales alone lets nobody create contacts; other apps do
        cls.user_sales.group_ids += cls.env.ref("base.group_partner_manager")

    def setUp(self):
        super().setUp()
        self.calls = self.env["complaint.call"].with_user(self.user_sales)

    def _created(self, *args, **kwargs):
        made = self.calls.create_contact(*args, **kwargs)
        self.assertFalse(made["duplicates"])
        return self.env["res.partner"].browse(made["partner_id"])

    def test_name_is_enough(self):
        partner = self._created(NEW, "  Nora \n New ")
        self.assertEqual((partner.name, partner.is_company), ("Nora New", False))
        digits = "".join(filter(str.isdigit, partner.phone))
        self.assertEqual(digits, "15550100777")
        self.assertEqual(partner.create_uid, self.user_sales)

    def test_withheld_number(self):
        self.assertFalse(self._created("anonymous", "Nora New").phone)

    def test_person_of_a_known_company(self):
        partner = self._created(NEW, "Nora New", parent_id=self.customer.id, email="n@new.example")
        self.assertEqual(partner.commercial_partner_id, self.customer)
        self.assertEqual(partner.email, "n@new.example")

    def test_person_of_a_new_company(self):
        partner = self._created(NEW, "Nora New", company_name="New Hotel")
        self.assertEqual(partner.parent_id.name, "New Hotel")
        self.assertTrue(partner.parent_id.is_company)

    def test_company(self):
        self.assertTrue(self._created(NEW, "New Hotel", is_company=True).is_company)

    def test_duplicates_are_shown_first(self):
        count = self.env["res.partner"].search_count([])
        cases = (
            {"name": "Harbour Hotel"},
            {"name": "Nora New", "company_name": "Harbour Hotel"},
            {"name": "Nora New", "email": "HANNA@harbour-hotel.example.com"},
            {"name": "Hanna Harbour", "parent_id": self.customer.id},
            {"name": "Nora New", "number": "001 (555) 010-0101"},
        )
        for values in cases:
            with self.subTest(values=values):
                made = self.calls.create_contact(**{"number": NEW, **values})
                self.assertFalse(made["partner_id"])
                alike = {one["id"]: one["name"] for one in made["duplicates"]}
                self.assertTrue(alike.keys() & set((self.customer + self.contact).ids))
                self.assertTrue(all(alike.values()))
        self.assertEqual(self.env["res.partner"].search_count([]), count)
        made = self.calls.create_contact(NEW, "Harbour Hotel", anyway=True)
        self.assertTrue(made["partner_id"])

    def test_same_name_elsewhere_is_no_duplicate(self):
        self.assertTrue(self._created(NEW, "Hanna Harbour"))

    def test_what_is_no_contact(self):
        count = self.env["res.partner"].search_count([])
        for values in (
            {"name": ""},
            {"name": "  "},
            {"name": None},
            {"name": 4711},
            {"name": ["x"]},
            {"name": "Nora", "email": "nowhere"},
            {"name": "Nora", "company_name": 1},
            {"name": "Nora", "parent_id": 2**31 - 1},
        ):
            with self.subTest(values=values), self.assertRaises(UserError):
                self.calls.create_contact(NEW, **values)
        for number in (4711, ["1"], "1" * 256):
            with self.subTest(number=number), self.assertRaises(UserError):
                self.calls.create_contact(number, "Nora New")
        self.assertEqual(self.env["res.partner"].search_count([]), count)

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")
    def test_rights(self):
        """Who may not create contacts, or not take complaints, creates none here either."""
        self.user_stranger.group_ids += self.env.ref("base.group_partner_manager")
        for user in (self.user_quality, self.user_stranger):
            with self.assertRaises(AccessError):
                self.calls.with_user(user).create_contact(NEW, "Nora New")

    def test_card_says_who_may(self):
        """The page offers it to nobody whom the server would refuse."""
        self.assertTrue(self.calls.card(NEW)["can_create_contact"])
        self.assertFalse(self.calls.with_user(self.user_quality).card(NEW)["can_create_contact"])
