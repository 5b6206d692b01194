from odoo import models

from ..complaint.complaint_state_guard import TRUSTED


class IrModelData(models.Model):
    """Uninstalling the app takes its records with it, also those nobody else may delete (T19)."""

    _inherit = "ir.model.data"

    def _module_data_uninstall(self, modules_to_remove):
        trusted = self.with_context(complaint_transition=TRUSTED)
        return super(IrModelData, trusted)._module_data_uninstall(modules_to_remove)
