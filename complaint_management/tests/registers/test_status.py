import random
from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from ...models.complaint.complaint_lifecycle import OPEN_STATES
from ...models.complaint.complaint_state_guard import TRUSTED
from .common import RegisterCommon, read_rows

TABLE = "complaint.table.status"
STATES = (*OPEN_STATES, "closed", "cancelled")


class StatusCommon(RegisterCommon):
    """Cases made as facts: state, day and next step are given."""

    @classmethod
    def _fact(cls, partner, state="executing", days=5, paused=False, **vals):
        """A complaint received ``days`` ago.

        :param paused: whether a deadline waits for the customer
        """
        received = fields.Datetime.now() - timedelta(days=days, minutes=5)
        complaint = cls._complaint(
            partner_id=partner.id, contact_id=False, date_received=received, **vals
        )
        facts = {"state": state, "round": 1}
        if state not in ("draft", "submitted"):
            facts["date_registered"] = received
        complaint._write_trusted(facts)
        if state in ("draft", "submitted"):
            return complaint
        trusted = cls.env(context={**cls.env.context, "complaint_transition": TRUSTED})
        round_ = trusted["complaint.round"].create({"complaint_id": complaint.id, "number": 1})
        if paused:
            trusted["complaint.clock"].create(
                {
                    "complaint_id": complaint.id,
                    "round_id": round_.id,
                    "kind": "plan",
                    "state": "paused",
                    "date_start": received,
                    "date_paused": received,
                    "date_deadline": received,
                }
            )
        return complaint

    def _status(self, user=None):
        return self.env["complaint.analysis.status"].with_user(user or self.user_manager)


