from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .fixtures import SecurityCommon

MONEY_AND_OPINION = ("demand_ids", "report_ids", "assessment", "claimed_amount", "person_concerned")


@tagged("post_install", "-at_install")
class TestRoles(SecurityCommon):
    """What each role is for, in the words of R60."""

    def _visible(self, user, model="complaint.complaint"):
        ids = [case[model].id for case in self.cases.values()]
        return self.env[model].with_user(user).search([("id", "in", ids)])

    def _complaint_of(self, case, user):
        return self.cases[case]["complaint.complaint"].with_user(user)

    # ------------------------------------------------------------
    # Contributor
    # ------------------------------------------------------------
    def test_contributor_sees_only_where_he_has_an_action(self):
        self.assertEqual(
            self._visible(self.user_contributor).ids,
            self.cases["own"]["complaint.complaint"].ids,
        )
        self.assertEqual(
            self._visible(self.user_contributor, "complaint.action").ids,
            self.cases["own"]["complaint.action"].ids,
        )

    def test_contributor_reads_everything_else_of_the_form(self):
        complaint = self._complaint_of("own", self.user_contributor)
        values = complaint.read()[0]
        self.assertEqual(values["id"], complaint.id)
        for name in MONEY_AND_OPINION:
            self.assertNotIn(name, values)

    def test_contributor_sees_no_money(self):
        complaint = self._complaint_of("own", self.user_contributor)
        for name in MONEY_AND_OPINION:
            with self.subTest(field=name):
                with self.assertRaises(AccessError):
                    complaint.read([name])
                with self.assertRaises(AccessError):
                    complaint.search([(name, "!=", False)])
        for model in ("complaint.demand", "complaint.report", "complaint.report.section"):
            with self.subTest(model=model), self.assertRaises(AccessError):
                self.env[model].with_user(self.user_contributor).search([])

    def test_contributor_changes_nothing_of_the_complaint(self):
        complaint = self._complaint_of("own", self.user_contributor)
        with self.assertRaises(AccessError):
            complaint.write({"description": "Nothing happened"})
        with self.assertRaises(AccessError):
            complaint.create({"description": "Mine"})

    def test_nobody_is_let_in_by_moving_his_action(self):
        action = self.cases["own"]["complaint.action"].with_user(self.user_contributor)
        with self.assertRaises(UserError):
            action.write({"complaint_id": self.cases["other"]["complaint.complaint"].id})

    def test_every_employee_is_a_contributor(self):
        self.assertTrue(
            self.user_stock.has_group("complaint_management.group_complaint_contributor")
        )
        self.assertFalse(self._visible(self.user_stock))
        self.cases["other"]["complaint.action"].user_id = self.user_stock
        self.assertEqual(
            self._visible(self.user_stock), self._complaint_of("other", self.user_stock)
        )

    # ------------------------------------------------------------
    # User
    # ------------------------------------------------------------
    def test_user_sees_his_own(self):
        self.assertEqual(
            self._visible(self.user_sales),
            self._complaint_of("draft", self.user_sales)
            + self._complaint_of("own", self.user_sales),
        )

    def test_each_link_opens_the_complaint_to_a_user(self):
        complaint = self.cases["other"]["complaint.complaint"]
        for name in ("user_id", "lead_user_id"):
            complaint[name] = self.user_sales
            self.assertTrue(complaint.with_user(self.user_sales).has_access("write"), name)
            complaint[name] = self.user_sales2
            self.assertFalse(complaint.with_user(self.user_sales).has_access("read"), name)
        created = self._complaint(user=self.user_sales, user_id=self.user_sales2.id)
        self.assertTrue(created.has_access("write"))

    def test_user_with_an_action_reads_but_writes_only_that(self):
        records = self.cases["other"]
        records["complaint.action"].user_id = self.user_sales
        complaint = records["complaint.complaint"].with_user(self.user_sales)
        self.assertEqual(complaint.demand_ids, records["complaint.demand"])
        self.assertTrue(complaint.has_access("read"))
        self.assertFalse(complaint.has_access("write"))
        self.assertFalse(complaint.demand_ids.has_access("write"))
        self.assertTrue(records["complaint.action"].with_user(self.user_sales).has_access("write"))

    def test_user_reads_no_operator_and_no_penalty(self):
        cause = self.cases["own"]["complaint.cause"].with_user(self.user_sales)
        self.assertEqual(cause.name, "Bad film")
        for name in ("operator_name", "penalty"):
            with self.assertRaises(AccessError):
                cause.read([name])
        for user in (self.user_quality, self.user_manager, self.user_leadership):
            self.assertEqual(cause.with_user(user).operator_name, "Somebody")

    def test_user_reads_the_lots_of_his_lines(self):
        """Salespeople may not open stock; the lots of their complaints they may."""
        lot = self._lot(self._product("lot"), "LOT-1")
        line = self.cases["own"]["complaint.line"]
        line.lot_ids = lot
        self.assertEqual(line.with_user(self.user_sales).lot_ids.name, "LOT-1")
        self.assertEqual(line.with_user(self.user_quality).lot_ids.name, "LOT-1")

    # ------------------------------------------------------------
    # Above
    # ------------------------------------------------------------
    def test_service_sees_the_team(self):
        self.assertEqual(len(self._visible(self.user_service)), 3)
        for case in self.cases.values():
            case["complaint.complaint"].coordinator_user_id = False
        self.team.member_ids -= self.user_service
        self.assertFalse(self._visible(self.user_service))
        self.team.user_id = self.user_service
        self.assertEqual(len(self._visible(self.user_service)), 3)

    def test_quality_and_manager_see_the_company(self):
        self.team.member_ids = False
        self.team.user_id = False
        for user in (self.user_quality, self.user_manager):
            self.assertEqual(len(self._visible(user)), 3)
            self.assertTrue(self._visible(user).has_access("write"))

    def test_leadership_reads_all_and_writes_nothing(self):
        # Lines of a digest are nobody's: the mail of the day is. Raw mails are customer service's.
        others = ("complaint.digest.item", "complaint.mail.kept")
        parts = {m: r for m, r in self.cases["other"].items() if m not in others}
        for model, record in parts.items():
            record = record.with_user(self.user_leadership)
            with self.subTest(model=model):
                self.assertTrue(record.read())
                for operation in ("write", "create", "unlink"):
                    self.assertFalse(record.has_access(operation), operation)

    def test_leadership_comments(self):
        complaint = self._complaint_of("other", self.user_leadership)
        message = complaint.message_post(body="Visit them this week", subtype_xmlid="mail.mt_note")
        self.assertEqual(message.author_id, self.user_leadership.partner_id)

    def test_sales_roles_bring_ours(self):
        """Install, open an order, press the button: nobody hands out groups first."""
        salesman = self.env.ref("sales_team.group_sale_salesman")
        manager = self.env.ref("sales_team.group_sale_manager")
        names = {
            group: self.env.ref(f"complaint_management.group_complaint_{group}")
            for group in ("contributor", "user", "quality", "manager", "admin")
        }
        self.assertIn(names["user"], salesman.all_implied_ids)
        self.assertNotIn(names["quality"], salesman.all_implied_ids)
        self.assertIn(names["manager"], manager.all_implied_ids)
        self.assertNotIn(names["admin"], manager.all_implied_ids)
        self.assertNotIn(self.env.ref("base.group_system"), names["admin"].all_implied_ids)
        self.assertNotIn(salesman, names["admin"].all_implied_ids)

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_nobody_deletes_a_registered_complaint(self):
        for role in ("sales", "service", "quality", "manager", "admin"):
            complaint = self._complaint_of("own", getattr(self, f"user_{role}"))
            with self.subTest(role=role), self.assertRaises(UserError):
                complaint.unlink()
        with self.assertRaises(UserError):
            self.cases["own"]["complaint.complaint"].sudo().unlink()
        self._complaint_of("draft", self.user_sales).unlink()

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_what_the_customer_said_stays_after_registration(self):
        for model in ("complaint.line", "complaint.demand", "complaint.evidence"):
            for record in (
                self.cases["own"][model].with_user(self.user_admin),
                self.cases["own"][model].sudo(),
            ):
                with self.subTest(model=model), self.assertRaises(UserError):
                    record.unlink()
            self.cases["draft"][model].with_user(self.user_sales).unlink()
