from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ..complaint.complaint_complaint import OVER_STATES, UNREGISTERED_STATES

# How the person who complains is reached; an order does not take his place.
REACHED_BY = ("email_from", "phone")
# Who complains beside the customer we sold to; a dealer or an affiliate is that customer.
OTHER_COMPLAINANTS = ("consumer", "supermarket", "authority")


class ComplaintAdding(models.Model):
    """Goods of a further order or delivery in the same complaint (R61, R62).

    The head keeps the first order and delivery; each line knows its own. All goods of a complaint
    belong to one customer and one company.
    """

    _inherit = "complaint.complaint"

    has_several_orders = fields.Boolean(compute="_compute_has_several_orders")

    @api.depends("line_ids.sale_order_id")
    def _compute_has_several_orders(self):
        for complaint in self:
            complaint.has_several_orders = len(complaint.line_ids.sale_order_id) > 1

    # ------------------------------------------------------------
    # Whether
    # ------------------------------------------------------------
    def _check_goods_addable(self):
        """:raise AccessError: without write access
        :raise UserError: when the case is over
        """
        self.check_access("write")
        for complaint in self:
            if complaint.state in OVER_STATES:
                raise UserError(
                    self.env._(
                        "%s is over, nothing is added to it. Reopen the complaint first.",
                        complaint.name,
                    )
                )

    def _is_unregistered(self):
        self.ensure_one()
        return self.state in UNREGISTERED_STATES

    def _get_customer(self):
        """:return: the commercial ``res.partner`` of the complaint, may be empty"""
        self.ensure_one()
        return self.partner_id.commercial_partner_id

    def _check_fits(self, prepared, name):
        """:param dict prepared: values of ``_prepare_from_sources``
        :param str name: how the user calls the source
        :raise UserError: where it is another customer's or another company's
        """
        self.ensure_one()
        partner = self.env["res.partner"].browse(prepared["partner_id"]).commercial_partner_id
        customer = self._get_customer()
        if customer and partner and partner != customer:
            raise UserError(
                self.env._(
                    "%(document)s is of %(other)s, this complaint is of %(customer)s. Open a "
                    "complaint of its own for it.",
                    document=name,
                    other=partner.name,
                    customer=customer.name,
                )
            )
        self._check_fits_company(prepared, name)

    def _check_fits_company(self, prepared, name):
        """:raise UserError: where it is another company's"""
        if prepared["company_id"] != self.company_id.id:
            company = self.env["res.company"].browse(prepared["company_id"])
            raise UserError(
                self.env._(
                    "%(document)s belongs to %(other)s, this complaint to %(company)s. Open a "
                    "complaint there.",
                    document=name,
                    # sudo: the name of a company whose document the user may read
                    other=company.sudo().name,
                    company=self.company_id.name,
                )
            )

    # ------------------------------------------------------------
    # Adding
    # ------------------------------------------------------------
    def _add_source(self, source):
        """Add all goods of an order or a delivery that are not here yet, none of them ticked.

        :param source: one ``sale.order`` or ``stock.picking``; the caller's rights count
        :return: number of lines added
        :raise AccessError: when the caller may not read it
        :raise UserError: another customer's or company's, a quotation, a return; after registration
        """
        self._check_goods_addable()
        prepared = self._prepare_source(source)
        self._check_fits(prepared, source.name)
        if not self._is_unregistered():
            raise UserError(
                self.env._(
                    "%(complaint)s is registered: scan the lot or the product itself, and only "
                    "that line of %(document)s is added.",
                    complaint=self.name,
                    document=source.name,
                )
            )
        before = len(self.line_ids)
        self._take_head(prepared)
        self._append_lines(prepared["line_ids"])
        return len(self.line_ids) - before

    def _append_lines(self, commands):
        """Add prepared lines behind those that are there; what is there already is left out."""
        last = max(self.line_ids.mapped("sequence"), default=0)
        shifted = [
            Command.create({**vals, "sequence": last + vals.get("sequence", 10)})
            for _command, _id, vals in commands
        ]
        self._add_source_lines({"line_ids": shifted})

    def _take_head(self, prepared):
        """Fill in what the head does not say yet; after registration only what was left empty.

        The first source gives order, delivery, carrier; any source gives the missing customer.
        """
        self.ensure_one()
        vals = {name: value for name, value in prepared.items() if name != "line_ids"}
        if self.sale_order_id or self.picking_id:
            vals = {name: vals[name] for name in ("partner_id", "contact_id")}
        if self.partner_id or self._is_complained_by_other():
            # Whom the dealer's order names is not who complains
            vals.pop("contact_id", None)
        vals = {name: value for name, value in vals.items() if value and not self[name]}
        if vals:
            self.write({**self._prepare_reached_vals(vals), **vals})

    def _is_complained_by_other(self):
        """:return: whether somebody else than the customer complains: a consumer, a hotel"""
        self.ensure_one()
        return self.complainant_type in OTHER_COMPLAINANTS or bool(self.complainant_name)

    def _prepare_reached_vals(self, vals):
        """A customer filled in later does not overwrite how the complainant is reached (R61)."""
        if "partner_id" not in vals:
            return {}
        other = self._is_complained_by_other()
        return {name: self[name] for name in REACHED_BY if self[name] or other}

    def _note_added(self, text):
        """Say in the chatter what was added after registration (T20); drafts need no such note."""
        self.ensure_one()
        if not self._is_unregistered():
            self._message_log(body=text)
