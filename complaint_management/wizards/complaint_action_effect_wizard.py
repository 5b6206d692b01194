from odoo import api, fields, models


class ComplaintActionWizard(models.TransientModel):
    """Who says whether measures work reads what the figures propose, and the figures as far as he
    reads those of the company; the verdict is his (R43).
    """

    _inherit = "complaint.action.wizard"

    effect_figures = fields.Text(compute="_compute_effect_figures")

    @api.depends("action_ids", "verb")
    def _compute_effect_figures(self):
        actions = self.env["complaint.action"]
        labels = dict(actions._fields["proposed_effectiveness"]._description_selection(self.env))
        may_read = actions._has_field_access(actions._fields["effect_reason"], "read")
        for wizard in self:
            measures = wizard.verb == "finish" and wizard.action_ids.verified_measure_ids
            wizard.effect_figures = "\n".join(
                self.env._(
                    "%(measure)s – %(proposal)s. %(figures)s",
                    measure=measure.name,
                    proposal=labels.get(measure.proposed_effectiveness) or self.env._("No figures"),
                    figures=(may_read and measure.effect_reason) or "",
                ).strip()
                for measure in measures or ()
            )
