from odoo import models

from .phone_numbers import get_ends_sql
from .search_term import trigram_index


class ComplaintFinding(models.Model):
    """A consumer without contact is recognised by the number his complaint carries, and found by
    his name (R61); every complaint by a part of its number (R2).
    """

    _inherit = "complaint.complaint"

    _phone_ends_idx = models.Index(
        f"USING gin (({get_ends_sql('phone')})) WITH (fastupdate = off) WHERE phone IS NOT NULL"
    )
    _name_trgm_idx = models.Index(trigram_index("name"))
    # What the search box looks into; one column without an index makes it read the whole table
    _subject_trgm_idx = models.Index(trigram_index("subject"))
    _customer_reference_trgm_idx = models.Index(trigram_index("customer_reference"))
    _customer_order_ref_trgm_idx = models.Index(trigram_index("customer_order_ref"))
    _description_trgm_idx = models.Index(trigram_index("description"))
    _complainant_name_trgm_idx = models.Index(trigram_index("complainant_name"))
