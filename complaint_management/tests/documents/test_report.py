from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .common import DocumentsCommon


@tagged("post_install", "-at_install")
class TestReport(DocumentsCommon):
    """Generating, editing, approving; what is missing is said at once (R33, R44)."""

    def test_generate(self):
        complaint = self._case()
        report = self._report(complaint)
        self.assertEqual(report.name, f"{complaint.name}-P1")
        self.assertEqual(report.partner_id, self.contact)
        bodies = {section.code: section.body for section in report.section_ids}
        self.assertEqual(
            list(bodies),
            [
                "opening",
                "complaint",
                "handling",
                "investigation",
                "cause",
                "corrective",
                "preventive",
                "readacross",
                "verification",
                "closing",
            ],
        )
        self.assertEqual(bodies["complaint"], complaint.description)
        self.assertIn("cartons got wet", bodies["cause"])
        self.assertIn("sorry", bodies["opening"])

    def test_generating_again_keeps_what_was_edited(self):
        complaint = self._case()
        report = self._report(complaint)
        sections = {section.code: section for section in report.section_ids}
        sections["cause"].body = "In my own words."
        self.assertTrue(sections["cause"].is_edited)
        self.assertEqual(sections["cause"].edited_by_id, self.user_quality)
        complaint.cause_ids.with_user(self.user_quality).name = "New cause"
        complaint.with_user(self.user_quality).investigation_result = "New facts"
        self.assertEqual(self._report(complaint), report, "one draft of a kind")
        self.assertEqual(sections["cause"].body, "In my own words.")
        self.assertEqual(sections["investigation"].body, "New facts")
        self.assertFalse(sections["investigation"].is_edited)

    def test_editing_moves_the_version_on(self):
        report = self._report()
        seen = report.complaint_id.version
        report.section_ids[0].body = "Dear all,"
        with self.assertRaisesRegex(UserError, "changed after you opened it"):
            report.with_user(self.user_manager).with_context(seen_version=seen).action_approve()

    def test_an_unproven_cause_does_not_leave_the_house(self):
        complaint = self._case()
        complaint.cause_ids.with_user(self.user_quality).action_reset()
        report = self._report(complaint).with_user(self.user_manager)
        with self.assertRaisesRegex(UserError, "proof of the cause “The cartons got wet"):
            report.action_approve()
        self.assertEqual(report.state, "draft")
        complaint.cause_ids.with_user(self.user_quality).action_verify()
        report.action_approve()
        self.assertEqual(report.state, "approved")

    def test_missing_parts_are_named_at_once(self):
        complaint = self._registered_complaint(user=self.user_sales)
        complaint.demand_ids.name = "Tell us why"
        report = self._report(complaint)
        with self.assertRaises(UserError) as refused:
            report.with_user(self.user_manager).action_approve()
        message = str(refused.exception)
        for part in ("the cause", "a corrective or preventive action", "Tell us why"):
            self.assertIn(part, message)

    def test_a_person_alone_is_no_cause(self):
        complaint = self._case()
        man = self.env["complaint.cause.category"].create({"name": "Man", "is_person": True})
        complaint.cause_ids.category_id = man
        report = self._report(complaint)
        with self.assertRaisesRegex(UserError, "beyond the person"):
            report.with_user(self.user_manager).action_approve()

    def test_internal_words_are_refused_in_texts(self):
        complaint = self._case()
        complaint.cause_ids.operator_name = "Willy Worker"
        supplier = self.env["res.partner"].create({"name": "Wire Works"})
        self.product.seller_ids = [Command.create({"partner_id": supplier.id})]
        report = self._report(complaint)
        report.section_ids.filtered(lambda s: s.code == "handling").body = "Willy Worker was warned"
        complaint.action_ids[0].name = "Audit of Wire Works"
        with self.assertRaises(UserError) as refused:
            report.with_user(self.user_manager).action_approve()
        self.assertIn("Willy Worker", str(refused.exception))
        self.assertIn("Wire Works", str(refused.exception))

    def test_approve_report_approves_measures(self):
        report = self._approved()
        self.assertEqual(report.state, "approved")
        self.assertEqual(report.approved_by_id, self.user_manager)
        self.assertEqual(report.complaint_id.measures_state, "approved")
        self.assertEqual(report.pdf_sha256, self._sha(report._get_pdf_bytes()))
        self.assertEqual(report.pdf_name, f"{report.complaint_id.name}-P1.pdf".replace("/", "-"))

    def test_who_approves(self):
        report = self._report()
        for user in (self.user_quality, self.user_sales, self.user_service):
            with self.subTest(user=user.name), self.assertRaisesRegex(AccessError, "Ask: Manager"):
                report.with_user(user).action_approve()

    def test_who_rewrote_the_cause_does_not_approve(self):
        report = self._report()
        cause = report.section_ids.filtered(lambda s: s.code == "cause")
        cause.with_user(self.user_manager).body = "As I see it"
        self.assertFalse(report.with_user(self.user_manager).can_approve)
        with self.assertRaisesRegex(UserError, "Four eyes"):
            report.with_user(self.user_manager).action_approve()
        report.section_ids.filtered(lambda s: s.code == "opening").body = "Dear friends,"

    def test_only_who_may_write_the_complaint_works_on_it(self):
        report = self._report()
        for user in (self.user_leadership, self.user_contributor, self.user_stranger):
            with self.subTest(user=user.name):
                with self.assertRaises(AccessError):
                    report.with_user(user).action_generate()
                with self.assertRaises(AccessError):
                    report.section_ids.with_user(user).write({"body": "x"})
                with self.assertRaises(AccessError):
                    report.complaint_id.with_user(user).action_generate_report("preventive")

    def test_new_version(self):
        report = self._approved()
        with self.assertRaises(UserError):
            report.section_ids[0].body = "x"
        action = report.with_user(self.user_quality).action_new_version()
        new = report.browse(action["res_id"])
        self.assertEqual((new.version, new.state, new.pdf), (2, "draft", False))
        self.assertEqual(new.name, f"{report.complaint_id.name}-P2")
        self.assertEqual(report.state, "approved")
        with self.assertRaisesRegex(UserError, "still a draft"):
            report.with_user(self.user_quality).action_new_version()

    def test_new_version_keeps_edits_and_their_author(self):
        report = self._report()
        report.section_ids.filtered(lambda s: s.code == "cause").body = "Own words"
        report.with_user(self.user_manager).action_approve()
        action = report.action_new_version()
        section = report.browse(action["res_id"]).section_ids.filtered(lambda s: s.code == "cause")
        self.assertEqual(section.body, "Own words")
        self.assertTrue(section.is_edited)
        self.assertEqual(section.edited_by_id, self.user_quality)

    def test_language(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        complaint = self._case()
        self.assertEqual(self._report(complaint).lang, "en_US")
        self.contact.lang = "zh_CN"
        self.assertEqual(self._report(self._case()).lang, "zh_CN")
        self.contact.lang = False
        self.customer.lang = "zh_CN"
        self.assertEqual(self._report(self._case()).lang, "zh_CN")
        self.customer.lang = False
        self.company.partner_id.lang = "zh_CN"
        self.assertEqual(self._report(self._case()).lang, "zh_CN")

    def test_unknown_language(self):
        with self.assertRaises(ValidationError):
            self._report().lang = "xx_XX"

    def test_resolving_asks_for_the_report(self):
        complaint = self._case()
        missing = "the preventive-action report sent to the customer"
        self.assertIn(missing, complaint._get_missing("resolve"))
        report = self._approved(complaint)
        self.assertIn(missing, complaint._get_missing("resolve"))
        report.action_mark_sent()
        self.assertNotIn(missing, complaint._get_missing("resolve"))
        simple = self._registered_complaint(category_id=self.category_simple.id)
        self.assertNotIn(missing, simple._get_missing("resolve"))
