from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .office.place import parse_place


class ComplaintReportFormField(models.Model):
    """One place of a customer's own form, and what goes there (R72).

    The place is a cell of the workbook (``Sheet1!B7``), or a text that stands in the form
    (``<<Cause>>``). What goes there is picked from a list, never typed: no code, no field names.
    """

    _name = "complaint.report.form.field"
    _description = "Place in a Customer's Form"
    _order = "profile_id, sequence, id"
    _check_company_auto = True

    profile_id = fields.Many2one(
        "complaint.report.profile", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="profile_id.company_id", store=True, precompute=True)
    sequence = fields.Integer(default=10)
    target = fields.Char(
        "Place",
        required=True,
        help="A cell of the workbook, e.g. Sheet1!B7 – without a sheet: the first one. Or a text "
        "that stands in the form and is to be replaced.",
    )
    source = fields.Selection(
        "_get_source_selection", "Filled with", required=True, help="What is written there."
    )
    rows = fields.Integer(
        "Room for",
        default=1,
        help="Rows of the form, from this cell downwards, for a list. What has no room is written "
        "into the last row.",
    )
    is_list = fields.Boolean(compute="_compute_is_list")
    is_required = fields.Boolean(
        "Must be filled",
        help="The report cannot be approved while there is nothing for this place.",
    )

    _rows_positive = models.Constraint("CHECK(rows BETWEEN 1 AND 500)", "Room for 1 to 500 rows.")
    _target_unique = models.UniqueIndex(
        "(profile_id, target)", "This place of the form is filled already."
    )

    @api.model
    def _get_source_selection(self):
        return list(self.env["complaint.report"]._get_form_sources().items())

    @api.depends("source")
    def _compute_is_list(self):
        for line in self:
            line.is_list = "." in (line.source or "")

    @api.constrains("target", "source", "rows", "profile_id")
    def _check_place(self):
        """:raise ValidationError: when the form has no such place, or the list no such source"""
        sources = self.env["complaint.report"]._get_form_sources()
        for line in self:
            # The list is made by a method, and core does not look whether a value is on it
            if line.source not in sources:
                raise ValidationError(
                    self.env._("“%s” is not on the list of what can be filled in.", line.source)
                )
        self.profile_id._check_form()

    def _get_place(self):
        """:return: the cell, as :class:`~.office.place.Place`, or None where it is a text"""
        self.ensure_one()
        return parse_place(self.target) if self.profile_id._get_form_ending() == "xlsx" else None
