from collections import defaultdict

from odoo import Command, models
from odoo.exceptions import UserError

from ..complaint.complaint_state_guard import TRUSTED
from .complaint_demand_line_plan import ReturnPart


class ComplaintDemandReturn(models.Model):
    """Goods come back, or are exchanged, through core's own return (R37).

    One return for each delivery; the return and the exchange's delivery both belong to the request,
    which is done when both are.
    """

    _inherit = "complaint.demand"

    def _execute_return(self):
        """Open the receipts in which the goods come back; called by :meth:`action_execute`.

        :return: new ``stock.picking``, one for each delivery
        :raise UserError: when the goods were not delivered, or came back already
        """
        self.ensure_one()
        self._check_goods_named()
        return self._create_transfers([(part, "return") for part in self.line_ids._plan_returns()])

    def _execute_exchange(self):
        """Open the receipts and the deliveries of what is sent instead, as one step.

        Where only one side is missing because it was cancelled, only that is made again.

        :return: new ``stock.picking``, in and out
        :raise UserError: as for :meth:`_execute_return`
        """
        self.ensure_one()
        self._check_goods_named()
        made = self._create_transfers(self._plan_exchange(self.line_ids._plan_returns()))
        self._check_all_sent()
        return made

    def _check_all_sent(self):
        """:raise UserError: where core's routes planned no delivery, as for what vendors ship"""
        for (_line, product), quantity in self._get_missing_deliveries().items():
            if product.uom_id.compare(quantity, 0.0) > 0:
                raise UserError(
                    self.env._(
                        "No delivery of “%s” follows from its routes, so nothing was made: take "
                        "the goods back as a return, and order the new ones by hand.",
                        product.display_name,
                    )
                )

    def _check_goods_named(self):
        """:raise UserError: when nobody said which goods it is about"""
        if not self.line_ids:
            raise UserError(
                self.env._(
                    "Say which goods “%s” is about, and how many: add them to the request.",
                    self.display_name,
                )
            )

    def _plan_exchange(self, parts):
        """Match what comes back with what is still to be sent.

        :param list parts: ``ReturnPart`` of what still comes back
        :return: list of (``ReturnPart``, ``exchange``, ``return`` or ``deliver``)
        """
        missing = self._get_missing_deliveries()
        plan = []
        for part in parts:
            key = (part.line, part.move.product_id)
            both = min(part.quantity, missing[key])
            missing[key] -= both
            if both:
                plan.append((part.resize(both), "exchange"))
            if part.quantity - both > 0:
                plan.append((part.resize(part.quantity - both), "return"))
        for (line, product), quantity in missing.items():
            if product.uom_id.compare(quantity, 0.0) > 0:
                moves = line._get_delivered_moves().filtered(lambda m, p=product: m.product_id == p)
                plan.append((ReturnPart(line, moves[0], quantity, {}), "deliver"))
        return plan

    def _get_missing_deliveries(self):
        """:return: dict (line, product) → pieces that are not sent, nor on their way"""
        missing = defaultdict(float)
        for line in self.line_ids:
            sent = line._sum_sent()
            for product, quantity in line._get_goods().items():
                missing[line, product] = max(quantity - sent.get(product, 0.0), 0.0)
        return missing

    # ------------------------------------------------------------
    # Making the transfers
    # ------------------------------------------------------------
    def _create_transfers(self, plan):
        """:param list plan: of (``ReturnPart``, way)
        :return: the new ``stock.picking`` with sudo
        """
        before = self._read_transfers()
        groups = defaultdict(list)
        for part, way in plan:
            groups[part.move.picking_id, way].append(part)
        for (delivery, way), parts in groups.items():
            self._create_transfer(delivery, way, parts)
        made = self._read_transfers() - before
        made._link_to_demand(self)
        return made

    def _read_transfers(self):
        """:return: ``stock.picking`` with sudo in which goods of this request move"""
        # sudo: transfers of this request, whatever rights on stock the caller has
        moves = self.env["stock.move"].sudo()
        return moves.search([("complaint_demand_line_id", "in", self.line_ids.ids)]).picking_id

    def _create_transfer(self, delivery, way, parts):
        """Make one return, one exchange, or the exchange's delivery alone, through core's wizard.

        :param delivery: ``stock.picking`` the goods went out with
        """
        # sudo: the salesperson has no rights on stock; the accepted request is his authority
        wizards = self.env["stock.return.picking"].sudo().with_company(self.company_id)
        # Nothing the caller put into his context reaches the new documents
        context = {
            name: value
            for name, value in wizards.env.context.items()
            if name in ("lang", "tz", "uid", "allowed_company_ids")
        }
        wizards = wizards.with_context(context, complaint_transition=TRUSTED)
        wizard = wizards.create(self._prepare_return_vals(delivery, parts))
        if way == "deliver":
            wizard._send_goods_again()
            return
        if way == "exchange":
            action = wizard.action_create_exchanges()
        else:
            action = wizard.action_create_returns()
        returned = self.env["stock.picking"].sudo().browse(action["res_id"])  # sudo: as above
        for part in parts:
            part.line._set_return_lots(returned, part)

    def _prepare_return_vals(self, delivery, parts):
        """Values of core's return wizard; called by :meth:`_create_transfer`."""
        return {
            "picking_id": delivery.id,
            "product_return_moves": [
                Command.create(
                    {
                        "product_id": part.move.product_id.id,
                        "move_id": part.move.id,
                        "quantity": part.quantity,
                        "to_refund": True,
                        "complaint_demand_line_id": part.line.id,
                    }
                )
                for part in parts
            ],
        }
