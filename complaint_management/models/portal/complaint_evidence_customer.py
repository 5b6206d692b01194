from odoo import models


class ComplaintEvidenceCustomer(models.Model):
    """Who handed in a photo or document."""

    _inherit = "complaint.evidence"

    def _is_handed_in_by(self, firms):
        """:param firms: ``res.partner``, companies of the customer's side
        :return: whether somebody of theirs did; suppliers have logins and write mails, too
        """
        self.ensure_one()
        creator = self.create_uid
        return creator.share and creator.partner_id.commercial_partner_id in firms
