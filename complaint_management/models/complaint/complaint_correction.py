from odoo import api, fields, models
from odoo.exceptions import UserError


class ComplaintCorrection(models.Model):
    """One mended typing error: what it was, what it is now, why, by whom (T20).

    Made by ``_correct`` only, see ``complaint_correcting``. Values are kept as text, so that they
    stay readable when a lot or a contact is renamed or gone.
    """

    _name = "complaint.correction"
    _description = "Correction of a Complaint"
    _inherit = ["complaint.child.mixin"]
    _order = "complaint_id, id desc"
    _rec_name = "field_label"

    res_model = fields.Char("Model", required=True, readonly=True)
    res_id = fields.Integer("Record ID", required=True, readonly=True)
    record_name = fields.Char("Where", readonly=True)
    field_name = fields.Char("Technical field", required=True, readonly=True)
    field_label = fields.Char("What", required=True, readonly=True)
    old_value = fields.Text(readonly=True)
    new_value = fields.Text(readonly=True)
    reason = fields.Text(required=True, readonly=True)
    user_id = fields.Many2one(
        "res.users", "By", required=True, readonly=True, default=lambda self: self.env.user
    )
    date = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)

    _reason_given = models.Constraint(
        "CHECK(length(trim(reason)) > 0)", "A correction needs its reason."
    )

    # ------------------------------------------------------------
    # CRUD: neither forged nor rewritten nor deleted, whoever asks
    # ------------------------------------------------------------
    @api.model_create_multi
    def create(self, vals_list):
        if not self._is_thawed():
            raise UserError(
                self.env._("Corrections are made by “Correct…” in the complaint's gear menu.")
            )
        return super().create(vals_list)

    def write(self, vals):
        """:raise UserError: always, but for code of this process that holds the sentinel"""
        if vals and not self._is_thawed():
            raise UserError(self.env._("A correction stays as it was made: make another one."))
        return super().write(vals)

    def _check_deletable(self):
        super()._check_deletable()
        if self:
            raise UserError(self.env._("Corrections are kept with the complaint."))
