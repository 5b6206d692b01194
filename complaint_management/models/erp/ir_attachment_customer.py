from odoo import api, models
from odoo.fields import Domain

COMPLAINT_MODEL = "complaint.complaint"


class IrAttachment(models.Model):
    """Files of a complaint are internal (T2): who reads the case outside reads none of them.

    Customers get files by the page, from evidence marked for them, and from messages they may read,
    which carry a key for each file.
    """

    _inherit = "ir.attachment"

    def _inaccessible_comodel_records(self, model_and_ids, operation):
        if not self.env.su and self.env.user.share:
            model_and_ids = dict(model_and_ids)
            for res_id in model_and_ids.pop(COMPLAINT_MODEL, ()):
                yield COMPLAINT_MODEL, res_id
        yield from super()._inaccessible_comodel_records(model_and_ids, operation)

    @api.model
    def _search(self, domain, offset=0, limit=None, order=None, *, bypass_access=False, **kwargs):
        if not (self.env.su or bypass_access) and self.env.user.share:
            domain = Domain(domain) & Domain("res_model", "!=", COMPLAINT_MODEL)
        return super()._search(domain, offset, limit, order, bypass_access=bypass_access, **kwargs)
