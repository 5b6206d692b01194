from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import TellingCommon


@tagged("post_install", "-at_install")
class TestDigest(TellingCommon):
    """One mail a day with what waited, exactly once, whatever fails meanwhile (R21, T14)."""

    def setUp(self):
        super().setUp()
        self.Item = self.env["complaint.digest.item"]
        self.complaint = self._bare_complaint(severity="major")
        self.Item.search([]).unlink()
        self._no_notices()
        self._notice("registered", "quality", "digest")
        self._notice("registered", "sales_manager", "digest")
        self._notice("closed", "quality", "digest")

    def _cron(self):
        before = self.env["mail.mail"].search([])
        with self.enter_registry_test_mode():
            self.env.ref("complaint_management.ir_cron_send_digests").method_direct_trigger()
        return self.env["mail.mail"].search([]) - before

    def _announce(self, event="registered", complaint=None, **kwargs):
        (complaint or self.complaint).with_user(self.user_sales)._announce(event, **kwargs)

    def test_one_mail_with_everything(self):
        other = self._complaint(description="Foreign body in the soup")
        self._announce(complaint=self.complaint | other)
        self._announce("closed", text=lambda complaints, env: "The customer is content")
        mails = self._cron()
        self.assertCountEqual(
            mails.mapped("recipient_ids"), (self.user_quality | self.user_manager).partner_id
        )
        self.assertEqual(len(mails), 2)
        mail = mails.filtered(lambda m: m.recipient_ids == self.user_quality.partner_id)
        body = mail.body_html
        self.assertFalse(mail.email_to)
        self.assertIn("3", mail.subject)
        self.assertIn(other.name, body)
        self.assertIn("The customer is content", body)
        self.assertLess(body.index("New complaint"), body.index("Closed"))
        self.assertFalse(self.Item.search([("date_sent", "=", False)]))

    def test_exactly_once(self):
        self._announce()
        self.assertEqual(len(self._cron()), 2)
        self.assertFalse(self._cron())
        self._announce("closed")
        mails = self._cron()
        self.assertEqual(mails.recipient_ids, self.user_quality.partner_id)
        self.assertNotIn("New complaint", mails.body_html)

    def test_nothing_waits_nothing_is_sent(self):
        self.assertFalse(self._cron())

    @mute_logger("odoo.addons.complaint_management.models.complaint.batches")
    def test_one_that_fails_stops_no_other_and_is_tried_again(self):
        self._announce()
        bad, send = self.user_quality, type(self.Item)._mail_digest

        def fail(items, user):
            result = send(items, user)
            if user == bad:
                raise ValueError("Broken")
            return result

        with patch.object(type(self.Item), "_mail_digest", fail):
            mails = self._cron()
        self.assertEqual(mails.recipient_ids, self.user_manager.partner_id)
        waiting = self.Item.search([("date_sent", "=", False)])
        self.assertEqual(waiting.user_id, bad)
        self.assertEqual(self._cron().recipient_ids, bad.partner_id)

    def test_batches_go_on_where_they_stopped(self):
        self._announce()
        stops = []

        def stop(_cron, processed=0, remaining=None, **_kwargs):
            if processed:
                stops.append(processed)
                return 0
            return 60

        with patch.object(type(self.env["ir.cron"]), "_commit_progress", stop):
            self.Item._cron_send_digests(batch_size=1)
            self.assertEqual(len(self.Item.search([("date_sent", "!=", False)])), 1)
            self.Item._cron_send_digests(batch_size=1)
        self.assertEqual(stops, [1, 1])
        mails = self.env["mail.mail"].search([("model", "=", "res.users")])
        mails = mails.filtered(
            lambda m: m.recipient_ids <= (self.user_quality | self.user_manager).partner_id
        )
        self.assertEqual(len(mails), 2)
        self.assertEqual(len(mails.recipient_ids), 2)

    def test_only_what_he_may_still_read(self):
        self._notice("registered", "addressed", "digest")
        action = self._action(self.complaint, self.user_contributor)
        self._announce(people={self.complaint: self.user_contributor})
        action.user_id = self.user_purchasing
        self.complaint.concerned_user_ids = self.user_manager
        mails = self._cron()
        self.assertEqual(mails.recipient_ids, self.user_quality.partner_id)
        self.assertFalse(self.Item.search([("date_sent", "=", False)]))

    def test_who_left_or_has_no_address(self):
        self._announce()
        self.user_manager.active = False
        self.user_quality.email = False
        self.assertFalse(self._cron())
        self.assertEqual(self.Item.search([("date_sent", "=", False)]).user_id, self.user_quality)
        self.user_quality.email = "quality@our-company.example.com"
        self.assertEqual(self._cron().recipient_ids, self.user_quality.partner_id)

    def test_speaks_its_readers_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        template = self.env.ref("complaint_management.mail_template_digest")
        template.with_context(lang="fr_FR").subject = "Réclamations du jour"
        self.user_quality.lang = "fr_FR"
        self._announce()
        subjects = {mail.recipient_ids: mail.subject for mail in self._cron()}
        self.assertEqual(subjects[self.user_quality.partner_id], "Réclamations du jour")
        self.assertNotIn("Réclamations", subjects[self.user_manager.partner_id])

    def test_complaints_of_all_his_companies(self):
        company = self._second_company()
        self.user_quality.company_ids |= company
        team = self.env["complaint.team"].search([("company_id", "=", company.id)], limit=1)
        team.function_ids = [(0, 0, {"function": "quality", "user_id": self.user_quality.id})]
        other = self._complaint(company_id=company.id, team_id=team.id, user_id=False)
        self._announce(complaint=self.complaint | other)
        mail = self._cron().filtered(lambda m: m.recipient_ids == self.user_quality.partner_id)
        self.assertIn(other.name, mail.body_html)
        self.assertIn(self.complaint.name, mail.body_html)

    def test_old_lines_are_forgotten(self):
        self._announce()
        items = self.Item.search([])
        items[0].date = "2000-01-01"
        self.Item._gc_digest_items()
        self.assertEqual(items.exists(), items[1:])
