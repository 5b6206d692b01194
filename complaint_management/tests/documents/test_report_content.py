from datetime import timedelta

from odoo import fields
from odoo.fields import Command
from odoo.tests import tagged

from .common import DocumentsCommon

MARK = "zzMARK"


@tagged("post_install", "-at_install")
class TestReportContent(DocumentsCommon):
    """What stands in the documents, and what never does (practice § Documents)."""

    def _full_case(self):
        """A case with a marker in every field that stays in the house."""
        complaint = self._case(photos=1)
        supplier = self.env["res.partner"].create({"name": f"{MARK} supplier"})
        self.product.seller_ids = [Command.create({"partner_id": supplier.id, "price": 987654.32})]
        self.user_sales.login = self.user_sales.email = f"{MARK}login@example.com"
        complaint.sudo().assessment = f"{MARK} assessment"
        complaint.cause_ids.write(
            {
                "operator_name": f"{MARK} operator",
                "penalty": f"{MARK} penalty",
                "machine": f"{MARK} machine",
                "shift": f"{MARK} shift",
                "whys": f"{MARK} whys",
                "evidence_note": f"{MARK} proof",
            }
        )
        owner = self.user_contributor
        owner.name = f"{MARK} owner"
        complaint.action_ids.write({"description": f"{MARK} instructions", "user_id": owner.id})
        for action in complaint.action_ids:
            action._write_trusted(
                {
                    "objection_reason": f"{MARK} objection",
                    "completion_note": f"{MARK} note",
                }
            )
        complaint.evidence_ids._write_trusted({"sample_place": f"{MARK} place"})
        self.env["complaint.evidence"].create(
            {
                "complaint_id": complaint.id,
                "name": f"{MARK} hidden photo",
                "missing_reason": f"{MARK} reason",
                "file": self._picture(),
            }
        )
        self.team.name = f"{MARK} team"
        complaint.message_post(body=f"{MARK} message")
        return complaint

    def test_never(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        complaint = self._full_case()
        for lang in ("en_US", "zh_CN"):
            self.contact.lang = lang
            for kind in ("preventive", "feedback"):
                report = self._report(complaint, kind)
                report.lang = lang
                html = self._html(report)
                with self.subTest(lang=lang, kind=kind):
                    self.assertIn("cartons got wet", html)
                    self.assertNotIn(MARK, html)
                    self.assertNotIn("987654", html)
                    for inside in ("/odoo/", "/mail/view", "/web#", "/my/complaints"):
                        self.assertNotIn(inside, html)

    def test_internal_form_shows_what_colleagues_need(self):
        complaint = self._full_case()
        report = "complaint_management.report_complaint_form"
        engine = self.env["ir.actions.report"]
        html = (
            engine.with_user(self.user_quality)._render_qweb_html(report, complaint.ids)[0].decode()
        )
        for part in ("assessment", "operator", "penalty", "machine", "note", "owner"):
            self.assertIn(f"{MARK} {part}", html)
        html = (
            engine.with_user(self.user_sales)._render_qweb_html(report, complaint.ids)[0].decode()
        )
        for part in ("operator", "penalty"):
            self.assertNotIn(f"{MARK} {part}", html)

    def test_content_of_the_preventive_report(self):
        complaint = self._case(photos=2)
        self.customer.street = "1 Quay Street"
        complaint.customer_reference = "QC-77"
        measure = complaint.action_ids.filtered(lambda a: a.kind == "corrective")
        measure.department_id = self.env["complaint.department"].create({"name": "Transport"})
        measure.evidence_note = "Record QR-7"
        measure._write_trusted({"state": "done", "date_done": fields.Datetime.now()})
        self._add_action(complaint, kind="verification", name="Look at three deliveries")
        report = self._report(complaint)
        html = self._html(report)
        for part in (
            "Preventive-Action Report",
            "Hanna Harbour",
            "1 Quay Street",
            "QC-77",
            "We are sorry",
            "The tips of the screwdrivers are rusty.",
            "L-2001",
            "Cause and measures are in this report.",
            "We replace the three screwdrivers.",
            "Three of ten shafts show rust.",
            "The cartons got wet in transport.",
            "Wrap pallet 0 in film",
            "Check wrapping at gate 0",
            "Transport",
            "Record QR-7",
            "Look at three deliveries",
            "Photo 1",
            "data:image/jpeg;base64,",
            "Prepared",
            "Checked",
            "Approved",
            "Seal",
            "DRAFT",
        ):
            with self.subTest(part=part):
                self.assertIn(part, html)
        order = [html.index(part) for part in ("sorry", "are rusty", "We replace", "Three of ten")]
        order += [html.index(p) for p in ("cartons got wet", "Wrap pallet", "Check wrapping")]
        self.assertEqual(order, sorted(order))

    def test_no_empty_headings(self):
        complaint = self._case()
        complaint.action_ids.filtered(lambda a: a.kind == "preventive").unlink()
        html = self._html(self._report(complaint))
        self.assertIn("Corrective actions", html)
        for title in ("Preventive actions", "Applied elsewhere", "Verification"):
            self.assertNotIn(title, html)

    def test_no_future_date_under_done(self):
        complaint = self._case()
        action = complaint.action_ids[0]
        action._write_trusted(
            {"state": "done", "date_done": fields.Datetime.now() + timedelta(days=3)}
        )
        self.assertEqual(complaint._prepare_print_measure(action)["done"], "")
        action._write_trusted({"state": "open", "date_done": fields.Datetime.now()})
        self.assertEqual(complaint._prepare_print_measure(action)["done"], "")

    def test_customers_words_are_plain_text(self):
        """T11: nothing of them is markup, nothing is fetched; line breaks stay."""
        words = 'Line one\nLine two <img src="https://elsewhere.example.com/x.png"/> & more'
        html = self._html(self._report(self._case(description=words)))
        self.assertIn("Line one\nLine two &lt;img", html)
        self.assertNotIn('<img src="https://elsewhere', html)

    def test_approved_has_no_draft_mark(self):
        report = self._approved()
        self.assertNotIn("DRAFT", report._get_pdf_bytes().decode(errors="ignore"))
        self.assertIn("Manager", report._get_pdf_bytes().decode(errors="ignore"))

    def test_feedback_sheet(self):
        complaint = self._case(purchase_place="Market hall", photos=1)
        complaint.cause_ids.department_id = self.env["complaint.department"].create(
            {"name": "Transport"}
        )
        self.env["complaint.demand"].create(
            {"complaint_id": complaint.id, "kind": "exchange", "name": "Three new ones"}
        )
        html = self._html(self._report(complaint, "feedback"))
        for part in (
            "CM-F-01, revision 1",
            "Harbour Hotel",
            "Hanna Harbour",
            "Screwdriver",
            "L-2001",
            "3 Units",
            "Market hall",
            "are rusty",
            "Findings on site",
            "Three new ones",
            "Three of ten shafts",
            "We replace",
            "cartons got wet",
            "responsible department",
            "Wrap pallet 0",
            "Check wrapping at gate 0",
            "We agree to the handling",
            "We do not agree",
            "Satisfaction",
            "Remarks",
            "Signature of the customer, stamp",
            "o_complaint_line",
        ):
            with self.subTest(part=part):
                self.assertIn(part, html)

    def test_only_read_access_is_needed(self):
        """Quality without any right on sales prints goods, orders and lots."""
        complaint = self._registered_complaint(sale_order_id=self._order().id)
        html = self._html(self._report(complaint))
        self.assertIn(complaint.sale_order_id.name, html)
