from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..complaint.complaint_state_guard import TRUSTED
from ..handling.complaint_approval import APPROVABLE_STATES
from .complaint_report import SENT_STATES

ACTION_XMLIDS = {
    "preventive": "complaint_management.action_report_preventive",
    "feedback": "complaint_management.action_report_feedback_sheet",
    "8d": "complaint_management.action_report_8d",
    "letter": "complaint_management.action_report_letter",
}
# Our letterhead needs a page with more room at its top.
ACTION_8D_LETTERHEAD = "complaint_management.action_report_8d_letterhead"


class ComplaintReportVerbs(models.Model):
    """A report's way from draft to approved, frozen bytes, and to its next version (R33, R44)."""

    _inherit = "complaint.report"

    can_approve = fields.Boolean(compute="_compute_can_approve")
    is_frozen = fields.Boolean(compute="_compute_is_frozen")

    @api.depends("state")
    def _compute_is_frozen(self):
        for report in self:
            report.is_frozen = report.state != "draft"

    @api.depends(
        "state",
        "editor_ids",
        "complaint_id.state",
        "complaint_id.lead_user_id",
        "complaint_id.measures_author_ids",
        "complaint_id.measures_requested_by_id",
    )
    @api.depends_context("uid")
    def _compute_can_approve(self):
        for report in self:
            report.can_approve = (
                report.state == "draft"
                and report.complaint_id.state in APPROVABLE_STATES
                and not report._get_approval_refusal(self.env.user)
            )

    # ------------------------------------------------------------
    # Verbs
    # ------------------------------------------------------------
    def action_generate(self):
        """Write the draft again from what is recorded; sections somebody edited stay.

        :raise AccessError: without write access to the report
        :raise UserError: when it is approved already
        """
        self.check_access("write")
        self._check_draft()
        self._refresh_sections()
        return True

    def action_preview(self):
        """Show the document: a draft with its mark, an approved one as it is stored.

        :return: client action
        """
        self.ensure_one()
        self.check_access("read")
        if self.is_frozen:
            return self._get_stored_action("pdf" if self.pdf_sha256 else "office")
        return self._get_report_action().report_action(self, config=False)

    def action_approve(self):
        """Approve and freeze: the document is made once, kept with its SHA-256, and stays (T20).

        Cause and measures are approved in the same press where they are not yet.

        :raise AccessError: when the user may not approve; it names who may
        :raise UserError: stale version, no draft, or naming everything that is missing
        """
        self.check_access("read")
        for report in self:
            complaint = report.complaint_id
            complaint._check_seen_version()
            report._check_draft()
            report._check_approver()
            report._check_complete()
            if complaint._has_measures() and complaint.measures_state != "approved":
                complaint.with_context(seen_version=None).action_approve_measures()
            report._freeze()

    def action_new_version(self):
        """Copy an approved report into the draft of its next version; the old one stays.

        :return: action that opens the new version
        :raise UserError: when a draft of this kind exists already
        """
        self.ensure_one()
        self.check_access("write")
        complaint = self.complaint_id
        drafts = complaint.report_ids.filtered(lambda r: r.kind == self.kind and r.state == "draft")
        if drafts:
            raise UserError(self.env._("%s is still a draft: go on with that one.", drafts[0].name))
        # Trusted: what was edited before stays marked as edited, by whom
        report = self.with_context(complaint_transition=TRUSTED).copy(
            {
                "round_number": complaint.round or 1,
                "stage": complaint._get_next_stage() if self.kind == "8d" else "final",
                # What they wrote stands in the new version, too
                "editor_ids": [Command.set(self.sudo().editor_ids.ids)],
            }
        )
        report = report.with_env(self.env)
        report._refresh_sections()
        return report._get_form_action()

    # ------------------------------------------------------------
    # Behind the verbs
    # ------------------------------------------------------------
    def _add_editor(self):
        """The user does not approve what he wrote (R33); the last editor hides no earlier one."""
        user = self.env.user
        # sudo: the section's rights were checked; who edited is written by code only
        reports = self.sudo().filtered(lambda r: user not in r.editor_ids)
        if reports:
            reports._write_trusted({"editor_ids": [Command.link(user.id)]})

    def _check_approver(self):
        """:raise AccessError: when the user may not approve; it names who may"""
        self.ensure_one()
        self.complaint_id._check_approver()
        refusal = self._get_approval_refusal(self.env.user)
        if refusal:
            hint = self.complaint_id._get_approver_hint()
            raise UserError(self.env._("%(refusal)s\n%(hint)s", refusal=refusal, hint=hint))

    def _get_approval_refusal(self, user):
        """:return: why ``user`` may not approve this report, or None"""
        self.ensure_one()
        refusal = self.complaint_id._get_approval_refusal(user)
        if refusal or not self.company_id.sudo().complaint_four_eyes:  # sudo: a company setting
            return refusal
        # sudo: only who edited is compared
        if user in self.sudo().editor_ids:
            return self.env._("Four eyes: nobody approves a report with their own changes.")
        return None

    def _check_complete(self):
        """:raise UserError: naming everything the document still lacks"""
        self.ensure_one()
        missing = self._get_missing_parts()
        if missing:
            head = self.env._("%s cannot be approved yet:", self.name)
            raise UserError("\n".join([head, *(f"• {item}" for item in missing)]))

    def _get_missing_parts(self):
        """:return: list of translated sentences; other kinds and addons add theirs"""
        self.ensure_one()
        # sudo: completeness is judged on all that is recorded; labels only are shown
        complaint = self.complaint_id.sudo()
        missing = []
        if complaint.state not in APPROVABLE_STATES:
            missing.append(self.env._("the registered complaint"))
        missing += complaint._get_missing_for_report(self)
        missing += self.sudo()._get_missing_discretion()
        return missing

    def _freeze(self):
        """Make the document and keep it; callers checked rights and completeness."""
        self.ensure_one()
        # sudo: the approver may read the case without the right to edit it
        report = self.sudo()
        report._write_trusted(
            {
                "state": "approved",
                "approved_by_id": self.env.uid,
                "date_approved": fields.Datetime.now(),
                # A draft may be left from an earlier round
                "round_number": report.complaint_id.round or 1,
            }
        )
        report._write_trusted(report._prepare_document_vals())
        report.complaint_id._message_log(
            body=self.env._(
                "%(user)s approved the report %(report)s.",
                user=self.env.user.name,
                report=report.name,
            )
        )

    def _prepare_document_vals(self):
        """Values of the stored document; called by :meth:`_freeze`. Kinds add or replace theirs."""
        self.ensure_one()
        content = self._render_document()
        self._check_styled(content)
        return self._prepare_stored_vals("pdf", content, "pdf")

    def _render_document(self):
        """:return: bytes of the document as it is now, in its own language"""
        self.ensure_one()
        action = self._get_report_action()
        content, _type = (
            self.env["ir.actions.report"]
            .with_context(lang=self.lang)
            ._render_qweb_pdf(action.report_name, self.ids)
        )
        return content

    def _get_report_action(self):
        """:return: the ``ir.actions.report`` that prints this kind"""
        self.ensure_one()
        # sudo: report actions and profiles are configuration, closed to ordinary users
        xmlid = ACTION_XMLIDS[self.kind]
        if self.kind == "8d" and self.sudo().profile_id.layout == "letterhead":
            xmlid = ACTION_8D_LETTERHEAD
        return self.env.ref(xmlid).sudo()

    def _get_stored_action(self, name):
        """:return: client action that opens a stored document
        :param str name: one of ``STORED_FIELDS``
        """
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/complaint.report/{self.id}/{name}/{self[f'{name}_name']}",
            "target": "new",
        }

    def _get_form_action(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.name,
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
        }

    def _is_delivered(self):
        """:return: whether the customer has it"""
        self.ensure_one()
        return self.state in SENT_STATES
