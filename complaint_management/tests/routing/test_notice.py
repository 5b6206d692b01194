from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ...models.routing.complaint_event import EVENTS, WAYS
from .common import TellingCommon


@tagged("post_install", "-at_install")
class TestNotice(TellingCommon):
    """Who is told at which event is a table people edit (R21, R24, R26, R64)."""

    def setUp(self):
        super().setUp()
        self.complaint = self._bare_complaint(severity="major")
        self.env.flush_all()
        self._no_notices()
        self._mails(self.complaint).unlink()
        self.toasts.clear()

    def _announce(self, event="resolved", complaint=None, **kwargs):
        complaint = complaint or self.complaint
        complaint.with_user(self.user_sales)._announce(event, **kwargs)
        self.env.flush_all()

    # ------------------------------------------------------------
    # The table decides
    # ------------------------------------------------------------
    def test_row_decides(self):
        self._announce()
        self.assertFalse(self._told())
        notice = self._notice("resolved", "purchasing", "toast")
        self._announce()
        self.assertEqual(self._told(), [self.user_purchasing])
        notice.recipient = "quality"
        self._announce()
        self.assertEqual(self._told()[1:], [self.user_quality])
        notice.active = False
        self._announce()
        notice.active = True
        notice.unlink()
        self._announce()
        self.assertEqual(len(self.toasts), 2)

    def test_other_event_tells_nobody(self):
        self._notice("closed", "quality", "toast")
        self._announce("resolved")
        self.assertFalse(self._told())
        with self.assertRaises(ValueError):
            self._announce("no_such_event")

    def test_every_role_finds_its_people(self):
        complaint = self.complaint
        complaint.user_id = self.user_sales2
        complaint.lead_user_id = self.user_quality
        self._action(complaint, self.user_contributor)
        self.team.message_subscribe(self.user_stock.partner_id.ids)
        self.toasts.clear()
        expected = {
            "addressed": self.user_admin,
            "salesperson": self.user_sales2,
            "lead": self.user_quality,
            "owner": self.user_contributor,
            "leader": self.user_manager,
            "members": self.team.member_ids - self.user_sales,
            "followers": self.user_stock,
            "coordinator": self.user_service,
            "management": self.user_leadership,
        }
        for recipient, users in expected.items():
            with self.subTest(recipient=recipient):
                notice = self._notice("resolved", recipient, "toast")
                self._announce(people={complaint: self.user_admin})
                self.assertCountEqual(self._told(), list(users))
                notice.unlink()
                self.toasts.clear()

    def test_whoever_recorded_it(self):
        complaint = self._complaint(user=self.user_service)
        self._notice("submitted", "registrar", "toast")
        self._announce("submitted", complaint)
        self.assertEqual(self._told(), [self.user_service])

    def test_severity_and_category(self):
        minor = self._bare_complaint(severity="minor")
        self._notice("resolved", "quality", "toast", severity="not_minor")
        other = self._notice("resolved", "quality", "toast")
        other.category_ids = self.category_simple
        self.toasts.clear()
        self._announce(complaint=minor)
        self.assertFalse(self._told())
        self._announce(complaint=self.complaint | minor)
        self.assertEqual(self._told(self.complaint.name), [self.user_quality])
        self.assertFalse(self._told(minor.name))
        other.category_ids |= self.category_quality
        self._announce(complaint=minor)
        self.assertEqual(self._told(minor.name), [self.user_quality])

    def test_other_team_and_company(self):
        company = self._second_company()
        team = self.env["complaint.team"].create({"name": "Other"})
        self._notice("resolved", "quality", "toast", team_id=team.id)
        self._notice("resolved", "quality", "toast", company_id=company.id)
        self._announce()
        self.assertFalse(self._told())
        self._notice("resolved", "quality", "toast", company_id=self.company.id)
        self._announce()
        self.assertEqual(self._told(), [self.user_quality])

    def test_people_of_another_company_are_not_told(self):
        self._second_company()
        self.user_quality.write(
            {"company_ids": [(6, 0, self.company_2.ids)], "company_id": self.company_2.id}
        )
        self._notice("resolved", "quality", "toast")
        self._announce()
        self.assertFalse(self._told())

    # ------------------------------------------------------------
    # Never told
    # ------------------------------------------------------------
    def test_never_told(self):
        self._notice("resolved", "addressed", "toast", "mail", "inbox", "activity", "digest")
        self.user_contributor.active = False
        people = self.user_sales | self.user_contributor | self.user_portal
        self.complaint.concerned_user_ids = self.user_purchasing
        self.toasts.clear()
        mails, activities = self._mails(self.complaint), self.complaint.activity_ids
        self._announce(people={self.complaint: people | self.user_purchasing})
        self.assertFalse(self._told())
        self.assertEqual(self._mails(self.complaint), mails)
        self.assertEqual(self.complaint.activity_ids, activities)
        self.assertFalse(self.env["complaint.digest.item"].search([]))

    def test_backup_of_somebody_out_of_office_is_told_as_well(self):
        row = self.team.function_ids.filtered(lambda f: f.function == "purchasing")
        row.backup_user_id = self.user_contributor
        self._notice("resolved", "purchasing", "toast")
        self._announce()
        self.assertEqual(self._told(), [self.user_purchasing])
        self.user_purchasing.out_of_office_from = fields.Datetime.now() - timedelta(hours=1)
        self.toasts.clear()
        self._announce()
        self.assertCountEqual(self._told(), [self.user_purchasing, self.user_contributor])

    def test_backup_where_there_is_no_holder(self):
        row = self.team.function_ids.filtered(lambda f: f.function == "purchasing")
        row.write({"user_id": False, "backup_user_id": self.user_contributor.id})
        self._notice("resolved", "purchasing", "toast")
        self._announce()
        self.assertEqual(self._told(), [self.user_contributor])

    # ------------------------------------------------------------
    # Once
    # ------------------------------------------------------------
    def test_nobody_is_told_twice(self):
        self._notice("resolved", "quality", "toast", "mail")
        self._notice("resolved", "lead", "toast", "mail")
        self._notice("resolved", "addressed", "toast", "mail")
        self.assertEqual(self.complaint.lead_user_id, self.user_quality)
        self._announce(people={self.complaint: self.user_quality})
        self.assertEqual(self._told(), [self.user_quality])
        mails = self._mails(self.complaint)
        self.assertEqual(
            len(mails.filtered(lambda m: m.recipient_ids == self.user_quality.partner_id)), 1
        )

    def test_mail_and_inbox_are_one_mail_for_who_reads_by_mail(self):
        self.user_quality.notification_type = "email"
        self._notice("resolved", "quality", "mail", "inbox")
        self._announce()
        self.assertEqual(len(self._mails(self.complaint)), 1)

    def test_digest_holds_back_the_rest(self):
        self._notice("resolved", "lead", "toast", "mail", "inbox", "activity")
        self._notice("resolved", "quality", "digest")
        before = self.complaint.activity_ids
        self._announce()
        self.assertFalse(self._told())
        self.assertFalse(self._mails(self.complaint))
        item = self.env["complaint.digest.item"].search([])
        self.assertEqual((item.user_id, item.event), (self.user_quality, "resolved"))
        self.assertEqual((self.complaint.activity_ids - before).user_id, self.user_quality)

    # ------------------------------------------------------------
    # Ways
    # ------------------------------------------------------------
    def test_every_way_can_be_told(self):
        for way in WAYS:
            with self.subTest(way=way):
                self.assertTrue(hasattr(self.complaint, f"_tell_by_{way}"))
                self.assertIn(f"by_{way}", self.env["complaint.notice"]._fields)

    def test_activity_closes_with_the_complaint(self):
        self._notice("warning", "quality", "activity")
        before = self.complaint.activity_ids
        self._announce("warning", text=lambda complaints, env: "The plan is due")
        activity = self.complaint.activity_ids - before
        self.assertEqual(activity.user_id, self.user_quality)
        self.assertEqual(activity.complaint_until, "close")
        self.assertIn("The plan is due", activity.note)
        self.assertFalse(self.complaint.action_ids)

    def test_inbox(self):
        self.user_manager.notification_type = "email"
        self._notice("warning", "quality", "inbox")
        self._notice("warning", "sales_manager", "inbox")
        self._announce("warning", text=lambda complaints, env: "<b>Due</b>")
        note = self.env["mail.notification"].search(
            [
                ("res_partner_id", "=", self.user_quality.partner_id.id),
                ("mail_message_id.model", "=", self.complaint._name),
                ("mail_message_id.res_id", "=", self.complaint.id),
                ("mail_message_id.message_type", "=", "user_notification"),
            ]
        )
        self.assertEqual(note.notification_type, "inbox")
        self.assertIn("&lt;b&gt;Due", note.mail_message_id.body)
        # Whoever handles notifications by mail gets a mail
        self.assertEqual(self._mails(self.complaint).recipient_ids, self.user_manager.partner_id)

    def test_mail_says_what_happened(self):
        self._notice("escalation", "quality", "mail")
        self._announce("escalation", text=lambda complaints, env: "The plan is 2 days late")
        mail = self._mails(self.complaint)
        self.assertIn("The plan is 2 days late", mail.subject)
        self.assertIn("The plan is 2 days late", mail.body_html)

    def test_subject_names_the_complaint_once(self):
        self._notice("escalation", "quality", "mail")
        name = self.complaint.name
        self._announce(
            "escalation", text=lambda complaints, env: f"{complaints.display_name} · late"
        )
        [subject] = self._mails(self.complaint).mapped("subject")
        self.assertTrue(subject.startswith(f"{name}: "), subject)
        self.assertEqual(subject.count(name), 1)

    def test_text_speaks_each_readers_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.user_quality.lang = "fr_FR"
        self._notice("warning", "quality", "toast")
        self._notice("warning", "purchasing", "toast")

        def text(complaints, env):
            self.assertEqual(complaints.env.lang, env.lang)
            return f"{env.lang} {env.context['complaint_reader'].login}"

        self._announce("warning", text=text)
        said = {target.user_ids: message["message"] for target, message in self.toasts}
        self.assertIn("fr_FR", said[self.user_quality])
        self.assertIn("en_US", said[self.user_purchasing])

    def test_long_lists_are_cut(self):
        complaints = self.complaint
        for _index in range(6):
            complaints |= self._complaint()
        self._notice("resolved", "quality", "toast")
        self._announce(complaint=complaints)
        self.assertIn("2 more", self.toasts[0][1]["message"])

    def test_telling_many_costs_no_query_each(self):
        self._notice("resolved", "quality", "toast", "inbox", "activity")
        self._notice("resolved", "purchasing", "digest")
        complaints = self.complaint
        for _index in range(10):
            complaints |= self._bare_complaint(severity="major")

        def count(records):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            records._announce("resolved")
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        count(complaints[0])
        one, ten = count(complaints[0]), count(complaints[1:])
        # Core's own activities and messages aside, nothing grows with the complaints.
        self.assertLessEqual((ten - one) / 9, 2)

    # ------------------------------------------------------------
    # Configuration
    # ------------------------------------------------------------
    def test_only_administrators_configure(self):
        notice = self._notice("resolved", "quality", "toast")
        notice.with_user(self.user_admin).by_mail = True
        with self.assertRaises(AccessError):
            notice.with_user(self.user_manager).by_mail = False
        with self.assertRaises(AccessError):
            notice.with_user(self.user_sales).read(["event"])

    def test_only_mails_for_colleagues(self):
        letter = self.env.ref("complaint_management.mail_template_acknowledgement")
        with self.assertRaises(ValidationError):
            self._notice("resolved", "quality", "mail", mail_template_id=letter.id)

    def test_mails_for_colleagues_never_leave(self):
        template = self.env.ref("complaint_management.mail_template_plan")
        composer = self.env["mail.compose.message"].with_user(self.user_sales)
        composer = composer.with_context(
            default_model=self.complaint._name,
            default_res_ids=self.complaint.ids,
            default_composition_mode="comment",
            default_template_id=template.id,
        ).create({"partner_ids": [(6, 0, self.contact.ids)]})
        with self.assertRaisesRegex(UserError, "colleagues only"):
            composer._action_send_mail()
        composer.partner_ids = self.user_quality.partner_id
        composer._action_send_mail()

    def test_every_event_ships_with_a_row(self):
        notices = self.env["complaint.notice"].with_context(active_test=False).search([])
        shipped = notices.filtered(lambda n: n.get_external_id()[n.id])
        self.assertFalse({event for event, _label in EVENTS} - set(shipped.mapped("event")))
        self.assertFalse(shipped.company_id)
