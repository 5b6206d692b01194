from odoo import api, models

from .complaint_demand_promise import CHOOSING

CONTENT_FIELDS = frozenset({"remedy_kind", "amount", "product_id", "quantity"})


class ComplaintDemandOptionPromise(models.Model):
    """Each option is something the customer may get: changing one voids an approval (T16)."""

    _inherit = "complaint.demand.option"

    # ------------------------------------------------------------
    # What it stands for
    # ------------------------------------------------------------
    def _get_promise_variant(self):
        """:return: text as of ``complaint.demand._get_promise_variant``: what the request becomes
        when this is chosen
        """
        self.ensure_one()
        demand = self.demand_id
        same = self.remedy_kind == demand.remedy_kind
        amount = self.amount or (demand.amount if same else 0.0)
        goods = demand._get_promise_goods(self._get_promise_lines())
        return demand._write_variant(self.remedy_kind, amount, demand.currency_id, goods)

    def _get_promise_lines(self):
        """:return: ``complaint.demand.line`` the request has when this is chosen, may be unsaved"""
        self.ensure_one()
        lines = self.demand_id.line_ids
        if not self._is_about_goods():
            return lines.browse()
        return self._get_goods() if self.product_id or not lines else lines

    def _get_promise_text(self):
        """:return: what the customer would get, for the approver"""
        self.ensure_one()
        kinds = dict(self._fields["remedy_kind"]._description_selection(self.env))
        parts = [self.name, kinds[self.remedy_kind]]
        if self.amount:
            parts.append(self.currency_id.format(self.amount))
        parts += self.demand_id._get_goods_texts(self._get_promise_lines())
        return " · ".join(parts)

    # ------------------------------------------------------------
    # Watching
    # ------------------------------------------------------------
    @api.model_create_multi
    def create(self, vals_list):
        ids = {vals["demand_id"] for vals in vals_list if vals.get("demand_id")}
        with self.env["complaint.demand"].browse(ids)._watch_promise():
            return super().create(vals_list)

    def write(self, vals):
        """Notice what changes what the customer gets."""
        if not CONTENT_FIELDS.intersection(vals):
            return super().write(vals)
        with self.demand_id._watch_promise():
            return super().write(vals)

    def unlink(self):
        """Notice options that go."""
        with self.demand_id._watch_promise():
            return super().unlink()

    def _choose(self):
        """See super. What is judged is the option chosen, not the dearest of the others."""
        self.ensure_one()
        option = self.with_context(complaint_choosing=CHOOSING)
        with self.demand_id._watch_promise(by_verb=True):
            return super(ComplaintDemandOptionPromise, option)._choose()
