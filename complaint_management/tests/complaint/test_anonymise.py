import base64

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools import SQL

from ...models.complaint.complaint_state_guard import TRUSTED
from ..documents.common import DocumentsCommon

HTML_MAIL = (
    "<p>Dear Hanna Harbour, call +1 (555) 010-0101 or write to hanna@harbour-hotel.example.com</p>"
)
TRACES = ("Hanna", "hanna@", "010 0101", "010-0101")
FIGURES = [
    "name",
    "state",
    "outcome",
    "date_received",
    "date_registered",
    "date_closed",
    "partner_id",
    "category_id",
    "severity",
    "validity",
    "user_id",
    "lead_user_id",
    "line_ids",
    "demand_ids",
    "cause_ids",
    "action_ids",
]
CORE_MODELS = (
    "mail.message",
    "mail.mail",
    "mail.tracking.value",
    "mail.activity",
    "mail.notification",
    "rating.rating",
    "ir.attachment",
)


@tagged("post_install", "-at_install")
class TestAnonymise(DocumentsCommon):
    """Taking a person out of closed cases leaves no trace of him, and every figure (T21)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.complaint = cls._case(
            description="Hanna Harbour here. Call me: +1 555 010 0101. Hannah is my sister.",
            complainant_name="Hanna Harbour",
            evidence_ids=[
                Command.create(
                    {
                        "name": "Photo of Hanna Harbour",
                        "file": cls._picture(),
                        "file_name": "HannaHarbour.png",
                        "customer_visible": True,
                    }
                )
            ],
        )
        cls.other = cls._case(contact_id=cls.portal_partner.id)
        cls._write_about(cls.complaint)
        cls.report = cls._approved(cls.complaint)
        cls.report.sudo()._write_trusted(
            {"signature": cls._picture(size=(60, 20)), "signed_by": "Hanna Harbour"}
        )
        cls._keep_mails()
        for complaint in cls.complaint | cls.other:
            complaint.sudo()._write_trusted({"state": "closed", "outcome": "accepted"})
        cls.complaint.sudo()._rate_by_customer(4, "Thanks, Hanna Harbour")
        cls.env.flush_all()

    @classmethod
    def _write_about(cls, complaint):
        """Messages, a mail, files, a rating and an activity that name her."""
        complaint = complaint.sudo()
        complaint.message_post(
            body="Where is my screwdriver? Hanna Harbour",
            author_id=cls.contact.id,
            email_from='"Hanna Harbour" <hanna@harbour-hotel.example.com>',
            message_type="email",
            attachments=[("letter.txt", b"Yours, Hanna Harbour"), ("plain.txt", b"nothing")],
        )
        message = complaint.message_notify(
            body=HTML_MAIL, partner_ids=cls.contact.ids, subject="For Hanna Harbour"
        )
        cls.env["mail.mail"].sudo().create(
            {
                "mail_message_id": message.id,
                "email_to": "hanna@harbour-hotel.example.com",
                "state": "sent",
                "auto_delete": False,
            }
        )
        complaint.message_subscribe(cls.contact.ids)

    @classmethod
    def _keep_mails(cls):
        """A mail that became the case, and one that became nothing."""
        mails = cls.env["complaint.mail.kept"].sudo().with_context(complaint_transition=TRUSTED)
        for state, complaint in (("done", cls.complaint), ("dismissed", cls.complaint.browse())):
            mails.create(
                {
                    "name": "Rust, says Hanna Harbour",
                    "state": state,
                    "reason": "error",
                    "email_from": "Hanna Harbour <hanna@harbour-hotel.example.com>",
                    "raw": base64.b64encode(
                        b"From: hanna@harbour-hotel.example.com\n\nHanna Harbour"
                    ),
                    "company_id": cls.company.id,
                    "complaint_id": complaint.id,
                }
            )

    def _wizard(self, user=None, **vals):
        return (
            self.env["complaint.anonymise.wizard"]
            .with_user(user or self.user_admin)
            .create({"partner_id": self.contact.id, "reason": "Asked on 3 May", **vals})
        )

    def _find_traces(self):
        """:return: list of (table, trace): where the database still names her"""
        self.env.flush_all()
        names = [
            name
            for name, model in self.env.registry.items()
            if (name.startswith("complaint.") and model._auto and not model._abstract)
            or name in CORE_MODELS
        ]
        found = []
        for name in names:
            table = self.env[name]._table
            for trace in TRACES:
                rows = self.env.execute_query(
                    SQL(
                        "SELECT t.id FROM %s t WHERE t::text ~* %s",
                        SQL.identifier(table),
                        rf"\m{trace}\M" if trace.isalpha() else trace,
                    )
                )
                if rows:
                    found.append((table, trace, rows))
        ours = [("res_model", "like", "complaint.")]
        files = self.env["ir.attachment"].search([*ours, ("id", "!=", 0)])
        files |= files.search([*ours, ("res_field", "!=", False)])
        found += [(file.name, "bytes") for file in files if b"Hanna Harbour" in (file.raw or b"")]
        return found

    # ------------------------------------------------------------
    # What goes and what stays
    # ------------------------------------------------------------
    def test_no_trace_is_left(self):
        self.assertTrue(self._find_traces(), "the test can fail")
        self._wizard().action_confirm()
        self.assertEqual(self._find_traces(), [])
        complaint = self.complaint
        self.assertIn("Hannah is my sister", complaint.description)
        self.assertFalse(complaint.email_from or complaint.phone or complaint.complainant_name)
        self.assertEqual(complaint.contact_id.name, "Anonymised person")
        self.assertEqual(complaint.partner_id, self.customer)
        self.assertNotIn(self.contact, complaint.message_partner_ids)
        self.assertEqual(self.contact.name, "Hanna Harbour", "the address book is core's")

    def test_figures_stay(self):
        def facts():
            fresh = self.complaint.sudo()
            fresh.invalidate_recordset()
            return (
                fresh.read(FIGURES),
                fresh.line_ids.mapped("quantity_complained"),
                fresh.action_ids.mapped("deadline"),
                fresh.rating_ids.mapped("rating"),
                fresh.evidence_ids.mapped("file"),
                len(fresh.message_ids),
            )

        before = facts()
        self._wizard().action_confirm()
        self.assertEqual(facts(), before)

    def test_log_says_who_and_why(self):
        self._wizard().action_confirm()
        correction = self.complaint.correction_ids.filtered(
            lambda c: c.field_name == "anonymised"
        ).ensure_one()
        self.assertEqual(correction.user_id, self.user_admin)
        self.assertEqual(correction.reason, "Asked on 3 May")
        self.assertFalse(correction.old_value)
        self.assertNotIn("Hanna", correction.new_value)

    def test_approved_document(self):
        """Its bytes name her and go; what it was can still be proven by its SHA-256."""
        digest = self.report.pdf_sha256
        self._wizard().action_confirm()
        report = self.report.sudo()
        self.assertEqual(report.pdf_sha256, digest)
        self.assertEqual(report.state, "approved")
        with self.assertRaisesRegex(UserError, "was removed on"):
            report._get_pdf_bytes()
        self.assertIn(digest, base64.b64decode(report.pdf).decode())

    def test_signature_goes(self):
        self._wizard().action_confirm()
        self.assertFalse(self.report.sudo().signature)
        self.assertEqual(self.report.sudo().signed_by, "[removed]")

    def test_documents_may_be_kept(self):
        content = self.report._get_pdf_bytes()
        self._wizard(keep_documents=True).action_confirm()
        self.assertEqual(self.report.sudo()._get_pdf_bytes(), content)
        self.assertNotIn("Hanna", self.complaint.description.replace("Hannah", ""))

    def test_second_run_finds_nothing(self):
        self._wizard().action_confirm()
        self.env.flush_all()
        version = self.complaint.version
        with self.assertRaisesRegex(UserError, "No complaint you may read names this person"):
            self._wizard().action_confirm()
        everything = self.complaint.with_user(self.user_admin)
        changed = everything._anonymise_person(
            self.contact, ["Hanna Harbour", "hanna@harbour-hotel.example.com"], "Again"
        )
        self.assertFalse(changed)
        self.assertEqual(self.complaint.version, version)

    def test_says_all_that_is_missing(self):
        wizard = self._wizard(partner_id=False, reason=False)
        with self.assertRaisesRegex(UserError, "(?s)The person.*The reason"):
            wizard.action_confirm()

    def test_others_stay(self):
        before = self.other.read(["description", "contact_id", "email_from", "phone"])
        self._wizard().action_confirm()
        self.assertEqual(
            self.other.read(["description", "contact_id", "email_from", "phone"]), before
        )

    def test_shared_number(self):
        """A colleague's case with the same switchboard is not hers."""
        self.other.sudo()._thaw()._write_trusted({"phone": self.contact.phone})
        self._wizard().action_confirm()
        self.assertEqual(self.other.phone, self.contact.phone)

    def test_somebody_without_an_entry(self):
        """A consumer who was only written down is found by mail address and name."""
        self.other.sudo()._thaw()._write_trusted(
            {"complainant_name": "Carl Consumer", "description": "Carl Consumer wants a new one."}
        )
        wizard = self._wizard(partner_id=False, name="Carl Consumer")
        self.assertEqual(wizard.complaint_ids, self.other)
        wizard.action_confirm()
        self.assertEqual(self.other.description, "[removed] wants a new one.")
        self.assertFalse(self.other.complainant_name)

    # ------------------------------------------------------------
    # Refusals
    # ------------------------------------------------------------
    def test_address_within_another(self):
        """ann_a@… is neither joann_a@… nor annxa@…: their open cases stop nothing."""
        self._registered_complaint(email_from="joann_a@example.com")
        self._registered_complaint(email_from="annxa@example.com")
        own = self._registered_complaint(email_from="Ann <ann_a@example.com>")
        found = self.env["complaint.complaint"]._find_naming(
            self.env["res.partner"], email="ann_a@example.com"
        )
        self.assertEqual(found, own)

    def test_wrote_about_the_case_of_others(self):
        """Somebody without an entry who only answered a mail is found by his address."""
        complaint = self._registered_complaint()
        complaint.message_post(body="Me, too", email_from="Ann <ann@example.com>", author_id=False)
        found = self.env["complaint.complaint"]._find_naming(
            self.env["res.partner"], email="ann@example.com"
        )
        self.assertEqual(found, complaint)

    def test_open_cases_are_named(self):
        opened = self._case()
        with self.assertRaisesRegex(UserError, opened.name):
            self._wizard().action_confirm()
        self.assertIn("Hanna Harbour", self.complaint.description)

    def test_reason(self):
        for reason in (False, "  ", "Hanna Harbour asked for it"):
            with self.subTest(reason=reason), self.assertRaises(UserError):
                self._wizard(reason=reason).action_confirm()

    def test_company_is_no_person(self):
        with self.assertRaisesRegex(UserError, "is a company"):
            self._wizard(partner_id=self.customer.id).action_confirm()

    def test_only_administrators(self):
        for user in (self.user_sales, self.user_manager, self.user_quality, self.user_leadership):
            with self.subTest(user=user.name):
                with self.assertRaises(AccessError):
                    self._wizard(user=user)
                with self.assertRaises(AccessError):
                    self.complaint.with_user(user)._anonymise_person(
                        self.contact, ["Hanna Harbour"], "Because"
                    )

    def test_other_company(self):
        """Cases of companies the administrator does not work for are neither seen nor changed."""
        company = self._second_company()
        self.complaint.sudo()._thaw()._write_trusted({"company_id": company.id, "team_id": False})
        self.env.flush_all()
        with self.assertRaises(UserError):
            self._wizard().action_confirm()
        self.assertIn("Hanna Harbour", self.complaint.sudo().description)

    def test_form(self):
        """The dialog opened on a contact proposes what names him and shows the cases."""
        wizard = Form(
            self.env["complaint.anonymise.wizard"]
            .with_user(self.user_admin)
            .with_context(active_model="res.partner", active_id=self.contact.id)
        )
        self.assertEqual(
            wizard.words.splitlines(),
            ["Hanna Harbour", "hanna@harbour-hotel.example.com", "+1 555 010 0101"],
        )
        self.assertEqual(wizard.complaint_ids[:], self.complaint)
        self.assertFalse(wizard.open_ids[:])
        opened = self._case()
        wizard.partner_id = self.env["res.partner"]
        wizard.partner_id = self.contact
        self.assertEqual(wizard.complaint_ids[:], self.complaint)
        self.assertEqual(wizard.open_ids[:], opened)
