from odoo import models
from odoo.exceptions import UserError


class ComplaintDocuments(models.Model):
    """What a complaint has to do with its documents: made from it, asked for before resolving."""

    _inherit = "complaint.complaint"

    def action_generate_report(self, kind="preventive"):
        """Make the document's draft from what is recorded, or bring the existing draft up to date.

        :param str kind: key of the report's ``kind``
        :return: action that opens the draft
        :raise AccessError: without write access
        :raise UserError: without a customer to address it to
        """
        self.ensure_one()
        self.check_access("write")
        report = self.report_ids.filtered(lambda r: r.kind == kind and r.state == "draft")[:1]
        if not report:
            report = self.env["complaint.report"].create(self._prepare_report_vals(kind))
        report.action_generate()
        return report._get_form_action()

    def action_generate_preventive_report(self):
        """Button: :meth:`action_generate_report` of the preventive-action report."""
        return self.action_generate_report("preventive")

    def action_generate_feedback_sheet(self):
        """Button: :meth:`action_generate_report` of the customer feedback sheet."""
        return self.action_generate_report("feedback")

    def _prepare_report_vals(self, kind):
        """Values of a new report; called by :meth:`action_generate_report`."""
        self.ensure_one()
        addressee = self.contact_id or self.partner_id
        if not addressee:
            raise UserError(
                self.env._("%s has no customer: whom is the document for?", self.display_name)
            )
        return {"complaint_id": self.id, "kind": kind, "partner_id": addressee.id}

    def _get_missing(self, verb):
        """The gate before resolving asks for the report where the category wants one (R44)."""
        missing = super()._get_missing(verb)
        if verb == "resolve" and self.category_id.needs_report and not self._has_report_sent():
            missing.append(self.env._("the preventive-action report sent to the customer"))
        return missing

    def _has_report_sent(self):
        """:return: whether the customer has a report of the current round: its date says so"""
        self.ensure_one()
        return bool(self.date_reported)

    def _get_missing_for_preventive_report(self):
        """:return: list of translated sentences: what the preventive-action report still lacks"""
        self.ensure_one()
        missing = []
        causes = self._get_approval_causes()
        if not self._get_print_words():
            missing.append(self.env._("what the customer said"))
        if not causes:
            missing.append(self.env._("the cause"))
        missing += [
            self.env._("proof of the cause “%s”, or its rejection", cause.name[:60])
            for cause in causes
            if cause.state == "preliminary"
        ]
        if causes and all(cause.category_id.is_person for cause in causes):
            missing.append(self.env._("a cause beyond the person who made the mistake"))
        if self._get_investigation() in ("required", "fact_check") and not self.validity:
            missing.append(self.env._("whether the complaint is justified"))
        if not self._get_approval_measures():
            missing.append(self.env._("a corrective or preventive action"))
        missing += [
            self.env._("an answer to the request “%s”", demand.display_name)
            for demand in self.demand_ids
            if demand.state == "open" and not (demand.answer or "").strip()
        ]
        return missing
