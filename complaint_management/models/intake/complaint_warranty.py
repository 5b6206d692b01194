from dateutil.relativedelta import relativedelta
from pytz import timezone, utc

from odoo import api, models


class ComplaintWarranty(models.Model):
    """Whether the goods were still guaranteed when the customer complained (R4).

    Stored as of ``date_received``: a guarantee that changes later does not change old cases.
    """

    _inherit = "complaint.line"

    @api.depends(
        "product_id", "date_shipped", "complaint_id.date_received", "complaint_id.company_id"
    )
    def _compute_warranty(self):
        """Calendar days in the company's time zone; nothing where no shipment is known."""
        for line in self:
            received = line._get_local_date(line.complaint_id.date_received)
            shipped = line._get_local_date(line.date_shipped)
            if not shipped or not received:
                line.days_since_shipment = line.warranty_end = line.in_warranty = False
                continue
            line.days_since_shipment = (received - shipped).days
            months = line._get_warranty_months()
            line.warranty_end = months and shipped + relativedelta(months=months)
            line.in_warranty = bool(months) and received <= line.warranty_end

    def _get_warranty_months(self):
        """:return: months of guarantee: product, else category, else company; 0: none"""
        self.ensure_one()
        company = self.complaint_id.company_id or self.env.company
        return self.product_id.product_tmpl_id._get_complaint_warranty_months(company)

    def _get_local_date(self, moment):
        """:return: the day of ``moment`` (UTC) where the company sits, False without moment"""
        if not moment:
            return False
        company = self.complaint_id.company_id or self.env.company
        zone = timezone(company.resource_calendar_id.tz or "UTC")
        return utc.localize(moment).astimezone(zone).date()
