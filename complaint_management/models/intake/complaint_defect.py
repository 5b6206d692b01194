from odoo import fields, models


class ComplaintDefect(models.Model):
    """What is wrong with goods or service, as one picks it from a list (R17, R18)."""

    _name = "complaint.defect"
    _description = "Defect"
    _inherit = ["complaint.taxonomy.mixin"]
    _order = "sequence, name, id"

    category_id = fields.Many2one(
        "complaint.category",
        index="btree_not_null",
        check_company=True,
        help="Picking this defect proposes this category.",
    )
    description = fields.Text(translate=True)
