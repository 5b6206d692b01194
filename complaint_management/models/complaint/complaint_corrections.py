from odoo import api, fields, models

from .complaint_complaint import INSIDE_GROUPS, UNREGISTERED_STATES


class ComplaintCorrections(models.Model):
    """A complaint's corrections, and what a new customer takes along (T20)."""

    _inherit = "complaint.complaint"

    correction_ids = fields.One2many(
        "complaint.correction", "complaint_id", "Corrections", groups=INSIDE_GROUPS
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Cases imported with a past bring their parts along; the guard says who may import."""
        if all(vals.get("state", "draft") in UNREGISTERED_STATES for vals in vals_list):
            return super().create(vals_list)
        return super(ComplaintCorrections, self._thaw()).create(vals_list).with_env(self.env)

    def action_open_correction(self):
        """Open the dialog that corrects what is frozen; the only way to change it.

        :return: action of ``complaint.correction.wizard``
        :raise AccessError: without write access
        :raise UserError: while nothing is frozen yet
        """
        self.ensure_one()
        self.check_access("write")
        return self.env["complaint.correction.wizard"]._open_for(self)

    def _prepare_corrected_vals(self, name, value):
        """Another customer's contact person goes: nobody writes to him about this case."""
        vals = super()._prepare_corrected_vals(name, value)
        if name == "partner_id":
            vals.update(self._prepare_corrected_customer_vals(value))
        return vals

    def _prepare_corrected_customer_vals(self, partner_id):
        """Values that follow another customer; called by :meth:`_prepare_corrected_vals`."""
        partner = self.env["res.partner"].browse(partner_id)
        firm = self.contact_id.commercial_partner_id
        stranger = self.contact_id and firm != partner.commercial_partner_id
        return {"contact_id": False} if stranger else {}
