from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from .fixtures import SecurityCommon

SECRET = "The supplier admits it"


@tagged("post_install", "-at_install")
class TestActivityRights(SecurityCommon):
    """Instructions are in activities: a contributor reads his own, no colleague's (R60, T3)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        complaint = cls.cases["own"]["complaint.complaint"]
        cls.own = cls.cases["own"]["complaint.action"].activity_id
        cls.foreign = (
            cls.env["complaint.action"]
            .create(
                {
                    "complaint_id": complaint.id,
                    "name": SECRET,
                    "description": SECRET,
                    "user_id": cls.user_purchasing.id,
                    # The first activity of the list: what related fields show
                    "deadline": "2020-01-01",
                }
            )
            .activity_id
        )
        cls.plain = complaint.activity_schedule(
            "mail.mail_activity_data_todo", note=SECRET, user_id=cls.user_sales.id
        )
        cls.both = cls.own + cls.foreign + cls.plain
        cls.env.flush_all()

    def setUp(self):
        super().setUp()
        self.env.invalidate_all()

    def _own_complaint(self, user):
        return self.cases["own"]["complaint.complaint"].with_user(user)

    # ------------------------------------------------------------
    # Activities themselves
    # ------------------------------------------------------------
    def test_contributor_finds_his_own(self):
        activities = self.env["mail.activity"].with_user(self.user_contributor)
        domain = [("id", "in", self.both.ids)]
        self.assertEqual(activities.search(domain).ids, self.own.ids)
        self.assertEqual(activities.search_count(domain), 1)
        self.assertEqual([r["id"] for r in activities.search_read(domain, ["note"])], self.own.ids)
        self.assertEqual(activities.formatted_read_group(domain, [], ["__count"])[0]["__count"], 1)
        self.assertEqual([row[0] for row in activities.name_search("", domain)], self.own.ids)
        self.assertFalse(
            activities.with_context(active_test=False).search([("note", "ilike", SECRET)])
        )

    def test_contributor_reads_and_changes_his_own(self):
        for activity in self.foreign + self.plain:
            activity = activity.with_user(self.user_contributor)
            with self.assertRaises(AccessError):
                activity.read(["summary", "note"])
            for values in ({"note": "Never mind"}, {"active": False}, {"user_id": False}):
                with self.assertRaises(AccessError):
                    activity.write(values)
            with self.assertRaises(AccessError):
                activity.unlink()
        own = self.own.with_user(self.user_contributor)
        self.assertTrue(own.read(["summary", "note"]))
        own.write({"note": "Half done"})

    def test_archived_ones_stay_closed(self):
        self.plain.action_feedback(feedback=SECRET)
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            self.plain.with_user(self.user_contributor).read(["feedback"])

    def test_activities_of_other_documents_are_as_before(self):
        activity = self.customer.activity_schedule(
            "mail.mail_activity_data_todo", note="Call", user_id=self.user_sales.id
        )
        self.user_contributor.group_ids += self.env.ref("base.group_partner_manager")
        self.env.invalidate_all()
        activity = activity.with_user(self.user_contributor)
        self.assertEqual(activity.search([("id", "=", activity.id)]), activity)
        self.assertTrue(activity.read(["note"]))

    def test_those_inside_read_all(self):
        for user in (self.user_sales, self.user_quality, self.user_leadership):
            with self.subTest(user=user.name):
                activities = self.both.with_user(user)
                self.assertEqual(activities.search([("id", "in", self.both.ids)]), activities)
                self.assertTrue(activities.read(["note"]))
                self.assertEqual(self._own_complaint(user).activity_ids & activities, activities)

    def test_list_of_the_activity_view(self):
        data = (
            self.env["mail.activity"]
            .with_user(self.user_contributor)
            .get_activity_data("complaint.complaint", [], fetch_done=True)
        )
        self.assertIn(self.own.summary, str(data["grouped_activities"]))
        self.assertNotIn(SECRET, str(data))

    # ------------------------------------------------------------
    # By way of the complaint
    # ------------------------------------------------------------
    def test_complaint_shows_his_own(self):
        complaint = self._own_complaint(self.user_contributor)
        self.assertEqual(complaint.activity_ids.ids, self.own.ids)
        self.assertEqual(complaint.read(["activity_ids"])[0]["activity_ids"], self.own.ids)
        rows = complaint.web_read({"activity_ids": {"fields": {"note": {}, "summary": {}}}})
        self.assertEqual([row["id"] for row in rows[0]["activity_ids"]], self.own.ids)
        self.assertNotIn(SECRET, str(rows))

    def test_summary_fields_show_his_own(self):
        names = ["activity_summary", "activity_user_id", "activity_date_deadline", "activity_state"]
        values = self._own_complaint(self.user_contributor).read(names)[0]
        self.assertEqual(values["activity_summary"], self.own.summary)
        self.assertEqual(values["activity_user_id"][0], self.user_contributor.id)
        self.assertEqual(values["activity_date_deadline"], self.own.date_deadline)
        self.assertNotEqual(values["activity_state"], "overdue")

    def test_complaint_form_opens(self):
        form = Form(self._own_complaint(self.user_contributor))
        self.assertTrue(form.description)

    def test_searching_complaints_guesses_nothing(self):
        complaints = self.env["complaint.complaint"].with_user(self.user_contributor)
        for domain in (
            [("activity_ids.note", "ilike", SECRET)],
            [("activity_ids.summary", "ilike", SECRET)],
            [("activity_ids", "any", [("note", "ilike", SECRET)])],
            [("activity_ids", "any", [("user_id", "=", self.user_purchasing.id)])],
            [("activity_summary", "ilike", SECRET)],
            [("activity_user_id", "=", self.user_purchasing.id)],
            [("activity_date_deadline", "<", "2021-01-01")],
            [("activity_ids", "ilike", SECRET)],
            [("message_ids.body", "ilike", SECRET)],
        ):
            with self.subTest(domain=domain):
                self.assertFalse(complaints.search(domain))
        self.assertEqual(
            complaints.search([("activity_ids", "not any", [("note", "ilike", SECRET)])]),
            complaints.search([]),
        )
        self.assertTrue(complaints.search([("activity_ids.summary", "=", self.own.summary)]))
        self.assertTrue(complaints.search([("my_activity_date_deadline", "!=", False)]))
        inside = complaints.with_user(self.user_sales)
        self.assertTrue(inside.search([("activity_ids.note", "ilike", SECRET)]))
        self.assertTrue(inside.search([("activity_summary", "ilike", SECRET)]))
