import base64
import hashlib

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..complaint.complaint_complaint import INSIDE_GROUPS
from .complaint_report_print import UNSTYLED_MARK

REPORT_XMLID = "complaint_management.action_report_return_application"


class ComplaintReturnApplication(models.Model):
    """The return application: a PDF, made once when a dealer's return is approved (R66).

    In the house's language. It may be handed to the dealer: no costs, no limits, no operators, not
    what the leadership remarked. Its bytes are kept with their SHA-256.
    """

    _inherit = "complaint.approval"

    application = fields.Binary(
        "Return application", attachment=True, copy=False, groups=INSIDE_GROUPS
    )
    application_name = fields.Char(copy=False)
    application_sha256 = fields.Char("SHA-256", copy=False)

    def _keeps_file(self, name):
        """The application stays as it was approved (T20)."""
        return name == "application" or super()._keeps_file(name)

    @api.model
    def _get_freezable_fields(self):
        return super()._get_freezable_fields() | {"application"}

    # ------------------------------------------------------------
    # Making and showing it
    # ------------------------------------------------------------
    def _after_approve(self):
        """The application comes before what it applies for."""
        if self._starts_return():
            self._make_application()
        return super()._after_approve()

    def _make_application(self):
        """Print it and keep the bytes; callers checked that it is approved.

        :raise UserError: when the engine could not load the style sheet
        """
        self.ensure_one()
        # sudo: the approver may read the case without the right to edit it
        approval = self.sudo()
        report = self.env.ref(REPORT_XMLID).sudo()  # sudo: configuration
        content, _type = (
            self.env["ir.actions.report"]
            .with_context(lang=self._get_application_lang())
            ._render_qweb_pdf(report.report_name, self.ids)
        )
        # Tests print HTML, which no reader of PDFs understands
        read = self.env["complaint.report"]._get_first_page_text
        if content.startswith(b"%PDF") and UNSTYLED_MARK in read(content):
            raise UserError(
                self.env._(
                    "Not approved: the style sheet of the return application could not be loaded "
                    "from %s. Ask your administrator to set the system parameter “report.url” to "
                    "an address the server itself can reach.",
                    report._get_report_url(),
                )
            )
        approval._write_trusted(
            {
                "application": base64.b64encode(content),
                "application_name": f"{approval._get_report_base_filename()}.pdf",
                "application_sha256": hashlib.sha256(content).hexdigest(),
            }
        )

    def action_open_application(self):
        """Show the return application as it was approved.

        :return: client action
        :raise UserError: when there is none, or its bytes are not those that were approved
        """
        self.ensure_one()
        self.check_access("read")
        self._get_application_bytes()
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/application/{self.application_name}",
            "target": "new",
        }

    def _get_application_bytes(self):
        """:return: the stored bytes
        :raise UserError: when they are not those that were approved, or there are none
        """
        self.ensure_one()
        # sudo: the field's attachment follows the approval, which the caller has checked
        content = base64.b64decode(self.sudo().with_context(bin_size=False).application or b"")
        if not content or hashlib.sha256(content).hexdigest() != self.application_sha256:
            raise UserError(
                self.env._("There is no return application, or it is not the approved one.")
            )
        return content

    # ------------------------------------------------------------
    # What it says
    # ------------------------------------------------------------
    def _get_report_base_filename(self):
        """:return: file name without extension"""
        self.ensure_one()
        number = self.complaint_id.name.replace("/", "-")
        return f"{number}-R{self.id}"

    def _get_application_lang(self):
        """:return: code of the house's language"""
        self.ensure_one()
        installed = {code for code, _name in self.env["res.lang"].get_installed()}
        # sudo: the company's own address, read whoever approves
        lang = self.company_id.sudo().partner_id.lang
        return lang if lang in installed else self.env.lang or "en_US"

    def _get_application_values(self):
        """What the template prints.

        :return: dict of strings, lists and dicts of strings
        :raise AccessError: when the user may not read the approval
        """
        self.ensure_one()
        self.check_access("read")
        # sudo: goods, lots and names of colleagues; only chosen strings leave this room
        approval = self.sudo().with_context(lang=self._get_application_lang())
        complaint, demand = approval.complaint_id, approval.demand_id
        case = complaint._get_print_case()
        return {
            "number": approval._get_report_base_filename(),
            "date": complaint._get_print_day(approval.date_decided or fields.Datetime.now()),
            "case": case,
            "dealer": complaint.partner_id.commercial_partner_id,
            "contact": case["contact"],
            "deliveries": ", ".join(complaint.line_ids.picking_id.mapped("name")),
            "goods": [approval._prepare_application_goods(line) for line in demand.line_ids],
            "reason": demand.name or complaint.defect_id.name or complaint.subject or "",
            "words": complaint._get_print_words(),
            "facts": complaint._get_print_investigation(),
            "found_by": complaint.found_ours_by_id.name or "",
            "found_on": complaint._get_print_day(complaint.date_found_ours),
            "asked_by": approval.requested_by_id.name,
            "asked_on": complaint._get_print_day(approval.date_requested),
            "approved_by": approval.decided_by_id.name or "",
            "approved_on": complaint._get_print_day(approval.date_decided),
        }

    def _prepare_application_goods(self, line):
        """One row of the goods; called by :meth:`_get_application_values`."""
        complaint = line.complaint_id
        origin = line.complaint_line_id
        return {
            "name": line.product_id.with_context(display_default_code=False).display_name or "",
            "code": line.product_id.default_code or "",
            "lots": ", ".join(line.lot_ids.mapped("name")) or origin.lot_label or "",
            "shipped": complaint._get_print_day(origin.date_shipped),
            "quantity": complaint._get_print_quantity(line.quantity, line.product_uom_id),
        }
