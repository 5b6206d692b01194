from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import tagged

from ..common import ComplaintCommon


@tagged("post_install", "-at_install")
class TestRegion(ComplaintCommon):
    """The most specific region proposes the salesperson (R22)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.regions = cls.env["complaint.region"]
        cls.regions.search([]).active = False
        cls.china, cls.germany = cls.env.ref("base.cn"), cls.env.ref("base.de")
        cls.state = cls.env["res.country.state"].create(
            {"name": "Test State", "code": "TS", "country_id": cls.china.id}
        )
        cls.everywhere = cls._region("Everywhere")
        cls.country = cls._region("China", country_ids=[Command.set(cls.china.ids)])
        cls.province = cls._region(
            "Province",
            country_ids=[Command.set(cls.china.ids)],
            state_ids=[Command.set(cls.state.ids)],
        )
        cls.city = cls._region("City", zip_prefixes="20, 21、31000 SW1A")

    @classmethod
    def _region(cls, name, user=None, **vals):
        return cls.regions.create(
            {
                "name": name,
                "user_id": (user or cls.user_sales2).id,
                "company_id": cls.company.id,
                **vals,
            }
        )

    def _find(self, team=None, **address):
        partner = self.env["res.partner"].create({"name": "Somebody", **address})
        return self.regions._find_region(partner, self.company, team or self.team)

    def test_most_specific_wins(self):
        china, state = self.china.id, self.state.id
        for address, region in (
            ({}, self.everywhere),
            ({"country_id": self.germany.id}, self.everywhere),
            ({"country_id": china}, self.country),
            ({"country_id": china, "state_id": state}, self.province),
            ({"country_id": china, "state_id": state, "zip": "200001"}, self.city),
            ({"zip": "31 000"}, self.city),
            ({"zip": "sw1a 1aa"}, self.city),
            ({"zip": "310"}, self.everywhere),
        ):
            with self.subTest(address=address):
                self.assertEqual(self._find(**address), region)

    def test_longest_postcode_wins(self):
        district = self._region("District", zip_prefixes="2000")
        self.assertEqual(self._find(zip="200001"), district)
        self.assertEqual(self._find(zip="210001"), self.city)

    def test_own_team_before_shared_then_the_order_of_the_list(self):
        other = self.env["complaint.team"].create(
            {"name": "Other", "company_id": self.company.id, "sequence": 99}
        )
        mine = self._region("Mine", team_id=self.team.id, sequence=50)
        self._region("Theirs", team_id=other.id, sequence=1)
        self.assertEqual(self._find(), mine)
        first = self._region("First", team_id=self.team.id, sequence=5)
        self.assertEqual(self._find(), first)

    def test_other_companies_and_archived_ones(self):
        company = self._second_company()
        self._region("Theirs", zip_prefixes="2000", company_id=company.id)
        self._region("Gone", zip_prefixes="2000", active=False)
        self.assertEqual(self._find(zip="200001"), self.city)
        shared = self._region("Shared", zip_prefixes="2000", company_id=False)
        self.assertEqual(self._find(zip="200001"), shared)

    def test_no_region_at_all(self):
        self.regions.search([]).active = False
        self.assertFalse(self._find(zip="200001"))

    def test_state_of_another_country(self):
        with self.assertRaises(ValidationError):
            self._region(
                "Wrong",
                country_ids=[Command.set(self.germany.ids)],
                state_ids=[Command.set(self.state.ids)],
            )
