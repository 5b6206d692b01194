from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date

from ..complaint.complaint_complaint import INSIDE_GROUPS, UNREGISTERED_STATES
from ..handling.complaint_eightd import ComplaintEightdAction
from .clean_point import BASES, LOT, SHIPPED, CleanPoint
from .complaint_action_check import ComplaintActionCheck

CLEAN_FIELDS = frozenset({"clean_basis", "clean_lot_id", "clean_date"})


class ComplaintActionCleanPoint(models.Model):
    """From which goods on a measure holds: a lot, or a production or ship date (R43, 8D D6).

    What that means for goods is in ``clean_point``. ``clean_point`` (Char) is what is printed; it
    is proposed in the customer's language until somebody words it himself: what differs from the
    last proposal is his.
    """

    _inherit = "complaint.action"
    _VERSIONED_FIELDS = (
        ComplaintEightdAction._VERSIONED_FIELDS
        | ComplaintActionCheck._VERSIONED_FIELDS
        | CLEAN_FIELDS
    )

    clean_basis = fields.Selection(
        BASES,
        "Holds for",
        compute="_compute_clean_basis",
        store=True,
        readonly=False,
        copy=False,
        help="Lots count in the order in which they came into stock. Goods without a lot count by "
        "their production date, else by the day they were shipped.",
    )
    clean_lot_id = fields.Many2one(
        "stock.lot",
        "First good lot",
        copy=False,
        check_company=True,
        index="btree_not_null",
        ondelete="restrict",
        groups=INSIDE_GROUPS,
    )
    clean_date = fields.Date("First good day", copy=False)
    # Proposed last, in the language and with the name of the lot of that day
    clean_proposal = fields.Char(copy=False)
    clean_product_ids = fields.Many2many(
        "product.product",
        compute="_compute_clean_product_ids",
        compute_sudo=True,
        groups=INSIDE_GROUPS,
    )
    has_clean_point = fields.Boolean(
        compute="_compute_has_clean_point",
        store=True,
        help="Whether goods that carry the measure can be told from those before.",
    )

    _clean_point_idx = models.Index("(company_id) WHERE has_clean_point")

    @api.depends("clean_lot_id", "clean_date")
    def _compute_clean_basis(self):
        """A lot counts by lots; a day without further words is the day goods left."""
        for action in self:
            lot, day = action.sudo().clean_lot_id, action.clean_date
            if lot and not (day and action.clean_basis):
                action.clean_basis = LOT
            elif not lot and day and action.clean_basis in (False, LOT):
                action.clean_basis = SHIPPED
            else:
                action.clean_basis = action.clean_basis or (lot and LOT)

    @api.depends("clean_basis", "clean_lot_id", "clean_date", "kind", "state")
    def _compute_has_clean_point(self):
        for action in self:
            given = action.sudo().clean_lot_id if action.clean_basis == LOT else action.clean_date
            measure = action._is_measure() and action.state != "cancelled"
            action.has_clean_point = bool(given) and measure

    @api.depends("complaint_id.line_ids.product_id", "complaint_id.line_ids.lot_ids")
    def _compute_clean_product_ids(self):
        for action in self:
            action.clean_product_ids = action._get_clean_goods()

    @api.constrains("clean_lot_id", "clean_basis", "complaint_id")
    def _check_clean_lot(self):
        """A lot of other goods orders nothing.

        :raise ValidationError: naming lot and measure
        """
        # sudo: only whether the goods are the same is compared
        for action in self.sudo().filtered("clean_lot_id"):
            goods = action._get_clean_goods()
            if goods and action.clean_lot_id.product_id not in goods:
                raise ValidationError(
                    self.env._(
                        "“%(measure)s”: lot %(lot)s is of other goods than the complaint. Choose a "
                        "lot of %(goods)s.",
                        measure=action.name,
                        lot=action.clean_lot_id.name,
                        goods=", ".join(goods.mapped("display_name")),
                    )
                )

    def _get_clean_goods(self):
        """:return: goods of which a lot can be the first good one: those complained about, and
        those their lots are of (of a kit, what is in it)
        """
        self.ensure_one()
        lines = self.complaint_id.line_ids
        return lines.product_id | lines.lot_ids.product_id | lines.sale_line_id.move_ids.product_id

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------
    @api.model
    def _get_plan_fields(self):
        return super()._get_plan_fields() | CLEAN_FIELDS | {"clean_proposal"}

    @api.model_create_multi
    def create(self, vals_list):
        actions = super().create(vals_list)
        given = [a for a, v in zip(actions, vals_list, strict=True) if CLEAN_FIELDS & v.keys()]
        actions.browse().concat(*given)._propose_clean_text()
        return actions

    def write(self, vals):
        """Let the printed text follow, unless somebody worded it himself; say what it was."""
        if not CLEAN_FIELDS.intersection(vals):
            return super().write(vals)
        # sudo: names of lots, logged where the complaint is read
        before = {action: action._get_clean_text() for action in self.sudo()}
        if vals.get("clean_point"):
            # Somebody's own words, unless the form sends its proposal along
            vals = {"clean_proposal": False, **vals}
        result = super().write(vals)
        self._propose_clean_text()
        self.sudo()._log_clean_point(before)
        return result

    def _propose_clean_text(self):
        """Print what follows from the clean point, where nobody worded it himself."""
        for action in self.sudo():
            text = action._get_clean_text() or False
            vals = {"clean_proposal": text}
            if not action.clean_point or action.clean_point == action.clean_proposal:
                vals["clean_point"] = text
            changed = {name: value for name, value in vals.items() if action[name] != value}
            if changed:
                action.write(changed)

    def _log_clean_point(self, before):
        """Say in the chatter from which goods on it is said to hold now (T20)."""
        notes = {}
        for action in self:
            old, new = before[action], action._get_clean_text()
            if old == new or action.complaint_id.state in UNREGISTERED_STATES:
                continue
            notes.setdefault(action.complaint_id, []).append(
                self.env._(
                    "Clean point of “%(measure)s”: %(old)s → %(new)s",
                    measure=action.name,
                    old=old or "–",
                    new=new or "–",
                )
            )
        self.env["complaint.complaint"]._note_in_chatter(notes)

    @api.onchange("clean_basis", "clean_lot_id", "clean_date")
    def _onchange_clean_point(self):
        text = self.sudo()._get_clean_text() or False
        if not self.clean_point or self.clean_point == self.clean_proposal:
            self.clean_point = text
        self.clean_proposal = text

    # ------------------------------------------------------------
    # Reading
    # ------------------------------------------------------------
    def _get_clean_text(self):
        """:return: the clean point in words for the customer, in his language; empty without one"""
        self.ensure_one()
        by_lot = self.clean_basis == LOT
        if not (self.clean_lot_id if by_lot else self.clean_date):
            return ""
        lang = self.complaint_id._get_document_lang() if self.complaint_id else self.env.lang
        env = self.with_context(lang=lang).env
        if by_lot:
            return env._("From lot %s on", self.clean_lot_id.name)
        day = format_date(env, self.clean_date)
        if self.clean_basis == SHIPPED:
            return env._("Shipped from %s on", day)
        return env._("Made from %s on", day)

    def _get_clean_points(self):
        """:return: dict action → :class:`CleanPoint`, those without one left out; one query"""
        lots = self.env["stock.lot"]._get_complaint_order(self.clean_lot_id)
        points = {}
        for action in self.filtered("has_clean_point"):
            by_lot = action.clean_basis == LOT
            lot = lots.get(action.clean_lot_id.id) if by_lot else None
            day = action.clean_date if not by_lot else None
            lot = lot and lot._replace(day=action.complaint_id._get_company_day(lot.appeared))
            points[action] = CleanPoint(action.clean_basis, lot, day or None)
        return points
