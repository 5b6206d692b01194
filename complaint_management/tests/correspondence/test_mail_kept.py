from unittest.mock import patch

from psycopg2.errors import SerializationFailure

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .mail_common import ADDRESS, DOMAIN, PHOTO, MailCommon


@tagged("post_install", "-at_install")
class TestMailKept(MailCommon):
    """A mail that cannot become a complaint is kept raw, visibly, with a way on (T6)."""

    def _break_alias(self):
        """From now on drafts cannot be made: the alias says what creation refuses."""
        self.team.alias_id.alias_defaults = repr(
            {"team_id": self.team.id, "sale_order_id": 999999999}
        )

    def _mend_alias(self):
        self.team.alias_id.alias_defaults = repr({"team_id": self.team.id})

    def _poisoned(self, raw):
        """Let a mail in that the database refuses."""
        self._break_alias()
        result = self._receive_broken(raw)
        self._mend_alias()
        self.assertFalse(result)
        return self._kept()[0]

    def test_kept_with_everything(self):
        raw = self._mail(files=[("tear.png", PHOTO, "image/png")])
        before = self._count()
        kept = self._poisoned(raw)
        self.assertEqual(kept._get_raw_bytes(), raw)
        self.assertRecordValues(
            kept,
            [
                {
                    "state": "kept",
                    "reason": "error",
                    "name": "Torn napkins",
                    "team_id": self.team.id,
                    "company_id": self.company.id,
                    "tries": 1,
                }
            ],
        )
        self.assertIn("ForeignKey", kept.error)
        self.assertEqual(kept.with_user(self.user_service).preview, "The napkins are torn.")
        self.assertIn(ADDRESS, kept.email_to)
        after = self._count()
        self.assertEqual(after, (before[0], before[1], before[2] + 1), "nothing half-made")

    def test_the_other_app_keeps_its_record(self):
        """A mail to us and to another app: ours fails and is kept, theirs is there."""
        self.env["mail.alias"].create(
            {
                "alias_name": "partners-test",
                "alias_domain_id": self.alias_domain.id,
                "alias_model_id": self.env["ir.model"]._get("res.partner").id,
            }
        )
        to = f"{ADDRESS}, partners-test@{DOMAIN}"
        kept = self._poisoned(self._mail(To=to, Subject="Zwei Ziele"))
        partner = self.env["res.partner"].search([("name", "=", "Zwei Ziele")])
        self.assertEqual(len(partner), 1)
        self.assertIn("napkins", "".join(partner.message_ids.mapped("body")))
        self.assertEqual((kept.state, kept.reason), ("kept", "error"))
        kept.with_user(self.user_manager).action_retry()
        self.assertEqual(kept.complaint_id.subject, "Zwei Ziele")
        self.assertEqual(self.env["res.partner"].search_count([("name", "=", "Zwei Ziele")]), 1)

    def test_one_poison_among_three(self):
        first = self._receive(self._mail(Subject="One"))
        kept = self._poisoned(self._mail(Subject="Two"))
        third = self._receive(self._mail(Subject="Three"))
        self.assertEqual((first | third).mapped("subject"), ["One", "Three"])
        self.assertEqual(kept.name, "Two")

    def test_no_returned_mail(self):
        """Kept is not undeliverable: the sender gets no mail that says so, the alias stays."""
        self.env["mail.mail"].search([]).unlink()
        self._poisoned(self._mail())
        self.assertFalse(self.env["mail.mail"].search([]))
        self.assertNotEqual(self.team.alias_id.alias_status, "invalid")

    def test_one_activity(self):
        kept = self._poisoned(self._mail())
        self.assertEqual(kept.activity_ids.user_id, self.user_service)
        second = self._poisoned(self._mail())
        self.assertFalse(second.activity_ids)
        kept.with_user(self.user_service).action_dismiss(reason="Advertising")
        self.assertFalse(kept.activity_ids)

    def test_retry(self):
        kept = self._poisoned(self._mail(files=[("tear.png", PHOTO, "image/png")]))
        action = kept.with_user(self.user_service).action_retry()
        self.assertEqual(kept.state, "done")
        self.assertEqual(kept.decided_user_id, self.user_service)
        self.assertEqual(action["res_id"], kept.complaint_id.id)
        self.assertEqual(kept.complaint_id.subject, "Torn napkins")
        self.assertEqual(len(kept.complaint_id.evidence_ids), 1)
        with self.assertRaisesRegex(UserError, "decided already"):
            kept.with_user(self.user_service).action_retry()

    def test_retry_in_vain(self):
        kept = self._poisoned(self._mail())

        def fail(*args):
            raise ValueError("still broken")

        with patch.object(self.env.registry["complaint.complaint"], "_prepare_mail_vals", fail):
            action = kept.with_user(self.user_service).action_retry()
        self.assertIn("still broken", action["params"]["message"])
        self.assertRecordValues(kept, [{"state": "kept", "tries": 2}])
        self.assertIn("still broken", kept.error)
        kept.with_user(self.user_service).action_retry()
        self.assertEqual(kept.state, "done")

    def test_two_transactions_at_once(self):
        """Over RPC core calls again; the job that fetches does not, so there the mail is kept."""

        def collide(*args):
            raise SerializationFailure()

        threads = self.env["mail.thread"]
        model = self.env.registry["complaint.complaint"]
        with patch.object(model, "_prepare_mail_vals", collide):
            with self.assertRaises(SerializationFailure):
                threads.message_process(False, self._mail())
            fetching = threads.with_context(fetchmail_cron_running=True)
            self.assertFalse(fetching.message_process(False, self._mail(Subject="Fetched")))
        self.assertEqual(self._kept()[0].name, "Fetched")

    def test_screens(self):
        """Whoever decides opens the row, whoever registers the draft; nobody types into a row."""
        kept = self._poisoned(self._mail())
        for user in (self.user_service, self.user_manager):
            views = kept.with_user(user).get_views([(False, "list"), (False, "form")])
            self.assertIn("action_retry", views["views"]["form"]["arch"])
        complaint = self._receive(self._mail())
        complaint.user_id = self.user_sales
        for user in (self.user_sales, self.user_service, self.user_quality, self.user_manager):
            with Form(complaint.with_user(user)) as form:
                self.assertEqual(form.sender_state, "unverified")

    def test_dismiss(self):
        kept = self._poisoned(self._mail())
        wizard = kept.with_user(self.user_service).action_dismiss()
        self.assertEqual(wizard["res_model"], "complaint.mail.dismiss.wizard")
        wizard = self.env[wizard["res_model"]].with_user(self.user_service).browse(wizard["res_id"])
        wizard.reason = "Advertising"
        wizard.action_confirm()
        self.assertRecordValues(kept, [{"state": "dismissed", "dismiss_reason": "Advertising"}])

    def test_rights(self):
        kept = self._poisoned(self._mail())
        for user in (self.user_sales, self.user_quality, self.user_contributor):
            with self.assertRaises(AccessError):
                kept.with_user(user).action_retry()
            with self.assertRaises(AccessError):
                kept.with_user(user).read(["name", "raw"])
        with self.assertRaises(UserError):
            kept.with_user(self.user_service).unlink()
        with self.assertRaisesRegex(UserError, "use the buttons"):
            kept.with_user(self.user_manager).write({"state": "dismissed"})

    def test_other_mails_are_cores(self):
        """What is not for us is treated as ever, also when it raises."""
        with self.assertRaises(ValueError):
            self.env["mail.thread"].message_process(
                False, self._mail(To="nobody@elsewhere.example.org")
            )
        self.assertFalse(self._kept(email_to="nobody@elsewhere.example.org"))

    def test_broken_heads_are_no_bar_to_others(self):
        """Mails of other models pass the same door: what only we cannot read stops none."""
        self.env["mail.alias"].create(
            {
                "alias_name": "partners-test",
                "alias_domain_id": self.alias_domain.id,
                "alias_model_id": self.env["ir.model"]._get_id("res.partner"),
            }
        )
        raw = self._mail(To=f"partners-test@{self.alias_domain.name}", Subject="SUBJECT")
        raw = raw.replace(b"SUBJECT", b"=?x-none?Q??= Hello")
        result = self.env["mail.thread"].message_process(False, raw)
        self.assertTrue(self.env["res.partner"].browse(result).exists())

    def test_unreadable_is_shown_all_the_same(self):
        raw = self._poisoned(self._mail())._get_raw_bytes()
        empty = raw.replace(b'charset="utf-8"', b'charset="x-none"').partition(b"\r\n\r\n")[0]
        kept = self._poisoned(empty.replace(b".test@", b".again@") + b"\r\n\r\n")
        self.assertFalse(kept.with_user(self.user_service).preview)
        kept.with_user(self.user_service).action_retry()
        self.assertEqual(kept.state, "done")
