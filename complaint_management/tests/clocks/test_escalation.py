from datetime import date, datetime, timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from .clock_common import MONDAY
from .escalation_common import (
    DAY_LATER,
    DEADLINE,
    TWO_DAYS_LATER,
    WARNING,
    EscalationCommon,
)


@tagged("post_install", "-at_install")
class TestEscalation(EscalationCommon):
    """A deadline climbs the ladder level by level, each once (R14; practice § Escalation)."""

    def test_level_by_level(self):
        self.assertEqual(self.clock.date_next_step, WARNING)
        self._run_at(WARNING - timedelta(minutes=1))
        self.assertFalse(self._told())
        self._run_at(WARNING)
        self.assertEqual(self._told(), [(0, self.user_quality)])
        self.assertEqual(self.complaint.escalation_level, 0)
        self._run_at(DEADLINE)
        self.assertEqual(self._told()[1:], [(1, self.user_sales2 + self.user_quality)])
        self.assertEqual(self.complaint.escalation_level, 1)
        self.assertEqual(self.clock.date_next_step, DAY_LATER)
        self._run_at(DAY_LATER)
        self.assertEqual(self._told()[2:], [(2, self.user_manager + self.user_quality)])
        self._run_at(TWO_DAYS_LATER)
        self.assertEqual(self._told()[3:], [(3, self.user_leadership)])
        self.assertEqual(self.complaint.escalation_level, 3)
        self.assertFalse(self.clock.date_next_step, "The ladder ends")

    def test_each_level_once(self):
        for _attempt in range(3):
            self._run_at(DEADLINE)
        self.assertEqual([level for level, _users in self._told()], [0, 1])

    def test_first_response(self):
        """10 minutes warning, 15 backup, 30 customer service, 60 sales manager (R11)."""
        self.policy.response_hours = 0.25
        with freeze_time(MONDAY):
            complaint = self._registered_complaint()
        expected = [
            (10, self.user_sales),
            # The salesperson has no backup: the team leader stands in
            (15, self.user_manager),
            (30, self.user_service),
            (60, self.user_manager),
        ]
        for count, (minutes, user) in enumerate(expected):
            self._run_at(MONDAY + timedelta(minutes=minutes - 1))
            self.assertEqual(len(self._told(complaint)), count)
            self._run_at(MONDAY + timedelta(minutes=minutes))
            self.assertEqual(self._told(complaint)[count:], [(count, user)])

    def test_outage_is_caught_up(self):
        """All levels are recorded, each person is told once, of the highest."""
        self._run_at(TWO_DAYS_LATER)
        self.assertEqual([level for level, _users in self._told()], [0, 1, 2, 3])
        todos = self._todos()
        self.assertEqual(len(todos), len(todos.user_id))
        by_user = {todo.user_id: todo.summary for todo in todos}
        self.assertIn("level 2", by_user[self.user_quality])
        self.assertIn("level 1", by_user[self.user_sales2])
        self.assertIn("level 3", by_user[self.user_leadership])

    def test_one_todo_per_person(self):
        """A higher level replaces the to-do of a lower one."""
        self._run_at(DEADLINE)
        self._run_at(DAY_LATER)
        mine = self._todos().filtered(lambda a: a.user_id == self.user_quality)
        self.assertEqual(len(mine), 1)
        self.assertIn("level 2", mine.summary)
        self.assertEqual(mine.date_deadline, date(2026, 3, 11))

    def test_warning_is_due_at_the_deadline(self):
        self._run_at(WARNING)
        self.assertEqual(self._todos().date_deadline, date(2026, 3, 10))
        self.assertIn("Handling: due", self._todos().summary)

    def test_readers_language_and_time_zone(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.user_quality.write({"lang": "zh_CN", "tz": "Asia/Shanghai"})
        with freeze_time(datetime(2026, 3, 9, 15, 30)):
            complaint = self._registered_complaint()
        clock = complaint.clock_ids
        self._run_at(clock.date_deadline - timedelta(minutes=1))
        # 15:30 there is 23:30 in Shanghai
        self.assertEqual(clock.date_deadline, datetime(2026, 3, 10, 15, 30))
        self.assertIn("2026/3/10 23:30", self._todos(clock).summary)
        self.assertEqual(self._todos(clock).date_deadline, date(2026, 3, 10))

    def test_who_has_no_time_zone_reads_his_company_s(self):
        """As those who never logged in yet: their browser says it when they do."""
        self.user_quality.tz = False
        self.company.resource_calendar_id.tz = "Asia/Shanghai"
        clock = self.complaint.clock_ids
        clock._write_trusted({"date_deadline": datetime(2026, 3, 10, 17)})
        self._run_at(datetime(2026, 3, 10, 16, 59))
        self.assertIn("3/11/26, 1:00", self._todos(clock).summary)
        self.assertEqual(self._todos(clock).date_deadline, date(2026, 3, 11))

    def test_todos_close_with_the_deadline(self):
        self._run_at(DEADLINE)
        todos = self._todos()
        self.assertTrue(todos)
        with freeze_time(DEADLINE + timedelta(hours=1)):
            self.complaint._write_trusted({"date_handled": DEADLINE + timedelta(hours=1)})
        self.assertFalse(self._todos())
        self.assertFalse(any(todos.mapped("active")))
        self._run_at(TWO_DAYS_LATER)
        self.assertEqual([level for level, _users in self._told()], [0, 1], "It is over")

    def test_todos_close_with_the_case(self):
        self._run_at(DEADLINE)
        self.complaint.action_cancel("Mistake")
        self.assertFalse(self._todos())

    def test_met_in_time_tells_nobody(self):
        with freeze_time(MONDAY + timedelta(hours=1)):
            self.complaint._write_trusted({"date_handled": MONDAY + timedelta(hours=1)})
        self._run_at(TWO_DAYS_LATER)
        self.assertFalse(self._told())

    def test_paused_does_not_climb(self):
        with freeze_time(MONDAY + timedelta(hours=1)):
            self.clock.with_user(self.user_quality).action_pause("Sample under way")
        self._run_at(TWO_DAYS_LATER)
        self.assertFalse(self._told())
        with freeze_time(TWO_DAYS_LATER):
            self.clock.with_user(self.user_quality).action_resume()
        self.assertGreater(self.clock.date_next_step, TWO_DAYS_LATER)
        self._run_at(self.clock.date_deadline)
        self.assertEqual([level for level, _users in self._told()], [0, 1])

    def test_extension_repeats_nothing(self):
        self._run_at(WARNING)
        with freeze_time(WARNING):
            self.clock.with_user(self.user_manager).action_extend(
                days=1, reason="Carrier on strike"
            )
        self._run_at(DEADLINE)
        self.assertEqual([level for level, _users in self._told()], [0])
        self._run_at(DAY_LATER)
        self.assertEqual([level for level, _users in self._told()], [0, 1])

    def test_announced_by_the_notices(self):
        announced = []

        def announce(complaints, event, people=None, text=None, messages=None):
            for complaint, users in (people or {}).items():
                for user in users:
                    reader = complaint.with_context(complaint_reader=user)
                    announced.append((event, user, text(reader, reader.env)))

        with patch.object(type(self.complaint), "_announce", announce):
            self._run_at(WARNING)
            self._run_at(DEADLINE)
        self.assertEqual(
            [(event, user) for event, user, _text in announced],
            [
                ("warning", self.user_quality),
                ("escalation", self.user_sales2),
                ("escalation", self.user_quality),
            ],
        )
        for _event, _user, text in announced:
            self.assertIn(self.complaint.name, text)
            self.assertIn("Handling", text)
        self.assertIn("level 1", announced[-1][2])

    def test_nobody_starts_following(self):
        """A to-do is one; the messages of a late case are not the managers' to read."""
        before = self.complaint.message_partner_ids
        self._run_at(TWO_DAYS_LATER)
        self.assertEqual(self.complaint.message_partner_ids, before)

    def test_version_stays(self):
        version = self.complaint.version
        self._run_at(TWO_DAYS_LATER)
        self.assertEqual(self.complaint.version, version, "Nobody's page became stale")

    def test_written_by_nobody(self):
        self._run_at(DEADLINE)
        escalation = self.complaint.escalation_ids[:1]
        for user in (self.user_admin, self.user_manager):
            own = escalation.with_user(user)
            self.assertTrue(own.date)
            with self.assertRaises(UserError):
                own.write({"level": 0})
            with self.assertRaises(UserError):
                own.unlink()
        with self.assertRaises(UserError):
            escalation.sudo().write({"level": 0})
        with self.assertRaises(UserError):
            escalation.sudo().unlink()
        with self.assertRaises(UserError):
            self.complaint.write({"escalation_level": 0})


@tagged("post_install", "-at_install")
class TestEscalationPeople(EscalationCommon):
    """Whom a level means when somebody is missing: the next in line, never nobody (R5, R73)."""

    def test_archived_is_passed_over(self):
        self.user_leadership.active = False
        self._run_at(TWO_DAYS_LATER)
        self.assertEqual(self._told()[3], (3, self.user_manager), "The team leader")

    def test_archived_backup_is_passed_over(self):
        self.user_sales2.active = False
        self._run_at(DEADLINE)
        self.assertEqual(self._told()[1], (1, self.user_manager + self.user_quality))

    def test_no_function_set(self):
        self.team.function_ids.unlink()
        self._run_at(TWO_DAYS_LATER)
        self.assertEqual(self._told()[3], (3, self.user_manager), "The team leader")

    def test_nobody_set_at_all(self):
        self.team.function_ids.unlink()
        self.team.user_id = False
        self._run_at(TWO_DAYS_LATER)
        for _level, users in self._told():
            self.assertTrue(users)
            self.assertTrue(all(users.mapped("active")))

    def test_who_is_complained_about_is_not_told(self):
        self.complaint.concerned_user_ids = self.user_leadership
        self._run_at(TWO_DAYS_LATER)
        told = self.complaint.escalation_ids.user_ids
        self.assertNotIn(self.user_leadership, told)
        self.assertNotIn(self.user_leadership, self._todos().user_id)
        self.assertEqual(self._told()[3], (3, self.user_manager))

    def test_own_ladder_of_a_company(self):
        """It replaces the shared one of that kind."""
        self.env["complaint.escalation.level"].create(
            {
                "name": "At once to the top",
                "kind": "handling",
                "number": 1,
                "delay": 0,
                "company_id": self.company.id,
                "recipient_ids": [(0, 0, {"recipient": "management"})],
            }
        )
        self._run_at(DEADLINE)
        self.assertEqual(self._told(), [(1, self.user_leadership)])


@tagged("post_install", "-at_install")
class TestEscalationAtOnce(EscalationCommon):
    """Critical cases and further rounds climb without waiting for a deadline (R15, R47)."""

    def _critical(self, **vals):
        with freeze_time(MONDAY):
            return self._registered_complaint(severity="critical", **vals)

    def test_critical_at_registration(self):
        complaint = self._critical()
        self.assertEqual(self._told(complaint), [(3, self.user_leadership)])
        self.assertEqual(complaint.escalation_level, 3)
        self.assertEqual(complaint.escalation_ids.reason, "critical")
        todos = complaint.activity_ids.filtered(
            lambda a: a.summary == "Critical complaint (level 3)"
        )
        self.assertEqual(todos.user_id, self.user_leadership)

    def test_critical_later(self):
        with freeze_time(MONDAY):
            self.complaint.severity_reason = "A child was hurt"
            self.complaint.severity = "critical"
        self.assertEqual(self._told(), [(3, self.user_leadership)])

    def test_critical_once(self):
        complaint = self._critical()
        complaint._escalate_critical()
        self.assertEqual(len(complaint.escalation_ids), 1)

    def test_deadlines_of_a_critical_case_climb_too(self):
        complaint = self._critical()
        self._run_at(DEADLINE)
        self.assertEqual(sorted(level for level, _users in self._told(complaint)), [0, 1, 3])
        self.assertEqual(complaint.escalation_level, 3)

    def _object(self, moment):
        with freeze_time(moment):
            self.complaint._move("resolve")
            self.complaint.action_object("Still rusty")

    def test_second_round(self):
        self._object(MONDAY + timedelta(hours=1))
        self.assertEqual(self._told(), [(2, self.user_manager + self.user_quality)])
        self.assertEqual(self.complaint.escalation_ids.reason, "round")
        self.assertEqual(self.complaint.escalation_ids.round_number, 2)
        self.assertEqual(self.complaint.escalation_level, 2)

    def test_next_level_after_what_was_reached(self):
        self._run_at(DAY_LATER)
        self._object(DAY_LATER + timedelta(hours=1))
        self.assertEqual(self._told()[-1], (3, self.user_leadership))
        self.assertEqual(self.complaint.escalation_level, 3)

    def test_third_round_ends_at_the_top(self):
        self._object(MONDAY + timedelta(hours=1))
        self._object(MONDAY + timedelta(hours=2))
        self._object(MONDAY + timedelta(hours=3))
        self.assertEqual([level for level, _users in self._told()], [2, 3, 3])

    def test_level_is_the_rounds(self):
        """Deadlines of a new round start at the bottom again, its level is its own."""
        self._run_at(DEADLINE)
        self.assertEqual(self.complaint.escalation_level, 1)
        self.env["complaint.escalation.level"].search([]).active = False
        self._object(DEADLINE + timedelta(hours=1))
        self.assertEqual(self.complaint.escalation_level, 0)
