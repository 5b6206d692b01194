from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import clean_context

from ..complaint.complaint_complaint import OVER_STATES


class ComplaintDealer(models.Model):
    """A consumer complained directly; the dealer's order is linked later (R61).

    The dealer becomes the customer, the consumer stays who complains and how he is reached. Before
    registration that is writing; afterwards what was left empty is filled in, and what has to
    change is a correction with a reason. Both are noted in the chatter.
    """

    _inherit = "complaint.complaint"

    can_find_dealer = fields.Boolean(compute="_compute_can_find_dealer")

    @api.depends(
        "state",
        "sale_order_id",
        "picking_id",
        "complainant_type",
        "complainant_name",
        "line_ids.move_id",
        "line_ids.sale_line_id",
    )
    def _compute_can_find_dealer(self):
        for complaint in self:
            linked = complaint.sale_order_id or complaint.picking_id
            complaint.can_find_dealer = (
                complaint.state not in OVER_STATES
                and (not linked or complaint._is_complained_by_other())
                and bool(complaint._get_unlinked_lines())
            )

    def _get_unlinked_lines(self):
        """:return: ``complaint.line`` of which nobody knows the delivery"""
        return self.line_ids.filtered(lambda line: not line.move_id and not line.sale_line_id)

    def action_find_dealer(self):
        """Propose the dealers' deliveries the consumer's goods may be from.

        :return: action that shows them
        :raise AccessError: without write access
        :raise UserError: when the case is over, or no goods are there without an order
        """
        self.ensure_one()
        self._check_goods_addable()
        line = self._get_unlinked_lines()[:1]
        if not line:
            raise UserError(
                self.env._(
                    "Write first what the consumer has in his hands: the product, or the batch "
                    "code on it."
                )
            )
        # What the form started a complaint with is not meant for the proposals
        wizards = self.env["complaint.source.wizard"]
        wizards = wizards.with_context(clean_context(self.env.context))
        wizard = wizards.create(self._prepare_dealer_wizard_vals(line))
        wizard._search_dealers()
        return wizard._get_action(self.env._("Find the dealer's order"))

    def _prepare_dealer_wizard_vals(self, line):
        """What the search starts with; called by :meth:`action_find_dealer`."""
        return {
            "complaint_id": self.id,
            "kind": "dealer",
            "complaint_line_id": line.id,
            "code": line.lot_name or line.lot_ids[:1].name,
            "product_id": line.product_id.id,
            "place": self.purchase_place,
            "seen_version": self.version,
        }

    # ------------------------------------------------------------
    # Linking
    # ------------------------------------------------------------
    def _link_dealer(self, line, source, move_id, lot_id=False, reason=None):
        """Say that goods of a consumer came from this delivery.

        :param line: ``complaint.line`` of this complaint without order
        :param source: ``stock.picking`` or ``sale.order`` the caller may read
        :param int move_id: ``stock.move`` of that source
        :param int lot_id: ``stock.lot`` of that move
        :param str reason: why, where something registered has to change
        :raise AccessError: without write access, or when the caller may not read the source
        :raise UserError: linked already, another company's, another customer's where no consumer
            complains, or without a reason where one is needed
        """
        self.ensure_one()
        self._check_goods_addable()
        self._check_seen_version()
        complaint = self.with_context(seen_version=None)
        line = line.with_env(complaint.env)
        if line.complaint_id != self or line.move_id or line.sale_line_id:
            raise UserError(self.env._("These goods have their order already."))
        prepared = self._prepare_source(source)
        if not self._is_complained_by_other():
            self._check_fits(prepared, source.name)
        self._check_fits_company(prepared, source.name)
        vals = self._pick_prepared(prepared, source, move_id, lot_id)
        complaint._make_dealer_customer(prepared, reason)
        complaint._take_head(prepared)
        line._link_delivered(vals, reason)
        self._message_log(
            body=self.env._(
                "Linked to the dealer's order: %(goods)s from %(document)s to %(dealer)s.",
                goods=" · ".join(filter(None, (line.name, line.lot_label))),
                document=source.name,
                dealer=self.partner_id.display_name,
            )
        )

    def _make_dealer_customer(self, prepared, reason):
        """The consumer who stood as the customer becomes the complainant; the dealer takes his
        place. Nothing to do where no customer was known.
        """
        dealer = self.env["res.partner"].browse(prepared["partner_id"])
        if not dealer or not self.partner_id or self._get_customer() == dealer:
            return
        person = self.contact_id or self.partner_id
        kept = {
            "complainant_id": self.complainant_id.id or person.id,
            "complainant_name": self.complainant_name or person.name,
        }
        reached = self._prepare_reached_vals({"partner_id": dealer.id})
        self.write(kept)
        changes = {"contact_id": False, "partner_id": dealer.id}
        for name, value in changes.items():
            self._change_said(name, value, reason)
        self.write(reached)


class ComplaintSaid(models.AbstractModel):
    """What was said changes: before registration by writing, afterwards by a correction."""

    _inherit = "complaint.state.guard"

    def _change_said(self, name, value, reason):
        """Write what the customer said anew: a correction where it is frozen (T20).

        :raise UserError: where it is frozen and no reason is given
        """
        self.ensure_one()
        if not self._is_other_value(name, value):
            return
        # sudo: names of fields only
        if name in self.sudo()._get_frozen_names([name]):
            self._correct(name, value, reason)
        else:
            self.write({name: value})


class ComplaintLineDealer(models.Model):
    """The consumer's goods get the delivery they came with."""

    _inherit = "complaint.line"

    def _link_delivered(self, vals, reason):
        """Take over what a delivery says of these goods; what the consumer said of them stays.

        :param dict vals: create values of the delivered line
        """
        self.ensure_one()
        vals = self._convert_delivered(vals)
        # The name he gave them is not the product's
        said = self.name
        vals = {**vals, **({"name": said} if said else {})}
        if not self.complaint_id._is_unregistered():
            for name in ("product_id", "lot_ids"):
                if not self._is_blank(name) and name in vals:
                    self._change_said(name, vals.pop(name), reason)
            if said:
                self._change_said("name", said, reason)
            vals = {n: v for n, v in vals.items() if self._is_blank(n)}
            vals = {**vals, **({"name": said} if said else {})}
            vals.pop("quantity_unsaid", None)
        self.write(vals)

    def _convert_delivered(self, vals):
        """:return: ``vals`` in the unit in which the consumer counted, where he said one"""
        unit = self.env["uom.uom"].browse(vals["product_uom_id"])
        own = self.product_uom_id
        if not own or own == unit or not self.quantity_complained:
            return dict(vals)
        converted = {
            name: unit._compute_quantity(
                vals[name], own, rounding_method="HALF-UP", raise_if_failure=False
            )
            for name in ("quantity_shipped", "quantity_returned")
        }
        return {**vals, **converted, "product_uom_id": own.id}
