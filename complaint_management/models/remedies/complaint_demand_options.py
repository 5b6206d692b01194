from odoo import api, fields, models

from .complaint_demand_remedy import GOODS_KINDS


class ComplaintDemandOptions(models.Model):
    """A request we answer with several options; it becomes what the chosen one says (R35)."""

    _inherit = "complaint.demand"

    option_ids = fields.One2many("complaint.demand.option", "demand_id", "Options")
    before_option = fields.Json(
        readonly=True,
        copy=False,
        help="Way, amount and goods before an option was chosen; they come back when the answer is "
        "taken back.",
    )

    @api.model
    def _get_verb_fields(self):
        return super()._get_verb_fields() | {"before_option"}

    def _get_open_options(self):
        """:return: options the customer may still choose"""
        self.ensure_one()
        if self.state not in ("open", "offered"):
            return self.option_ids.browse()
        return self.option_ids.filtered(lambda o: o.state == "open")

    def _has_answer(self, state):
        """Options are an answer, but a refusal needs its words."""
        return super()._has_answer(state) or (state == "offered" and bool(self.option_ids))

    def action_accept(self):
        """See super; of a single option it is clear what was accepted.

        :raise UserError: while nobody said which of several options it is
        """
        single = self.filtered(lambda d: len(d._get_open_options()) == 1)
        for demand in single:
            demand._get_open_options()._choose()
        rest = self - single
        return super(ComplaintDemandOptions, rest).action_accept() if rest or not self else None

    def _get_promise_obstacle(self, state):
        """See super. What was offered in several ways is accepted in one of them."""
        obstacle = super()._get_promise_obstacle(state)
        if obstacle or state == "offered" or self.before_option or not self._get_open_options():
            return obstacle
        return self.env._(
            "“%s” offers several ways: say which one the customer chose, by “Chosen” beside it.",
            self.display_name,
        )

    def _lacks_amount(self):
        """See super. While there is a choice, each option has its own."""
        return super()._lacks_amount() and not self._get_open_options()

    def _get_value(self):
        """Whoever offers several ways promises the dearest of them."""
        return max([super()._get_value(), *(o._get_value() for o in self._get_open_options())])

    def _set_state(self, state, needs_answer=False):
        """Options follow: what is offered anew is open again, a refusal declines them."""
        result = super()._set_state(state, needs_answer)
        if state in ("open", "offered"):
            self.option_ids._write_trusted({"state": "open"})
        elif state in ("declined", "cancelled"):
            self.option_ids._write_trusted({"state": "declined"})
        if state == "open":
            for demand in self.filtered("before_option"):
                demand._leave_option()
        return result

    # ------------------------------------------------------------
    # What was chosen
    # ------------------------------------------------------------
    def _take_option(self, option):
        """Become what the customer chose; called before the request is accepted.

        :param option: ``complaint.demand.option`` of this request
        """
        self.ensure_one()
        about_goods = option._is_about_goods()
        replaced = bool(option.product_id) or not about_goods
        # An option that says no amount of its own means the request's
        same = option.remedy_kind == self.remedy_kind
        self._write_trusted(
            {
                "before_option": {
                    "remedy_kind": self.remedy_kind,
                    "amount": self.amount,
                    "lines": self._pack_lines() if replaced else None,
                },
                "remedy_kind": option.remedy_kind,
                "amount": option.amount or (self.amount if same else 0.0),
            }
        )
        if replaced:
            self.line_ids.unlink()
        if option.product_id and about_goods:
            self.env["complaint.demand.line"].create(option._prepare_goods_vals())

    def _leave_option(self):
        """Be again what the request was before an option was chosen."""
        self.ensure_one()
        before = self.before_option
        self._write_trusted(
            {
                "before_option": False,
                "remedy_kind": before["remedy_kind"],
                "amount": before["amount"],
            }
        )
        if before["lines"] is not None:
            self.line_ids.unlink()
            self.env["complaint.demand.line"].create(
                [{**vals, "demand_id": self.id} for vals in before["lines"]]
            )
        elif self.remedy_kind not in (*GOODS_KINDS, "gift"):
            # Proposed for the option only
            self.line_ids.unlink()

    def _pack_lines(self):
        """:return: list of create values of the goods, as JSON keeps them"""
        # sudo: lots, which not everybody who answers for the customer may read
        return [
            {
                "sequence": line.sequence,
                "complaint_line_id": line.complaint_line_id.id,
                "product_id": line.product_id.id,
                "quantity": line.quantity,
                "product_uom_id": line.product_uom_id.id,
                "lot_ids": [fields.Command.set(line.lot_ids.ids)],
            }
            for line in self.sudo().line_ids
        ]
