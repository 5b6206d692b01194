from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from ..common import ComplaintCommon


@tagged("post_install", "-at_install")
class TestSettingsMoney(ComplaintCommon):
    """What making good costs us is set by who may, from what fits, and stays inside (R60)."""

    def test_customers_do_not_read_what_an_hour_costs(self):
        self.company.complaint_hourly_cost = 40.0
        company = self.company.with_user(self.user_portal)
        self.assertTrue(company.name)
        for name in (
            "complaint_hourly_cost",
            "complaint_gift_product_id",
            "complaint_compensation_product_id",
        ):
            with self.subTest(name), self.assertRaises(AccessError):
                company.read([name])

    def test_products_that_fit(self):
        goods, service = self._product(type="consu"), self._product(type="service")
        other = self.env["res.company"].create({"name": "Other"})
        settings = self.env["res.config.settings"].create({})
        for name, right, wrong in (
            ("complaint_gift_product_id", goods, service),
            ("complaint_compensation_product_id", service, goods),
        ):
            with self.subTest(name):
                found = self.env["product.product"].search(
                    [*self._get_domain(settings, name), ("id", "in", (goods + service).ids)]
                )
                self.assertEqual(found, right)
                self.company[name] = right
                with self.assertRaises(ValidationError):
                    self.company[name] = wrong
                right.company_id = other
                with self.assertRaises(UserError):
                    self.company[name] = False
                    self.company[name] = right
                right.company_id = False

    def _get_domain(self, settings, name):
        """:return: list: what the form offers"""
        domain = settings.fields_get([name], ["domain"])[name]["domain"]
        return safe_eval(domain, {"company_id": self.company.id})
