from odoo import api, fields, models
from odoo.exceptions import UserError


class StockPicking(models.Model):
    """The way back from a transfer to the complaint it is for."""

    _inherit = "stock.picking"

    # Number and way alone: the warehouse may know what it receives, not what the customer wrote
    complaint_reference = fields.Char(
        "For complaint", compute="_compute_complaint_reference", compute_sudo=True
    )

    @api.depends("complaint_demand_id.complaint_id.name", "complaint_demand_id.remedy_kind")
    def _compute_complaint_reference(self):
        field = self.env["complaint.demand"]._fields["remedy_kind"]
        kinds = dict(field._description_selection(self.env))
        for picking in self:
            demand = picking.complaint_demand_id
            number = demand.complaint_id.name
            picking.complaint_reference = (
                f"{number} · {kinds[demand.remedy_kind]}" if demand else False
            )

    def action_view_request_complaint(self):
        """Open the complaint whose request this transfer meets.

        :return: window action
        :raise AccessError: when the user may not read the complaint
        :raise UserError: for a transfer that is for no complaint
        """
        self.ensure_one()
        self.check_access("read")
        # sudo: which complaint it is; its own rights are checked next
        complaint = self.sudo().complaint_demand_id.complaint_id.with_env(self.env)
        if not complaint:
            raise UserError(self.env._("%s is for no complaint.", self.display_name))
        complaint.check_access("read")
        return complaint._get_form_action()
