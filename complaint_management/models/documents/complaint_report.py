import re

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

REPORT_KINDS = [
    ("preventive", "Preventive-action report"),
    ("8d", "8D report"),
    ("letter", "Short letter"),
    ("feedback", "Customer feedback sheet"),
    ("form", "Customer's own form"),
]
# Interim versions of an 8D report, and the one that ends it.
STAGES = [("d3", "Interim, D3"), ("d5", "Interim, D5"), ("final", "Final")]
NAME_LETTERS = {"preventive": "P", "feedback": "F", "8d": "D", "letter": "L", "form": "C"}
SENT_STATES = ("sent", "acknowledged")


class ComplaintReport(models.Model):
    """A document for the customer: generated, edited, approved, frozen, sent (R33, R44).

    Not an SQL view. From approval on it is the stored bytes (``complaint_report_stored``); nothing
    renders again.
    This file holds what the record is and what keeps it as it is; its verbs are in
    ``complaint_report_verbs``, its way to the customer in ``complaint_report_sending``, its texts
    in ``complaint_report_text``, what they must not say in ``complaint_report_discretion``, what is
    printed in ``complaint_report_print``.
    """

    _name = "complaint.report"
    _description = "Complaint Report"
    _inherit = ["complaint.child.mixin", "mail.thread"]
    _order = "complaint_id, id"
    _VERSIONED_FIELDS = frozenset({"lang", "partner_id", "profile_id", "stage"})
    # What an approval fixes, beside the fields only verbs write.
    _FROZEN_FIELDS = {
        "approved": frozenset({"lang", "partner_id", "section_ids", "profile_id", "stage"})
    }
    _CORRECTABLE = False
    # What never changes after the record was made.
    _FIXED_FIELDS = frozenset({"kind", "complaint_id"})

    name = fields.Char(required=True, readonly=True, copy=False, default="/")
    kind = fields.Selection(REPORT_KINDS, required=True, default="preventive")
    stage = fields.Selection(
        STAGES,
        required=True,
        default="final",
        copy=False,
        help="An 8D report goes out in steps: containment, then causes and measures, then closed. "
        "All other documents are final.",
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("approved", "Approved"),
            ("sent", "Sent"),
            ("acknowledged", "Acknowledged"),
        ],
        required=True,
        default="draft",
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    version = fields.Integer(readonly=True, copy=False, default=0)
    complaint_version = fields.Integer(
        "Version of the complaint",
        related="complaint_id.version",
        help="Sent back by buttons as the version the user saw.",
    )
    lang = fields.Selection(
        lambda self: self.env["res.lang"].get_installed(),
        "Language",
        required=True,
        help="The document is written in it.",
        compute="_compute_lang",
        store=True,
        readonly=False,
        precompute=True,
    )
    partner_id = fields.Many2one("res.partner", "Addressee", required=True, check_company=True)
    section_ids = fields.One2many("complaint.report.section", "report_id", "Sections", copy=True)
    pdf = fields.Binary("PDF", attachment=True, readonly=True, copy=False)
    pdf_name = fields.Char(readonly=True, copy=False)
    pdf_sha256 = fields.Char("SHA-256", readonly=True, copy=False)
    editor_ids = fields.Many2many(
        "res.users",
        "complaint_report_editor_rel",
        "report_id",
        "user_id",
        "Edited by",
        readonly=True,
        copy=False,
        help="Everybody who added, rewrote or dropped a section that an approval covers.",
    )
    approved_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    date_approved = fields.Datetime(readonly=True, copy=False)
    date_sent = fields.Datetime(readonly=True, copy=False)
    date_acknowledged = fields.Datetime(readonly=True, copy=False)

    # Zero: not numbered yet, for the blink between insertion and numbering.
    _version_unique = models.UniqueIndex(
        "(complaint_id, kind, version) WHERE version > 0",
        "A complaint has one report of each kind and version.",
    )

    @api.depends("partner_id", "profile_id")
    def _compute_lang(self):
        installed = {code for code, _name in self.env["res.lang"].get_installed()}
        for report in self:
            if report.lang and report.state != "draft":
                report.lang = report.lang
                continue
            # sudo: the language of a document, whoever may read configuration
            lang = report.profile_id.sudo().lang
            if lang not in installed:
                lang = report.complaint_id._get_document_lang(report.partner_id)
            report.lang = lang

    @api.constrains("stage", "kind")
    def _check_stage(self):
        """:raise ValidationError: for an interim version of anything but an 8D report"""
        if any(report.kind != "8d" and report.stage != "final" for report in self):
            raise ValidationError(self.env._("Only 8D reports have interim versions."))

    @api.constrains("lang")
    def _check_lang(self):
        installed = {code for code, _name in self.env["res.lang"].get_installed()}
        for report in self:
            if report.lang not in installed:
                raise ValidationError(
                    self.env._("“%s” is no installed language.", report.lang or "")
                )

    # ------------------------------------------------------------
    # CRUD: what is approved stays as it is (T20)
    # ------------------------------------------------------------
    @api.model
    def _get_verb_fields(self):
        return super()._get_verb_fields() | {
            "name",
            "version",
            "pdf",
            "pdf_name",
            "pdf_sha256",
            "editor_ids",
            "approved_by_id",
            "date_approved",
            "date_sent",
            "date_acknowledged",
        }

    @api.model_create_multi
    def create(self, vals_list):
        reports = super().create(vals_list)
        for report in reports.filtered(lambda r: r.name == "/"):
            report._write_trusted(report._prepare_name_vals())
        return reports

    def _prepare_name_vals(self):
        """Number and version of a new report; called by :meth:`create`."""
        self.ensure_one()
        # sudo: the number counts all versions, whoever may read them
        siblings = self.sudo().search(
            [
                ("complaint_id", "=", self.complaint_id.id),
                ("kind", "=", self.kind),
                ("id", "!=", self.id),
            ]
        )
        version = max(siblings.mapped("version"), default=0) + 1
        letter = NAME_LETTERS.get(self.kind, "R")
        return {"version": version, "name": f"{self.complaint_id.name}-{letter}{version}"}

    def write(self, vals):
        """:raise UserError: to change what was approved, or what never changes"""
        if not self._is_trusted():
            if self._FROZEN_FIELDS["approved"].intersection(vals):
                self._check_draft()
            for name in self._FIXED_FIELDS.intersection(vals):
                field = self._fields[name]
                if any(
                    field.convert_to_cache(report[name], report)
                    != field.convert_to_cache(vals[name], report)
                    for report in self
                ):
                    raise UserError(
                        self.env._("A report keeps its kind and its complaint: make a new one.")
                    )
        result = super().write(vals)
        if {"lang", "partner_id", "profile_id", "stage"}.intersection(vals):
            self.filtered(lambda r: r.state == "draft")._refresh_sections()
        return result

    def _check_deletable(self):
        """Drafts may go; what was approved stays, whoever asks and through whatever door (T20)."""
        super()._check_deletable()
        if any(report.state != "draft" for report in self):
            raise UserError(
                self.env._("An approved or sent report cannot be deleted. Make a new version.")
            )

    def _keeps_thread(self):
        """The chatter of a draft goes with the draft."""
        return self.state != "draft" and super()._keeps_thread()

    def _check_draft(self):
        """:raise UserError: when one of the reports is approved already"""
        frozen = self.filtered(lambda report: report.state != "draft")
        if frozen:
            raise UserError(
                self.env._(
                    "%s is approved and cannot be changed. Make a new version.",
                    ", ".join(frozen.mapped("name")),
                )
            )

    def _get_report_base_filename(self):
        """:return: file name without extension, safe on every system"""
        self.ensure_one()
        return re.sub(r"[^\w.-]+", "-", self.name)
