from odoo import fields, models


class ResCompany(models.Model):
    """From how many cases on a rate says anything about people (R56)."""

    _inherit = "res.company"

    complaint_figures_minimum = fields.Integer(
        "Cases a rate needs",
        default=5,
        help="Figures of salespeople and teams show a rate from so many decided cases on; below, "
        "it says more about chance than about people.",
    )

    _complaint_figures_minimum = models.Constraint(
        "CHECK(complaint_figures_minimum BETWEEN 1 AND 1000)",
        "A rate needs between 1 and 1000 cases.",
    )


class ResConfigSettings(models.TransientModel):
    """The same among the settings."""

    _inherit = "res.config.settings"

    complaint_figures_minimum = fields.Integer(
        related="company_id.complaint_figures_minimum", readonly=False
    )
