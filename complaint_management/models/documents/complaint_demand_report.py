from odoo import models


class ComplaintDemandReport(models.Model):
    """“Tell us the cause and what you do against it” is answered by a report (R44)."""

    _inherit = "complaint.demand"

    def _execute_cause_prevention(self):
        """Draft the document this customer wants; called by :meth:`action_execute`.

        :return: the ``complaint.report``, empty where this round has one
        :raise UserError: without a customer to address it to
        """
        if self._get_answering_report():
            return self.env["complaint.report"]
        return self.complaint_id._generate_report()

    def _get_answering_report(self):
        """:return: the newest ``complaint.report`` of this round of the kind he wants"""
        self.ensure_one()
        complaint = self.complaint_id
        return complaint.report_ids.filtered(
            lambda r: r.kind == complaint.report_kind and r.round_number == (complaint.round or 1)
        ).sorted("id")[-1:]

    def _open_documents(self, made):
        """See super; a report that is there is opened, its words stay as somebody edited them."""
        if not made and len(self) == 1 and self.remedy_kind == "cause_prevention":
            return self._get_answering_report()._get_form_action()
        return super()._open_documents(made)
