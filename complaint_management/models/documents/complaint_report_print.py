import base64
import io
import logging

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools.pdf import PdfReader

_logger = logging.getLogger(__name__)

# Stands in every document, hidden by our style sheet (``print_style``); without blanks.
UNSTYLED_MARK = "STYLESHEETNOTLOADED"

# How the page looks around the document -> the template that draws it.
LAYOUTS = {
    "letterhead": "web.external_layout",
    "plain": "complaint_management.plain_layout",
}
# Tables that follow a section's text: code -> kinds of actions.
MEASURE_TABLES = {
    "corrective": ("corrective",),
    "preventive": ("preventive",),
    "verification": ("verification",),
    "measures": ("corrective", "preventive"),
}
DRAFT_SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="700" height="460">'
    '<text x="350" y="250" text-anchor="middle" font-family="sans-serif" font-size="110" '
    'fill="#f1dede" transform="rotate(-28 350 230)">{}</text></svg>'
)


class ComplaintReportPrint(models.Model):
    """What the templates of customers' documents get: strings, no records (practice: *never*)."""

    _inherit = "complaint.report"

    def _get_safe_complaint(self):
        """:return: the complaint by sudo, in the report's language, for ``_get_print_*`` only

        :raise AccessError: when the user may not read the report
        """
        self.ensure_one()
        self.check_access("read")
        # sudo: goods, orders and lots of a case one may read; only chosen strings leave this room
        return self.complaint_id.sudo().with_context(lang=self.lang)

    def _get_print_values(self):
        """Everything a template prints, beside the company's own layout.

        :return: dict of strings, lists and dicts of strings
        """
        self.ensure_one()
        report = self.with_context(lang=self.lang)
        complaint = self._get_safe_complaint()
        author = complaint.lead_user_id or complaint.user_id
        # sudo: names of colleagues and of the addressee on a document the user may read
        sudo = report.sudo()
        return {
            "title": report._get_print_title(),
            "number": self.name,
            "version": self.version,
            "layout": LAYOUTS[sudo.profile_id.layout or "letterhead"],
            "supplier_code": sudo.profile_id.supplier_code or "",
            "is_draft": self.state == "draft",
            "draft_uri": report._get_draft_uri(),
            "date": complaint._get_print_day(self.date_approved or self._get_today()),
            "addressee": sudo.partner_id,
            "case": complaint._get_print_case(),
            "goods": complaint._get_print_goods(),
            "photos": complaint._get_print_photos(),
            "departments": complaint._get_print_departments(),
            "contact": complaint._get_print_contact(),
            "ticks": complaint._get_print_evidence_ticks(),
            "form": sudo.profile_id.form_number or complaint._get_print_form_number(),
            "requests": complaint._get_print_requests(),
            "feedback": (complaint.customer_feedback or "").strip(),
            "sections": report._get_print_sections(complaint),
            "prepared_by": author.name or "",
            "approved_by": sudo.approved_by_id.name or "",
        }

    def _get_today(self):
        return fields.Datetime.now()

    def _get_print_title(self):
        """:return: title of the document in the report's language, as the profile calls it"""
        # sudo: the profile of a document the user may read
        own = self.profile_id.sudo().with_context(lang=self.lang).title
        if own:
            return self._fill_placeholders(own)
        return {
            "feedback": self.env._("Customer Feedback Sheet"),
            "8d": self.env._("8D Report"),
            "letter": self.env._("Your Complaint"),
            "form": self.env._("Your Form"),
        }.get(self.kind, self.env._("Preventive-Action Report"))

    def _get_draft_uri(self):
        """:return: data URI of a mark that repeats over the pages of a draft, else empty"""
        if self.state != "draft":
            return ""
        svg = DRAFT_SVG.format(self.env._("DRAFT"))
        return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()

    def _get_print_sections(self, complaint):
        """Sections with their tables; what has neither text nor table is left out (no empty heads).

        :param complaint: as returned by :meth:`_get_safe_complaint`
        :return: list of dicts: ``code, title, body, is_short`` and the tables
        """
        sections = []
        for section in self.section_ids:
            values = {
                "code": section.code,
                "title": section.title,
                "body": (section.body or "").strip(),
                "rows": [
                    row
                    for kind in MEASURE_TABLES.get(section.code, ())
                    for row in complaint._get_print_measures(kind)
                ],
                "actions": [],
                "goods": [],
                "requests": [],
                "photos": [],
                "points": [],
            }
            if section.code == "complaint":
                values["goods"] = complaint._get_print_goods()
                values["photos"] = complaint._get_print_photos()
            elif section.code == "investigation":
                values["points"] = complaint._get_print_points()
            elif section.code == "handling":
                values["requests"] = complaint._get_print_requests()
                values["actions"] = complaint._get_print_immediate_actions()
            values["is_short"] = self._is_short_section(values)
            if self.kind == "feedback" or any(
                values[key]
                for key in ("body", "rows", "actions", "goods", "requests", "photos", "points")
            ):
                sections.append(values)
        return sections

    @staticmethod
    def _is_short_section(values):
        """:return: whether a section is kept on one page: a page would not be half empty for it"""
        rows = sum(len(values[key]) for key in ("rows", "actions", "goods", "requests", "points"))
        lines = sum(1 + len(line) // 90 for line in values["body"].splitlines())
        return rows <= 8 and lines <= 14 and len(values["photos"]) <= 3

    def _check_styled(self, content):
        """Refuse a PDF for which the engine could not load the style sheet from our own server.

        The engine reports success then; what would be kept for ever is a page of bare text.

        :param bytes content: PDF; anything else (tests print HTML) is let through
        :raise UserError: saying where to look
        """
        self.ensure_one()
        if content.startswith(b"%PDF") and UNSTYLED_MARK in self._get_first_page_text(content):
            # sudo: the address the engine uses is configuration, not everybody's to read
            url = self._get_report_action()._get_report_url()
            raise UserError(
                self.env._(
                    "%(report)s was not approved: its style sheet could not be loaded from %(url)s "
                    "and the document would be kept unreadable. Ask your administrator to set the "
                    "system parameter “report.url” to an address the server itself can reach.",
                    report=self.name,
                    url=url,
                )
            )

    def _get_first_page_text(self, content):
        """:return: text of the first page without blanks; empty when it cannot be read"""
        try:
            text = PdfReader(io.BytesIO(content), strict=False).pages[0].extract_text()
        except Exception:  # readers raise all sorts of errors; a document never fails by a check
            _logger.info("The text of %s cannot be read", self.name)
            return ""
        return "".join((text or "").split())
