"""The customer's own form: generated, edited, approved, frozen, sent like every report (R72)."""

import io

import docx
from openpyxl import load_workbook

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from . import office_files as files
from .form_common import FormCommon

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def load(content):
    """:return: first sheet of a workbook"""
    return load_workbook(io.BytesIO(content)).worksheets[0]


@tagged("post_install", "-at_install")
class TestReportForm(FormCommon):
    """A report of kind *form* from draft to sent."""

    def setUp(self):
        super().setUp()
        self.complaint = self._case(customer_reference="QN-4711", description="=1+1 rusty")
        self.report = self._report(self.complaint, "form")

    def _section(self, code):
        return self.report.section_ids.filtered(lambda s: s.code == code)

    def _filled(self):
        return load(self.report._make_office()[0])

    def test_the_customer_wants_it(self):
        self.assertEqual(self.complaint.report_kind, "form")
        self.assertEqual(self.report.profile_id, self.profile)
        self.assertRegex(self.report.name, r"-C1$")

    def test_offered_where_the_customer_has_one(self):
        self.assertTrue(self.complaint.has_report_form)
        self.profile.kind = "letter"
        self.complaint.invalidate_recordset()
        self.assertFalse(self.complaint.has_report_form)

    def test_draft_shows_what_is_filled_in(self):
        codes = self.report.section_ids.mapped("code")
        self.assertEqual(codes, ["complaint_number", "customer_reference", "cause", "words"])
        self.assertEqual(self._section("cause").title, "Cause")
        self.assertEqual(self._section("words").body, "=1+1 rusty")

    def test_filled(self):
        page = self._filled()
        self.assertEqual(page["A1"].value, "Complaint report")
        self.assertEqual(page["B3"].value, self.complaint.name)
        self.assertEqual(page["B4"].value, "QN-4711")
        goods = self.complaint._get_print_goods()
        self.assertEqual(page["A7"].value, goods[0]["name"])
        self.assertEqual(page["C7"].value, goods[0]["quantity"])
        self.assertIsNone(page["A9"].value)
        self.assertIn("cartons got wet", page["B13"].value)
        self.assertEqual(page["B14"].value, self.report.name)

    def test_nothing_the_customer_wrote_is_live(self):
        cell = self._filled()["A12"]
        self.assertEqual((cell.value, cell.data_type), ("=1+1 rusty", "s"))
        self.assertTrue(cell.quotePrefix)

    def test_edited_words_go_into_the_form(self):
        self._section("cause").body = "Moisture. {{approved_by}} +1"
        self.report.action_generate()
        self.assertEqual(self._filled()["B13"].value, "Moisture. {{approved_by}} +1")

    def test_more_goods_than_rows(self):
        for number in range(4):
            line = self._prepare_line_vals(product_id=False, name=f"Film {number}")
            self.complaint.sudo().line_ids = [Command.create(line)]
        page = self._filled()
        self.assertEqual(page["A8"].value, "Film 0")
        self.assertEqual(page["A9"].value, "Film 1\nFilm 2\nFilm 3")
        self.assertTrue(page["A9"].alignment.wrap_text)

    def test_another_form_takes_other_values(self):
        self.profile.form_field_ids.filtered(lambda x: x.source == "cause").source = "defect"
        self._section("words").body = "Somebody rewrote this"
        self.report.action_generate()
        codes = self.report.section_ids.mapped("code")
        self.assertNotIn("cause", codes)
        self.assertIn("defect", codes)
        self.assertIn("words", codes)

    # ------------------------------------------------------------
    # Approval
    # ------------------------------------------------------------
    def test_approved_and_kept(self):
        report = self.report.with_user(self.user_manager)
        report.action_approve()
        self.assertFalse(report.pdf_sha256)
        self.assertEqual(report.office_name, f"{report.name.replace('/', '-')}.xlsx")
        document = report._get_documents()[0]
        self.assertEqual(document.mimetype, XLSX)
        self.assertEqual(self._sha(document.content), report.office_sha256)
        self.assertEqual(load(document.content)["B3"].value, self.complaint.name)
        self.profile.form_file = False
        self.complaint.cause_ids.name = "Changed later"
        self.assertEqual(report._get_documents()[0], document)

    def test_what_the_customer_asks_for_is_missing(self):
        self._section("cause").body = " "
        with self.assertRaisesRegex(UserError, "“Cause”, which the customer's form asks for"):
            self.report.with_user(self.user_manager).action_approve()

    def test_a_person_is_no_only_cause(self):
        """What no other document may say, the customer's own form may not say either (never)."""
        category = self.env["complaint.cause.category"].create(
            {"name": "Operator", "code": "operator", "is_person": True}
        )
        self.complaint.cause_ids.sudo()._write_trusted({"category_id": category.id})
        with self.assertRaisesRegex(UserError, "a cause beyond the person"):
            self.report.with_user(self.user_manager).action_approve()

    def test_words_without_a_place(self):
        self.report.section_ids = [Command.create({"title": "P.S.", "body": "Thanks"})]
        with self.assertRaisesRegex(UserError, "a place in the form for “P.S.”"):
            self.report.with_user(self.user_manager).action_approve()

    def test_changed_lists_are_shown(self):
        """What a form takes row by row is compared with the version before, too (R33)."""
        self.report.with_user(self.user_manager).action_approve()
        action = self.report.with_user(self.user_quality).action_new_version()
        second = self.report.browse(action["res_id"])
        self.assertIn("Nothing printed has changed", second.difference)
        line = self._prepare_line_vals(product_id=False, name="Film 7")
        self.complaint.sudo().line_ids = [Command.create(line)]
        second.invalidate_recordset(["difference"])
        self.assertRegex(second.difference, "text-success[^>]*>Film 7")

    def test_discretion(self):
        self.complaint.cause_ids.operator_name = "王工"
        self.complaint.action_ids[0].name = "Wrap pallets, says 王工"
        with self.assertRaisesRegex(UserError, "王工"):
            self.report.with_user(self.user_manager).action_approve()

    def test_no_form_is_said(self):
        self.profile.form_field_ids.unlink()
        self.profile.form_file = False
        with self.assertRaisesRegex(UserError, "has no form yet"):
            self.report.action_preview()
        with self.assertRaisesRegex(UserError, "has no form yet"):
            self.report.action_generate()
        with self.assertRaisesRegex(UserError, "the customer's form, in the report profile"):
            self.report.with_user(self.user_manager).action_approve()

    def test_the_bytes_cannot_be_changed(self):
        """T20 holds for office files as for PDFs, by field, file and database."""
        self.report.with_user(self.user_manager).action_approve()
        report = self.report.sudo()
        content = report._get_documents()[0].content
        attachment = report._get_stored_attachment("office")
        for record, vals in (
            (report, {"office": b"Zm9yZ2Vk"}),
            (report, {"office_name": "x.xlsx"}),
            (report, {"office_sha256": "0"}),
            (report, {"section_ids": [Command.clear()]}),
            (attachment, {"raw": b"forged"}),
            (attachment, {"name": "x.xlsm"}),
        ):
            with self.subTest(vals=vals), self.assertRaises(UserError):
                record.write(vals)
        with self.assertRaises(UserError):
            attachment.unlink()
        with self.assertRaises(UserError):
            self.env["ir.attachment"].create(
                {
                    "name": "office",
                    "raw": b"forged",
                    "res_model": "complaint.report",
                    "res_id": report.id,
                    "res_field": "office",
                }
            )
        self.assertEqual(report._get_documents()[0].content, content)
        self.env.cr.execute(
            "UPDATE complaint_report SET office_sha256 = 'x' WHERE id = %s", [report.id]
        )
        report.invalidate_recordset()
        with self.assertRaisesRegex(UserError, "not the one that was approved"):
            report.action_send()

    def test_sent_as_it_was_approved(self):
        self.contact.email = "contact@example.com"
        self.report.with_user(self.user_manager).action_approve()
        report = self.report.with_user(self.user_sales)
        message = report._send()
        self.assertEqual(self._sha(message.attachment_ids.raw), report.office_sha256)
        self.assertEqual(message.attachment_ids.mimetype, XLSX)
        self.assertEqual(report.state, "sent")
        self.assertTrue(self.complaint.date_reported, "it is our answer")

    def test_next_version(self):
        self._section("words").body = "In short: rusty"
        self.report.with_user(self.user_manager).action_approve()
        action = self.report.action_new_version()
        report = self.report.browse(action["res_id"])
        self.assertFalse(report.office_sha256)
        words = report.section_ids.filtered(lambda s: s.code == "words")
        self.assertEqual(words.body, "In short: rusty")


