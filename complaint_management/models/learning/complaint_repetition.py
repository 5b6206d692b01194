from odoo import api, fields, models
from odoo.exceptions import UserError

from ..complaint.complaint_state_guard import TRUSTED


class ComplaintRepetition(models.Model):
    """The same product and defect, or product and category of cause, came again and again (R53).

    Written by the job, once: while it is proposed, further complaints join it quietly. When it was
    handled, a new one is proposed only when as many new complaints came as the settings ask for.
    Handling it is in ``complaint_repetition_verbs``.
    """

    _name = "complaint.repetition"
    _description = "Repetition of Complaints"
    _inherit = ["complaint.state.guard"]
    _WRITTEN_BY_CODE = True
    _check_company_auto = True
    _order = "date_last desc, id desc"

    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    product_id = fields.Many2one(
        "product.product", required=True, readonly=True, index=True, ondelete="restrict"
    )
    defect_id = fields.Many2one("complaint.defect", readonly=True, index="btree_not_null")
    cause_category_id = fields.Many2one(
        "complaint.cause.category", "Kind of cause", readonly=True, index="btree_not_null"
    )
    state = fields.Selection(
        [
            ("proposed", "Proposed"),
            ("accepted", "Acted on"),
            ("dismissed", "Dismissed"),
            ("lapsed", "Lapsed"),
        ],
        required=True,
        readonly=True,
        default="proposed",
        index=True,
        help="Lapsed: so many complaints turned out to be none that too few are left.",
    )
    complaint_ids = fields.Many2many(
        "complaint.complaint",
        "complaint_repetition_complaint_rel",
        "repetition_id",
        "complaint_id",
        "Complaints",
        readonly=True,
        check_company=True,
    )
    complaint_count = fields.Integer("Number of complaints", readonly=True)
    date_first = fields.Datetime("First", readonly=True)
    date_last = fields.Datetime("Last", readonly=True)
    needed_count = fields.Integer(
        "Proposed from", readonly=True, help="Complaints needed at that time."
    )
    needed_days = fields.Integer("Within (days)", readonly=True)
    date_proposed = fields.Datetime("Proposed on", readonly=True, default=fields.Datetime.now)
    date_decided = fields.Datetime("Decided on", readonly=True)
    decided_by_id = fields.Many2one("res.users", "Decided by", readonly=True)
    reason = fields.Text(readonly=True, help="Why nothing is done about it.")
    action_ids = fields.One2many(
        "complaint.action", "repetition_id", "Preventive actions", readonly=True
    )

    _what_or_why = models.Constraint(
        "CHECK((defect_id IS NULL) != (cause_category_id IS NULL))",
        "A repetition is about a defect or about a kind of cause.",
    )
    _proposed_unique = models.UniqueIndex(
        "(company_id, product_id, COALESCE(defect_id, 0), COALESCE(cause_category_id, 0)) "
        "WHERE state = 'proposed'",
        "This repetition is proposed already.",
    )
    _date_last_idx = models.Index("(date_last DESC, id DESC)")

    @api.depends("product_id", "defect_id", "cause_category_id")
    def _compute_display_name(self):
        for repetition in self:
            what = repetition.defect_id.name or repetition.cause_category_id.name
            repetition.display_name = f"{what} · {repetition.product_id.display_name}"

    # ------------------------------------------------------------
    # CRUD: by code only
    # ------------------------------------------------------------
    @api.model
    def _check_imported_vals(self, vals):
        raise UserError(self.env._("Repetitions are found by the system."))

    def _check_deletable(self):
        super()._check_deletable()
        raise UserError(self.env._("Repetitions stay: dismiss what needs no measure."))

    @api.model
    def _make(self, vals_list):
        """:return: new repetitions (sudo); callers are jobs"""
        # sudo: written by code only
        made = self.sudo().with_context(complaint_transition=TRUSTED).create(vals_list)
        return made.with_env(self.sudo().env)


class ComplaintAction(models.Model):
    """A preventive action against a repetition (R53)."""

    _inherit = "complaint.action"

    repetition_id = fields.Many2one(
        "complaint.repetition",
        "Against the repetition",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )

    @api.model
    def _get_verb_fields(self):
        return super()._get_verb_fields() | {"repetition_id"}
