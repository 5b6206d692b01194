from odoo import api, fields, models


class ComplaintActionWizard(models.TransientModel):
    """Who says whether measures work reads what the figures propose; the verdict is his (R43)."""

    _inherit = "complaint.action.wizard"

    effect_figures = fields.Text(compute="_compute_effect_figures")

    @api.depends("action_ids", "verb")
    def _compute_effect_figures(self):
        proposals = self.env["complaint.action"]._fields["proposed_effectiveness"]
        labels = dict(proposals._description_selection(self.env))
        for wizard in self:
            measures = wizard.verb == "finish" and wizard.action_ids.verified_measure_ids
            wizard.effect_figures = "\n".join(
                self.env._(
                    "%(measure)s – %(proposal)s. %(figures)s",
                    measure=measure.name,
                    proposal=labels.get(measure.proposed_effectiveness) or self.env._("No figures"),
                    figures=measure.effect_reason or "",
                ).strip()
                for measure in measures or ()
            )