@tagged("post_install", "-at_install")
class TestStatus(StatusCommon):
    """Which customer waits for what (R54)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        chance = random.Random(54)
        people = cls.env["res.partner"].create(
            [
                {"name": f"Firm {number % 3}", "is_company": True}  # some share a name
                for number in range(5)
            ]
        )
        clerks = cls.env["res.partner"].create(
            [{"name": "Clerk", "parent_id": partner.id} for partner in people]
        )
        cls.complaints = cls.env["complaint.complaint"]
        for _number in range(60):
            complaint = cls._fact(
                chance.choice(people | clerks),
                chance.choice(STATES),
                chance.randrange(400),
                chance.random() < 0.3,
            )
            if complaint.state in OPEN_STATES:
                today = fields.Date.context_today(complaint)
                complaint.action_ids = [
                    Command.create(
                        {
                            "name": "Do",
                            "kind": "correction",
                            "user_id": cls.user_quality.id,
                            "deadline": today + timedelta(days=chance.randrange(-20, 20)),
                        }
                    )
                ]
            cls.complaints += complaint
        cls.env.flush_all()

    def _expected(self):
        """:return: dict customer → list of figures, counted one by one"""
        figures = {}
        now = fields.Datetime.now()
        for complaint in self.complaints:
            if complaint.state in ("draft", "submitted"):
                continue
            if complaint.state == "cancelled" and not complaint.date_registered:
                continue
            is_open = complaint.state in OPEN_STATES
            row = figures.setdefault(complaint.partner_id.commercial_partner_id, [0] * 5 + [None])
            row[0] += 1
            row[1] += not is_open
            row[2] += is_open
            row[3] += complaint.is_overdue
            paused = "paused" in complaint.clock_ids.mapped("state")
            row[4] += is_open and (complaint.state == "resolved" or paused)
            if is_open:
                row[5] = max(row[5] or 0, (now - complaint.date_received).days)
        return figures

    def test_figures_are_those_of_the_cases(self):
        expected = self._expected()
        self.assertGreater(len(expected), 3)
        found = self._status()._read_group(
            [("id", "in", self.complaints.ids)],
            ["commercial_partner_id"],
            ["__count", "count_done:sum", "count_open:sum", "count_overdue:sum",
             "count_waiting:sum", "days_open:max"],
        )  # fmt: skip
        self.assertEqual({row[0]: list(row[1:]) for row in found}, expected)
        self.assertTrue(any(row[3] for row in expected.values()))
        self.assertTrue(any(row[4] for row in expected.values()))

    def test_waiting_is_what_the_header_of_the_list_counts(self):
        for row in self._status().search([("id", "in", self.complaints.ids)]):
            case = row.complaint_id
            is_waiting = case.state == "resolved" or "paused" in case.clock_ids.mapped("state")
            self.assertEqual(bool(row.count_waiting), case.state in OPEN_STATES and is_waiting)
            self.assertEqual(bool(row.count_overdue), case.is_overdue)

    def test_workbook(self):
        """A row a customer with its sums, and his cases under his name; one name, two customers."""
        rows = self._status().search([("id", "in", self.complaints.ids)])
        book = self._book(TABLE, rows)
        expected = self._expected()
        customers, cases = book.worksheets
        found = read_rows(customers, "Complaints")
        self.assertEqual(
            sorted([row["Customer"], *list(row.values())[1:6]] for row in found[:-1]),
            sorted([partner.name, *figures[:5]] for partner, figures in expected.items()),
        )
        total = [sum(figures[index] for figures in expected.values()) for index in range(5)]
        self.assertEqual(list(found[-1].values())[:6], ["Total", *total])
        oldest = [row["Oldest open (days)"] or 0 for row in found[:-1]]
        self.assertEqual(oldest, sorted(oldest, reverse=True))
        lines = read_rows(cases, "Next step")
        heads = [line for line in lines if not line["Received"]]
        self.assertEqual(len(heads), len(expected))
        numbers = [line["Number"] for line in lines if line["Received"]]
        self.assertEqual(sorted(numbers), sorted(rows.mapped("name")))

    def test_queries(self):
        """Reading more cases costs no query each."""
        rows = self._status().search([("id", "in", self.complaints.ids)])
        self._book(TABLE, rows[:5])
        counts = []
        for some in (rows[:5], rows[:25]):
            self.env.invalidate_all()
            start = self.cr.sql_log_count
            self._book(TABLE, some)
            counts.append(self.cr.sql_log_count - start)
        self.assertNoQueryEach(*counts, 20)


@tagged("post_install", "-at_install")
class TestStatusRights(StatusCommon):
    """A table counts what its reader may read, and says to a customer what he may know."""

    def test_own_cases_only(self):
        own = self._fact(self.customer, user_id=self.user_sales2.id)
        self._fact(self.customer, user_id=self.user_sales.id)
        rows = self._status(self.user_sales2).search(
            [("commercial_partner_id", "=", self.customer.id)]
        )
        self.assertEqual(rows.complaint_id, own)
        book = self._book(
            TABLE, user=self.user_sales2, domain=[["commercial_partner_id", "=", self.customer.id]]
        )
        self.assertEqual(read_rows(book.worksheets[0], "Complaints")[0]["Complaints"], 1)

    def test_concerned_employee(self):
        """Whom a case is about does not even see it counted (R73)."""
        case = self._fact(self.customer, concerned_user_ids=[Command.link(self.user_manager.id)])
        self.assertFalse(self._status().search([("id", "=", case.id)]))
        self.assertEqual(self._status(self.user_quality).search_count([("id", "=", case.id)]), 1)

    def test_companies(self):
        company = self._second_company()
        there = self._fact(self.customer, company_id=company.id, user_id=False)
        self.assertFalse(self._status().search([("id", "=", there.id)]))
        self.user_manager.company_ids = [Command.link(company.id)]
        status = self._status().with_context(allowed_company_ids=company.ids)
        self.assertEqual(status.search([]).complaint_id, there)

    def test_contributors(self):
        with self.assertRaises(AccessError):
            self._status(self.user_contributor).search([])
        for verb in ("action_complaint_status", "action_complaint_status_internal"):
            with self.assertRaises(AccessError):
                getattr(self.customer.with_user(self.user_contributor), verb)()

    # ------------------------------------------------------------
    # The paper for the customer
    # ------------------------------------------------------------
    def _paper(self, partner=None, user=None):
        action = (partner or self.customer).with_user(user or self.user_manager)
        params = action.action_complaint_status()["params"]
        self.assertEqual(params["format"], "pdf")
        return self._html(params["table"], user=user, options=params["options"])

    def test_only_this_customer(self):
        mine = self._fact(self.customer, description="Rust on every tip")
        other = self._fact(self.customer2, description="Somebody else's words")
        text = self._paper(self.contact)
        self.assertIn(mine.name, text)
        self.assertIn("Rust on every tip", text)
        self.assertNotIn(other.name, text)
        self.assertNotIn("Somebody else", text)
        self.assertNotIn(self.customer2.name, text)

    def test_goods_of_several_deliveries_are_named_once(self):
        lines = [
            Command.create(self._prepare_line_vals(product_id=product.id))
            for product in (self.product, self._product(name="Hammer"), self.product)
        ]
        self._fact(self.customer, line_ids=lines)
        text = self._paper()
        self.assertEqual((text.count("Screwdriver"), text.count("Hammer")), (1, 1))

    def test_nothing_of_ours(self):
        case = self._full_case(subject="Clerk slept again", assessment="He always complains")
        case.action_ids[:1].name = "Shout at the clerk"
        text = self._paper()
        for secret in ("Clerk slept", "always complains", "Shout at", "Otto Operator", "Fifty",
                       "Machine 7", "Salt on the tips", self.user_quality.name):  # fmt: skip
            self.assertNotIn(secret, text)
        self.assertIn(case.name, text)
        self.assertIn("Being looked at", text)

    def test_what_his_portal_shows(self):
        """Also what his people complained about to a dealer, and who was asked to speak for him;
        drafts are shown to who wrote them, and nobody else.
        """
        own = self._fact(self.customer)
        hotel = self._fact(self.customer2, complainant_id=self.contact.id)
        spoke = self._fact(self.customer2)
        spoke.contact_id = self.contact
        cancelled = self._fact(self.customer, "cancelled")
        foreign = self._fact(self.customer2)
        draft = self._fact(self.customer, "draft")
        shown = self.env["complaint.complaint"].with_user(self.user_portal).search([])
        self.assertEqual(shown.sudo(), own + hotel + spoke + cancelled)
        text = self._paper(user=self.user_leadership)
        for case in (own, hotel, spoke, cancelled):
            self.assertIn(case.name, text)
        for case in (foreign, draft):
            self.assertNotIn(case.name, text)

    def test_whom_a_case_is_about_prints_it_for_nobody(self):
        """What is opened to the other side of a case is opened to no colleague (R73)."""
        about = [Command.link(self.user_manager.id)]
        case = self._fact(self.customer2, complainant_id=self.customer.id, concerned_user_ids=about)
        self.assertNotIn(case.name, self._paper())
        self.assertIn(case.name, self._paper(user=self.user_leadership))

    def test_days_are_those_of_his_page(self):
        """Both days of a row are those of the company's working time, whoever prints it where."""
        calendar = self.env["resource.calendar"].create({"name": "East", "tz": "Asia/Shanghai"})
        self.team.resource_calendar_id = calendar
        case = self._fact(self.customer, days=1)
        evening = fields.Datetime.now().replace(hour=20, minute=0) - timedelta(days=3)
        case._write_trusted({"date_received": evening})
        self.user_manager.tz = "America/New_York"
        shown = case._get_print_day(case.date_received)
        text = self._paper()
        self.assertIn(f">{shown}<", text)
        book = self._book("complaint.table.customer.status", options={"partner": self.customer.id})
        (row,) = read_rows(book.worksheets[0], "Our number")
        self.assertEqual(row["Date"].date(), (evening + timedelta(hours=8)).date())

    def test_one_letterhead_one_company(self):
        company = self._second_company()
        here = self._fact(self.customer)
        there = self._fact(self.customer, company_id=company.id, user_id=False)
        self.user_leadership.company_ids += company
        for first, second, shown, hidden in (
            (self.company, company, here, there),
            (company, self.company, there, here),
        ):
            partner = self.customer.with_user(self.user_leadership)
            params = partner.action_complaint_status()["params"]
            table = self.env[params["table"]].with_user(self.user_leadership)
            table = table.with_context(allowed_company_ids=[first.id, second.id])
            request = self._request(params["table"], "pdf", options=params["options"])
            text = table._make_file(request)[0].decode()
            self.assertIn(first.name, text)
            self.assertIn(shown.name, text)
            self.assertNotIn(hidden.name, text)

    def test_what_is_long_over_is_left_out(self):
        old = self._fact(self.customer, "closed", days=500)
        still_open = self._fact(self.customer, "executing", days=500)
        recent = self._fact(self.customer, "closed", days=100)
        draft = self._fact(self.customer, "draft")
        text = self._paper()
        self.assertIn(still_open.name, text)
        self.assertIn(recent.name, text)
        for case in (old, draft):
            self.assertNotIn(case.name, text)

    def test_in_his_language(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.customer.lang = "zh_CN"
        self._fact(self.customer, description="螺丝刀杆生锈")
        text = self._paper()
        self.assertIn('lang="zh-CN"', text)
        self.assertIn("螺丝刀杆生锈", text)
        # What we say to it, heads as well as what comes next
        for ours in ("您的投诉", "目前处理情况", "后续安排", "我们正在"):
            self.assertIn(ours, text)
        self.assertNotIn("What happens now", text)

    def test_salesperson_gets_his_cases(self):
        own = self._fact(self.customer, user_id=self.user_sales2.id)
        other = self._fact(self.customer, user_id=self.user_sales.id)
        text = self._paper(user=self.user_sales2)
        self.assertIn(own.name, text)
        self.assertNotIn(other.name, text)

    def test_forged_customer(self):
        for partner in (None, "1", 0, 10**9, True, [1]):
            text = self._html("complaint.table.customer.status", options={"partner": partner})
            self.assertIn("Nothing to list", text)

    def test_internal_paper(self):
        case = self._fact(self.customer)
        other = self._fact(self.customer2)
        button = self.contact.with_user(self.user_manager)
        params = button.action_complaint_status_internal()["params"]
        text = self._html(params["table"], domain=params["domain"])
        self.assertIn(case.name, text)
        self.assertNotIn(other.name, text)
