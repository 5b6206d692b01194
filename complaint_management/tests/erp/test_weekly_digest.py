import random
from datetime import datetime, timedelta

from freezegun import freeze_time
from lxml import html

from odoo import Command
from odoo.tests import tagged
from odoo.tools import SQL

from ..common import ComplaintCommon

NOW = datetime(2025, 7, 16, 9, 0)
PERIODS = (timedelta(days=1), timedelta(weeks=1), timedelta(days=30))


@tagged("post_install", "-at_install")
class TestWeeklyDigest(ComplaintCommon):
    """The weekly mail to managers: its figures, its cases, its readers (R25)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.digest = cls.env.ref("complaint_management.digest_weekly")
        cls.env["complaint.complaint"].flush_model()
        cls.env.cr.execute("UPDATE complaint_complaint SET active = FALSE")
        cls.env.invalidate_all()

    @classmethod
    def _set(cls, record, **vals):
        columns = [SQL("%s = %s", SQL.identifier(name), value) for name, value in vals.items()]
        cls.env.flush_all()
        cls.env.cr.execute(
            SQL(
                "UPDATE %s SET %s WHERE id = %s",
                SQL.identifier(record._table),
                SQL(", ").join(columns),
                record.id,
            )
        )
        cls.env.invalidate_all()

    def _send(self, users):
        """:return: bodies of the mails to ``users``, by user"""
        self.digest.user_ids = [Command.set(users.ids)]
        self.digest.member_user_ids = [Command.link(user.id) for user in self._get_members()]
        before = self.env["mail.mail"].search([])
        self.digest.action_send_manual()
        mails = self.env["mail.mail"].search([]) - before
        return {
            user: html.fromstring(mails.filtered(lambda m, u=user: u.email in m.email_to).body_html)
            for user in users
        }

    def _get_members(self):
        groups = self.digest.member_group_ids.ids
        return self.env["res.users"].search([("all_group_ids", "in", groups)])

    def _get_kpis(self, user):
        with freeze_time(NOW):
            kpis = self.digest.with_user(user)._compute_kpis(user.company_id, user)
        return {kpi["kpi_name"].removeprefix("kpi_complaint_"): kpi for kpi in kpis}

    # ------------------------------------------------------------
    # Figures
    # ------------------------------------------------------------
    @classmethod
    def _set_up_past(cls):
        """Cases received, late and closed at random within three months."""
        pick = random.Random(11)
        cls.cases = cls.env["complaint.complaint"].concat(
            *(cls._registered_complaint() for _index in range(14))
        )
        for case in cls.cases:
            received = NOW - timedelta(hours=pick.randrange(90 * 24))
            closed = received + timedelta(hours=pick.randrange(60 * 24))
            is_closed = closed < NOW
            cls._set(
                case,
                date_received=received,
                date_registered=received + timedelta(hours=1),
                date_closed=closed if is_closed else None,
                state="closed" if is_closed else "executing",
                validity=pick.choice(("justified", "partly", "not_justified", None)),
                is_counted=pick.random() < 0.8,
            )
            for clock in case.clock_ids:
                deadline = received + timedelta(hours=pick.randrange(30 * 24))
                stopped = received + timedelta(hours=pick.randrange(40 * 24))
                is_stopped = is_closed or stopped < NOW
                cls._set(
                    clock,
                    date_deadline=deadline,
                    date_stopped=stopped if is_stopped else None,
                    state=(
                        "met"
                        if is_stopped and stopped <= deadline
                        else "breached"
                        if deadline < NOW
                        else "running"
                    ),
                )

    def test_figures(self):
        """Each figure and its trend, recomputed on random data."""
        self._set_up_past()
        kpis = self._get_kpis(self.user_manager)
        expected = {}
        # The second in which a time frame ends is its last
        second = timedelta(seconds=1)
        for column, period in enumerate(PERIODS, 1):
            for name, compute in (
                ("open", self._count_open),
                ("late", self._count_late),
                ("received", self._count_received),
                ("justified", self._count_justified),
                ("on_time", self._rate_on_time),
            ):
                ends = (NOW + second, NOW + second - period)
                now, before = (compute(end - period, end) for end in ends)
                values = kpis[name][f"kpi_col{column}"]
                with self.subTest(name=name, period=period):
                    if now is None:
                        self.assertEqual(values["value"], "–")
                    else:
                        self.assertAlmostEqual(float(values["value"]), now, 2)
                    change = round((now - before) / before * 100, 2) if now and before else 0
                    self.assertAlmostEqual(values["margin"], change, 1)
                expected.setdefault(name, set()).add(now)
        self.assertTrue(all(any(values) for values in expected.values()), "nothing is 0 throughout")

    def _is_open(self, case, end):
        is_closed = case.date_closed and case.date_closed < end
        return case.is_counted and case.date_received < end and not is_closed

    def _count_open(self, _start, end):
        return len(self.cases.filtered(lambda c: self._is_open(c, end)))

    def _count_late(self, _start, end):
        return len(
            self.cases.filtered(
                lambda c: (
                    self._is_open(c, end)
                    and any(
                        clock.date_deadline < end
                        and clock.state in ("running", "breached")
                        and (not clock.date_stopped or clock.date_stopped >= end)
                        for clock in c.clock_ids
                    )
                )
            )
        )

    def _count_received(self, start, end):
        return len(self.cases.filtered(lambda c: c.is_counted and start <= c.date_received < end))

    def _count_justified(self, start, end):
        return len(
            self.cases.filtered(
                lambda c: (
                    c.is_counted
                    and c.validity in ("justified", "partly")
                    and c.date_closed
                    and start <= c.date_closed < end
                )
            )
        )

    def _rate_on_time(self, start, end):
        clocks = self.cases.filtered("is_counted").clock_ids.filtered(
            lambda c: start <= c.date_deadline < end and c.state in ("met", "breached")
        )
        met = clocks.filtered(lambda c: c.state == "met")
        return 100 * len(met) / len(clocks) if clocks else None

    def test_nothing_due_is_no_rate(self):
        """A Sunday without a deadline is not 0 % kept; one that was missed is."""
        case = self._registered_complaint()
        clock = case.clock_ids.filtered(lambda c: c.kind == "response")
        for other in case.clock_ids - clock:
            self._set(other, date_deadline=NOW + timedelta(days=90))
        for state, days, expected in (
            ("breached", 3, ["–", "0.00", "0.00"]),
            ("met", 3, ["–", "100.00", "100.00"]),
            ("breached", 0.5, ["0.00", "0.00", "0.00"]),
            ("running", 3, ["–", "–", "–"]),
        ):
            self._set(clock, state=state, date_deadline=NOW - timedelta(days=days))
            kpi = self._get_kpis(self.user_manager)["on_time"]
            with self.subTest(state=state, days=days):
                values = [kpi[f"kpi_col{number}"]["value"] for number in (1, 2, 3)]
                self.assertEqual(values, expected)
        text = self._send(self.user_manager)[self.user_manager]
        value = text.xpath("//table[@data-field='kpi_complaint_on_time']")[0].text_content()
        self.assertIn("–", value)

    # ------------------------------------------------------------
    # The mail
    # ------------------------------------------------------------
    def test_late_cases(self):
        """Cases past a deadline are named with a link; a number stands for what is too long."""
        cases = self.env["complaint.complaint"].concat(
            *(self._registered_complaint(subject=f"Case {index}") for index in range(12))
        )
        for case in cases:
            self._set(
                case.clock_ids.filtered(lambda c: c.kind == "handling"),
                date_deadline=datetime.now() - timedelta(days=3),
                date_stopped=None,
                state="breached",
            )
        text = self._send(self.user_manager)[self.user_manager]
        links = [link for link in text.xpath("//a/@href") if "/odoo/complaints/" in link]
        self.assertEqual(len(links), 10)
        self.assertTrue(all(link.startswith("http") for link in links))
        self.assertIn("Past a deadline: 12", " ".join(text.text_content().split()))
        self.assertIn("All of them", text.text_content())

    def test_person_concerned(self):
        """Who is complained about reads nothing of the case in the mail (R73)."""
        case = self._registered_complaint(subject="About the manager himself")
        self._set(
            case.clock_ids.filtered(lambda c: c.kind == "plan"),
            date_deadline=datetime.now() - timedelta(days=3),
            state="breached",
            date_stopped=None,
        )
        readers = self.user_manager | self.user_leadership
        self.assertIn(case.subject, self._send(readers)[self.user_manager].text_content())
        case.sudo().concerned_user_ids = [Command.link(self.user_manager.id)]
        texts = self._send(readers)
        self.assertNotIn(case.subject, texts[self.user_manager].text_content())
        self.assertIn(case.subject, texts[self.user_leadership].text_content())

    def test_readers(self):
        """Without a role no figures; without data, e-mail or in another company no error."""
        self._registered_complaint()
        company = self._second_company()
        self.user_sales2.write(
            {"company_ids": [Command.link(company.id)], "company_id": company.id}
        )
        readers = self.user_contributor | self.user_sales2 | self.user_manager
        texts = self._send(readers)
        self.assertFalse(texts[self.user_contributor].xpath("//table[@data-field]"))
        for user, number in ((self.user_sales2, "0"), (self.user_manager, "1")):
            value = texts[user].xpath("//table[@data-field='kpi_complaint_open']")[0]
            self.assertIn(f" {number} ", f" {' '.join(value.text_content().split())} ")
        self.user_manager.email = False
        self.digest.user_ids = [Command.set(self.user_manager.ids)]
        self.digest.action_send_manual()

    def test_no_tips(self):
        """Figures were asked for, no advice on Odoo."""
        self.env["digest.tip"].create({"name": "Tip", "tip_description": "<p>Use shortcuts</p>"})
        text = self._send(self.user_manager)[self.user_manager].text_content()
        self.assertNotIn("Use shortcuts", text)

    # ------------------------------------------------------------
    # Who gets it
    # ------------------------------------------------------------
    def test_members(self):
        """Managers and leadership are subscribed once; who leaves or unsubscribes is left alone."""
        self.digest.action_send_manual()
        self.assertIn(self.user_manager, self.digest.user_ids)
        self.assertIn(self.user_leadership, self.digest.user_ids)
        self.assertNotIn(self.user_quality, self.digest.user_ids)

        self.digest.with_user(self.user_manager).action_unsubscribe()
        group = self.env.ref("complaint_management.group_complaint_manager")
        self.user_quality.group_ids = [Command.link(group.id)]
        self.user_leadership.action_archive()
        before = self.env["mail.mail"].search([])
        self.digest.action_send()
        mails = self.env["mail.mail"].search([]) - before
        sent_to = " ".join(mail.email_to or "" for mail in mails)
        self.assertIn(self.user_quality.email, sent_to)
        self.assertNotIn(self.user_manager.email, sent_to)
        self.assertNotIn(self.user_leadership.email, sent_to)

    def test_weekly(self):
        """Shipped for a week after installation; core's job sends it."""
        self.assertEqual(self.digest.periodicity, "weekly")
        self.assertEqual(self.digest.state, "activated")
        self.digest.next_run_date = "2025-07-14"
        before = self.env["mail.mail"].search([])
        self.env["digest.digest"]._cron_send_digest_email()
        subjects = (self.env["mail.mail"].search([]) - before).mapped("subject")
        self.assertTrue([subject for subject in subjects if "Complaints weekly" in subject])
        self.assertGreater(str(self.digest.next_run_date), "2025-07-14")
