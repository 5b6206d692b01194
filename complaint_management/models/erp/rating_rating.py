from odoo import api, fields, models
from odoo.exceptions import UserError

from ..documents.complaint_exporting import quote_cell
from .complaint_discreet import COMPLAINT_MODEL

# How the figure came to us.
SOURCES = [
    ("survey", "Survey mail"),
    ("portal", "Customer's page"),
    ("sheet", "Signed sheet"),
    ("call", "Call or visit"),
]


class RatingRating(models.Model):
    """Ratings of a complaint know their round; closed to whom the complaint is about (R50, R73)."""

    _name = "rating.rating"
    _inherit = ["complaint.discreet.mixin", "rating.rating"]

    complaint_round = fields.Integer("Round", readonly=True)
    complaint_source = fields.Selection(SOURCES, "Source", readonly=True)

    @api.model_create_multi
    def create(self, vals_list):
        """:raise UserError: when somebody makes up a rating of a complaint"""
        ratings = super().create(vals_list)
        ratings._check_given_by_customer()
        return ratings

    def write(self, vals):
        """:raise UserError: when somebody changes a rating of a complaint, or makes it one"""
        self._check_given_by_customer()
        result = super().write(vals)
        if {"res_model_id", "res_id"}.intersection(vals):
            self._check_given_by_customer()
        return result

    def unlink(self):
        """:raise UserError: for ratings of complaints"""
        self._check_given_by_customer()
        return super().unlink()

    def _export_rows(self, fields, **kwargs):
        """What a customer writes beside his rating is no formula in an export (T13)."""
        rows = super()._export_rows(fields, **kwargs)
        # sudo: only which of them are about complaints
        if COMPLAINT_MODEL not in self.sudo().mapped("res_model"):
            return rows
        return [[quote_cell(cell) for cell in row] for row in rows]

    def _check_given_by_customer(self):
        """Core lets every employee write ratings; here the customer gives them (T20)."""
        # sudo: only which of them are about complaints
        about = self.sudo().filtered(lambda r: r.res_model == COMPLAINT_MODEL)
        if about and not self.env.su:
            raise UserError(
                self.env._("Ratings of complaints are the customer's: nobody edits them.")
            )
