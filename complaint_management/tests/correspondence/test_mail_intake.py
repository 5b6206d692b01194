from odoo.tests import tagged

from .mail_common import ADDRESS, CUSTOMER, DOMAIN, PHOTO, VERIFIED, MailCommon


@tagged("post_install", "-at_install")
class TestMailIntake(MailCommon):
    """A mail to a team's address becomes a draft with all that is in it (R5)."""

    def test_draft(self):
        complaint = self._receive(self._mail())
        self.assertRecordValues(
            complaint,
            [
                {
                    "state": "draft",
                    "subject": "Torn napkins",
                    "description": "The napkins are torn.",
                    "partner_id": self.customer.id,
                    "contact_id": self.contact.id,
                    "email_from": "hanna@harbour-hotel.example.com",
                    "team_id": self.team.id,
                    "company_id": self.company.id,
                    "channel_id": self.env.ref("complaint_management.channel_email").id,
                    "sender_state": "unverified",
                    "sender_name": "Hanna Harbour",
                }
            ],
        )
        self.assertNotEqual(complaint.name, "/")
        message = complaint.message_ids.filtered(lambda m: m.message_type == "email")
        self.assertEqual(len(message), 1)
        self.assertIn("The napkins are torn.", message.body)

    def test_somebody_has_it_on_his_list(self):
        """Whoever watches the channel, and the customer's salesperson, until it is registered."""
        self.customer.user_id = self.user_sales2
        complaint = self._receive(self._mail())
        self.assertEqual(complaint.user_id, self.user_sales2)
        self.assertEqual(complaint.activity_ids.user_id, self.user_service + self.user_sales2)

    def test_own_words(self):
        quoted = (
            "Torn again.\n\n-- \nHanna\n\nOn Mon, 2 Nov 2026 at 10:00, Us wrote:\n"
            "> Dear Hanna\n> ok"
        )
        complaint = self._receive(self._mail(quoted))
        self.assertEqual(complaint.description, "Torn again.")
        self.assertIn("Dear Hanna", complaint.message_ids.filtered("email_from")[:1].body)

    def test_own_words_html(self):
        html = (
            "<div>纸巾破了。<br>请看照片。</div>"
            "<blockquote type='cite'>Our offer of May</blockquote>"
            "<div class='gmail_signature'>Hanna, Harbour Hotel</div>"
        )
        complaint = self._receive(self._mail("see html", html=html))
        self.assertEqual(complaint.description, "纸巾破了。\n请看照片。")

    def test_forwarded_mail_keeps_all(self):
        text = "FYI\n\n-----Original Message-----\nFrom: guest@example.com\n\nThe soup was cold."
        complaint = self._receive(self._mail(text, Subject="Fwd: Soup"))
        self.assertIn("The soup was cold.", complaint.description)

    def test_only_a_subject(self):
        complaint = self._receive(self._mail("", Subject="Box 7 was empty"))
        self.assertEqual(complaint.description, "Box 7 was empty")

    def test_files(self):
        """Photos and documents are proposed, the rest stays in the mail, named in a note."""
        files = [
            ("tear.png", PHOTO, "image/png"),
            ("certificate.pdf", b"%PDF-1.4\n" + b"x" * 100, "application/pdf"),
            ("setup.exe", b"MZ\x90\0" + b"\0" * 200, "application/octet-stream"),
            ("winmail.dat", b"\x78\x9f\x3e\x22" + b"\0" * 200, "application/ms-tnef"),
        ]
        complaint = self._receive(self._mail(files=files))
        self.assertEqual(
            complaint.evidence_ids.sorted("id").mapped(lambda e: (e.kind, e.file_name)),
            [("photo", "tear.png"), ("document", "certificate.pdf")],
        )
        self.assertFalse(any(complaint.evidence_ids.mapped("customer_visible")))
        message = complaint.message_ids.filtered(lambda m: m.message_type == "email")
        self.assertEqual(len(message.attachment_ids), 4)
        note = complaint.message_ids.filtered(lambda m: "setup.exe" in (m.body or ""))
        self.assertTrue(note.is_internal or note.subtype_id.internal)
        self.assertIn("winmail.dat", note.body)

    def test_sender_unknown(self):
        complaint = self._receive(self._mail(From="Guest <guest@nowhere.example.org>"))
        self.assertFalse(complaint.partner_id)
        self.assertEqual(complaint.email_from, "guest@nowhere.example.org")
        self.user_service.group_ids += self.env.ref("base.group_partner_manager")
        complaint.with_user(self.user_service).action_create_sender_contact()
        self.assertEqual(complaint.partner_id.email, "guest@nowhere.example.org")
        self.assertEqual(complaint.partner_id.name, "Guest")

    def test_address_of_two_customers(self):
        """An address that is two customers' says nothing."""
        self.customer2.email = self.contact.email
        self.assertFalse(self._receive(self._mail()).partner_id)

    def test_colleague_forwards(self):
        """A colleague's address makes him no customer; the server's word makes him the seller."""
        self._trust_server()
        passed = f"mx.our-company.example.com; dkim=pass header.d={DOMAIN}"
        complaint = self._receive(
            self._mail(From=self.user_sales.email, Authentication_Results=passed)
        )
        self.assertFalse(complaint.partner_id)
        self.assertEqual(complaint.user_id, self.user_sales)

    def test_no_calendar_archived_owner_archived_team(self):
        self.team.resource_calendar_id = self.company.resource_calendar_id = False
        self.user_service.active = False
        self.team.active = False
        self.env.flush_all()
        complaint = self._receive(self._mail())
        self.assertEqual(complaint.state, "draft")
        self.assertNotEqual(complaint.team_id, self.team)
        self.assertEqual(complaint.company_id, self.company)

    def test_company_of_the_alias(self):
        company = self._second_company()
        domain = self.env["mail.alias.domain"].create({"name": "second.example.com"})
        company.alias_domain_id = domain
        team = self.env["complaint.team"].search([("name", "=", "Second Team")])
        team.alias_name = "service"
        complaint = self._receive(self._mail(To="service@second.example.com"))
        self.assertEqual((complaint.company_id, complaint.team_id), (company, team))
        both = self._mail(To=f"service@second.example.com, {ADDRESS}")
        before = self._count()
        self._receive(both)
        self.assertEqual(self._count()[0] - before[0], 2, "one in each company")

    def test_two_teams_of_one_company(self):
        """One mail is one complaint, in the team it names first."""
        other = self.env["complaint.team"].create(
            {"name": "Other", "company_id": self.company.id, "alias_name": "other-test"}
        )
        before = self._count()
        complaint = self._receive(self._mail(To=f"other-test@{DOMAIN}", Cc=ADDRESS))
        self.assertEqual(self._count()[0] - before[0], 1)
        self.assertEqual(complaint.team_id, other)

    def test_other_alias_too(self):
        """A mail to us and to another app goes to both."""
        self.env["mail.alias"].create(
            {
                "alias_name": "partners-test",
                "alias_domain_id": self.alias_domain.id,
                "alias_model_id": self.env["ir.model"]._get("res.partner").id,
            }
        )
        before = self._count()
        self._receive(self._mail(To=f"{ADDRESS}, partners-test@{DOMAIN}", Subject="Zwei Ziele"))
        self.assertEqual(self._count()[0] - before[0], 1)
        self.assertTrue(self.env["res.partner"].search([("name", "=", "Zwei Ziele")]))

    def test_verified_person_is_acknowledged(self):
        self._trust_server()
        complaint = self._receive(self._mail(Authentication_Results=VERIFIED))
        self.assertEqual(complaint.sender_state, "verified")
        self.assertTrue(complaint.date_acknowledged)
        self.assertTrue(self._outgoing())

    def test_default_team_has_an_address(self):
        """Each company's team proposes one, also where several share a domain."""
        vals = [
            {"name": name, "alias_domain_id": self.alias_domain.id} for name in ("Third", "Fourth")
        ]
        companies = self.env["res.company"].create(vals)
        teams = self.env["complaint.team"].search([("company_id", "in", companies.ids)])
        self.assertEqual(len(set(teams.mapped("alias_email"))), 2)
        self.assertTrue(all(e.startswith("complaints-") for e in teams.mapped("alias_email")))

    def test_alias_form(self):
        """The address follows its team into another company; others cannot be reached by it."""
        alias = self.team.alias_id
        self.assertEqual(alias.alias_model_id.model, "complaint.complaint")
        self.assertIn(f"'team_id': {self.team.id}", alias.alias_defaults)
        self.team.alias_contact = "partners"
        complaint = self._receive(self._mail(From="Guest <guest@nowhere.example.org>"))
        self.assertFalse(complaint)
        kept = self._kept()[0]
        self.assertEqual(kept.reason, "refused")
        self.env["mail.mail"].search([]).unlink()
        kept.with_user(self.user_service).action_retry()
        self.assertEqual(kept.state, "done", "who looked at it lets it in")
        self.assertFalse(self._outgoing(), "and no second mail says it was refused")
        self.assertTrue(self._receive(self._mail(From=CUSTOMER)))
