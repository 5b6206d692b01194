from odoo import api, fields, models

# Of several verified causes of a case the first counts, in every figure.
CAUSE_ORDER = ("occurrence", "escape", "systemic")


class ComplaintDimensions(models.Model):
    """What cases are counted by beside their own fields: the customer's firm, and the cause.

    Stored, so that a pivot of a million cases reads one table.
    """

    _inherit = "complaint.complaint"

    commercial_partner_id = fields.Many2one(
        "res.partner",
        "Customer's company",
        compute="_compute_commercial_partner_id",
        store=True,
        precompute=True,
        index="btree_not_null",
        help="The firm of the customer, whichever of its people or addresses complains.",
    )
    main_cause_category_id = fields.Many2one(
        "complaint.cause.category",
        "Main cause",
        compute="_compute_main_cause",
        store=True,
        copy=False,
        help="Category of the first verified cause: occurrence, else escape, else systemic.",
    )
    responsible_department_id = fields.Many2one(
        "complaint.department",
        "Department of the main cause",
        compute="_compute_main_cause",
        store=True,
        copy=False,
        help="Department of the first verified cause.",
    )
    # How many rounds cases needed, on average; a version is no figure
    round = fields.Integer(aggregator="avg")
    version = fields.Integer(aggregator=None)

    # Computed, not related: what follows from others nobody writes (``_is_derived``)
    @api.depends("partner_id.commercial_partner_id")
    def _compute_commercial_partner_id(self):
        for complaint in self:
            complaint.commercial_partner_id = complaint.partner_id.commercial_partner_id

    @api.depends(
        "cause_ids.state",
        "cause_ids.cause_type",
        "cause_ids.sequence",
        "cause_ids.category_id",
        "cause_ids.department_id",
    )
    def _compute_main_cause(self):
        for complaint in self:
            # sudo: what a complaint shows of its causes follows from all of them
            verified = complaint.sudo().cause_ids.filtered(lambda c: c.state == "verified")
            cause = verified.sorted(
                lambda c: (CAUSE_ORDER.index(c.cause_type), c.sequence, c._origin.id)
            )[:1]
            complaint.main_cause_category_id = cause.category_id
            complaint.responsible_department_id = cause.department_id
