from odoo import fields, models


class ComplaintActionWizard(models.TransientModel):
    """A follow-up may find a sales opportunity (R49)."""

    _inherit = "complaint.action.wizard"

    satisfaction = fields.Selection(
        selection_add=[("opportunity", "Satisfied, sales opportunity")],
        ondelete={"opportunity": "cascade"},
    )
