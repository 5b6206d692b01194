"""Nobody learns of a case he may not read (T1, T3, R60, R73)."""

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import SamenessCommon


@tagged("post_install", "-at_install")
class TestSameCasesRights(SamenessCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls._about(
            c_user_id=cls.user_sales2.id, product_id=cls.paint.id, c_defect_id=cls.defect_rust.id
        )
        cls.draft = cls._draft_about(
            user=cls.user_sales, product_id=cls.paint.id, c_defect_id=cls.defect_rust.id
        )

    def test_colleagues_case_is_not_shown(self):
        self.assertFalse(self.draft.same_cases)
        self.assertTrue(self.draft.with_user(self.user_manager).same_cases)
        self.assertTrue(self.draft.with_user(self.user_leadership).same_cases)
        self.case.user_id = self.user_sales
        self.draft.invalidate_recordset()
        self.assertEqual([e["id"] for e in self.draft.same_cases], self.case.ids)

    def test_others_are_filtered_before_they_are_counted(self):
        """Many newer cases nobody may read do not push out the one that may be read."""
        own = self._about(
            c_user_id=self.user_sales.id,
            c_partner_id=self.customer2.id,
            c_contact_id=False,
            product_id=self.paint.id,
            c_defect_id=self.defect_rust.id,
        )
        for _number in range(25):
            self._draft_about(
                c_user_id=self.user_sales2.id,
                c_partner_id=self.customer2.id,
                c_contact_id=False,
                product_id=self.paint.id,
                c_defect_id=self.defect_rust.id,
            )._write_trusted({"state": "registered"})
        self.draft.invalidate_recordset()
        self.assertEqual([e["id"] for e in self.draft.same_cases], own.ids)

    def test_drafts_of_colleagues(self):
        theirs = self._draft_about(user=self.user_sales2, product_id=self.paint.id)
        draft = self.draft.with_user(self.user_manager)
        self.assertNotIn(theirs, dict(self._seen(draft)))
        theirs.sudo()._write_trusted({"sender_state": "unverified"})
        self.assertIn(theirs.with_env(self.env), dict(self._seen(draft)))

    def test_contributors_and_customers_see_nothing(self):
        self.env["complaint.action"].create(
            {
                "complaint_id": self.draft.id,
                "name": "Look",
                "user_id": self.user_contributor.id,
                "deadline": "2099-01-01",
            }
        )
        for user in (self.user_contributor, self.user_portal):
            complaint = self.draft.with_user(user)
            self.assertNotIn("same_cases", complaint.fields_get())
            with self.assertRaises(AccessError):
                complaint.read(["same_cases"])

    def test_another_company(self):
        company = self._second_company()
        foreign = self.env["complaint.complaint"].create(
            {
                "company_id": company.id,
                "partner_id": self.customer.id,
                "description": "The same there",
                "line_ids": [
                    Command.create({"product_id": self.paint.id, "quantity_complained": 1.0})
                ],
            }
        )
        foreign._write_trusted({"state": "registered"})
        both = self.draft.with_env(self.env).with_context(
            allowed_company_ids=(self.company + company).ids
        )
        self.assertNotIn(foreign, dict(self._seen(both)))

    def test_whom_it_is_about(self):
        self.case.concerned_user_ids = self.user_manager
        self.env.invalidate_all()
        self.assertFalse(self.draft.with_user(self.user_manager).same_cases)
