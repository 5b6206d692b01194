from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

COMPLAINT_MODEL = "complaint.complaint"


class ComplaintDiscreet(models.AbstractModel):
    """What Odoo keeps beside a document stays closed to whom the complaint is about (R73).

    Core opens messages to their authors and recipients and activities to their assignees, whatever
    they may read of the document. Contract: ``_DOCUMENT_FIELD`` names the field with the model's
    name beside ``res_id``; a model without one overrides :meth:`_get_hidden_domain`.
    """

    _name = "complaint.discreet.mixin"
    _description = "Closed to Whom a Complaint Is About"

    _DOCUMENT_FIELD = "res_model"

    @api.model
    def _search(self, domain, offset=0, limit=None, order=None, *, bypass_access=False, **kwargs):
        """Find nothing of complaints about the user."""
        if not bypass_access and (hidden := self._get_own_hidden_domain()):
            domain = Domain(domain) & ~hidden
        return super()._search(domain, offset, limit, order, bypass_access=bypass_access, **kwargs)

    def _check_access(self, operation):
        """Refuse what :meth:`_search` does not find, besides what core refuses."""
        result = super()._check_access(operation)
        hidden = self._get_own_hidden_domain() if self.ids else None
        if not hidden:
            return result
        allowed = self - result[0] if result else self
        # sudo: only to see on which documents they are
        closed = allowed.sudo().with_context(active_test=False)
        closed = closed.search(hidden & Domain("id", "in", allowed.ids)).with_env(self.env)
        if not closed:
            return result
        forbidden = result[0] + closed if result else closed
        return forbidden, lambda: AccessError(self.env._("This record is closed to you."))

    def export_data(self, fields_to_export):
        """Core lets administrators export messages without a look at their documents."""
        self.check_access("read")
        return super().export_data(fields_to_export)

    @api.model
    def _get_own_hidden_domain(self):
        """:return: ``Domain`` of what the user must not see, or None: nearly always"""
        ids = self._get_hidden_complaint_ids()
        return self._get_hidden_domain(ids) if ids else None

    @api.model
    def _get_hidden_complaint_ids(self):
        """:return: ids of the complaints about the user"""
        return () if self.env.su else self.env.user._get_complaint_ids_about()

    @api.model
    def _get_hidden_domain(self, ids):
        """:param ids: ids of complaints
        :return: ``Domain`` of what hangs on them and on their parts
        """
        domains = []
        for name in self._get_discreet_models():
            part_ids = ids
            if name != COMPLAINT_MODEL:
                part_ids = self.env[COMPLAINT_MODEL].browse(ids)._get_part_ids(name)
            domains.append(
                Domain(self._DOCUMENT_FIELD, "=", name) & Domain("res_id", "in", part_ids)
            )
        return Domain.OR(domains)

    @api.model
    def _get_discreet_models(self):
        """:return: names of our models that have messages or activities of their own"""
        return [
            name
            for name, model in self.env.registry.items()
            if name == COMPLAINT_MODEL
            or (
                not model._abstract
                and not model._transient
                and "message_ids" in model._fields
                and "complaint_id" in model._fields
                and model._fields["complaint_id"].comodel_name == COMPLAINT_MODEL
            )
        ]
