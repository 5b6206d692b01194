from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import ComplaintCommon


@tagged("post_install", "-at_install")
class TestEqualTreatment(ComplaintCommon):
    """Like cases get the like: what others got stands beside the offer (R51)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.complaint = cls._registered_complaint(
            complainant_type="dealer", demand_ids=[Command.create({"kind": "exchange"})]
        )
        cls.demand = cls.complaint.demand_ids.with_user(cls.user_sales)

    @classmethod
    def _past(cls, granted=30, declined=False, days=30, kind="exchange", user=None, **vals):
        """A closed case: three screwdrivers worth 60, and what was granted for them."""
        complaint = cls._registered_complaint(
            demand_ids=[Command.create({"kind": kind})],
            user_id=(user or cls.user_sales2).id,
            **{"complainant_type": "dealer", **vals},
        )
        demand = complaint.demand_ids
        if declined:
            demand.action_decline("Not ours", "Let us explain", "not_justified")
        else:
            if granted != 60:
                demand.write({"remedy_kind": "discount", "amount": granted})
            demand.action_accept()
            demand.action_done()
        cls.env.flush_all()
        when = fields.Datetime.now() - timedelta(days=days)
        demand._write_trusted({"date_answered": when})
        complaint._write_trusted({"state": "closed", "date_closed": when})
        return complaint

    def _found(self, user=None):
        return self.demand.with_user(user or self.user_sales)._find_similar()

    def _shown(self, user=None):
        demand = self.demand.with_user(user or self.user_sales)
        demand.invalidate_recordset(["similar_cases"])
        return str(demand.similar_cases or "")

    # ------------------------------------------------------------
    # What is alike
    # ------------------------------------------------------------
    def test_share_of_the_goods_value(self):
        complaint = self._past(granted=30)
        demand = complaint.demand_ids
        self.assertEqual((demand.granted_value, demand.goods_value), (30.0, 60.0))
        case = self._found()[0]
        self.assertEqual((case.complaint_id, case.kind), (complaint.id, "discount"))
        self.assertAlmostEqual(case.share, 50.0)

    def test_a_snapshot(self):
        """Prices that change later change no past; what is reopened is granted no more."""
        demand = self._past(granted=60).demand_ids
        self.product.list_price = 999.0
        self.assertEqual((demand.granted_value, demand.goods_value), (60.0, 60.0))
        complaint = self._registered_complaint(
            demand_ids=[Command.create({"kind": "discount", "amount": 10})]
        )
        demand = complaint.demand_ids
        demand.action_accept()
        demand.action_done()
        self.assertEqual(demand.granted_value, 10.0)
        demand.action_reopen()
        self.assertEqual(demand.granted_value, 0.0)

    def test_same_goods_defect_or_category(self):
        other = self._product(name="Hammer")
        alike = [
            self._past(),
            self._past(line_ids=[Command.create(self._prepare_line_vals(product_id=other.id))]),
            self._past(category_id=self.category_simple.id, defect_id=self.defect_billing.id),
        ]
        unlike = {"category_id": self.category_simple.id, "defect_id": self.defect_billing.id}
        line = self._prepare_line_vals(product_id=other.id, defect_id=False)
        self._past(line_ids=[Command.create(line)], **unlike)
        self.assertEqual(
            {case.complaint_id for case in self._found()}, {complaint.id for complaint in alike}
        )

    def test_what_is_not_compared(self):
        self._past(kind="apology")
        self._past(days=800)
        still_open = self._past()
        still_open._write_trusted({"state": "resolved"})
        self.assertFalse(self._found())
        self.assertFalse(self._shown())

    def test_same_type_of_complainant_first_then_the_latest(self):
        consumer = self._past(complainant_type="consumer", days=1)
        old = self._past(days=90)
        new = self._past(days=10)
        self.assertEqual(
            [case.complaint_id for case in self._found()], [new.id, old.id, consumer.id]
        )

    def test_other_companies_are_not_counted(self):
        company = self._second_company()
        self.product.company_id = False
        complaint = self.env["complaint.complaint"].create(
            {
                **self._prepare_complaint_vals(company_id=company.id, user_id=self.env.uid),
                "category_id": self.category_quality.id,
                "defect_id": self.defect_rust.id,
                "demand_ids": [Command.create({"kind": "exchange"})],
            }
        )
        complaint.demand_ids._write_trusted(
            {"state": "done", "date_answered": fields.Datetime.now()}
        )
        complaint._write_trusted({"state": "closed"})
        self.assertFalse(self._found())

    # ------------------------------------------------------------
    # Shown
    # ------------------------------------------------------------
    def test_summary_counts_all_and_names_nobody(self):
        for granted in (12, 12, 60):
            self._past(granted=granted)
        hidden = self._past(declined=True)
        shown = self._shown()
        self.assertIn("4 like cases", shown)
        self.assertIn("most often: Discount", shown)
        self.assertIn("20 % to 100 %, half of them up to 20 %", shown)
        self.assertIn("Declined", shown)
        for name in (hidden.name, hidden.partner_id.name, hidden.user_id.name):
            self.assertNotIn(name, shown)

    def test_number_for_whom_may_open_it(self):
        mine = self._past(user=self.user_sales)
        theirs = self._past()
        shown = self._shown()
        self.assertIn(mine.name, shown)
        self.assertNotIn(theirs.name, shown)
        self.assertNotIn(f'/{theirs.id}"', shown)
        shown = self._shown(self.user_quality)
        self.assertIn(mine.name, shown)
        self.assertIn(theirs.name, shown)

    def test_not_more_than_five(self):
        for _time in range(7):
            self._past(user=self.user_sales)
        shown = self._shown()
        self.assertIn("7 like cases", shown)
        self.assertEqual(shown.count("/odoo/complaint.complaint/"), 5)

    def test_who_a_case_is_about_never_meets_it(self):
        complaint = self._past()
        self.assertTrue(self._found())
        complaint.concerned_user_ids = self.user_sales
        self.assertFalse(self._found())
        self.assertFalse(self._shown())
        complaint.active = False
        self.assertFalse(self._found())

    def test_only_while_it_is_to_be_promised(self):
        self._past()
        self.assertTrue(self._shown())
        self.demand.action_accept()
        self.assertFalse(self._shown())

    def test_only_readers_of_the_request(self):
        self._past()
        for user in (self.user_contributor, self.user_portal, self.user_sales2):
            with self.assertRaises(AccessError):
                self._found(user)

    def test_query_budget(self):
        for _time in range(9):
            self._past(user=self.user_sales)
        self.env.flush_all()
        self._found()
        before = self.env.cr.sql_log_count
        self._found()
        # The cases, those to leave out, and the right to read the request; none for each case
        self.assertLess(self.env.cr.sql_log_count - before, 3 + 4)
