from odoo import api, fields, models

# As printed on the feedback sheet; the figures are those of ``SATISFACTIONS``.
TICKS = [("5", "Very satisfied"), ("4", "Satisfied"), ("2", "Not satisfied")]


class ComplaintSheet(models.Model):
    """What the customer ticked on the signed sheet becomes his rating (R45, R68)."""

    _inherit = "complaint.evidence"

    satisfaction = fields.Selection(
        TICKS, "Ticked on the sheet", help="How satisfied the customer says he is."
    )

    def write(self, vals):
        """The figure may be typed in after the scan was filed."""
        result = super().write(vals)
        if "satisfaction" in vals and not {"kind", "file"}.intersection(vals):
            self._rate_by_sheet()
        return result

    def _file_signed_sheet(self):
        result = super()._file_signed_sheet()
        self._rate_by_sheet()
        return result

    def _rate_by_sheet(self):
        """Note the figure of each signed sheet, where the customer gave none in this round."""
        for sheet in self.filtered(lambda e: e.kind == "feedback" and e.file and e.satisfaction):
            complaint = sheet.complaint_id
            if not complaint._get_round_rating().consumed:
                complaint._rate_by_customer(sheet.satisfaction, source="sheet")


class ComplaintReportSheet(models.Model):
    """The feedback sheet that went out comes back on paper (R45, R68)."""

    _inherit = "complaint.report"

    def action_file_signed_sheet(self):
        """Ask for the scan of the signed sheet and what the customer ticked on it.

        :return: action that opens the dialog
        :raise AccessError: without write access to the report
        """
        self.ensure_one()
        self.check_access("write")
        view = self.env.ref("complaint_management.complaint_evidence_view_form_signed")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("The Signed Sheet"),
            "res_model": "complaint.evidence",
            "views": [(view.id, "form")],
            "target": "new",
            "context": {
                "default_complaint_id": self.complaint_id.id,
                "default_kind": "feedback",
            },
        }


class ComplaintFeedback(models.Model):
    """What the customer says to our solution, by whatever way we hear it (R45)."""

    _inherit = "complaint.complaint"

    def _note_customer_words(self, words):
        """Keep what the customer said; callers have checked. What was said before stays.

        :param str words: plain text
        """
        silent = self.filtered(lambda c: not c.customer_feedback)
        silent.write({"customer_feedback": words})
        for complaint in self - silent:
            complaint._message_log(body=self.env._("The customer says: %s", words))

    @api.model
    def _get_rating_action_domain(self):
        """:return: domain of the ratings customers gave to complaints"""
        return [("res_model", "=", self._name), ("consumed", "=", True)]

    def action_open_ratings(self):
        """:return: action of the ratings of these complaints
        :raise AccessError: for those who may not read the complaints
        """
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "complaint_management.action_complaint_rating"
        )
        return {
            **action,
            "domain": [*self._get_rating_action_domain(), ("res_id", "in", self.ids)],
            "context": {},
        }
