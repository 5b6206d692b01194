"""Who is calling: whom the card finds, in what order, and whom it does not show (R1, R61)."""

from unittest.mock import patch

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from ...models.calling import complaint_call_who, phone_numbers
from ..common import ComplaintCommon

MAIN = "+49 (0)30 5550-100"


@tagged("post_install", "-at_install")
class TestCallers(ComplaintCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.germany, cls.france = cls.env.ref("base.de"), cls.env.ref("base.fr")
        cls.company.partner_id.country_id = cls.germany
        cls.clinic = cls._partner(
            "Clinic", MAIN, is_company=True, city="Berlin", email="clinic@example.com"
        )
        cls.doctor = cls._partner(
            "Dora Doctor", "030/5550100", parent_id=cls.clinic.id, function="Buyer"
        )
        cls.call = cls.env["complaint.call"].with_user(cls.user_sales)

    @classmethod
    def _partner(cls, name, phone, **vals):
        return cls.env["res.partner"].create({"name": name, "phone": phone, **vals})

    def _names(self, number):
        return [caller["name"] for caller in self.call.card(number)["callers"]]

    def test_card(self):
        card = self.call.card("0049 30 5550100")
        self.assertTrue(card["known"])
        self.assertEqual(card["number_shown"], "+49 30 5550100")
        self.assertEqual(card["partner_id"], self.clinic.id)
        self.assertEqual(
            card["callers"],
            [
                {
                    "id": self.clinic.id,
                    "name": "Clinic",
                    "is_company": True,
                    "customer_id": self.clinic.id,
                    "customer_name": "Clinic",
                    "function": "",
                    "city": "Berlin",
                    "phone": MAIN,
                    "email": "clinic@example.com",
                },
                {
                    "id": self.doctor.id,
                    "name": "Dora Doctor",
                    "is_company": False,
                    "customer_id": self.clinic.id,
                    "customer_name": "Clinic",
                    "function": "Buyer",
                    "city": "Berlin",
                    "phone": "030/5550100",
                    "email": "",
                },
            ],
        )

    def test_any_notation(self):
        for number in (
            *(
                "030 5550100",
                "030/5550-100",
                "+49 30 5550100",
                "tel:+49-30-5550100",
                "５５５０１００",
            ),
            *("%2B49305550100", " 49305550100", "+49 30 5550100 ext. 7", "sip:+49305550100@pbx"),
        ):
            with self.subTest(number=number):
                self.assertEqual(self._names(number), ["Clinic", "Dora Doctor"])

    def test_without_library(self):
        with patch.object(phone_numbers, "phonenumbers", None):
            self.test_any_notation()
            self.assertEqual(self._names("+43 30 5550100"), [])

    def test_country_of_the_contact(self):
        """A number without country code belongs to its contact's country, else to ours."""
        self._partner("Paris", "01 23 45 67 89", country_id=self.france.id)
        self.assertEqual(self._names("+33 1 23456789"), ["Paris"])
        self.assertEqual(self._names("+49 1 23456789"), [])
        self.assertEqual(self._names("+33 30 5550100"), [])

    def test_country_of_nobody(self):
        """Without any country the digits at the end decide."""
        self.company.partner_id.country_id = False
        self.assertEqual(self._names("0049 30 5550100"), ["Clinic", "Dora Doctor"])

    def test_new_contact_gets_a_readable_number(self):
        """What a telephone system sent is stored as people write it, and found again."""
        self.user_sales.group_ids = [Command.link(self.env.ref("base.group_partner_manager").id)]
        created = self.call.create_contact("0049302220001", "Nora New")
        partner = self.env["res.partner"].browse(created["partner_id"])
        self.assertEqual(partner.phone, "+49 30 2220001")
        self.assertEqual(self._names("030/2220001"), ["Nora New"])

    def test_several_numbers_in_a_field(self):
        self._partner("Many", "030 7770001 / 0171 7770002, Fax: +49 30 7770003")
        for number in ("+49 30 7770001", "+49 171 7770002", "030 7770003"):
            self.assertEqual(self._names(number), ["Many"])

    def test_best_first(self):
        """Own extension before other numbers, companies before people, the latest first."""
        switch = "030 888000"
        self._partner("Old", switch)
        self._partner("New", switch)
        self._partner("Firm", switch, is_company=True)
        self._partner("Extension", f"{switch} ext. 5")
        self._partner("Local", "888000", is_company=True)
        self.assertEqual(
            self._names("+49 30 888000 x5"), ["Extension", "Firm", "New", "Old", "Local"]
        )
        self.assertEqual(self._names("030888000"), ["Firm", "New", "Old", "Extension", "Local"])

    def test_switchboard_is_capped(self):
        self.env["res.partner"].create(
            [{"name": f"Desk {number}", "phone": "030 999000"} for number in range(30)]
        )
        self.assertEqual(len(self._names("030999000")), complaint_call_who.MAX_CALLERS)

    def test_nobody(self):
        """Hidden, short and senseless numbers match nobody and are no error."""
        self._partner("Short", "12345")
        for number in (
            *("", "anonymous", "12345", "0", "%", "_______", "%%%%%%", "x" * 200, "9" * 200),
            *("' OR 1=1 --", "\x00", False, None, 5),
        ):
            with self.subTest(number=number):
                card = self.call.card(number)
                self.assertFalse(card["known"])
                self.assertEqual((card["callers"], card["complaint_callers"]), ([], []))

    def test_archived_contacts_do_not_call(self):
        self.clinic.active = False
        self.doctor.active = False
        self.assertEqual(self._names(MAIN), [])
        card = self.call.with_context(active_test=False).card(MAIN)
        self.assertEqual(card["callers"], [])

    def test_other_companies_contacts(self):
        other = self._second_company()
        self.clinic.company_id = other
        self.doctor.company_id = other
        self.assertEqual(self._names(MAIN), [])
        self.user_sales.company_ids = [Command.link(other.id)]
        both = self.call.with_context(allowed_company_ids=(self.company + other).ids)
        self.assertEqual(len(both.card(MAIN)["callers"]), 2)

    def test_consumer_without_contact(self):
        """A consumer is known by the complaint he made, also when nobody made him a contact."""
        case = self._complaint(
            user=self.user_sales,
            partner_id=False,
            contact_id=False,
            complainant_name="Carla Consumer",
            phone="0171 / 666 0001",
            subject="Rust",
        )
        card = self.call.card("+491716660001")
        self.assertTrue(card["known"])
        self.assertEqual(card["callers"], [])
        self.assertEqual(
            card["complaint_callers"],
            [
                {
                    "id": case.id,
                    "name": case.name,
                    "subject": "Rust",
                    "complainant_name": "Carla Consumer",
                }
            ],
        )
        case.sudo().active = False
        self.assertEqual(self.call.card("+491716660001")["complaint_callers"], [])

    def test_contact_is_no_consumer(self):
        """A complaint of a caller is not shown a second time because it carries his number."""
        self._complaint(partner_id=self.clinic.id, contact_id=self.doctor.id)
        self.assertEqual(self.call.card(MAIN)["complaint_callers"], [])

    def test_consumer_of_others(self):
        """Whose complaint the user may not read, that consumer he does not see."""
        other = self._second_company()
        self.env["complaint.complaint"].with_company(other).create(
            {"description": "Rusty", "phone": "0171 6660002", "company_id": other.id}
        )
        self.assertFalse(self.call.card("01716660002")["known"])

    def test_strangers_see_nothing(self):
        for user in (self.user_stranger, self.user_stock, self.user_portal):
            with self.subTest(user=user.name), self.assertRaises(AccessError):
                self.env["complaint.call"].with_user(user).card(MAIN)
