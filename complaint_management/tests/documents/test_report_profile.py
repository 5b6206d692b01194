from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .common import DocumentsCommon


@tagged("post_install", "-at_install")
class TestReportProfile(DocumentsCommon):
    """Each addressee gets his document in his way, found by itself (R44, R62, R72, T12)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.group = cls.env["res.partner"].create({"name": "Harbour Group", "is_company": True})
        cls.customer.parent_id = cls.group
        cls.complaint = cls._case()

    def _profile(self, partner=None, **vals):
        return self.env["complaint.report.profile"].create(
            {"name": "His way", "partner_id": partner and partner.id, **vals}
        )

    def _titles(self, report):
        return {section.code: section.title for section in report.section_ids}

    # ------------------------------------------------------------
    # Finding one
    # ------------------------------------------------------------
    def test_nothing_configured(self):
        for kind in ("preventive", "8d", "letter", "feedback"):
            with self.subTest(kind=kind):
                report = self._report(self.complaint, kind)
                shipped = self.env.ref(f"complaint_management.report_profile_{kind}")
                self.assertEqual(report.profile_id, shipped)
                self.assertEqual(
                    report.section_ids.mapped("code")[:1],
                    list(report._get_section_titles(kind))[:1],
                )
        self.assertEqual(self.complaint.report_kind, "preventive")

    def test_nothing_at_all(self):
        """Somebody archived every profile: documents come as before there were any."""
        self.env["complaint.report.profile"].search([]).active = False
        report = self._report(self.complaint)
        self.assertFalse(report.profile_id)
        self.assertIn("cause", report.section_ids.mapped("code"))
        self.assertIn("Preventive-Action Report", self._html(report))
        self.assertIn("8D Report", self._html(self._report(self.complaint, "8d")))

    def test_nearest_wins(self):
        group = self._profile(self.group, kind="8d")
        self.assertEqual(self.complaint._find_report_profile(), group)
        self.assertEqual(self.complaint.report_kind, "8d")
        company = self._profile(self.customer, kind="letter")
        self.complaint.invalidate_recordset(["report_kind"])
        self.assertEqual(self.complaint._find_report_profile(), company)
        person = self._profile(self.contact, kind="preventive")
        self.assertEqual(self.complaint._find_report_profile(), person)
        self.assertEqual(self.complaint._find_report_profile(kind="8d"), group)
        action = self.complaint.with_user(self.user_quality).action_generate_report()
        self.assertEqual(self.env["complaint.report"].browse(action["res_id"]).kind, "preventive")

    def test_own_company_before_shared(self):
        own = self._profile(company_id=self.company.id, kind="letter", sequence=99)
        self.assertEqual(self.complaint._find_report_profile(), own)
        self.env["complaint.report.profile"].search([("partner_id", "=", False)]).sequence = 1
        self.assertEqual(self.complaint._find_report_profile(kind="letter"), own)

    def test_complainant_gets_it_himself(self):
        hotel = self.env["res.partner"].create({"name": "Hotel", "is_company": True})
        self.complaint.complainant_id = hotel
        letter = self._profile(hotel, kind="letter", addressee="complainant")
        report = self._report(self.complaint, "letter")
        self.assertEqual((report.partner_id, report.profile_id), (hotel, letter))
        preventive = self._report(self.complaint)
        self.assertEqual(preventive.partner_id, self.contact)

    def test_dealer_wants_it_to_go_to_the_complainant(self):
        hotel = self.env["res.partner"].create({"name": "Hotel", "is_company": True})
        self._profile(self.customer, kind="preventive", addressee="complainant")
        self.assertEqual(self._report(self.complaint).partner_id, self.contact)
        other = self._case(complainant_id=hotel.id)
        self.assertEqual(self._report(other).partner_id, hotel)

    def test_chain_ends(self):
        chain = self.env["complaint.report.profile"]._get_chain(self.contact)
        self.assertEqual(chain, [self.contact.id, self.customer.id, self.group.id])

    # ------------------------------------------------------------
    # What follows
    # ------------------------------------------------------------
    def test_sections_order_titles_texts(self):
        profile = self._profile(
            self.customer,
            kind="preventive",
            title="Report for {{contact}}",
            intro="To {{customer}}:",
            closing="Yours, {{company}}",
        )
        rows = {row.code: row for row in profile.section_ids}
        rows["readacross"].is_printed = False
        rows["cause"].write({"title": "Why", "sequence": 1, "body": "As you asked:"})
        rows["handling"].write({"body": "Done: {{quantity}}", "replaces_recorded": True})
        report = self._report(self.complaint)
        sections = {section.code: section for section in report.section_ids}
        self.assertEqual(report.section_ids[0].code, "cause")
        self.assertEqual(sections["cause"].title, "Why")
        self.assertEqual(sections["cause"].body, "As you asked:\nThe cartons got wet in transport.")
        self.assertEqual(sections["opening"].body, f"To {self.customer.name}:")
        self.assertEqual(sections["closing"].body, f"Yours, {self.company.name}")
        self.assertRegex(sections["handling"].body, r"^Done: 3 \w+$")
        self.assertNotIn("readacross", sections)
        self.assertIn(f"Report for {self.contact.name}", self._html(report))

    def test_another_profile_on_the_draft(self):
        report = self._report(self.complaint)
        report.section_ids.filtered(lambda s: s.code == "handling").body = "In my own words"
        other = self._profile(kind="preventive", intro="Hello", lang="en_US")
        other.section_ids.filtered(lambda s: s.code in ("handling", "cause")).is_printed = False
        report.profile_id = other
        sections = {section.code: section.body for section in report.section_ids}
        self.assertEqual(sections["opening"], "Hello")
        self.assertEqual(sections["handling"], "In my own words", "edited ones stay")
        self.assertNotIn("cause", sections)

    def test_frozen_with_the_report(self):
        report = self._approved(self.complaint)
        other = self._profile(kind="preventive")
        for vals in ({"profile_id": other.id}, {"stage": "d3"}):
            with self.assertRaisesRegex(UserError, "approved and cannot be changed"):
                report.write(vals)

    def test_language_and_layout(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        profile = self._profile(self.customer, kind="letter", lang="fr_FR", layout="plain")
        profile.with_context(lang="fr_FR").intro = "Bonjour {{contact}},"
        report = self._report(self.complaint, "letter")
        self.assertEqual(report.lang, "fr_FR")
        self.assertIn(f"Bonjour {self.contact.name},", report.section_ids.mapped("body"))
        html = self._html(report)
        self.assertIn("o_complaint_plain_header", html)
        profile.layout = "letterhead"
        self.assertNotIn("o_complaint_plain_header", self._html(report))

    # ------------------------------------------------------------
    # Configuring
    # ------------------------------------------------------------
    def test_form(self):
        form = Form(self.env["complaint.report.profile"].with_user(self.user_admin))
        form.name = "Exampleton Motors"
        form.kind = "8d"
        self.assertEqual(form.layout, "plain")
        profile = form.save()
        codes = profile.section_ids.mapped("code")
        self.assertEqual(codes, ["opening", *(f"d{number}" for number in range(9))])
        self.assertIn("D3", profile.section_ids[4].default_title)
        self.assertNotIn("answers", dict(profile.placeholder_list))
        profile.kind = "letter"
        self.assertEqual(profile.section_ids.mapped("code")[1], "remedy")
        self.assertIn("answers", dict(profile.placeholder_list))

    def test_texts_are_no_code(self):
        profile, other = self._profile(kind="preventive"), self._profile(kind="preventive")
        for text in ("{{ object.env.cr }}", "{{7*7}}", "{{unknown}}"):
            with self.subTest(text=text):
                with self.assertRaisesRegex(ValidationError, "Not a placeholder"):
                    other.intro = text
                with self.assertRaisesRegex(ValidationError, "Not a placeholder"):
                    other.section_ids[0].body = text
        profile.intro = "<t t-out='1+1'/> ${1+1} %s"
        report = self._report(self.complaint)
        report.profile_id = profile
        self.assertEqual(report.section_ids[0].body, "<t t-out='1+1'/> ${1+1} %s")
        self.assertIn("&lt;t t-out=", self._html(report))

    def test_what_we_offer_stays_out_of_an_8d(self):
        profile = self._profile(kind="8d")
        with self.assertRaisesRegex(ValidationError, "8D report"):
            profile.section_ids[1].body = "{{answers}}"

    def test_profile_of_another_document(self):
        """A letter's words, which may say what we offer, get into no 8D report."""
        letter = self.env["complaint.report.profile"].create(
            {"name": "Letter", "kind": "letter", "intro": "{{answers}}"}
        )
        report = self._report(self._case(), "8d")
        with self.assertRaisesRegex(ValidationError, "for another document"):
            report.profile_id = letter

    def test_days_in_order(self):
        with self.assertRaisesRegex(ValidationError, "D3 is due before D5"):
            self._profile(kind="8d", due_d3=5, due_d5=2)
        self._profile(kind="8d", due_d3=0, due_d5=2, due_d8=9)

    def test_who_configures(self):
        profile = self._profile(kind="8d").with_user(self.user_quality)
        self.assertTrue(profile.name)
        with self.assertRaises(AccessError):
            profile.name = "Mine"
        profile.with_user(self.user_admin).name = "Ours"

    def test_partner_page(self):
        profile = self._profile(self.group, kind="8d")
        partner = self.customer.with_user(self.user_sales)
        self.assertEqual(partner.complaint_profile_id, profile)
        action = partner.action_view_complaint_profiles()
        found = self.env["complaint.report.profile"].search(action["domain"])
        self.assertIn(profile, found)
        self.assertEqual(action["context"]["default_partner_id"], self.customer.id)

    def test_section_once(self):
        profile = self._profile(kind="letter")
        self.assertEqual(len(profile.copy().section_ids), len(profile.section_ids))
        profile.section_ids = [Command.update(profile.section_ids[0].id, {"title": "Hello"})]
        self.assertEqual(profile.section_ids[0].title, "Hello")
