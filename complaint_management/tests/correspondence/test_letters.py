import re

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..handling.common import HandlingCommon

LETTERS = (
    "acknowledgement",
    "sample_request",
    "progress",
    "delay",
    "offer",
    "decline",
    "explanation",
    "confirmation",
    "tacit_closing",
    "thanks",
)
SECRET = "Zyxwv"


@tagged("post_install", "-at_install")
class TestLetters(HandlingCommon):
    """Letters to the customer: his language, his contact, nothing internal (R9, R47).

    Their text carries no link: the customer's own is put into the mail that leaves for him
    (``portal/test_letter_links``).
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.complaint = cls._planned_complaint(cls.user_purchasing, severity="major")[0]

    def _template(self, letter):
        return self.env.ref(f"complaint_management.mail_template_{letter}")

    def _composer(self, letter=None, complaint=None):
        complaint = (complaint or self.complaint).with_user(self.user_sales)
        context = complaint.action_write_customer()["context"]
        if letter:
            context = {**context, "default_template_id": self._template(letter).id}
        return (
            self.env["mail.compose.message"]
            .with_user(self.user_sales)
            .with_context(**context)
            .create({})
        )

    def _send(self, composer):
        before = self.env["mail.mail"].search([])
        composer._action_send_mail()
        return self.env["mail.mail"].search([]) - before

    def test_who_left_signs_nothing(self):
        """Who has the customer now signs, else the team leader, else the company."""
        complaint = self.complaint
        gone = self.user_sales
        gone.write(
            {"name": "Ada Gone", "phone": "+1 555 7777", "email": "gone@our-company.example.com"}
        )
        team = complaint.sudo().team_id
        self.customer.user_id, team.user_id = gone, self.user_manager
        gone.sudo().active = False
        complaint.sudo().company_id.email = "info@our-company.example.com"
        letters = (*LETTERS, "receipt", "receipt_remark", "survey")
        for after in (self.user_sales2, self.user_manager, self.env["res.users"]):
            if after != self.user_sales2:
                self.customer.user_id = False
                team.user_id = after
            else:
                self.customer.user_id = after
            self.assertEqual(complaint._get_letter_sender(), after)
            sender = after.email_formatted or complaint.company_id.email_formatted
            for letter in letters:
                with self.subTest(after=after.name, letter=letter):
                    mail = self._template(letter)._generate_template(
                        complaint.ids, ("email_from", "body_html")
                    )[complaint.id]
                    self.assertEqual(mail["email_from"], sender)
                    self.assertNotIn(gone.name, mail["body_html"])
                    self.assertNotIn("7777", mail["body_html"])
            contact = complaint._get_print_contact()
            self.assertEqual(contact["name"], after.name or complaint.company_id.name)
            self.assertNotIn("gone@", contact["email"])
            self.assertNotIn(gone.name, complaint._get_chat_text("progress"))

    def test_every_letter_goes_to_the_contact_and_keeps_what_is_internal(self):
        complaint = self.complaint
        complaint.write(
            {
                "subject": SECRET,
                "plan_summary": SECRET,
                "investigation_result": SECRET,
            }
        )
        complaint.action_ids.write({"name": SECRET, "description": SECRET})
        for letter in LETTERS:
            with self.subTest(letter=letter):
                composer = self._composer(letter)
                self.assertEqual(composer.partner_ids, self.contact)
                mails = self._send(composer)
                self.assertEqual(mails.recipient_ids, self.contact)
                text = mails.subject + mails.body_html
                self.assertIn(complaint.name, text)
                self.assertIn("Hanna Harbour", text)
                self.assertNotIn(SECRET, text)
                links = re.findall(r'href="([^"]+)"', mails.body_html)
                self.assertFalse(
                    [link for link in links if "/mail/" in link or "/my/" in link], links
                )

    def test_restatement(self):
        body = self._composer("acknowledgement").body
        self.assertIn("The tips of the screwdrivers are rusty.", body)
        self.assertIn("3", body)
        self.assertIn("Screwdriver", body)
        self.assertIn("L-2001", body)
        self.assertIn("sorry for the trouble", body)

    def test_sending_answers_the_complaint(self):
        self.complaint._write_trusted({"date_responded": False})
        self._send(self._composer("acknowledgement"))
        self.assertTrue(self.complaint.date_responded)

    def test_letter_fits_the_state(self):
        complaint = self.complaint
        complaint._write_trusted({"date_responded": False})
        self.assertEqual(complaint._get_letter(), "acknowledgement")
        complaint._write_trusted({"date_responded": "2026-01-01"})
        self.assertEqual(complaint._get_letter(), "progress")
        complaint.action_ids.write({"deadline": "2020-01-01"})
        self.assertEqual(complaint._get_letter(), "delay")
        complaint.demand_ids._write_trusted({"state": "offered"})
        self.assertEqual(complaint._get_letter(), "offer")
        complaint.demand_ids._write_trusted({"state": "declined"})
        self.assertEqual(complaint._get_letter(), "decline")
        for state, letter in (("resolved", "confirmation"), ("closed", "thanks")):
            complaint._write_trusted({"state": state})
            self.assertEqual(complaint._get_letter(), letter)

    def test_answers_are_printed(self):
        self.complaint.demand_ids.write({"answer": "New goods leave on Monday"})
        self.complaint.demand_ids._write_trusted({"state": "offered"})
        self.assertIn("New goods leave on Monday", self._composer("offer").body)
        self.assertNotIn("New goods leave on Monday", self._composer("confirmation").body)

    def test_customers_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.contact.lang = "fr_FR"
        self._template("progress").with_context(lang="fr_FR").subject = "Votre réclamation"
        self.assertEqual(self._composer("progress").subject, "Votre réclamation")

    def test_consumer_without_contact(self):
        complaint = self._bare_complaint(
            partner_id=False,
            contact_id=False,
            complainant_type="consumer",
            complainant_name="Carla Consumer",
            email_from="carla@consumer.example.com",
            user_id=self.user_sales.id,
        )
        composer = self._composer("acknowledgement", complaint)
        self.assertEqual(composer.partner_ids.email, "carla@consumer.example.com")
        self.assertIn("Dear Carla Consumer", re.sub(r"<[^>]+>", "", composer.body))

    def test_without_template_the_composer_is_addressed(self):
        self.env.ref("complaint_management.mail_template_progress").unlink()
        self.complaint._write_trusted({"date_responded": "2026-01-01"})
        composer = self._composer()
        self.assertFalse(composer.template_id)
        self.assertEqual(composer.partner_ids, self.contact)

    def test_only_who_works_on_it_writes(self):
        with self.assertRaises(AccessError):
            self.complaint.with_user(self.user_purchasing).action_write_customer()

    def test_letters_are_offered_and_internal_mails_are_not(self):
        """The composer offers templates without owner: internal ones belong to the system."""
        offered = self.env["mail.template"].search(
            [("model", "=", "complaint.complaint"), ("user_id", "=", False)]
        )
        self.assertFalse(offered.filtered("complaint_internal"))
        self.assertLessEqual({self._template(letter).id for letter in LETTERS}, set(offered.ids))
