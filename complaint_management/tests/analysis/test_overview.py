import random
from datetime import datetime, timedelta

import pytz
from dateutil.relativedelta import relativedelta
from freezegun import freeze_time
from lxml import etree

from odoo import Command
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tests import tagged
from odoo.tools import SQL
from odoo.tools.safe_eval import safe_eval

from ..common import ComplaintCommon

# A moment at which it is still last month in America and already this month in Asia
NOW = datetime(2025, 7, 31, 18, 30)
# Of what was received before no deadlines are asked for
OLD = datetime(2025, 3, 1)
KINDS = ("response", "plan", "handling", "report")
WORKING = ("registered", "planned", "executing", "resolved")
ROLES = ("user_sales", "user_sales2", "user_service", "user_quality", "user_leadership")


@tagged("post_install", "-at_install")
class TestOverview(ComplaintCommon):
    """The figures above the list: right, no more than the user may see, and each a filter."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.random = random.Random(7)
        # What was there before is not counted
        cls.env["complaint.complaint"].flush_model()
        cls.env.cr.execute("UPDATE complaint_complaint SET active = FALSE")
        cls.env.invalidate_all()
        people = cls.user_sales | cls.user_sales2 | cls.user_service | cls.user_quality
        cls.other_team = cls.env["complaint.team"].create(
            {"name": "Other Team", "company_id": cls.company.id, "user_id": cls.user_sales2.id}
        )
        cls.complaints = cls.env["complaint.complaint"].concat(
            *(cls._registered_complaint() for _index in range(16)),
            *(cls._complaint(date_received=NOW - timedelta(days=2)) for _index in range(3)),
        )
        for complaint in cls.complaints:
            cls._shuffle(complaint, people)
        cls.env.invalidate_all()

    @classmethod
    def _shuffle(cls, complaint, people):
        """Give a complaint a past no verb would wait for: dates, people, states of its clocks."""
        choice = cls.random.choice
        cls._set(
            complaint,
            user_id=choice(people).id,
            lead_user_id=choice(people).id,
            create_uid=cls.env.ref("base.user_root").id,
            next_user_id=choice([*people.ids, None]),
            team_id=choice((cls.team, cls.other_team)).id,
            date_received=NOW
            - timedelta(hours=cls.random.choice((30, 60, 250)) * 24 * cls.random.random()),
        )
        if complaint.state == "draft":
            return
        cls._set(
            complaint,
            state=choice((*WORKING, "closed")),
            next_deadline=choice([None, *(NOW + timedelta(days=day) for day in (-3, 0, 1))]),
            is_counted=choice((True, True, False)),
        )
        for clock in complaint.clock_ids:
            state = choice(("running", "paused", "met", "met", "breached", "breached", "cancelled"))
            is_over = state in ("met", "cancelled") or (state == "breached" and choice((1, 0)))
            deadline = NOW - timedelta(hours=cls.random.randrange(-200, 50 * 24))
            cls._set(
                clock,
                state=state,
                date_deadline=deadline,
                date_stopped=deadline if is_over else None,
            )

    @classmethod
    def _set(cls, record, **vals):
        record.flush_recordset()
        columns = [SQL("%s = %s", SQL.identifier(name), value) for name, value in vals.items()]
        cls.env.cr.execute(
            SQL(
                "UPDATE %s SET %s WHERE id = ANY(%s)",
                SQL.identifier(record._table),
                SQL(", ").join(columns),
                record.ids,
            )
        )
        record.invalidate_recordset()

    # ------------------------------------------------------------
    # The same figures, counted by hand
    # ------------------------------------------------------------
    def _get_mine(self, user, complaints):
        return complaints.filtered(
            lambda c: user in (c.user_id, c.lead_user_id, c.next_user_id, c.create_uid)
        )

    def _get_team(self, user, complaints):
        return complaints.filtered(
            lambda c: user in c.team_id.member_ids or user == c.team_id.user_id
        )

    def _count(self, complaints, months):
        this_month, last_month = months
        working = complaints.filtered(lambda c: c.state in WORKING and c.is_counted)
        late = working.clock_ids.filtered(
            lambda c: (
                c.state in ("running", "breached") and not c.date_stopped and c.date_deadline < NOW
            )
        )
        counted = complaints.filtered("is_counted")
        recent = counted.filtered(lambda c: c.date_received >= OLD)
        received = counted.filtered(lambda c: c.date_received >= last_month).mapped("date_received")
        return {
            "open": len(working),
            "overdue": len(working.filtered("is_overdue")),
            **{f"late_{kind}": len(late.filtered(lambda c, k=kind: c.kind == k)) for kind in KINDS},
            "waiting_customer": len(
                working.filtered(
                    lambda c: c.state == "resolved" or "paused" in c.clock_ids.mapped("state")
                )
            ),
            "due_today": len(working.filtered(lambda c: c.next_deadline == self._today())),
            "received": {
                "month": len([moment for moment in received if moment >= this_month]),
                "same_span": len([m for m in received if m < NOW - relativedelta(months=1)]),
                "last_month": len([moment for moment in received if moment < this_month]),
            },
            "on_time": {
                "month": self._count_clocks(recent.clock_ids, this_month, NOW),
                "last_month": self._count_clocks(recent.clock_ids, last_month, this_month),
            },
        }

    def _count_clocks(self, clocks, start, end):
        decided = clocks.filtered(
            lambda c: c.state in ("met", "breached") and start <= c.date_deadline < end
        )
        return {"kept": len(decided.filtered(lambda c: c.state == "met")), "decided": len(decided)}

    def _today(self, timezone="UTC"):
        return pytz.utc.localize(NOW).astimezone(pytz.timezone(timezone)).date()

    # ------------------------------------------------------------
    # Tests
    # ------------------------------------------------------------
    @freeze_time(NOW)
    def test_figures(self):
        """Every figure of every scope and role, recomputed on random data."""
        complaints = self.env["complaint.complaint"]
        months = (datetime(2025, 7, 1), datetime(2025, 6, 1))
        for role in ROLES:
            user = getattr(self, role)
            scopes = complaints.with_user(user).retrieve_overview()["scopes"]
            seen = complaints.with_user(user).search([]).sudo()
            expected = {
                "mine": self._get_mine(user, seen),
                "team": self._get_team(user, seen),
                "all": seen,
            }
            if role == "user_leadership":
                self.assertNotIn("team", scopes, "not in a team: no card")
                expected.pop("team")
            for scope, counted in expected.items():
                with self.subTest(role=role, scope=scope):
                    self.assertEqual(scopes[scope], self._count(counted, months))
        zeros = list(self._flat(scopes["all"])).count(0)
        self.assertLess(zeros, 3, "random data show nearly every figure")

    def _flat(self, figures):
        for value in figures.values():
            yield from self._flat(value) if isinstance(value, dict) else (value,)

    @freeze_time(NOW)
    def test_filters(self):
        """A card shows how many complaints its filter finds, in the user's own time zone."""
        for role in (*ROLES, "user_manager"):
            user = getattr(self, role)
            user.tz = "Asia/Shanghai" if role == "user_service" else "America/New_York"
            complaints = self.env["complaint.complaint"].with_user(user).with_context(tz=user.tz)
            filters = self._get_filters(user)
            scopes = complaints.retrieve_overview()["scopes"]
            for scope, figures in scopes.items():
                base = Domain(filters[scope]) if scope != "all" else Domain.TRUE
                expected = {
                    "working": figures["open"],
                    "received_month": figures["received"]["month"],
                    "received_last_month": figures["received"]["last_month"],
                    **{name: n for name, n in figures.items() if isinstance(n, int)},
                }
                expected.pop("open")
                for name, number in expected.items():
                    with self.subTest(role=role, scope=scope, name=name):
                        domain = base & Domain(filters[name])
                        if name == "overdue":
                            # The filter of the work list, beside that of the figures
                            domain &= Domain(filters["working"])
                        self.assertEqual(complaints.search_count(domain), number)

    def _get_filters(self, user):
        arch = self.env["complaint.complaint"].with_user(user).get_view(view_type="search")["arch"]
        return {
            node.get("name"): safe_eval(node.get("domain"), {"uid": user.id})
            for node in etree.fromstring(arch).iter("filter")
            if node.get("domain")
        }

    @freeze_time(NOW)
    def test_missed_this_month(self):
        """The card of the rate opens what missed a deadline that was due this month."""
        complaints = self.env["complaint.complaint"].with_user(self.user_quality)
        found = complaints.search(self._get_filters(self.user_quality)["late_month"])
        missed = self.complaints.filtered("is_counted").clock_ids.filtered(
            lambda c: c.state == "breached" and datetime(2025, 7, 1) <= c.date_deadline < NOW
        )
        self.assertTrue(missed)
        self.assertEqual(found, found & missed.complaint_id)
        self.assertEqual(len(found), len(missed.complaint_id))

    @freeze_time(NOW)
    def test_month_of_the_user(self):
        """Where it is August already, July is last month."""
        first = datetime(2025, 7, 31, 17, 0)
        self._set(self.complaints[:1], date_received=first, is_counted=True)
        before = datetime(2025, 7, 31, 15, 0)
        self._set(self.complaints[1:], date_received=before, is_counted=True)
        for timezone, month in (("Asia/Shanghai", 1), ("UTC", len(self.complaints))):
            self.user_quality.tz = timezone
            complaints = self.env["complaint.complaint"].with_user(self.user_quality)
            received = complaints.with_context(tz=timezone).retrieve_overview()["scopes"]["all"]
            self.assertEqual(received["received"]["month"], month, timezone)

    def test_rights(self):
        """Contributors count what they may see, strangers nothing; the public is refused."""
        complaints = self.env["complaint.complaint"]
        for user in (self.user_contributor, self.user_stranger):
            seen = complaints.with_user(user).search(
                [("state", "in", WORKING), ("is_counted", "=", True)]
            )
            figures = complaints.with_user(user).retrieve_overview()["scopes"]["all"]
            self.assertEqual(figures["open"], len(seen))
            self.assertLess(len(seen), len(self.complaints))
        with self.assertRaises(AccessError):
            complaints.with_user(self.user_portal).retrieve_overview()

    def test_person_concerned(self):
        """Who is complained about does not find the case in the figures either (R73)."""
        complaints = self.env["complaint.complaint"].with_user(self.user_quality)
        before = complaints.retrieve_overview()["scopes"]["all"]["open"]
        case = self.complaints.filtered(lambda c: c.state in WORKING and c.is_counted)[:1]
        case.sudo().concerned_user_ids = [Command.link(self.user_quality.id)]
        after = complaints.retrieve_overview()["scopes"]["all"]["open"]
        self.assertEqual(after, before - 1)

    def test_companies(self):
        """Figures are those of the companies somebody works in at the moment."""
        company = self._second_company()
        self.user_quality.company_ids = [Command.link(company.id)]
        complaints = self.env["complaint.complaint"].with_user(self.user_quality)
        here = complaints.retrieve_overview()["scopes"]["all"]["open"]
        there = complaints.with_context(allowed_company_ids=company.ids)
        figures = there.retrieve_overview()["scopes"]["all"]
        self.assertEqual(set(self._flat(figures)), {0}, "empty, and no error")
        both = complaints.with_context(allowed_company_ids=(self.company | company).ids)
        self.assertEqual(both.retrieve_overview()["scopes"]["all"]["open"], here)

    def test_queries(self):
        """However many complaints: three scans, and what is known of the user."""
        complaints = self.env["complaint.complaint"].with_user(self.user_service)
        complaints.retrieve_overview()
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(8):
            complaints.retrieve_overview()
