from ast import literal_eval
from datetime import datetime

from freezegun import freeze_time

from odoo import Command
from odoo.fields import Domain
from odoo.tests import tagged

from ...models.complaint.complaint_state_guard import TRUSTED
from .figures_common import FiguresCommon

DAY = datetime(2024, 3, 5, 9)


@tagged("post_install", "-at_install")
class TestArchived(FiguresCommon):
    """An archived case is in no figure: those of its parts say what those of cases say."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.complaint_figures_minimum = 1
        order = cls._order()
        order.write({"state": "sale", "date_order": datetime(2024, 1, 5)})
        cls._ship(cls.product, 1000, DAY)
        cls.case = cls._past(
            [cls._said(cls.product, 5, confirmed=2, date_shipped=DAY)],
            date_received=DAY,
            validity="justified",
        )
        cls.case._thaw().expense_ids = [Command.create({"name": "Courier", "amount": 18.0})]
        cls.case._thaw().action_ids = [
            Command.create(
                {
                    "name": "Dry before packing",
                    "kind": "corrective",
                    "user_id": cls.user_quality.id,
                    "deadline": "2024-04-01",
                }
            )
        ]
        cause = cls.case._thaw().cause_ids.create({"complaint_id": cls.case.id, "name": "Damp"})
        cause._write_trusted({"state": "verified"})
        trusted = cls.case._thaw().with_context(complaint_transition=TRUSTED).env
        parts = {"complaint_id": cls.case.id}
        trusted["complaint.demand"].create({**parts, "kind": "apology"})
        trusted["complaint.promise"].create(
            {
                **parts,
                "name": "Call back",
                "user_id": cls.case.user_id.id,
                "deadline": DAY,
                "state": "kept",
            }
        )
        trusted["complaint.clock"].create(
            {
                **parts,
                "round_id": cls.case.round_ids[:1].id,
                "kind": "response",
                "state": "met",
                "date_start": DAY,
                "date_deadline": DAY,
            }
        )

    def setUp(self):
        super().setUp()
        # Repurchase looks at this year and last
        freezer = freeze_time(datetime(2024, 9, 1))
        freezer.start()
        self.addCleanup(freezer.stop)

    def _read_figures(self):
        """:return: dict where a figure stands → what it is of this case, or of the product"""
        self.env.flush_all()
        self.env.invalidate_all()
        env = self.env(user=self.user_leadership)
        found = {
            name: env[name].search_count([("complaint_id", "=", self.case.id)])
            for name in sorted(self.env)
            if name.startswith("complaint.analysis.")
            and not self.env[name]._abstract
            and "complaint_id" in self.env[name]._fields
        }
        product = [("product_id", "=", self.product.id)]
        ppm = env["complaint.analysis.ppm"]
        [(found["confirmed"],)] = ppm._read_group(product, [], ["quantity_confirmed:sum"])
        found["bad products"] = ppm.search_count([*product, ("has_bad_parts", "=", True)])
        found["people"] = env["complaint.analysis.salesperson"].search_count(
            [("user_id", "=", self.case.user_id.id), ("month", "=", "2024-03-01")]
        )
        causes = self.env.ref("complaint_management.complaint_cause_action_analysis")
        found["causes"] = env["complaint.cause"].search_count(
            [*literal_eval(causes.domain or "[]"), ("complaint_id", "=", self.case.id)]
        )
        parts = env["complaint.complaint"]._get_parts_domain("complaint_id")
        found["deadlines of pack and mail"] = env["complaint.clock"].search_count(
            parts & Domain("complaint_id", "=", self.case.id)
        )
        return found

    def test_in_no_figure(self):
        before = self._read_figures()
        self.assertTrue(all(before.values()), before)
        self.case.active = False
        after = self._read_figures()
        self.assertFalse({name: number for name, number in after.items() if number})

    def test_asked_for_where_a_row_is_of_a_case(self):
        """Whoever asks for archived cases gets their rows."""
        self.case.active = False
        self.env.flush_all()
        for name in ("clock", "action", "goods", "measure", "cost"):
            rows = self.env[f"complaint.analysis.{name}"].with_user(self.user_leadership)
            with self.subTest(name):
                domain = [("complaint_id", "=", self.case.id), ("active", "=", False)]
                self.assertTrue(rows.search(domain))

    def test_customer_is_none_without_complaints(self):
        """Archiving makes nobody a customer who never complained."""
        partner = self.case.partner_id.commercial_partner_id
        self.case.active = False
        self.env.flush_all()
        rows = self.env["complaint.analysis.repurchase"].search(
            [("commercial_partner_id", "=", partner.id)]
        )
        self.assertFalse(rows)
