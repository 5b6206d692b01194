from odoo import api, fields, models

from odoo.addons.complaint_management.models.complaint.complaint_complaint import INSIDE_GROUPS


class ComplaintComplaint(models.Model):
    """The way from a complaint to its repairs."""

    _inherit = "complaint.complaint"

    # Which request a repair meets is for those inside; who is a stock user besides counts repairs
    repair_count = fields.Integer("Repairs", compute="_compute_repair_count", groups=INSIDE_GROUPS)

    @api.depends("demand_ids.repair_ids")
    @api.depends_context("uid")
    def _compute_repair_count(self):
        repairs, groups = self.env["repair.order"], []
        if repairs.has_access("read"):
            groups = repairs._read_group(
                [("complaint_demand_id.complaint_id", "in", self.ids)],
                ["complaint_demand_id"],
                ["__count"],
            )
        counts = dict.fromkeys(self.ids, 0)
        for demand, count in groups:
            counts[demand.complaint_id.id] += count
        for complaint in self:
            complaint.repair_count = counts.get(complaint.id, 0)

    def action_view_repairs(self):
        """:return: action that shows the repairs of these complaints
        :raise AccessError: for those who may not read them
        """
        self.check_access("read")
        self.env["repair.order"].check_access("read")
        domain = [("complaint_demand_id.complaint_id", "in", self.ids)]
        repairs = self.env["repair.order"].search(domain)
        action = {
            "type": "ir.actions.act_window",
            "name": self.env._("Repairs"),
            "res_model": "repair.order",
            "context": {"create": False},
        }
        if len(repairs) == 1:
            return {**action, "res_id": repairs.id, "view_mode": "form", "views": [(False, "form")]}
        return {
            **action,
            "domain": domain,
            "view_mode": "list,form",
            "views": [(False, "list"), (False, "form")],
        }
