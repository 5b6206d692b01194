from odoo import fields, models


class ComplaintActionWizard(models.TransientModel):
    """A follow-up may end with a coupon as thank-you (R49, R50)."""

    _inherit = "complaint.action.wizard"

    satisfaction = fields.Selection(
        selection_add=[("coupon", "Satisfied, gets a coupon")], ondelete={"coupon": "cascade"}
    )
