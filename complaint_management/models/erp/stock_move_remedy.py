from odoo import models


class StockMove(models.Model):
    """Goods of a request on their way, in or out; they are nobody else's.

    Goods of a request never join a transfer of the order, nor others theirs: otherwise the request
    would wait for what has nothing to do with it, or call done what is not.
    """

    _name = "stock.move"
    _inherit = ["stock.move", "complaint.remedy.line.mixin"]

    # ------------------------------------------------------------
    # Transfers of their own
    # ------------------------------------------------------------
    def _get_remedy_demand(self):
        """:return: ``complaint.demand`` these goods belong to, with sudo; may be empty"""
        # sudo: whoever moves goods need not see the request they belong to
        return self.sudo().complaint_demand_line_id.demand_id

    def _key_assign_picking(self):
        return (*super()._key_assign_picking(), self._get_remedy_demand())

    def _search_picking_for_assignation(self):
        """See super; a transfer of the same request, or of none."""
        picking = super()._search_picking_for_assignation()
        demand = self._get_remedy_demand()
        # sudo: as in _get_remedy_demand
        if picking.sudo().complaint_demand_id == demand:
            return picking
        domain = [
            *self._search_picking_for_assignation_domain(),
            ("complaint_demand_id", "=", demand.id),
        ]
        return picking.sudo().search(domain, limit=1).with_env(self.env)

    def _assign_picking_post_process(self, new=False):
        result = super()._assign_picking_post_process(new=new)
        if demand := self._get_remedy_demand():
            self.picking_id._link_to_demand(demand[0])
        return result

    def _merge_move_itemgetter(self, distinct_fields, excluded_fields=None):
        """See super; goods of two lines of a request stay apart."""
        getter = super()._merge_move_itemgetter(distinct_fields, excluded_fields)
        if not self._get_remedy_demand():
            return getter
        # sudo: as in _get_remedy_demand
        return lambda move: (getter(move), move.sudo().complaint_demand_line_id)

    def _create_backorder(self):
        """See super; what is left belongs to the same goods of the request."""
        # sudo: as in _get_remedy_demand
        linked = self.sudo().filtered("complaint_demand_line_id").sudo(self.env.su)
        backorders = super(StockMove, self - linked)._create_backorder()
        for move in linked:
            left = super(StockMove, move)._create_backorder()
            left._link_to_demand_line(move.sudo().complaint_demand_line_id)
            backorders |= left
        return backorders

    # ------------------------------------------------------------
    # Telling the request
    # ------------------------------------------------------------
    def write(self, vals):
        """See super; a move taken back from its end makes the request open again."""
        state = vals.get("state")
        reopened = self.filtered(lambda m: state and state != m.state in ("done", "cancel"))
        result = super().write(vals)
        if reopened:
            reopened.picking_id._follow_remedy()
        return result

    def _action_done(self, cancel_backorder=False):
        # Before: what is left moves on to another transfer
        pickings = self.picking_id
        result = super()._action_done(cancel_backorder=cancel_backorder)
        pickings.exists()._follow_remedy()
        return result

    def _action_cancel(self):
        result = super()._action_cancel()
        self.picking_id._follow_remedy()
        return result

    def unlink(self):
        """See super; a transfer without its last open goods is done or cancelled."""
        pickings = self.picking_id
        result = super().unlink()
        if pickings := pickings.exists():
            pickings._follow_remedy()
        return result
