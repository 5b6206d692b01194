from odoo import fields, models


class ComplaintTaxonomyMixin(models.AbstractModel):
    """What one picks from a list: categories, defects, causes, channels, departments.

    An entry without company is shared by all; archiving keeps it on old complaints.
    """

    _name = "complaint.taxonomy.mixin"
    _description = "Entry of a List"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    code = fields.Char(help="Technical key that other apps may look for.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", index=True)
