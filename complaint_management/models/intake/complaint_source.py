from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..complaint.complaint_complaint import UNREGISTERED_STATES


def get_lot_ids(vals):
    """:return: list of the ids in ``lot_ids`` of a prepared line"""
    return [lot for command in vals.get("lot_ids", ()) for lot in command[2]]


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
    def _open_from(self, source, vals=None, sale_line=None, lot=None):
        """Open the caller's untouched draft about ``source`` again, else a new one.

        A draft is saved at once, so nothing typed is lost; pressing the button twice leaves one.

        :param source: one ``sale.order`` or ``stock.picking``
        :param dict vals: who calls: ``contact_id``, ``phone``, ``channel_id``; see
            :meth:`_fit_caller`; None: nobody called, who was written down stays
        :param sale_line: ``sale.order.line`` somebody pointed at: its goods are ticked
        :param lot: ``stock.lot`` somebody pointed at: its goods are ticked
        :return: action that shows the complaint
        :raise AccessError: when the caller may not read the source, or a delivery's order
        """
        source.ensure_one()
        prepared = self._prepare_source(source)
        caller_vals = {} if vals is None else self._fit_caller(prepared, vals)
        complaint = self.search(self._get_untouched_domain(prepared), order="id desc", limit=1)
        if complaint:
            complaint._add_source_lines(prepared)
            complaint.write(caller_vals)
        else:
            complaint = self.create({**prepared, **caller_vals})
        complaint._tick_pointed(prepared, sale_line, lot)
        return complaint._get_quick_action()

    @api.model
    def _prepare_source(self, source):
        """What one order or delivery says, to a user who may read it; of a delivery the order
        decides, too, for who reads orders at all.

        :param source: one ``sale.order`` or ``stock.picking``, in whatever environment
        :return: dict of create values
        :raise AccessError: when the user may not read it
        """
        source = source.with_env(self.env)
        source.check_access("read")
        if source._name == "stock.picking" and self.env["sale.order"].has_access("read"):
            # sudo: which order it is; whether the user reads it is asked at once
            source.sudo().sale_id.with_env(self.env).check_access("read")
        return self._prepare_from_sources(source)[source]

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

    @api.model
    def _fit_caller(self, prepared, vals):
        """Who calls is the contact where he belongs to the customer, else he is who complains (R6).

        All that says who calls is in it: a draft that is opened again may be another caller's.

        :param dict prepared: values of the order or the delivery
        :param dict vals: values of the call
        :return: dict of values that go before those of the source
        """
        partners = self.env["res.partner"]
        caller = partners.browse(vals.get("contact_id"))
        customer = partners.browse(prepared["partner_id"])
        contact = partners.browse(prepared["contact_id"])
        stranger = partners
        if caller and caller == customer:
            # Somebody of the company, we do not know who: not the person who ordered
            contact = partners
        elif caller and caller.commercial_partner_id == customer:
            contact = caller
        elif caller:
            contact, stranger = partners, caller
        person = stranger or contact or customer
        return {
            "phone": person.phone,
            **vals,
            "contact_id": contact.id,
            "complainant_type": "consumer" if stranger else "customer",
            "complainant_id": stranger.id,
            "complainant_name": stranger.display_name if stranger else False,
            "email_from": person.email,
        }

    def _tick_pointed(self, prepared, sale_line, lot):
        """Tick the goods somebody pointed at, else the only ones there are; the form asks how many.

        :param dict prepared: values of the order or the delivery
        :param sale_line: ``sale.order.line`` or nothing
        :param lot: ``stock.lot`` or nothing; of serial numbers the others are left out
        """
        self.ensure_one()
        goods = [command[2] for command in prepared["line_ids"]]
        if sale_line or lot:
            goods = [vals for vals in goods if self._is_pointed_at(vals, sale_line, lot)]
        elif len(goods) != 1:
            goods = []
        pointed = self.env["complaint.line"].union(*map(self._find_source_line, goods))
        if lot:
            for line in pointed.filtered(lambda line: line.product_id.tracking == "serial"):
                line.lot_ids = lot
        (self.line_ids - pointed).filtered("quantity_unsaid").quantity_unsaid = False
        pointed.filtered(lambda line: not line.quantity_unsaid).quantity_unsaid = True

    @api.model
    def _is_pointed_at(self, vals, sale_line, lot):
        """:return: whether values of a line are of this sale line, and of this lot"""
        return (not sale_line or vals["sale_line_id"] == sale_line.id) and (
            not lot or lot.id in get_lot_ids(vals)
        )

    def _find_source_line(self, vals):
        """:return: ``complaint.line`` made of ``vals``; of serial numbers, the one of the move"""
        lots = set(get_lot_ids(vals))
        lines = self.line_ids.filtered(
            lambda line: (
                line.sale_line_id.id == vals["sale_line_id"]
                and line.move_id.id == vals.get("move_id", False)
            )
        )
        return lines.filtered(
            lambda line: not lots or not line.lot_ids or lots.intersection(line.lot_ids.ids)
        ) or lines.filtered(lambda line: line.product_id.tracking == "serial")

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
        lots = set(get_lot_ids(vals))
        return any(
            not lots or not line.lot_ids or lots.intersection(line.lot_ids.ids)
            for line in same_move
        )
