import base64

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import DocumentsCommon


@tagged("post_install", "-at_install")
class TestReportFrozen(DocumentsCommon):
    """From approval on nothing changes it: no edit, no template, no sudo, no RPC (T20)."""

    def setUp(self):
        super().setUp()
        self.report = self._approved()
        self.content = self.report._get_pdf_bytes()

    def _attachment(self):
        return self.report.sudo()._get_stored_attachment("pdf")

    def assert_unchanged(self):
        self.env.invalidate_all()
        self.assertEqual(self.report._get_pdf_bytes(), self.content)
        self.assertEqual(self.report.pdf_sha256, self._sha(self.content))

    def test_writing_is_refused(self):
        other = base64.b64encode(b"forged")
        for vals in (
            {"pdf": other},
            {"pdf": False},
            {"pdf_sha256": self._sha(b"forged")},
            {"pdf_name": "x.pdf"},
            {"lang": "fr_FR"},
            {"partner_id": self.customer2.id},
            {"kind": "feedback"},
            {"state": "draft"},
            {"name": "X"},
            {"section_ids": [Command.clear()]},
            {"section_ids": [Command.create({"title": "New", "code": "x"})]},
        ):
            for user in (self.user_quality, self.user_admin, self.env.ref("base.user_root")):
                with self.subTest(vals=vals, user=user.name):
                    with self.assertRaises(UserError):
                        self.report.with_user(user).with_context(complaint_transition=True).write(
                            vals
                        )
                    with self.assertRaises(UserError):
                        self.report.with_user(user).sudo().write(vals)
        self.assert_unchanged()

    def test_sections_are_refused(self):
        section = self.report.section_ids[0]
        with self.assertRaises(UserError):
            section.sudo().write({"body": "x"})
        with self.assertRaises(UserError):
            section.sudo().unlink()
        with self.assertRaises(UserError):
            section.sudo().create({"report_id": self.report.id, "title": "x", "code": "x"})
        draft = self._report()
        with self.assertRaises(UserError):
            section.sudo().write({"report_id": draft.id})
        with self.assertRaises(UserError):
            draft.section_ids[0].sudo().write({"report_id": self.report.id})

    def test_deleting_is_refused(self):
        for records in (self.report, self._attachment()):
            with self.assertRaises(UserError):
                records.sudo().unlink()
            with self.assertRaises(UserError):
                records.sudo().with_context(_force_unlink=True).unlink()
        self.assert_unchanged()

    def test_the_attachment_is_refused(self):
        attachment = self._attachment()
        other = base64.b64encode(b"forged")
        for vals in (
            {"raw": b"forged"},
            {"datas": other},
            {"res_id": 0},
            {"res_field": False},
            {"res_model": "res.partner"},
            {"type": "url", "url": "https://elsewhere.example.com"},
            {"public": True},
            {"access_token": "x"},
            {"name": "other.pdf"},
            {"mimetype": "image/png"},
        ):
            with self.subTest(vals=vals), self.assertRaises(UserError), self.env.cr.savepoint():
                attachment.write(vals)
        self.assert_unchanged()
        # Odoo's own migration between database and disk writes the same bytes.
        attachment.write({"raw": self.content, "mimetype": attachment.mimetype})
        self.assert_unchanged()

    def test_a_second_attachment_cannot_pose_as_it(self):
        vals = {"name": "pdf", "raw": b"forged", "res_model": "complaint.report"}
        vals["res_id"] = self.report.id
        with self.assertRaises(UserError):
            self.env["ir.attachment"].create({**vals, "res_field": "pdf"})
        loose = self.env["ir.attachment"].create({"name": "pdf", "raw": b"forged"})
        with self.assertRaises(UserError):
            loose.write(
                {"res_model": "complaint.report", "res_id": self.report.id, "res_field": "pdf"}
            )

    def test_changes_elsewhere_leave_the_bytes(self):
        complaint = self.report.complaint_id
        view = self.env.ref("complaint_management.report_preventive_signatures")
        view.arch = "<t><div>Other</div></t>"
        complaint.cause_ids.name = "Another cause"
        complaint._correct("description", "Another text", "Mistyped")
        self.assertEqual(complaint.measures_state, "draft")
        self.assert_unchanged()
        action = self.report._get_report_action()
        content, _type = (
            self.env["ir.actions.report"]
            .with_context(force_report_rendering=True)
            ._render_qweb_pdf(action.report_name, self.report.ids)
        )
        self.assertEqual(content, self.content, "printing gives the stored bytes")

    def test_altered_bytes_are_noticed(self):
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE complaint_report SET pdf_sha256 = 'x' WHERE id = %s", [self.report.id]
        )
        self.env.invalidate_all()
        with self.assertRaisesRegex(UserError, "not the one that was approved"):
            self.report.action_send()

    def test_a_draft_may_go(self):
        draft = self._report()
        draft.unlink()
        self.assertFalse(draft.exists())
