from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged

from ..handling.common import HandlingCommon


@tagged("post_install", "-at_install")
class TestStandIn(HandlingCommon):
    """Who is out of office is stood in for by his backup, by itself (R5, R16, R27)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.row = cls.team.function_ids.filtered(lambda f: f.function == "purchasing")
        cls.row.backup_user_id = cls.user_stock
        cls.quality = cls.team.function_ids.filtered(lambda f: f.function == "quality")

    def _go(self, user, days=3):
        """Send ``user`` away since yesterday; ``days=None``: until he says he is back."""
        now = fields.Datetime.now()
        user.write(
            {
                "out_of_office_from": now - timedelta(days=1),
                "out_of_office_to": days and now + timedelta(days=days),
            }
        )

    def _register(self):
        complaint = self._registered_complaint(user=self.user_sales).with_env(self.env)
        notes = "".join(complaint.message_ids.mapped("body"))
        return complaint, self._action_from_template(complaint, "purchasing").user_id, notes

    def test_backup_takes_over_and_it_is_said(self):
        self._go(self.user_purchasing)
        _complaint, user, notes = self._register()
        self.assertEqual(user, self.user_stock)
        self.assertIn("Purchasing (purchasing manager) is out of office: Stock got", notes)

    def test_without_end(self):
        self._go(self.user_purchasing, days=None)
        self.assertEqual(self._register()[1], self.user_stock)

    def test_before_and_after(self):
        now = fields.Datetime.now()
        user = self.user_purchasing
        for start, end in ((1, 2), (-3, -1)):
            user.write(
                {
                    "out_of_office_from": now + timedelta(days=start),
                    "out_of_office_to": now + timedelta(days=end),
                }
            )
            self.assertEqual(self._register()[1], user)

    def test_backup_out_as_well(self):
        self._go(self.user_purchasing | self.user_stock)
        self.assertEqual(self._register()[1], self.user_manager, "the team leader")

    def test_nobody_is_there(self):
        """Better the holder when he is back than somebody who does not know the work."""
        self._go(self.user_purchasing | self.user_stock | self.user_manager)
        _complaint, user, notes = self._register()
        self.assertEqual(user, self.user_purchasing)
        self.assertNotIn("purchasing manager", notes)

    def test_lead(self):
        self.quality.backup_user_id = self.user_service
        self._go(self.user_quality)
        complaint, _user, notes = self._register()
        self.assertEqual(complaint.lead_user_id, self.user_service)
        self.assertIn("Service leads this complaint", notes)

    def test_salesperson_of_the_plan_stays_where_nobody_stands_in(self):
        """Salesperson and lead are people, not functions: they keep what is theirs."""
        template = self.plan.template_ids.filtered("action_kind")[:1]
        template.responsible_type = "complaint_salesperson"
        self._go(self.user_sales)
        complaint, _user, _notes = self._register()
        action = complaint.action_ids.filtered(lambda a: a.template_id == template)
        self.assertEqual(action.user_id, self.user_sales)

    def test_successor_of_somebody_who_left(self):
        complaint = self._bare_complaint().with_env(self.env)
        action = self._action(complaint)
        self._go(self.user_stock)
        self.user_purchasing.action_archive()
        self.assertEqual(action.user_id, self.user_manager, "the backup is away")

    def test_coordinator(self):
        row = self.team.function_ids.filtered(lambda f: f.function == "coordinator")
        complaint, _user, _notes = self._register()
        self.assertEqual(complaint.coordinator_user_id, self.user_service)
        row.backup_user_id = self.user_sales2
        self._go(self.user_service)
        self.assertEqual(self._register()[0].coordinator_user_id, self.user_sales2)
        row.write({"user_id": False, "backup_user_id": False})
        self.assertFalse(self._register()[0].coordinator_user_id)

    def test_coordinator_may_edit_case_and_plan(self):
        complaint = self._bare_complaint().with_env(self.env)
        action = self._action(complaint)
        complaint.coordinator_user_id = self.user_sales2
        user = self.user_sales2
        complaint.with_user(user).plan_summary = "All departments together"
        action.with_user(user).deadline = fields.Date.today() + timedelta(days=9)
        complaint.coordinator_user_id = False
        self.assertFalse(complaint.with_user(user).has_access("read"))

    def test_every_part_opens_to_the_coordinator_as_to_the_lead(self):
        rules = self.env["ir.rule"].search([("domain_force", "like", "lead_user_id")])
        self.assertGreater(len(rules), 8)
        for rule in rules:
            self.assertIn("coordinator_user_id", rule.domain_force, rule.name)

    # ------------------------------------------------------------
    # First answer (R5)
    # ------------------------------------------------------------
    def test_channel_owner_answers_first(self):
        channel = self.env["complaint.channel"].create(
            {
                "name": "Hotline",
                "user_id": self.user_service.id,
                "backup_user_id": self.user_quality.id,
            }
        )
        complaint = self._complaint(user_id=False, channel_id=channel.id)
        self.assertEqual(complaint.response_user_id, self.user_service)
        self.assertEqual(complaint.next_user_id, self.user_service, "nobody else is known")
        self._go(self.user_service)
        complaint.invalidate_recordset(["response_user_id"])
        self.assertEqual(complaint.response_user_id, self.user_quality)
        channel.write({"user_id": False, "backup_user_id": False})
        complaint.invalidate_recordset(["response_user_id"])
        self.assertEqual(complaint.response_user_id, self.user_manager, "the team leader")
        complaint.user_id = self.user_sales
        self.assertEqual(complaint.response_user_id, self.user_sales)
        self.assertEqual(complaint.next_user_id, self.user_sales)

    def test_out_of_office_costs_no_query_per_record(self):
        """Absences are read with the people of the whole batch."""

        def count(number):
            complaints = self.env["complaint.complaint"].create(
                [
                    self._prepare_complaint_vals(category_id=self.category_quality.id)
                    for _index in range(number)
                ]
            )
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            complaints._fetch_people()
            for complaint in complaints:
                complaint._find_function_user("purchasing")
                complaint._find_function_user("coordinator", strict=True)
            return self.env.cr.sql_log_count - before

        with freeze_time("2026-03-02 09:00:00"):
            self._go(self.user_purchasing)
            count(1)
            self.assertNoQueryEach(count(1), count(10), further=9)

    def test_last_resort_is_somebody_who_is_there(self):
        """Whoever asks, and in whatever context: nobody is found who left."""
        group = self.env.ref("complaint_management.group_complaint_manager")
        managers = self.env["res.users"].search([("all_group_ids", "in", group.ids)])
        (managers - self.user_manager - self.env.ref("base.user_admin")).active = False
        self.user_manager.active = False
        team = self.env["complaint.team"].with_context(active_test=False)
        self.assertTrue(team._get_last_resort(self.company).active)
