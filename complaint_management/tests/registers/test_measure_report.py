import random
from datetime import timedelta

from freezegun import freeze_time

from odoo import Command, fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from ...models.complaint.complaint_state_guard import TRUSTED
from ..documents.common import DocumentsCommon

KINDS = ("corrective", "preventive", "correction", "verification")


@tagged("post_install", "-at_install")
class TestMeasureReport(DocumentsCommon):
    """Every measure of cases that count: taken, late, effective, told, acknowledged (R55)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.measures = cls.env["complaint.analysis.measure"]

    def _rows(self, complaints, user=None):
        self.env.flush_all()
        self.env.invalidate_all()
        domain = [("complaint_id", "in", complaints.ids)]
        return self.measures.with_user(user or self.env.user).search(domain)

    # ------------------------------------------------------------
    # Figures
    # ------------------------------------------------------------
    def test_random_measures_recomputed(self):
        draw = random.Random(55)
        today = fields.Date.context_today(self.measures)
        goods = self._product(name="Screws")
        actions = self.env["complaint.action"]
        complaints = self.env["complaint.complaint"]
        for index in range(12):
            products = draw.choice([(self.product,), (goods,), (self.product, goods), ()])
            complaint = self._complaint(
                line_ids=[
                    Command.create(self._prepare_line_vals(product_id=product.id))
                    for product in products
                ],
                user_id=draw.choice([self.user_sales, self.user_sales2]).id,
            )
            complaints += complaint
            for number in range(draw.randint(0, 4)):
                state = draw.choice(["open", "objected", "in_progress", "done", "cancelled"])
                vals = {
                    "complaint_id": complaint.id,
                    "name": f"Measure {index}.{number}",
                    "kind": draw.choice(KINDS),
                    "user_id": self.user_quality.id,
                    "deadline": today + timedelta(days=draw.randint(-3, 3)),
                }
                action = actions.with_context(complaint_transition=TRUSTED).create(vals)
                done = state == "done" and fields.Datetime.now()
                action._write_trusted({"state": state, "date_done": done})
                actions += action.with_env(self.env)
            state = draw.choice(["draft", "registered", "executing", "closed", "cancelled"])
            stamp = fields.Datetime.now() if state not in ("draft", "cancelled") else False
            complaint._write_trusted({"state": state, "date_registered": stamp})
        expected = {
            action.id: (
                "taken" if action.state == "done" else "late" if action.deadline < today else "open"
            )
            for action in actions
            if action.kind in ("corrective", "preventive")
            and action.state != "cancelled"
            and action.complaint_id.state not in ("draft", "cancelled")
        }
        rows = self._rows(complaints)
        self.assertEqual({row.id: row.taken for row in rows}, expected)
        self.assertEqual(set(expected.values()), {"taken", "late", "open"})
        for row in rows:
            action, complaint = row.action_id, row.complaint_id
            self.assertEqual(row.id, action.id)
            for name in ("name", "kind", "deadline", "date_done", "state", "effectiveness"):
                self.assertEqual(row[name], action[name])
            products = complaint.line_ids.product_id
            self.assertEqual(row.product_id, products if len(products) == 1 else products[:0])
            self.assertEqual(row.goods or "", ", ".join(products.mapped("display_name")))
            self.assertEqual(row.commercial_partner_id, self.customer)
            self.assertEqual(row.salesperson_id, complaint.user_id)
        groups = self.measures._read_group(
            [("complaint_id", "in", complaints.ids)], ["taken"], ["__count"]
        )
        counted = list(expected.values())
        self.assertEqual(dict(groups), {key: counted.count(key) for key in set(counted)})

    def test_duplicates_and_suggestions_have_no_measures(self):
        complaint = self._case()
        self.assertEqual(len(self._rows(complaint)), 2)
        complaint._write_trusted({"state": "closed", "outcome": "duplicate"})
        self.assertFalse(self._rows(complaint))

    def test_late_begins_the_day_after(self):
        complaint = self._case(measures=0)
        action = self._add_action(complaint, deadline="2026-03-10")
        for day, taken in (("2026-03-10 12:00", "open"), ("2026-03-11 12:00", "late")):
            with freeze_time(day):
                self.assertEqual(self._rows(complaint).taken, taken)
                late = self.measures.search([("taken", "=", "late"), ("id", "=", action.id)])
                self.assertEqual(bool(late), taken == "late")

    def test_late_where_the_company_works(self):
        """Two screens, one answer: in China it is the next day already, wherever one reads it."""
        complaint = self._case(measures=0)
        action = self._add_action(complaint, deadline="2026-03-10")
        self.company.resource_calendar_id.tz = "Asia/Shanghai"
        analysis = self.env["complaint.analysis.action"]
        for moment, is_late in (("2026-03-10 15:00", False), ("2026-03-10 17:00", True)):
            for zone in ("America/New_York", "Asia/Shanghai", "Pacific/Auckland"):
                with self.subTest(moment=moment, zone=zone), freeze_time(moment):
                    self.env.flush_all()
                    self.env.invalidate_all()
                    measure = self.measures.with_context(tz=zone).browse(action.id)
                    row = analysis.with_context(tz=zone).browse(action.id)
                    self.assertEqual(measure.taken == "late", is_late)
                    self.assertEqual(row.timeliness == "late", is_late)

    def test_ineffective_and_open_again_is_one_word(self):
        """“Not taken yet” beside “Ineffective” would say two things (R43)."""
        complaint = self._case(measures=0)
        action = self._add_action(complaint, kind="corrective")
        action.action_finish("Wrapped")
        action.effectiveness = "ineffective"
        self.assertEqual(self._rows(complaint).effectiveness, "ineffective")
        action.action_restart()
        row = self._rows(complaint)
        labels = dict(row._fields["effectiveness"]._description_selection(self.env))
        self.assertEqual(labels[row.effectiveness], "Was ineffective, reopened")
        found = self.measures.search([("effectiveness", "in", ("ineffective", "reopened"))])
        self.assertIn(row, found)

    # ------------------------------------------------------------
    # Was the customer told?
    # ------------------------------------------------------------
    def test_told_by_what_went_out(self):
        complaint = self._case()
        self.assertEqual(set(self._rows(complaint).mapped("told")), {"not_sent"})
        report = self._approved(complaint)
        self.assertEqual(report.measure_ids, complaint.action_ids.filtered("effectiveness"))
        self.assertEqual(set(self._rows(complaint).mapped("told")), {"not_sent"}, "approved only")
        later = self._add_action(complaint, name="A second thought", kind="preventive")
        report.action_mark_sent()
        told = {row.action_id: row.told for row in self._rows(complaint)}
        self.assertEqual(told.pop(later), "not_sent", "the document was made before")
        self.assertEqual(set(told.values()), {"sent"})
        self.assertEqual(set(self._rows(complaint).mapped("date_sent")), {report.date_sent, False})
        report.action_acknowledge()
        told = {row.action_id: row for row in self._rows(complaint)}
        self.assertEqual(told.pop(later).told, "not_sent")
        for row in told.values():
            self.assertEqual(row.told, "acknowledged")
            self.assertEqual(row.date_acknowledged, report.date_acknowledged)

    def test_next_version_tells_the_rest(self):
        complaint = self._case()
        first = self._approved(complaint)
        first.action_mark_sent()
        later = self._add_action(complaint, name="A second thought", kind="preventive")
        action = first.with_user(self.user_quality).action_new_version()
        second = self.env["complaint.report"].browse(action["res_id"])
        self.assertFalse(second.measure_ids)
        second.with_user(self.user_manager).action_approve()
        with freeze_time(first.date_sent + timedelta(days=3)):
            second.with_user(self.user_sales).action_mark_sent()
        rows = {row.action_id: row for row in self._rows(complaint)}
        self.assertEqual(rows.pop(later).date_sent, second.date_sent)
        for row in rows.values():
            self.assertEqual(row.date_sent, first.date_sent, "known since the first one")

    def test_cancelled_measures_are_not_told(self):
        complaint = self._case()
        gone = complaint.action_ids.filtered(lambda a: a.kind == "preventive")
        gone.with_user(self.user_quality).action_cancel()
        report = self._approved(complaint)
        self.assertEqual(report.measure_ids.mapped("kind"), ["corrective"])

    def test_section_left_out_tells_nothing_of_it(self):
        complaint = self._case()
        report = self._report(complaint)
        report.section_ids.filtered(lambda s: s.code == "preventive").unlink()
        self.assertEqual(report._get_told_measures().mapped("kind"), ["corrective"])
        report.section_ids.filtered(
            lambda s: s.code == "closing"
        ).body = "Do see “Check wrapping at gate 0”, too."
        self.assertEqual(len(report._get_told_measures()), 2, "said in words")

    def test_letter_tells_what_its_words_say(self):
        complaint = self._case()
        report = self._report(complaint, "letter")
        self.assertEqual(len(report._get_told_measures()), 2)
        section = report.section_ids.filtered(lambda s: s.code == "measures")
        section.body = "We shall take better care."
        self.assertFalse(report._get_told_measures())

    def test_interim_8d_tells_nothing_of_later_disciplines(self):
        complaint = self._case()
        elsewhere = self._add_action(complaint, kind="preventive", name="Line 2 as well")
        causes = complaint.action_ids.filtered("effectiveness") - elsewhere
        causes.write({"cause_id": complaint.cause_ids[:1].id})
        report = self._report(complaint, "8d")
        for stage, expected in (
            ("d3", self.env["complaint.action"]),
            ("d5", causes),
            ("final", causes + elsewhere),
        ):
            report.stage = stage
            with self.subTest(stage=stage):
                self.assertEqual(report._get_told_measures(), expected)

    def test_past_is_told_by_dates(self):
        """An old register is imported with its documents: nothing was noted when they were made."""
        complaint = self._case()
        before, after = complaint.action_ids.filtered("effectiveness")
        moment = fields.Datetime.now() - timedelta(days=30)
        before._write_trusted({"state": "done", "date_done": moment - timedelta(days=2)})
        report = (
            self.env["complaint.report"]
            .with_user(self.user_admin)
            .create(
                {
                    "complaint_id": complaint.id,
                    "partner_id": complaint.contact_id.id,
                    "lang": "en_US",
                    "state": "sent",
                    "date_sent": moment,
                }
            )
        )
        self.assertEqual(report.measure_ids, before)
        self.assertNotIn(after, report.measure_ids)
        told = {row.action_id: row.told for row in self._rows(complaint)}
        self.assertEqual(told, {before: "sent", after: "not_sent"})

    def test_nobody_writes_what_was_told(self):
        report = self._approved()
        with self.assertRaisesRegex(UserError, "use the buttons"):
            report.with_user(self.user_admin).measure_ids = [Command.clear()]

    # ------------------------------------------------------------
    # Who sees it, and how fast
    # ------------------------------------------------------------
    def test_who_sees_which(self):
        own = self._case(user_id=self.user_sales.id, lead_user_id=self.user_quality.id)
        other = self._case(user_id=self.user_sales2.id, lead_user_id=self.user_quality.id)
        cases = own + other
        for user, seen in (
            (self.user_quality, cases),
            (self.user_leadership, cases),
            (self.user_manager, cases),
            (self.user_sales2, other),
        ):
            with self.subTest(user=user.login):
                self.assertEqual(self._rows(cases, user).complaint_id, seen)
        self.assertFalse(self.measures.with_user(self.user_contributor).has_access("read"))

    def test_whom_it_is_about_sees_none(self):
        complaint = self._case()
        complaint.concerned_user_ids = self.user_manager
        self.assertFalse(self._rows(complaint, self.user_manager))
        self.assertTrue(self._rows(complaint, self.user_leadership))

    def test_row_opens_the_action(self):
        row = self._rows(self._case(), self.user_sales)[:1]
        action = row.action_open_measure()
        self.assertEqual((action["res_model"], action["res_id"]), ("complaint.action", row.id))

    def test_any_number_of_rows_takes_the_same_queries(self):
        complaints = self.env["complaint.complaint"].union(*(self._case() for _i in range(9)))
        columns = {
            name: {"fields": {"display_name": {}}}
            if self.measures._fields[name].type == "many2one"
            else {}
            for name in ("complaint_id", "name", "goods", "user_id", "department_id", "told")
        }

        def count(wanted):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            rows = self.measures.with_user(self.user_quality).web_search_read(
                [("complaint_id", "in", wanted.ids)], columns
            )
            self.assertEqual(rows["length"], 2 * len(wanted))
            return self.env.cr.sql_log_count - before

        count(complaints)
        self.assertNoQueryEach(count(complaints[:1]), count(complaints), further=8)
