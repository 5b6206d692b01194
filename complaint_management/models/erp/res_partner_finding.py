from odoo import models

from ..calling.search_term import trigram_index


class ResPartnerFinding(models.Model):
    """The search box finds a customer among millions by name and e-mail address (R2).

    Core sorts by the name's index and has none for parts of it, and none for the address by which
    its mails find contacts.
    """

    _inherit = "res.partner"

    _complete_name_trgm_idx = models.Index(trigram_index("complete_name"))
    _email_normalized_idx = models.Index("(email_normalized) WHERE email_normalized IS NOT NULL")
