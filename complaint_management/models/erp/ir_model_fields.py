from odoo import models

from ..complaint.complaint_gate import ALTERNATIVES


class IrModelFields(models.Model):
    """Fields as an administrator of complaints reads them: what the gate will ask for (R10)."""

    _inherit = "ir.model.fields"

    def _compute_display_name(self):
        """Name the alternatives where any of several fields will do."""
        super()._compute_display_name()
        if not self.env.context.get("complaint_requirement"):
            return
        or_ = self.env._(" or ")
        for field in self:
            names = ALTERNATIVES.get((field.model, field.name))
            if names:
                labels = self.env[field.model].fields_get(names, ["string"])
                found = [labels[name]["string"] for name in names if name in labels]
                field.display_name = or_.join(found)
