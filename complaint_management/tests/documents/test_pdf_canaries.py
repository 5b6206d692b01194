import base64
import io
import json
import logging
import re
import time

from lxml import html
from pypdf import PdfReader

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from ...models.erp.report_cleaning import clean_document
from ..browser import BrowserCase
from .common import DocumentsCommon
from .pdf_canary import canary_server, get_canaries

_logger = logging.getLogger(__name__)

REPORT_XMLID = "complaint_management.action_report_preventive"
# Every document that the engine prints; a customer's own form is filled, not printed.
PDF_KINDS = ("preventive", "feedback", "8d", "letter")
FORM = "complaint_management.report_complaint_form"
FOREIGN_XMLID = "sale.action_report_saleorder"
PARTNER_TEXTS = ("name", "email", "phone", "street", "street2", "city", "zip", "function", "ref")
# Read by the machine: a language, a section's code, a key.
MACHINE_TEXTS = frozenset(
    {"lang", "tz", "code", "intake_key", "access_token", "res_model", "field_name", "event"}
)
CORE_LOGGER = "odoo.addons.base.models.ir_actions_report"


@tagged("post_install", "-at_install")
class TestPdfCanaries(DocumentsCommon, BrowserCase):
    """The real engine is offered everything that could make it fetch something (T11)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reports = cls.env["ir.actions.report"].with_context(force_report_rendering=True)

    def setUp(self):
        super().setUp()
        context = canary_server()
        self.canary = context.__enter__()
        self.addCleanup(context.__exit__, None, None, None)

    def _text(self, content):
        self.assertTrue(content.startswith(b"%PDF"))
        pages = PdfReader(io.BytesIO(content)).pages
        return "\n".join(page.extract_text() or "" for page in pages)

    def _print_html(self, inside, header="", footer="", xmlid=REPORT_XMLID):
        """What a template would hand over with ``inside`` in its article, as a real PDF."""
        action = self.env.ref(xmlid)
        html = (
            "<!DOCTYPE html><html><head></head><body><main>"
            f'<div class="header"><p>{header}</p></div>'
            f'<div class="article"><p>before</p>{inside}<p>after</p></div>'
            f'<div class="footer"><p>{footer} <span class="page"/>/<span class="topage"/></p></div>'
            "</main></body></html>"
        )
        bodies, _ids, head, foot, args = action._prepare_html(
            html.encode(), report_model=action.model
        )
        return self.reports._run_wkhtmltopdf(
            bodies, report_ref=xmlid, header=head, footer=foot, specific_paperformat_args=args
        )

    # ------------------------------------------------------------
    # HTML that gets in somehow
    # ------------------------------------------------------------
    def test_canaries_are_live(self):
        """Without the guard the same engine does ask: the test below can fail."""
        wanted = ("img", "css-url", "css-import", "svg-image", "iframe", "script-src", "object")
        canaries = get_canaries(self.canary.url)
        inside = "".join(canaries[name] for name in wanted)
        with mute_logger(CORE_LOGGER):
            self._print_html(inside, xmlid=FOREIGN_XMLID)
        self.assertGreaterEqual(len(set(self.canary.asked)), len(wanted), self.canary.asked)

    def test_no_canary_is_asked(self):
        canaries = get_canaries(self.canary.url)
        self.assertGreaterEqual(len(canaries), 20)
        everything = "".join(f"<div>{canary}</div>" for canary in canaries.values())
        text = self._text(self._print_html(everything, header=everything, footer=everything))
        self.assertEqual(self.canary.asked, [])
        self.assertIn("before", text)
        self.assertIn("after", text)
        self.assertNotIn("root:", text)

    def test_each_canary_alone(self):
        """One is not saved by what another one broke before it."""
        action = self.env.ref(REPORT_XMLID)
        for name, canary in get_canaries(self.canary.url).items():
            with self.subTest(canary=name):
                page = f'<html><body><main><div class="article">{canary}</div></main></body></html>'
                body = action._prepare_html(page.encode(), report_model=action.model)[0][0]
                # A picture inside a picture is not loaded by the engine: the test above asks it
                body = re.sub(r'"data:image/[^"]*"', '""', str(body))
                self.assertNotIn(f":{self.canary.port}", body)
                self.assertNotIn("file:", body)

    def test_harmless_links_stay(self):
        content = self._print_html(
            '<a href="https://example.com/x">web</a> <a href="mailto:a@b.example">mail</a> '
            '<a href="javascript:alert(1)">js</a> <a href="file:///etc/passwd">file</a> '
            '<a href="/odoo/complaints/1">back office</a>'
        )
        links = [
            annotation.get_object().get("/A", {}).get("/URI", "")
            for page in PdfReader(io.BytesIO(content)).pages
            for annotation in page.get("/Annots", ())
        ]
        self.assertEqual(sorted(links), ["https://example.com/x", "mailto:a@b.example"])

    def test_engine_reaches_no_other_host(self):
        """The third wall: even HTML that nobody cleaned asks no host but our own."""
        host = "localhost"  # our own server is 127.0.0.1 for the engine
        page = f'<html><body><img src="{self.canary.url("raw", host)}">text</body></html>'
        with mute_logger(CORE_LOGGER):
            self.reports._run_wkhtmltopdf([page], report_ref=FOREIGN_XMLID)
        self.assertEqual(self.canary.asked, ["/raw"])
        with mute_logger(CORE_LOGGER):
            content = self.reports._run_wkhtmltopdf([page], report_ref=REPORT_XMLID)
        self.assertEqual(self.canary.asked, ["/raw"])
        self.assertIn("text", self._text(content))

    # ------------------------------------------------------------
    # Letterhead
    # ------------------------------------------------------------
    def test_letterhead(self):
        """Logo, tag line and page numbers are printed; what they load from elsewhere is not."""
        picture = self.env["ir.attachment"].create(
            {"name": "seal.png", "raw": self._raw_picture(), "public": True}
        )
        url = self.canary.url
        self.company.logo = self._picture(size=(300, 90))
        self._write_html(
            report_header=(
                f'Fine tools <img src="{url("tag")}"><style>@import "{url("style")}"</style>'
            ),
            report_footer=(
                f'Seal <img src="/web/image/{picture.id}-abc/seal.png">'
                f'<script>new Image().src="{url("foot")}"</script>'
            ),
            company_details=f'Our street <span style="background:url({url("details")})">1</span>',
        )
        report = self._report(self._case(photos=1))
        html = self._html(report)
        self.assertIn(url("tag"), html, "the letterhead really holds what is to be taken out")
        content = self._pdf(report)
        text = self._text(content)
        self.assertEqual(self.canary.asked, [])
        for words in ("Fine tools", "Seal", "Our street", "Page 1 / 1"):
            self.assertIn(words, " ".join(text.split()))
        # Logo, seal, photo
        self.assertGreaterEqual(len(PdfReader(io.BytesIO(content)).pages[0].images), 3)

    def test_nothing_of_ours_is_taken_out(self):
        """Every letterhead of Odoo with each of our documents goes through unchanged."""
        complaint = self._case(photos=1)
        reports = [self._report(complaint, kind) for kind in PDF_KINDS]
        layouts = self.env["report.layout"].search([])
        self.assertGreaterEqual(len(layouts), 5)
        self.company.logo = self._picture(size=(300, 90))
        for layout in layouts:
            self.company.external_report_layout_id = layout.view_id
            for report in reports:
                with self.subTest(layout=layout.view_id.key, kind=report.kind):
                    content = self._html(report).encode()
                    before, after = self._outline(content), self._outline(clean_document(content))
                    self.assertEqual(before, after)

    def _outline(self, content):
        """:return: list of (element, attributes, text) of what core hands to the engine"""
        root = html.fromstring(content, parser=html.HTMLParser(encoding="utf-8"))
        [main] = root.xpath("//main")
        return [
            (
                node.tag,
                sorted(pair for pair in node.attrib.items() if pair != ("style", "")),
                " ".join((node.text or "").split()),
            )
            for node in main.iter()
            if isinstance(node.tag, str)
        ]

    def test_kinds_are_all_here(self):
        kinds = dict(self.env["complaint.report"]._fields["kind"].selection)
        self.assertEqual(set(kinds) - {"form"}, set(PDF_KINDS))

    def test_letterhead_picture_of_others(self):
        """A picture the user may not read is not printed for him."""
        secret = self.env["ir.attachment"].create(
            {
                "name": "x.png",
                "raw": self._raw_picture(),
                "res_model": "ir.config_parameter",
                "res_id": 1,
            }
        )
        reports = self.env["ir.actions.report"].with_user(self.user_quality)
        address = f"/web/image/{secret.id}"
        self.assertIsNone(reports.sudo()._get_complaint_picture(address))
        secret.public = True
        self.assertTrue(reports.sudo()._get_complaint_picture(address))
        for other in ("/web/image/0", "/web/image/x", "//evil.example/web/image/1", "/web/login"):
            self.assertIsNone(reports.sudo()._get_complaint_picture(other))

    def _write_html(self, **values):
        """Write past Odoo's own cleaning of HTML fields, as an import or another addon might."""
        for name, value in values.items():
            self._write_raw(self.company, name, value)
        self.env.invalidate_all()

    def _write_raw(self, record, name, value):
        """Write past every check, as what is in a database may be older than the checks."""
        self.env.flush_all()
        stored = json.dumps({"en_US": value}) if record._fields[name].translate else value
        self.env.execute_query(
            SQL(
                "UPDATE %s SET %s = %s WHERE id = %s RETURNING id",
                SQL.identifier(record._table),
                SQL.identifier(name),
                stored,
                record.id,
            )
        )

    @classmethod
    def _raw_picture(cls):
        return base64.b64decode(cls._picture(size=(40, 40)))

    # ------------------------------------------------------------
    # Customers' words
    # ------------------------------------------------------------
    def test_every_text_field(self):
        """Whatever text of the case is HTML, it is printed as it was typed."""
        self.env["res.lang"]._activate_lang("zh_CN")
        complaint = self._case(photos=2)
        reports = [self._report(complaint, kind) for kind in PDF_KINDS]
        written = self._poison(complaint)
        self.assertGreater(written, 60)
        for report in reports:
            report._refresh_sections()
            with self.subTest(kind=report.kind):
                self.assertIn("<img", self._text(self._pdf(report)))
        content, _type = self.reports.with_user(self.user_quality)._render_qweb_pdf(
            FORM, complaint.ids
        )
        self.assertIn("<img", self._text(content))
        self.assertEqual(self.canary.asked, [])

    def _poison(self, complaint):
        """Write HTML into every text of the case, and of who and what takes part in it.

        :return: number of texts written
        """
        people = self.contact | self.customer | self.user_sales.partner_id
        texts = [(partner, name) for partner in people for name in PARTNER_TEXTS]
        texts += [(self.product.product_tmpl_id, "name"), (self.product, "default_code")]
        for record in self._iter_parts(complaint.sudo()):
            texts += [(record, name) for name in self._get_text_names(record)]
        for record, name in texts:
            mark = self.canary.url(f"{record._name}-{name}")
            self._write_raw(record, name, f'<img src="{mark}"><script src="{mark}"></script>')
        self.env.invalidate_all()
        return len(texts)

    def _iter_parts(self, complaint):
        """Yield the complaint, what it is classified by, and each of its parts and their parts."""
        yield complaint
        yield complaint.defect_id
        yield complaint.category_id
        for name, field in complaint._fields.items():
            if field.type == "one2many" and field.comodel_name.startswith("complaint."):
                yield from complaint[name]
        yield from complaint.report_ids.section_ids
        yield from complaint.report_ids.profile_id
        yield from complaint.report_ids.profile_id.section_ids

    def _get_text_names(self, record):
        """:return: names of the texts a person may have written; keys of machines are left out"""
        return [
            name
            for name, field in record._fields.items()
            if field.type in ("char", "text")
            and field._module == "complaint_management"
            and field.store
            and not field.related
            and name not in MACHINE_TEXTS
            and not name.startswith("pdf")
        ]

    # ------------------------------------------------------------
    # Time
    # ------------------------------------------------------------
    def test_endless_page_is_ended(self):
        """A page that never gets ready ends in time, with words that help."""
        self._allow_seconds(0)
        rows = "<tr><td>1<td>2" * 250_000
        page = f"<html><body><table>{rows}</table></body></html>"
        refused = self.assertRaisesRegex(UserError, "was not ready after 10 seconds")
        with mute_logger(CORE_LOGGER), refused:
            self.reports._run_wkhtmltopdf([page], report_ref=REPORT_XMLID)

    def test_a_slow_machine_may_take_longer(self):
        for setting, seconds in (("30", 90), ("", 30), ("soon", 30), ("-5", 30)):
            with self.subTest(setting=setting):
                self._allow_seconds(setting)
                self.assertEqual(self.reports._get_complaint_seconds(3), seconds)

    def test_endless_script_is_taken_out(self):
        self.assertIn("words", self._text(self._print_html("<script>while(true){}</script>words")))

    def test_huge_case(self):
        """200 lines of goods and 50 photos as phones take them: ready in time, or it is said."""
        phone = self._picture(size=(4000, 3000), form="JPEG")
        complaint = self._case(
            line_ids=[
                Command.create(self._prepare_line_vals(lot_name=f"L-{index}"))
                for index in range(200)
            ],
            evidence_ids=[
                Command.create(
                    {
                        "name": f"Photo {index}",
                        "file": phone,
                        "file_name": f"{index}.jpg",
                        "customer_visible": True,
                    }
                )
                for index in range(50)
            ],
        )
        report = self._report(complaint)
        self._allow_seconds(0)
        start = time.monotonic()
        self._html(report)
        _logger.info("200 lines, 50 photos: HTML after %.1f s", time.monotonic() - start)
        self.env.cr.cache.clear()
        start = time.monotonic()
        try:
            with mute_logger(CORE_LOGGER):
                content = self._pdf(report)
        except UserError as error:
            self.assertIn("was not ready after", str(error))
            content = None
        seconds = time.monotonic() - start
        _logger.info("… PDF of %s bytes after %.1f s", content and len(content), seconds)
        if content:
            self.assertIn("L-199", self._text(content))
