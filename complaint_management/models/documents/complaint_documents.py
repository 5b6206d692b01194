from odoo import api, fields, models
from odoo.exceptions import UserError

from .complaint_report import REPORT_KINDS


class ComplaintDocuments(models.Model):
    """What a complaint has to do with its documents: made from it, asked for before resolving."""

    _inherit = "complaint.complaint"

    report_kind = fields.Selection(
        REPORT_KINDS,
        "Customer's document",
        compute="_compute_report_kind",
        help="Which document this customer wants, see the report profiles.",
    )

    has_report_form = fields.Boolean(
        compute="_compute_has_report_form",
        help="There is a form of this customer's own that can be filled.",
    )

    @api.depends("partner_id", "contact_id", "complainant_id", "company_id")
    def _compute_report_kind(self):
        for complaint in self:
            # sudo: which document is wanted, whoever may read configuration
            complaint.report_kind = complaint._find_report_profile().sudo().kind or "preventive"

    @api.depends("partner_id", "contact_id", "complainant_id", "company_id")
    def _compute_has_report_form(self):
        for complaint in self:
            complaint.has_report_form = bool(complaint._find_report_profile(kind="form"))

    def action_generate_report(self, kind=None):
        """Make the document's draft from what is recorded, or bring the existing draft up to date.

        :param str kind: key of the report's ``kind``; None: as the addressee's profile says
        :return: action that opens the draft
        :raise AccessError: without write access
        :raise UserError: without a customer to address it to
        """
        self.ensure_one()
        self.check_access("write")
        return self._generate_report(kind)._get_form_action()

    def _generate_report(self, kind=None):
        """:return: the ``complaint.report`` of :meth:`action_generate_report`"""
        kind = kind or self.report_kind
        report = self.report_ids.filtered(lambda r: r.kind == kind and r.state == "draft")[:1]
        if not report:
            report = self.env["complaint.report"].create(self._prepare_report_vals(kind))
        report.action_generate()
        return report

    def _get_finished_report(self, kind):
        """:return: the ``complaint.report`` of the current round that needs no new draft: final and
        approved, empty where there is none
        """
        return self.report_ids.filtered(
            lambda r: (
                r.kind == kind
                and r.state != "draft"
                and r.stage == "final"
                and r.round_number == (self.round or 1)
            )
        )[-1:]

    def action_generate_wanted_report(self):
        """Button: :meth:`action_generate_report` of the document this customer wants."""
        return self.action_generate_report()

    def action_generate_8d_report(self):
        """Button: :meth:`action_generate_report` of the 8D report."""
        return self.action_generate_report("8d")

    def action_generate_letter(self):
        """Button: :meth:`action_generate_report` of the short letter."""
        return self.action_generate_report("letter")

    def action_generate_form(self):
        """Button: :meth:`action_generate_report` of the customer's own form."""
        return self.action_generate_report("form")

    def action_generate_preventive_report(self):
        """Button: :meth:`action_generate_report` of the preventive-action report."""
        return self.action_generate_report("preventive")

    def action_generate_feedback_sheet(self):
        """Button: :meth:`action_generate_report` of the customer feedback sheet."""
        return self.action_generate_report("feedback")

    def _prepare_report_vals(self, kind):
        """Values of a new report; called by :meth:`action_generate_report`."""
        self.ensure_one()
        profile = self._find_report_profile(kind=kind)
        addressee = self._get_report_addressee(profile)
        if not addressee:
            raise UserError(
                self.env._("%s has no customer: whom is the document for?", self.display_name)
            )
        return {
            "complaint_id": self.id,
            "kind": kind,
            "partner_id": addressee.id,
            "profile_id": profile.id,
            "stage": self._get_next_stage() if kind == "8d" else "final",
        }

    def _get_missing(self, verb):
        """The gate before resolving asks for the report where the category wants one (R44)."""
        missing = super()._get_missing(verb)
        if verb == "resolve" and self.category_id.needs_report and not self._has_report_sent():
            missing.append(self._get_missing_report_words())
        return missing

    def _get_missing_report_words(self):
        """:return: translated words: the document this customer still has to get"""
        self.ensure_one()
        words = {
            "8d": self.env._("the final 8D report sent to the customer"),
            "letter": self.env._("the letter sent to the customer"),
            "form": self.env._("the customer's own form, filled and sent to him"),
        }
        return words.get(
            self.report_kind, self.env._("the preventive-action report sent to the customer")
        )

    def _has_report_sent(self):
        """:return: whether the customer has a report of the current round: its date says so"""
        self.ensure_one()
        return bool(self.date_reported)
