from odoo import api, fields, models


class ComplaintReportProfileSection(models.Model):
    """One section of a document as an addressee wants it: on or off, where, called what (R44)."""

    _name = "complaint.report.profile.section"
    _description = "Section of a Report Profile"
    _order = "profile_id, sequence, id"
    _check_company_auto = True

    profile_id = fields.Many2one(
        "complaint.report.profile", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="profile_id.company_id", store=True, precompute=True)
    sequence = fields.Integer(default=10)
    code = fields.Char(required=True, readonly=True)
    default_title = fields.Char("Section", compute="_compute_default_title")
    is_printed = fields.Boolean("Printed", default=True)
    title = fields.Char("Own title", translate=True, help="Empty: our own title.")
    body = fields.Text(
        "Own text",
        translate=True,
        help="Plain text with placeholders; printed before what is recorded.",
    )
    replaces_recorded = fields.Boolean(
        "Instead of ours",
        help="The own text stands alone; what is recorded is in tables and placeholders only.",
    )

    placeholder_list = fields.Json(
        compute="_compute_placeholder_list", help="What the editor of a text offers to insert."
    )

    _code_unique = models.UniqueIndex("(profile_id, code)", "A profile has each section once.")

    @api.depends("code", "profile_id.kind")
    def _compute_default_title(self):
        for section in self:
            titles = self.env["complaint.report"]._get_section_titles(section.profile_id.kind)
            section.default_title = titles.get(section.code, section.code)

    @api.depends("profile_id.kind")
    @api.depends_context("lang")
    def _compute_placeholder_list(self):
        for record in self:
            record.placeholder_list = self.env["complaint.report.profile"]._get_placeholder_choices(
                record.profile_id.kind
            )

    @api.constrains("title", "body", "profile_id")
    def _check_texts(self):
        """:raise ValidationError: for what is no placeholder of the list (T12)"""
        for section in self:
            section.profile_id._check_text(section.title)
            section.profile_id._check_text(section.body)
