from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import TellingCommon

TELLING = "odoo.addons.complaint_management.models.routing.complaint_telling"


@tagged("post_install", "-at_install")
class TestTelling(TellingCommon):
    """In-app by activity and toast, by e-mail one template mail per recipient (R21, R24, R26)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.complaint_acknowledge = False  # mails of colleagues only

    def _audience(self):
        return self.user_quality | self.user_purchasing | self.user_leadership | self.user_manager

    def test_registration_mails_everybody_once(self):
        complaint = self._registered_complaint(user=self.user_sales, severity="major")
        mails = self._mails(complaint)
        self.assertEqual(mails.recipient_ids, self._audience().partner_id)
        self.assertEqual(len(mails), 4)
        for mail in mails:
            self.assertEqual(len(mail.recipient_ids), 1)
            self.assertFalse(mail.email_to)
            self.assertEqual(mail.state, "outgoing")
            self.assertIn(complaint.name, mail.subject)
            self.assertIn(
                f"/mail/view?model=complaint.complaint&amp;res_id={complaint.id}", mail.body_html
            )
        mine = mails.filtered(lambda m: m.recipient_ids == self.user_purchasing.partner_id)
        self.assertIn("Are material, carrier or supplier concerned?", mine.body_html)
        self.assertNotIn("Approve cause", mine.body_html)

    def test_registration_shows_a_toast(self):
        complaint = self._registered_complaint(user=self.user_sales, severity="critical")
        self.assertCountEqual(self._told("New complaint"), self._audience())
        self.assertCountEqual(self._told(f"New complaint: {complaint.name}"), self._audience())

    def test_acting_user_is_not_told(self):
        complaint = self._registered_complaint(user=self.user_manager, severity="major")
        self.assertNotIn(self.user_manager.partner_id, self._mails(complaint).recipient_ids)
        self.assertIn(self.user_sales.partner_id, self._mails(complaint).recipient_ids)
        self.assertNotIn(self.user_manager, self._told())

    def test_minor_complaints_reach_managers_in_their_digest(self):
        complaint = self._registered_complaint(user=self.user_service, severity="minor")
        self.assertEqual(self._mails(complaint).recipient_ids, self.user_sales.partner_id)
        self.assertEqual(self._told(), [self.user_sales])
        items = self.env["complaint.digest.item"].search([("complaint_id", "=", complaint.id)])
        self.assertCountEqual(items.mapped("user_id"), self._audience())
        self.assertEqual(len(items), 4)

    def test_customer_never_gets_an_internal_mail(self):
        template = self.env.ref("complaint_management.mail_template_registration")
        template.write({"use_default_to": True, "email_to": "customer@example.com"})
        complaint = self._registered_complaint(user=self.user_sales, severity="major")
        mails = self._mails(complaint)
        outsiders = self.customer | self.contact
        self.assertFalse(mails.recipient_ids & outsiders)
        self.assertFalse(any(mail.email_to or mail.email_cc for mail in mails))

    def test_broken_template_stops_nothing(self):
        """A mail somebody edited to pieces is replaced by the short one; the case goes on."""
        template = self.env.ref("complaint_management.mail_template_registration")
        template.with_context(lang=None).body_html = '<p t-out="object.no_such_field"/>'
        with mute_logger("odoo.addons.mail.models.mail_render_mixin", TELLING):
            complaint = self._registered_complaint(user=self.user_sales, severity="major")
        mails = self._mails(complaint)
        self.assertEqual(complaint.state, "registered")
        self.assertEqual(mails.recipient_ids, self._audience().partner_id)
        self.assertEqual(len(mails), 4)
        self.assertTrue(all(complaint.name in mail.body_html for mail in mails))

    def test_mail_speaks_its_readers_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        template = self.env.ref("complaint_management.mail_template_registration")
        template.with_context(lang="fr_FR").subject = "Réclamation {{ object.name }}"
        self.user_quality.lang = "fr_FR"
        complaint = self._registered_complaint(user=self.user_sales, severity="major")
        subjects = {mail.recipient_ids: mail.subject for mail in self._mails(complaint)}
        self.assertIn("Réclamation", subjects[self.user_quality.partner_id])
        self.assertNotIn("Réclamation", subjects[self.user_purchasing.partner_id])

    def test_deleted_template_and_missing_address(self):
        self.user_quality.email = False
        complaint = self._registered_complaint(user=self.user_sales, severity="major")
        self.assertNotIn(self.user_quality.partner_id, self._mails(complaint).recipient_ids)
        self.env.ref("complaint_management.mail_template_registration").unlink()
        complaint = self._registered_complaint(user=self.user_sales, severity="major")
        short = self._mails(complaint)
        self.assertTrue(short)
        self.assertIn("New complaint", short[0].body_html)
        self.env.ref("complaint_management.mail_template_notice").unlink()
        complaint = self._registered_complaint(user=self.user_sales, severity="major")
        self.assertFalse(self._mails(complaint))

    def test_mails_are_no_part_of_the_thread(self):
        complaint = self._registered_complaint(user=self.user_sales, severity="major")
        self.assertEqual(set(self._mails(complaint).mapped("message_type")), {"user_notification"})

    def test_release_tells_owners_and_preset_people(self):
        complaint, _actions = self._planned_complaint(
            self.user_purchasing, self.user_contributor, severity="major"
        )
        mails = self._mails(complaint).filtered(lambda m: "plan released" in m.subject)
        expected = (
            self.user_purchasing
            | self.user_contributor
            | self.user_manager  # sales manager
            | self.user_service  # coordinator
            | self.user_sales
        )
        self.assertEqual(mails.recipient_ids, expected.partner_id)
        self.assertIn("Action 1", mails[0].body_html)
        self.assertIn("silence is consent", mails[0].body_html)

    def test_followers_of_the_team_get_every_plan(self):
        self.team.message_subscribe(self.user_stock.partner_id.ids)
        complaint, _actions = self._planned_complaint(self.user_purchasing, severity="major")
        self.assertIn(self.user_stock.partner_id, self._mails(complaint).recipient_ids)

    def test_finished_action_tells_salesperson_and_sales_manager(self):
        complaint = self._bare_complaint(severity="major")
        first, second = self._action(complaint), self._action(complaint, name="Weigh it")
        self.env.flush_all()
        self.toasts.clear()
        before = self._mails(complaint)
        (first | second).with_user(self.user_quality).action_finish("Both fine")
        self.assertCountEqual(self._told(), [self.user_sales, self.user_manager])
        self.assertIn("Weigh it", self.toasts[0][1]["message"])
        notes = self.env["mail.notification"].search(
            [
                ("mail_message_id", "in", complaint.message_ids.ids),
                ("res_partner_id", "=", self.user_manager.partner_id.id),
                ("notification_type", "=", "inbox"),
            ]
        )
        self.assertEqual(len(notes.mail_message_id.filtered(lambda m: "Both fine" in m.body)), 2)
        self.assertEqual(self._mails(complaint), before)

    def test_new_owner_sees_a_toast(self):
        complaint = self._bare_complaint()
        self.toasts.clear()
        action = self._action(complaint).with_user(self.user_quality)
        self.assertEqual(self._told(), [self.user_purchasing])
        action.user_id = self.user_contributor
        self.assertEqual(self._told()[1:], [self.user_contributor])

    def test_moved_date_is_told(self):
        complaint = self._bare_complaint()
        action = self._action(complaint)
        self.toasts.clear()
        action.with_user(self.user_quality).deadline = "2099-01-31"
        self.assertEqual(self._told(), [self.user_purchasing])
        self.assertIn("2099", self.toasts[0][1]["message"])
        action.with_user(self.user_quality).description = "Nothing to tell about"
        self.assertEqual(len(self.toasts), 1)

    # ------------------------------------------------------------
    # Further occasions
    # ------------------------------------------------------------
    def test_answered_objection_sends_the_plan_as_changed(self):
        complaint, actions = self._planned_complaint(
            self.user_purchasing, self.user_contributor, severity="major"
        )
        self.toasts.clear()
        actions[0].with_user(self.user_purchasing).action_object("No supplier is concerned")
        self.assertEqual(self._told("No supplier is concerned"), [self.user_quality])
        self.toasts.clear()
        actions[0].with_user(self.user_quality).action_cancel()
        self.assertIn(self.user_contributor, self._told("Plan changed"))
        self.assertIn(self.user_sales, self._told("Plan changed"))
        subjects = self._mails(complaint).mapped("subject")
        self.assertTrue([subject for subject in subjects if "plan changed" in subject])

    def test_new_lead_and_the_one_before_are_told(self):
        complaint = self._bare_complaint(severity="major")
        self.toasts.clear()
        complaint.with_user(self.user_manager).lead_user_id = self.user_service
        self.assertCountEqual(
            self._told("is led by Service"),
            [self.user_quality, self.user_service, self.user_sales],
        )
        self.toasts.clear()
        complaint.with_user(self.user_manager).lead_user_id = self.user_service
        self.assertFalse(self._told())

    def test_customers_objection_and_the_end_are_told(self):
        complaint, _actions = self._planned_complaint(self.user_purchasing, severity="major")
        self.toasts.clear()
        complaint.with_user(self.user_sales).action_object("Still rusty")
        self.assertCountEqual(self._told("Still rusty"), [self.user_quality, self.user_manager])

    def test_review_is_announced_to_those_who_review(self):
        self.team.requires_review = True
        complaint = self._complaint(
            user=self.user_sales,
            team_id=self.team.id,
            category_id=self.category_simple.id,
            demand_ids=[(0, 0, {"kind": "credit"})],
        )
        complaint.action_submit()
        self.assertEqual(self._told("Submitted for review"), [self.user_service])

    def test_critical_is_told_once_at_registration_and_again_when_it_becomes_so(self):
        complaint = self._registered_complaint(user=self.user_sales, severity="critical")
        about = self._told("New complaint") + self._told("Critical complaint")
        self.assertCountEqual(about, set(about))
        self.assertIn(self.user_leadership, about)
        mails = self._mails(complaint).filtered(lambda m: m.subject.startswith("Critical!"))
        self.assertEqual(len(mails.recipient_ids), len(mails))
        later = self._registered_complaint(user=self.user_sales, severity="major")
        self.toasts.clear()
        later.with_user(self.user_quality).write(
            {"severity": "critical", "severity_reason": "Somebody was hurt"}
        )
        told = self._told("Critical complaint")
        self.assertCountEqual(told, set(told))
        self.assertIn(self.user_leadership, told)
