from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..complaint.complaint_complaint import UNREGISTERED_STATES


class ComplaintSource(models.Model):
    """The buttons around the prefill: open a draft once, link an order later (R3, R61)."""

    _inherit = "complaint.complaint"

    can_fill = fields.Boolean(
        compute="_compute_can_fill", help="An order or delivery is linked, its goods are not here."
    )

    @api.depends(
        "state", "sale_order_id", "picking_id", "line_ids.sale_order_id", "line_ids.picking_id"
    )
    def _compute_can_fill(self):
        for complaint in self:
            lines = complaint.line_ids
            if complaint.picking_id:
                missing = complaint.picking_id not in lines.picking_id
            else:
                missing = (
                    complaint.sale_order_id and complaint.sale_order_id not in lines.sale_order_id
                )
            complaint.can_fill = complaint.state in UNREGISTERED_STATES and missing

    @api.model
    def _open_from(self, source):
        """Open the caller's untouched draft about ``source`` again, else a new one.

        A draft is saved at once, so nothing typed is lost; pressing the button twice leaves one.

        :param source: one ``sale.order`` or ``stock.picking``
        :return: action that shows the complaint
        """
        source.ensure_one()
        prepared = self._prepare_from_sources(source)[source]
        complaint = self.search(self._get_untouched_domain(prepared), order="id desc", limit=1)
        if complaint:
            complaint._add_source_lines(prepared)
        else:
            complaint = self.create(prepared)
        return complaint._get_form_action()

    @api.model
    def _get_untouched_domain(self, prepared):
        """:return: domain of the caller's drafts about a source into which nobody typed anything"""
        return Domain(
            [
                ("create_uid", "=", self.env.uid),
                ("state", "=", "draft"),
                ("sale_order_id", "=", prepared["sale_order_id"]),
                ("picking_id", "=", prepared["picking_id"]),
                ("description", "in", (False, "")),
                ("defect_id", "=", False),
                ("demand_ids", "=", False),
                ("evidence_ids", "=", False),
            ]
        ) & ~Domain("line_ids.quantity_complained", ">", 0)

    def _get_form_action(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "current",
        }

    def action_fill_from_source(self):
        """Take over what the linked order or delivery says and the complaint does not yet (R61).

        For complaints that came without an order: lines not there yet are added, empty fields of
        the head filled; nothing typed is overwritten. Pressing it twice adds nothing.

        :raise UserError: without order or delivery, or after registration
        :raise AccessError: when the caller may not write the complaint or not read the source
        """
        self.check_access("write")
        self._check_fillable()
        prepared = {
            **self._prepare_from_sources(self.picking_id),
            **self._prepare_from_sources(
                self.filtered(lambda complaint: not complaint.picking_id).sale_order_id
            ),
        }
        for complaint in self:
            values = prepared[complaint.picking_id or complaint.sale_order_id]
            complaint._add_source_lines(values)
            complaint.write(
                {
                    name: value
                    for name, value in values.items()
                    if name != "line_ids" and value and not complaint[name]
                }
            )

    def _check_fillable(self):
        """:raise UserError: after registration, or where neither order nor delivery is linked"""
        for complaint in self:
            if complaint.state not in UNREGISTERED_STATES:
                raise UserError(
                    self.env._("%s is registered: add single lines instead.", complaint.name)
                )
            if not (complaint.picking_id or complaint.sale_order_id):
                raise UserError(
                    self.env._("Choose the order or the delivery first, then fill from it.")
                )

    def _add_source_lines(self, prepared):
        """Add prepared lines not there yet; drop placeholders of goods shipped since."""
        self.ensure_one()
        new = [command for command in prepared["line_ids"] if not self._has_source_line(command[2])]
        shipped_since = {command[2]["sale_line_id"] for command in new if "move_id" in command[2]}
        placeholders = self.line_ids.filtered(
            lambda line: (
                line.sale_line_id.id in shipped_since
                and not line.move_id
                and not line.quantity_shipped
                and not line.quantity_complained
            )
        )
        if new:
            commands = [Command.delete(line.id) for line in placeholders]
            self.write({"line_ids": commands + new})

    def _has_source_line(self, vals):
        """:return: whether a line already stands for the same goods: move and lot, or sale line"""
        if "move_id" not in vals:
            return vals["sale_line_id"] in self.line_ids.sale_line_id.ids
        same_move = self.line_ids.filtered(lambda line: line.move_id.id == vals["move_id"])
        lots = {lot for command in vals.get("lot_ids", ()) for lot in command[2]}
        return any(
            not lots or not line.lot_ids or lots.intersection(line.lot_ids.ids)
            for line in same_move
        )
