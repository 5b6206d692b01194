from odoo import api, fields, models

from .complaint_complaint import OVER_STATES, UNREGISTERED_STATES


class ComplaintQuantities(models.Model):
    """The confirmed quantity, apart from the complained one: figures use it (R63)."""

    _inherit = "complaint.complaint"

    can_confirm_quantities = fields.Boolean(compute="_compute_can_confirm_quantities")
    has_quantity_unsaid = fields.Boolean(compute="_compute_has_said_by_customer")
    has_lot_name = fields.Boolean(compute="_compute_has_said_by_customer")

    @api.depends("line_ids.quantity_unsaid", "line_ids.quantity_complained", "line_ids.lot_name")
    def _compute_has_said_by_customer(self):
        for complaint in self:
            lines = complaint.line_ids
            complaint.has_lot_name = any(lines.mapped("lot_name"))
            complaint.has_quantity_unsaid = any(
                line.quantity_unsaid and not line.quantity_complained for line in lines
            )

    @api.depends(
        "state",
        "validity",
        "point_ids.finding",
        "point_ids.line_ids",
        "line_ids.quantity_complained",
        "line_ids.quantity_confirmed",
    )
    def _compute_can_confirm_quantities(self):
        for complaint in self:
            open_ = complaint.state not in (*UNREGISTERED_STATES, *OVER_STATES)
            complaint.can_confirm_quantities = open_ and bool(complaint._get_unconfirmed_lines())

    def _get_unconfirmed_lines(self):
        """Affected goods of points that were confirmed, or of a case that is justified, where
        nobody said yet how many really are bad. One of them filled in is an answer for its point.

        :return: ``complaint.line``; hides the button and is what the gate asks for
        """
        self.ensure_one()
        lines = self.env["complaint.line"]
        if self.validity not in ("justified", "partly"):
            return lines
        confirmed = self.point_ids.filtered(lambda p: p.finding == "confirmed")
        for group in [point.line_ids for point in confirmed] or [self.line_ids]:
            affected = group.filtered("quantity_complained")
            if not any(affected.mapped("quantity_confirmed")):
                lines |= affected
        return lines

    def action_confirm_quantities(self):
        """Take the complained quantity over as the confirmed one, where none is written yet.

        :raise AccessError: without write access
        :raise UserError: when the case is over
        """
        self.check_access("write")
        self._check_case_open()
        for complaint in self.filtered("can_confirm_quantities"):
            for line in complaint._get_unconfirmed_lines():
                line.quantity_confirmed = line.quantity_complained
