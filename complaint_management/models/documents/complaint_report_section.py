from odoo import api, fields, models
from odoo.exceptions import UserError

from ..complaint.complaint_frozen import THAWED

# Courtesy: rewriting these changes nothing that R33 wants approved.
COURTESY_SECTIONS = ("opening", "closing")


class ComplaintReportSection(models.Model):
    """One part of a report: an editable text, followed by the table its code stands for.

    Generating again rewrites what nobody edited and keeps what somebody did. From approval on
    nothing of it changes any more, through no door (T20).
    """

    _name = "complaint.report.section"
    _description = "Section of a Complaint Report"
    _inherit = ["complaint.state.guard"]
    _order = "report_id, sequence, id"

    report_id = fields.Many2one("complaint.report", required=True, index=True, ondelete="cascade")
    complaint_id = fields.Many2one(related="report_id.complaint_id", store=True, index=True)
    company_id = fields.Many2one(related="report_id.company_id", store=True, index=True)
    sequence = fields.Integer(default=10)
    code = fields.Char(required=True, readonly=True, default="extra")
    title = fields.Char(required=True)
    body = fields.Text(help="Plain text; printed as it stands.")
    is_edited = fields.Boolean(
        readonly=True, help="Somebody rewrote it: generating again keeps it."
    )
    edited_by_id = fields.Many2one("res.users", readonly=True)
    edited_mark = fields.Char("Changed", compute="_compute_edited_mark")

    @api.depends("is_edited")
    @api.depends_context("lang")
    def _compute_edited_mark(self):
        for section in self:
            section.edited_mark = self.env._("edited") if section.is_edited else False

    @api.model
    def _get_verb_fields(self):
        return super()._get_verb_fields() | {"code", "is_edited", "edited_by_id"}

    @api.model_create_multi
    def create(self, vals_list):
        """Sections somebody adds count as edited; those of the generator do not."""
        by_user = not self._is_trusted()
        sections = super().create(vals_list)
        sections.report_id._check_draft()
        if by_user:
            sections._mark_edited()
            # Whatever it calls itself: a courtesy section is the generator's
            sections.report_id._add_editor()
        return sections

    def write(self, vals):
        """Rewrite a section of a draft and remember that somebody did.

        :raise UserError: when the report is no draft any more, or to move it to another report
        """
        # A person is taken out of what was approved, too (T21)
        if self.env.context.get("complaint_thaw") is not THAWED:
            self.report_id._check_draft()
        if "report_id" in vals and any(s.report_id.id != vals["report_id"] for s in self):
            raise UserError(self.env._("A section stays in its report."))
        edited = self.browse()
        if not self._is_trusted():
            edited = self.filtered(
                lambda s: any(
                    name in vals and (s[name] or "") != (vals[name] or "")
                    for name in ("title", "body")
                )
            )
        result = super().write(vals)
        edited._mark_edited()
        return result

    def _update_generated(self, vals):
        """Write what the generator says now, where it says something else."""
        self.ensure_one()
        changed = {
            name: vals[name]
            for name in ("title", "body", "sequence")
            if (self[name] or "") != (vals[name] or "")
        }
        if changed:
            self.write(changed)

    def unlink(self):
        """Drop sections of a draft; what approvers saw before is another version."""
        reports = self.report_id
        reports._check_draft()
        if not self._is_trusted():
            self._get_covered().report_id._add_editor()
        result = super().unlink()
        reports._bump_complaint_version()
        return result

    def _mark_edited(self):
        """Remember who rewrote the sections; what approvers saw before is another version."""
        if self:
            self._write_trusted({"is_edited": True, "edited_by_id": self.env.uid})
            self._get_covered().report_id._add_editor()
            self.report_id._bump_complaint_version()

    def _get_covered(self):
        """:return: the sections that say what R33 wants approved: all but mere courtesy"""
        return self.filtered(lambda s: s.code not in COURTESY_SECTIONS)
