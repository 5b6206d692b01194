from odoo import models

from .phone_numbers import get_ends_sql


class ComplaintPhone(models.Model):
    """A consumer without contact is recognised by the number his complaint carries (R61)."""

    _inherit = "complaint.complaint"

    _phone_ends_idx = models.Index(
        f"USING gin (({get_ends_sql('phone')})) WITH (fastupdate = off) WHERE phone IS NOT NULL"
    )
