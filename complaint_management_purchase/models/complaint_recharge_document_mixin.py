from odoo import api, models
from odoo.exceptions import UserError

# Only code of this process can hold it: compared with ``is``, no context of a caller can forge it.
LINKING = object()
KEY = "complaint_recharge_linking"


class ComplaintRechargeDocumentMixin(models.AbstractModel):
    """A document of another app made of a supplier claim: return to the vendor, vendor refund.

    Contract: ``_LINK_FIELDS`` names the fields that lead back to the claim. Code that made the
    document writes them by :meth:`_link_to_recharge`; nobody else does.
    """

    _name = "complaint.recharge.document.mixin"
    _description = "Made of a Supplier Claim"

    _LINK_FIELDS = frozenset({"complaint_recharge_id"})

    @api.model
    def default_get(self, fields_list):
        """No default of a caller's context links a document."""
        return super().default_get([name for name in fields_list if name not in self._LINK_FIELDS])

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_link(vals)
        return super().create(vals_list)

    def write(self, vals):
        """:raise UserError: when somebody links a document by hand"""
        self._check_link(vals)
        return super().write(vals)

    @api.model
    def _check_link(self, vals):
        """:raise UserError: when ``vals`` link a document, and no claim made it"""
        linked = any(vals.get(name) for name in self._LINK_FIELDS)
        if (linked or (self.ids and self._LINK_FIELDS & vals.keys())) and (
            self.env.context.get(KEY) is not LINKING
        ):
            raise UserError(
                self.env._("Documents are linked to a supplier claim by the claim's own buttons.")
            )

    def _is_living(self):
        """:return: whether the document counts; in place of one that does not another is made"""
        self.ensure_one()
        return self.state != "cancel"

    def _link_to_recharge(self, name, record):
        """Lead from these documents to the claim, or the row of it, they were made of.

        :param str name: the link field
        :param record: ``complaint.recharge`` or ``complaint.recharge.line``
        """
        self.with_context(**{KEY: LINKING}).write({name: record.id})
