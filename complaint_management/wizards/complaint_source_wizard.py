from odoo import Command, api, fields, models
from odoo.exceptions import UserError


class ComplaintSourceWizard(models.TransientModel):
    """Asks which delivery a code means, which further orders are complained about (R62), or which
    dealer a consumer's goods came from (R61).

    It only shows what the user may read; whatever it is told, the complaint's own methods check
    every right again.
    """

    _name = "complaint.source.wizard"
    _description = "Choice of Goods"

    complaint_id = fields.Many2one(
        "complaint.complaint", required=True, readonly=True, ondelete="cascade"
    )
    kind = fields.Selection(
        [
            ("one", "One is meant"),
            ("orders", "Several may be added"),
            ("dealer", "The dealer of a consumer"),
        ],
        required=True,
        readonly=True,
        default="one",
    )
    line_ids = fields.One2many("complaint.source.wizard.line", "wizard_id", "To choose from")

    # Of a consumer's goods only
    complaint_line_id = fields.Many2one(
        "complaint.line",
        "Goods",
        domain="[('complaint_id', '=', complaint_id), ('move_id', '=', False),"
        " ('sale_line_id', '=', False)]",
    )
    code = fields.Char("Batch code")
    product_id = fields.Many2one("product.product")
    place = fields.Char("Where bought")
    found_text = fields.Char("Found", readonly=True)
    seen_version = fields.Integer(readonly=True)
    needs_reason = fields.Boolean(compute="_compute_needs_reason")
    reason = fields.Char(
        help="The complaint is registered: what has to change stays readable, with this reason."
    )

    @api.depends("kind", "complaint_id.state", "complaint_id.partner_id", "complaint_line_id")
    def _compute_needs_reason(self):
        """Where something that was said may have to change: customer, product or lot."""
        for wizard in self:
            complaint, line = wizard.complaint_id, wizard.complaint_line_id
            registered = wizard.kind == "dealer" and not complaint._is_unregistered()
            wizard.needs_reason = registered and bool(
                complaint.partner_id or line.product_id or line.lot_ids
            )

    def _get_action(self, title):
        """:return: action that shows the choice in a dialog"""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
        }

    def action_search(self):
        """Propose dealers again, for another batch code, product or place.

        :return: action that shows the same choice
        :raise AccessError: when the user may not write the complaint
        """
        self.ensure_one()
        self._search_dealers()
        return self._get_action(self.env._("Find the dealer's order"))

    @api.onchange("complaint_line_id")
    def _onchange_complaint_line_id(self):
        """Search for what the other line says."""
        line = self.complaint_line_id
        if line:
            self.code = line.lot_name or line.lot_ids[:1].name
            self.product_id = line.product_id

    def _search_dealers(self):
        complaint = self.complaint_id
        complaint._check_goods_addable()
        delivered, text = complaint._propose_dealers(
            self.code, self.product_id, self.place, self.complaint_line_id.production_date
        )
        choices = [complaint._prepare_delivered_choice(d) for d in delivered]
        self.write(
            {
                "found_text": text,
                "line_ids": [Command.clear(), *(Command.create(vals) for vals in choices)],
            }
        )

    def action_add_selected(self):
        """Add the goods of all ticked orders.

        :raise UserError: when nothing is ticked; from the complaint, where one does not fit
        """
        self.ensure_one()
        chosen = self.line_ids.filtered("selected")
        if not chosen:
            raise UserError(self.env._("Tick the orders whose goods are complained about, too."))
        for line in chosen:
            line._take()
        return {"type": "ir.actions.act_window_close"}


class ComplaintSourceWizardLine(models.TransientModel):
    """One delivery, order or line to choose; texts only, for who may not open what they name."""

    _name = "complaint.source.wizard.line"
    _description = "Goods to Choose"

    wizard_id = fields.Many2one("complaint.source.wizard", required=True, ondelete="cascade")
    selected = fields.Boolean("Add")
    sale_order_id = fields.Many2one("sale.order", readonly=True)
    picking_id = fields.Many2one("stock.picking", readonly=True)
    move_id = fields.Many2one("stock.move", readonly=True)
    lot_id = fields.Many2one("stock.lot", "Lot record", readonly=True)
    product_id = fields.Many2one("product.product", readonly=True)
    complaint_line_id = fields.Many2one("complaint.line", readonly=True)
    source_name = fields.Char("Document", readonly=True)
    reference = fields.Char(readonly=True)
    customer_name = fields.Char("Customer", readonly=True)
    product_name = fields.Char("Goods", readonly=True)
    lot_name = fields.Char("Lot", readonly=True)
    date = fields.Datetime(readonly=True)
    quantity = fields.Float(digits="Product Unit", readonly=True)
    unit_name = fields.Char("Unit", readonly=True)

    def action_take(self):
        """Add or tick what this row stands for.

        :raise AccessError: when the user may not read its source or not write the complaint
        :raise UserError: from the complaint, where it does not fit
        """
        self.ensure_one()
        self._take()
        return {"type": "ir.actions.act_window_close"}

    def _take(self):
        complaint = self.wizard_id.complaint_id
        complaint._check_goods_addable()
        source = self.picking_id or self.sale_order_id
        if self.wizard_id.kind == "dealer":
            self._link_dealer(source)
        elif self.complaint_line_id:
            if self.complaint_line_id.complaint_id != complaint:
                raise UserError(self.env._("This line belongs to another complaint."))
            self.complaint_line_id._tick_goods(self.lot_id.id)
        elif self.move_id:
            complaint._add_delivered(source, self.move_id.id, self.lot_id.id)
        elif source:
            complaint._add_source(source)
        else:
            complaint._add_product(self.product_id.id)

    def _link_dealer(self, source):
        wizard = self.wizard_id
        complaint = wizard.complaint_id.with_context(seen_version=wizard.seen_version)
        if not wizard.complaint_line_id or not source:
            raise UserError(self.env._("Choose the goods that came from this delivery."))
        complaint._link_dealer(
            wizard.complaint_line_id, source, self.move_id.id, self.lot_id.id, wizard.reason
        )
