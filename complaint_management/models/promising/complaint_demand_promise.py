import json
from contextlib import contextmanager

from odoo import api, fields, models

from ..complaint.complaint_complaint import INSIDE_GROUPS
from ..remedies.complaint_demand_remedy import PROMISED_STATES

# What decides how much a request is worth, and what exactly is promised.
VALUE_FIELDS = frozenset({"kind", "remedy_kind", "amount", "currency_id", "line_ids", "option_ids"})
# States in which nothing is granted (any more).
SETTLED_STATES = ("done", "declined", "cancelled")
# Goods proposed by the request itself are nobody's words. Compared with ``is``.
FILLING = object()
# The one option that is being chosen stands for the request. Compared with ``is``.
CHOOSING = object()
# Requests whose changes are watched already: ids, in the cache of the transaction's cursor.
WATCHED = "complaint_watched_promises"


class ComplaintDemandPromise(models.Model):
    """What exactly was promised, by whose authority, and what changes it (R38, R40, T16).

    A promise is a set of *variants*: what the customer gets (kind, amount, currency, goods), one
    for each option he may choose. Whoever promises needs the authority for the dearest; from then
    on anybody may carry on with one of these variants: the customer who accepts, the colleague who
    presses the button. Anything else needs authority anew.
    """

    _inherit = "complaint.demand"

    promise_variants = fields.Json(readonly=True, copy=False, groups=INSIDE_GROUPS)
    date_promised = fields.Date(readonly=True, copy=False, groups=INSIDE_GROUPS)
    promised_by_id = fields.Many2one(
        "res.users", "Promised by", readonly=True, copy=False, groups=INSIDE_GROUPS
    )
    promised_by_leadership = fields.Boolean(readonly=True, copy=False, groups=INSIDE_GROUPS)
    value_author_ids = fields.Many2many(
        "res.users",
        "complaint_demand_author_rel",
        "demand_id",
        "user_id",
        "Wrote what the customer gets",
        readonly=True,
        copy=False,
        groups=INSIDE_GROUPS,
        help="Nobody of these approves it.",
    )

    @api.model
    def _get_verb_fields(self):
        return super()._get_verb_fields() | {
            "promise_variants",
            "date_promised",
            "promised_by_id",
            "promised_by_leadership",
            "value_author_ids",
        }

    # ------------------------------------------------------------
    # What is promised
    # ------------------------------------------------------------
    def _get_promise_variants(self):
        """:return: sorted list of texts, each for exactly one thing the customer may get"""
        self.ensure_one()
        variants = {self._get_promise_variant()}
        variants.update(option._get_promise_variant() for option in self._get_open_options())
        return sorted(variants)

    def _get_open_options(self):
        """See super. While the customer is choosing one, the others count no more."""
        options = super()._get_open_options()
        choosing = self.env.context.get("complaint_choosing") is CHOOSING
        return options.browse() if choosing else options

    def _get_promise_variant(self):
        """:return: text that changes with all that is approved: kind, amount, currency, goods"""
        self.ensure_one()
        goods = self._get_promise_goods(self.line_ids)
        return self._write_variant(self.remedy_kind, self.amount, self.currency_id, goods)

    @api.model
    def _get_promise_goods(self, lines):
        """:param lines: ``complaint.demand.line``, may be unsaved
        :return: list of tuples of plain values
        """
        return [
            (line.complaint_line_id.id, line.product_id.id, line.quantity, line.product_uom_id.id)
            for line in lines
        ]

    @api.model
    def _write_variant(self, kind, amount, currency, goods):
        """:param goods: list of tuples of plain values
        :return: text that is the same for the same things
        """
        amount = currency.round(amount or 0.0) if currency else amount
        return json.dumps([kind, amount, currency.id, sorted(goods, key=repr)], default=str)

    def _get_promise_kinds(self):
        """:return: set of the kinds the customer may get"""
        self.ensure_one()
        return {self.remedy_kind, *self._get_open_options().mapped("remedy_kind")}

    # ------------------------------------------------------------
    # Promising
    # ------------------------------------------------------------
    def _set_state(self, state, needs_answer=False):
        """See super. What was promised is remembered; what is taken back is promised no more."""
        with self._watch_promise(by_verb=True):
            result = super()._set_state(state, needs_answer)
        if self._is_trusted():
            return result
        if state in PROMISED_STATES:
            for demand in self:
                demand._note_promise()
        else:
            self._forget_promise()
            if state in SETTLED_STATES:
                # sudo: approvals are written by code
                pending = self.sudo().approval_ids.filtered(lambda a: a.state == "requested")
                pending._void(self.env._("The request is settled."))
        return result

    def _note_promise(self):
        """Remember what exactly the customer may rely on; the caller checked the authority."""
        self.ensure_one()
        demand = self.sudo()  # sudo: facts written by code, whoever was let through
        variants = demand._get_promise_variants()
        if demand.promise_variants and set(variants) <= set(demand.promise_variants):
            return
        approval = demand._find_approval()
        user = approval.decided_by_id or self.env.user
        demand._write_trusted(
            {
                "promise_variants": variants,
                "date_promised": fields.Date.context_today(self),
                "promised_by_id": user.id,
                "promised_by_leadership": approval.decided_by_leadership
                or demand.complaint_id._is_leadership(user),
            }
        )

    def _forget_promise(self):
        # sudo: facts written by code, whoever was let through
        demands = self.sudo().filtered("promise_variants")
        if demands:
            demands._write_trusted(
                {
                    "promise_variants": False,
                    "date_promised": False,
                    "promised_by_id": False,
                    "promised_by_leadership": False,
                }
            )

    # ------------------------------------------------------------
    # Changing it
    # ------------------------------------------------------------
    @api.model_create_multi
    def create(self, vals_list):
        demands = super().create(vals_list)
        if not self._is_trusted():
            worth = demands.filtered(lambda d: d.amount or d.line_ids or d.option_ids)
            worth._add_value_author()
        return demands

    def write(self, vals):
        """Notice what changes what the customer gets."""
        if not VALUE_FIELDS.intersection(vals):
            return super().write(vals)
        with self._watch_promise():
            return super().write(vals)

    @contextmanager
    def _watch_promise(self, by_verb=False):
        """Void what no longer stands there, whoever changes it and through whatever door (T16).

        Whatever is outermost compares, when all is written.

        :param bool by_verb: whether a step is taken instead of something written
        """
        watched = self.env.cr.cache.setdefault(WATCHED, set())
        # sudo: what is compared is shown to nobody
        demands = self.sudo().browse(set(self._ids) - watched).exists()
        before = {demand: demand._get_promise_variants() for demand in demands}
        watched.update(demands.ids)
        try:
            yield
        finally:
            watched.difference_update(demands.ids)
        changed = demands.exists().filtered(lambda d: before[d] != d._get_promise_variants())
        if changed:
            changed._after_promise_change(by_verb)

    def _after_promise_change(self, by_verb=False):
        """React to another content; runs with all rights, for whoever wrote it."""
        filling = self.env.context.get("complaint_filling") is FILLING
        if not by_verb and not filling and not self._is_trusted():
            self._add_value_author()
        for demand in self:
            variants = set(demand._get_promise_variants())
            changed = demand.approval_ids.filtered(lambda a, v=variants: not a._covers(v))
            changed._void(self.env._("What was to be approved has changed."))
            if demand.state not in PROMISED_STATES or demand._is_covered():
                continue
            if demand._get_approval_obstacle():
                demand._tell_uncovered()
            else:
                demand._note_promise()

    def _tell_uncovered(self):
        """Tell the lead that the customer was promised something nobody is allowed to keep."""
        self.ensure_one()
        complaint = self.complaint_id._for_lead()
        complaint._ask_lead(
            complaint.env._("“%s” was changed and needs approval", self.display_name),
            complaint.env._(
                "Ask for approval, or take the answer back. Until then it cannot go on."
            ),
        )

    def _add_value_author(self):
        """Remember who wrote what the customer gets: he does not approve it (T16)."""
        user = self.env.user
        if user._is_superuser():
            return
        # sudo: authors are written by code only
        demands = self.sudo().filtered(lambda d: user not in d.value_author_ids)
        if demands:
            demands._write_trusted({"value_author_ids": [fields.Command.link(user.id)]})

    def _fill_lines(self):
        """See super. Goods proposed by the request are nobody's words."""
        filling = self.with_context(complaint_filling=FILLING)
        return super(ComplaintDemandPromise, filling)._fill_lines()
