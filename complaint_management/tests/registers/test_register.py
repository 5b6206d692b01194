from odoo.exceptions import AccessError
from odoo.tests import tagged

from ...models.registers import complaint_table
from .common import RegisterCommon, read_rows

REGISTER = "complaint.table.register"
COMPUTED = (
    "register_goods",
    "register_result",
    "register_cause",
    "register_department",
    "register_measures",
    "register_feedback",
    "register_rounds",
)
# Columns of the list (views/registers/complaint_register_views.xml).
PAGE = {
    **{name: {} for name in COMPUTED},
    **{name: {} for name in ("date_received", "name", "description", "plan_summary", "state")},
    "partner_id": {"fields": {"display_name": {}}},
}


@tagged("post_install", "-at_install")
class TestRegister(RegisterCommon):
    """Nine columns say what happened in a case (R57)."""

    def test_columns(self):
        complaint = self._full_case()
        complaint.action_ids.filtered(lambda a: a.kind == "preventive")._write_trusted(
            {"state": "done", "date_done": "2026-06-01 10:00:00"}
        )
        (row,) = read_rows(self._book(REGISTER, complaint).worksheets[0], "Number")
        self.assertEqual(row["Date"].date(), complaint.date_received.date())
        self.assertEqual(row["Number"], complaint.name)
        self.assertEqual(row["Customer"], "Harbour Hotel")
        self.assertIn("Screwdriver", row["Goods"])
        self.assertEqual(row["Customer's opinion"], "The tips of the screwdrivers are rusty.")
        self.assertEqual(row["Result of the investigation"], "Justified\nSalt on the tips.")
        self.assertEqual(row["Handling opinion"], "Exchange, then change the packing.")
        self.assertEqual(row["Cause analysis"], "Packed while damp")
        self.assertEqual(row["Responsible department"], "Packing")
        self.assertEqual(
            row["Corrective and preventive measures"],
            "Dry before packing (Packing, due 06/15/2026)\n"
            "Same for pliers (Packing, done 06/01/2026)",
        )
        self.assertEqual(row["Customer's feedback"], "Thank you.")

    def test_what_never_leaves_the_house(self):
        """Paper lies on desks: no operator, penalty, machine, owner or opinion (T20)."""
        complaint = self._full_case(assessment="He always complains")
        text = str([list(sheet.values) for sheet in self._book(REGISTER, complaint)])
        for secret in ("Otto", "Fifty", "Machine 7", "always complains", self.user_quality.name):
            self.assertNotIn(secret, text)

    def test_cancelled_and_rejected(self):
        complaint = self._full_case()
        complaint.action_ids._write_trusted({"state": "cancelled"})
        complaint.cause_ids.action_reject()
        self.assertFalse(complaint.register_measures)
        self.assertFalse(complaint.register_cause)
        self.assertFalse(complaint.register_department)

    def test_current_round_and_earlier_ones(self):
        """The register says what holds; what was tried before stands in a column of its own."""
        complaint = self._full_case()
        complaint.with_user(self.user_quality).action_release()
        complaint.with_user(self.user_sales).action_object("Rusty again")
        complaint.plan_summary = "New packing machine"
        (row,) = read_rows(self._book(REGISTER, complaint).worksheets[0], "Number")
        self.assertEqual(row["Handling opinion"], "New packing machine")
        self.assertNotIn("Earlier rounds", row)
        book = self._book(REGISTER, complaint, options={"rounds": True})
        (row,) = read_rows(book.worksheets[0], "Number")
        for text in ("Round 1", "Exchange, then change the packing.", "Rusty again"):
            self.assertIn(text, row["Earlier rounds"])

    def test_order_and_period(self):
        days = ("2026-03-01 12:00:00", "2026-01-15 12:00:00", "2026-02-01 12:00:00")
        complaints = self.env["complaint.complaint"].union(
            *(self._registered_complaint(date_received=day) for day in days)
        )
        sheet = self._book(REGISTER, complaints).worksheets[0]
        months = [row["Date"].month for row in read_rows(sheet, "Number")]
        self.assertEqual(months, [1, 2, 3])
        self.assertIn("received 01/15/2026 – 03/01/2026", str(list(sheet.values)))

    def test_day_is_the_readers(self):
        complaint = self._registered_complaint(date_received="2026-03-01 20:00:00")
        self.user_manager.tz = "Asia/Shanghai"
        table = self.env[REGISTER].with_user(self.user_manager)
        table = table.with_context(tz="Asia/Shanghai")
        self.assertEqual(table._get_day(complaint.date_received).day, 2)

    def test_consumer_without_customer(self):
        complaint = self._complaint(
            partner_id=False, contact_id=False, complainant_name="Carla Consumer"
        )
        (row,) = read_rows(self._book(REGISTER, complaint).worksheets[0], "Number")
        self.assertEqual(row["Customer"], "Carla Consumer")

    def test_contributors_read_no_register(self):
        complaint = self._full_case()
        complaint.action_ids[:1].user_id = self.user_contributor
        for name in COMPUTED:
            with self.assertRaises(AccessError):
                complaint.with_user(self.user_contributor).read([name])

    def test_portal_reads_no_register(self):
        complaint = self._full_case(partner_id=self.portal_partner.id)
        for name in COMPUTED:
            with self.assertRaises(AccessError):
                complaint.with_user(self.user_portal).read([name])

    def test_page_of_the_list(self):
        """80 rows cost what one costs, whoever reads them."""
        complaints = self.env["complaint.complaint"].union(
            *(self._full_case(plan_summary=f"Plan {number}") for number in range(10))
        )
        for user in (self.user_manager, self.user_sales):
            counts = []
            for some in (complaints[:1], complaints[:1], complaints):
                self.env.flush_all()
                self.env.invalidate_all()
                records = some.with_user(user)
                start = self.cr.sql_log_count
                records.web_search_read([("id", "in", some.ids)], PAGE, limit=80)
                counts.append(self.cr.sql_log_count - start)
            with self.subTest(user=user.name):
                self.assertNoQueryEach(*counts[1:], 9)
                self.assertLess(counts[2], 40)

    def test_many_rows(self):
        """Batches follow each other without a gap."""
        complaints = self.env["complaint.complaint"].union(
            *(self._complaint(description=f"Words {number}") for number in range(7))
        )
        self.patch(complaint_table, "BATCH", 3)
        rows = read_rows(self._book(REGISTER, complaints).worksheets[0], "Number")
        self.assertEqual(
            {row["Customer's opinion"] for row in rows}, {f"Words {n}" for n in range(7)}
        )
        self.assertEqual(len(rows), 7)
