from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ...models.complaint.complaint_lifecycle import TRANSITIONS
from ..common import ComplaintCommon

# A legal way into each state, as verbs with what they need.
PATHS = {
    "draft": (),
    "submitted": ("submit",),
    "registered": ("register",),
    "planned": ("register", "release"),
    "executing": ("register", "release", "execute"),
    "resolved": ("register", "resolve"),
    "closed": ("register", "resolve", "close"),
    "cancelled": ("cancel",),
}
ARGUMENTS = {
    "close": ("accepted",),
    "cancel": ("Entered twice",),
    "object": ("Not good enough",),
    "reopen": ("It happened again",),
}


# They take two complaints: tests/sameness looks after them.
SAMENESS_VERBS = ("same_case", "redraft")


@tagged("post_install", "-at_install")
class TestLifecycle(ComplaintCommon):
    """Every legal transition happens, every other is refused and changes nothing (T16)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # An owner besides the lead, so that a released plan waits for objections.
        cls.category_simple.lead_function = "quality"

    def _press(self, complaint, verb):
        return getattr(complaint, f"action_{verb}")(*ARGUMENTS.get(verb, ()))

    def _complaint_in(self, state):
        """A complaint of a simple category walked into ``state`` by its verbs."""
        self.team.requires_review = state == "submitted"
        complaint = self._complaint(
            user=self.user_sales, category_id=self.category_simple.id, team_id=self.team.id
        )
        for verb in PATHS[state]:
            if verb == "release":
                complaint.sudo().plan_summary = "We look at the invoice"
                self._add_foreign_action(complaint)
            user = self.user_sales if verb in ("submit", "cancel") else self.user_manager
            self._press(complaint.with_user(user), verb)
        self.assertEqual(complaint.state, state)
        return complaint.with_user(self.user_manager)

    def _add_foreign_action(self, complaint):
        self.env["complaint.action"].create(
            {
                "complaint_id": complaint.id,
                "name": "Check the price list",
                "kind": "preventive",
                "user_id": self.user_purchasing.id,
                "deadline": "2099-01-01",
            }
        )

    def test_every_pair_of_state_and_verb(self):
        for state in PATHS:
            for verb, (sources, target) in TRANSITIONS.items():
                if verb in SAMENESS_VERBS:
                    continue
                with self.subTest(state=state, verb=verb):
                    complaint = self._complaint_in(state)
                    if verb == "submit":
                        self.team.requires_review = True
                        complaint = complaint.with_user(self.user_sales)
                    if state not in ("closed", "cancelled"):
                        complaint.sudo().plan_summary = "A plan"
                    if state in sources:
                        if verb == "release":
                            self._add_foreign_action(complaint)
                        self._press(complaint, verb)
                        self.assertEqual(complaint.state, target)
                        continue
                    with self.assertRaises(UserError):
                        self._press(complaint, verb)
                    self.assertEqual(complaint.state, state)

    def test_state_is_written_by_nobody(self):
        complaint = self._complaint_in("registered")
        for user in (self.user_sales, self.user_manager, self.user_admin):
            with self.subTest(user=user.login), self.assertRaises(UserError):
                complaint.with_user(user).write({"state": "closed"})
        with self.assertRaises(UserError):
            complaint.sudo().write({"state": "closed"})
        with self.assertRaises(UserError):
            complaint.with_context(complaint_transition=True).write({"state": "closed"})
        self.assertEqual(complaint.state, "registered")

    def test_dates_are_stamped_by_verbs_only(self):
        complaint = self._complaint_in("registered")
        self.assertTrue(complaint.date_registered)
        self.assertFalse(complaint.date_resolved)
        with self.assertRaises(UserError):
            complaint.write({"date_registered": "2020-01-01 00:00:00"})
        complaint.action_resolve()
        self.assertTrue(complaint.date_resolved)
        self.assertTrue(complaint.date_handled)

    def test_create_starts_as_draft(self):
        with self.assertRaises(UserError):
            self._complaint(user=self.user_sales, state="registered")
        with self.assertRaises(UserError):
            self._complaint(user=self.user_manager, date_closed="2020-01-01 00:00:00")

    def test_administrator_imports_the_past(self):
        before = self.env["mail.mail"].search_count([])
        complaint = self._complaint(
            user=self.user_admin,
            state="closed",
            date_received="2020-01-01 00:00:00",
            date_closed="2020-02-01 00:00:00",
            outcome="accepted",
        )
        self.assertEqual((complaint.state, complaint.round), ("closed", 1))
        self.assertIn("Imported", complaint.message_ids.mapped("body")[0])
        self.assertFalse(complaint.activity_ids)
        self.assertEqual(self.env["mail.mail"].search_count([]), before)

    def test_import_without_a_past_by_a_user(self):
        complaint = self._complaint(user=self.user_sales, state="draft", version=1)
        self.assertEqual(complaint.state, "draft")

    def test_review(self):
        self.team.requires_review = True
        complaint = self._complaint(
            user=self.user_sales, category_id=self.category_simple.id, team_id=self.team.id
        )
        self.assertFalse(complaint.can_register)
        self.assertTrue(complaint.can_submit)
        with self.assertRaisesRegex(AccessError, "Submit"):
            complaint.action_register()
        complaint.action_submit()
        complaint = complaint.with_user(self.user_service)
        self.assertTrue(complaint.can_register)
        complaint.action_register()
        self.assertEqual(complaint.state, "registered")

    def test_only_lead_and_quality_release(self):
        complaint = self._complaint_in("registered")
        complaint.plan_summary = "A plan"
        complaint.lead_user_id = self.user_quality
        sales = complaint.with_user(self.user_sales)
        self.assertFalse(sales.can_release)
        with self.assertRaises(AccessError):
            sales.action_release()
        complaint.lead_user_id = self.user_sales
        sales.action_release()
        self.assertIn(complaint.state, ("planned", "executing"))

    def test_simple_case_in_one_press(self):
        complaint = self._complaint_in("registered").with_user(self.user_sales)
        complaint.action_resolve()
        self.assertEqual(complaint.state, "resolved")

    def test_unknown_outcome(self):
        complaint = self._complaint_in("resolved")
        with self.assertRaises(UserError):
            complaint.action_close("whatever")
        self.assertEqual(complaint.state, "resolved")

    def test_registered_is_never_deleted(self):
        complaint = self._complaint_in("registered")
        with self.assertRaises(UserError):
            complaint.with_user(self.user_admin).unlink()
        with self.assertRaises(UserError):
            complaint.sudo().unlink()
        draft = self._complaint_in("draft").with_user(self.user_admin)
        draft.unlink()
        self.assertFalse(draft.exists())

    def test_archiving_hides_no_open_case(self):
        complaint = self._complaint_in("registered")
        with self.assertRaises(UserError):
            complaint.action_archive()
        closed = self._complaint_in("closed")
        closed.action_archive()
        self.assertFalse(closed.active)

    def test_number_and_company_stay(self):
        complaint = self._complaint_in("registered").with_user(self.user_admin)
        with self.assertRaises(UserError):
            complaint.name = "FAKE/1"
        with self.assertRaises(UserError):
            complaint.sudo().write(
                {"company_id": self._second_company().id, "team_id": False, "user_id": False}
            )

    def test_another_team_avoids_no_review(self):
        self.team.requires_review = True
        other = self.env["complaint.team"].create({"name": "No review"})
        complaint = self._complaint(
            user=self.user_sales, category_id=self.category_simple.id, team_id=other.id
        )
        with self.assertRaises(AccessError):
            complaint.action_register()

    def test_nobody_makes_himself_the_lead(self):
        complaint = self._complaint_in("registered").with_user(self.user_sales)
        with self.assertRaises(AccessError):
            complaint.lead_user_id = self.user_sales
        with self.assertRaises(AccessError):
            self._complaint(user=self.user_sales, lead_user_id=self.user_sales.id)
        forged = self.env["complaint.complaint"].with_user(self.user_sales)
        with self.assertRaises(AccessError):
            forged.with_context(default_lead_user_id=self.user_sales.id).create({})
        self.assertFalse(complaint.copy().lead_user_id)
        complaint.sudo().lead_user_id = self.user_sales
        complaint.lead_user_id = self.user_sales2
        self.assertEqual(complaint.lead_user_id, self.user_sales2)
