from odoo import models


class RatingRating(models.Model):
    """Ratings of a complaint are closed to whom it is about, rated or not (R73)."""

    _name = "rating.rating"
    _inherit = ["complaint.discreet.mixin", "rating.rating"]
