from dateutil.relativedelta import relativedelta

from odoo import api, fields, models


class ComplaintMeetingWizard(models.TransientModel):
    """Which month, company and team the pack of the quality meeting is about."""

    _name = "complaint.meeting.wizard"
    _description = "Monthly Quality Meeting"

    # The meeting talks about the month that is over
    month = fields.Date(
        required=True,
        default=lambda self: (
            fields.Date.context_today(self).replace(day=1) - relativedelta(months=1)
        ),
        help="Any day of the month.",
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        default=lambda self: self.env.company,
        domain="[('id', 'in', allowed_company_ids)]",
    )
    team_id = fields.Many2one(
        "complaint.team",
        domain="[('company_id', 'in', (False, company_id))]",
        help="Only its complaints. Empty: all you may read.",
    )

    @api.onchange("company_id")
    def _onchange_company_id(self):
        if self.team_id.company_id and self.team_id.company_id != self.company_id:
            self.team_id = False

    def _open_pack(self, file_format):
        self.ensure_one()
        return self.env["complaint.table.meeting"]._open(
            file_format,
            month=self.month.replace(day=1).isoformat(),
            company=self.company_id.id,
            team=self.team_id.id or None,
        )

    def action_pdf(self):
        """:return: client action that fetches the pack on paper"""
        return self._open_pack("pdf")

    def action_xlsx(self):
        """:return: client action that fetches the pack as a workbook, a table a sheet"""
        return self._open_pack("xlsx")
