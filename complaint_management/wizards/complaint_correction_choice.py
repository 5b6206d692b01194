from odoo import fields, models


class ComplaintCorrectionChoice(models.TransientModel):
    """A row to choose in the correction dialog: a record, a field, or a value of a selection.

    Ordinary users may not read Odoo's own lists of fields; these rows show them what is frozen in
    one complaint, by the labels of their screens. They grant nothing.
    """

    _name = "complaint.correction.choice"
    _description = "Choice in the Correction Dialog"
    _order = "id"
    _rec_name = "label"

    wizard_id = fields.Many2one(
        "complaint.correction.wizard", required=True, index=True, ondelete="cascade"
    )
    kind = fields.Selection(
        [("record", "Record"), ("field", "Field"), ("value", "Value")], required=True
    )
    label = fields.Char(required=True)
    res_model = fields.Char("Model", required=True)
    res_id = fields.Integer("Record ID")
    field_name = fields.Char()
    ttype = fields.Char("Type")
    relation = fields.Char()
    key = fields.Char()