@tagged("post_install", "-at_install")
class TestReportFormWord(FormCommon):
    """The same with a Word form in Chinese."""

    def test_word(self):
        self.profile.write({"form_field_ids": [Command.clear()]})
        lines = [("<<CAUSE>>", "cause", {})]
        profile = self._make_profile(files.word(), "表格.docx", lines, sequence=1)
        complaint = self._case(customer_reference="质-4711")
        report = self._report(complaint, "form")
        self.assertEqual(report.profile_id, profile)
        content, ending = report._make_office()
        self.assertEqual(ending, "docx")
        document = docx.Document(io.BytesIO(content))
        self.assertEqual(document.sections[0].footer.paragraphs[0].text, "投诉 质-4711")
        texts = "\n".join(p.text for p in document.paragraphs)
        self.assertIn(f"Dear {self.contact.name}, thank you.", texts)
        self.assertIn("Cause: The cartons got wet", texts)
        goods = complaint._get_print_goods()
        self.assertEqual(document.tables[0].cell(1, 1).text, goods[0]["name"])
        report.with_user(self.user_manager).action_approve()
        self.assertTrue(report.office_name.endswith(".docx"))


@tagged("post_install", "-at_install")
class TestReportFormHttp(FormCommon, HttpCase):
    """Downloading: the draft for colleagues who may read it, for nobody else."""

    def _get(self, user, report):
        self.authenticate(user.login, user.login)
        return self.url_open(f"/complaint/report/{report.id}/draft")

    def test_draft(self):
        report = self._report(self._case(), "form")
        action = report.action_preview()
        self.assertEqual(action["url"], f"/complaint/report/{report.id}/draft")
        self._set_passwords()
        response = self._get(self.user_quality, report)
        self.assertEqual(response.status_code, 200)
        self.assertEqual(response.headers["Content-Type"], XLSX)
        self.assertIn("DRAFT.xlsx", response.headers["Content-Disposition"])
        self.assertEqual(load(response.content)["B3"].value, report.complaint_id.name)
        stranger = self.env["res.users"].create({"name": "S", "login": "stranger_form"})
        stranger.password = stranger.login
        with mute_logger("odoo.http"):
            self.assertEqual(self._get(stranger, report).status_code, 404)
            self.assertEqual(self._get(self.user_contributor, report).status_code, 404)
        self.logout()
        response = self.url_open(f"/complaint/report/{report.id}/draft", allow_redirects=False)
        self.assertEqual(response.status_code, 303)
        with self.assertRaises(AccessError):
            report.with_user(self.user_contributor).action_download_office()

    def test_approved(self):
        report = self._report(self._case(), "form")
        report.with_user(self.user_manager).action_approve()
        self._set_passwords()
        self.assertEqual(self._get(self.user_quality, report).status_code, 404, "no draft any more")
        response = self.url_open(report.action_preview()["url"])
        self.assertEqual(self._sha(response.content), report.office_sha256)

    def test_the_customer_downloads_what_was_sent(self):
        """His page gives the approved bytes, as a file and never in place."""
        report = self._report(self._case(), "form")
        report.with_user(self.user_manager).action_approve()
        report.with_user(self.user_sales).action_mark_sent()
        token = report.complaint_id.sudo()._portal_ensure_token()
        complaint_id = report.complaint_id.id
        path = f"/my/complaints/{complaint_id}/report/{report.id}?access_token={token}"
        for address in (path, f"{path}&workbook=1"):
            response = self.url_open(address)
            self.assertEqual(self._sha(response.content), report.office_sha256)
            self.assertEqual(response.headers["Content-Type"], XLSX)
            self.assertTrue(response.headers["Content-Disposition"].startswith("attachment"))

    def test_a_report_that_is_not_there(self):
        self._set_passwords()
        self.authenticate(self.user_quality.login, self.user_quality.login)
        for path in ("999999999", "0", "x"):
            response = self.url_open(f"/complaint/report/{path}/draft")
            self.assertEqual(response.status_code, 404)

    def _set_passwords(self):
        for user in (self.user_quality, self.user_contributor):
            user.sudo().password = user.login
