from odoo import api, fields, models

# Kinds of action that are work on goods or at the customer's.
LABOUR_KINDS = ("containment", "correction", "investigation")


class ComplaintActionLabourWizard(models.TransientModel):
    """Asks for the hours spent together with the note (R37). May stay empty."""

    _inherit = "complaint.action.wizard"

    asks_labour = fields.Boolean(compute="_compute_asks_labour")
    labour_hours_done = fields.Float(
        "Hours spent",
        digits=(16, 2),
        compute="_compute_labour_hours_done",
        store=True,
        readonly=False,
        help="Working hours of all who took part. Internal.",
    )

    @api.depends("action_ids", "verb")
    def _compute_asks_labour(self):
        """Ask for one action at a time: nobody knows who of several took how long."""
        for wizard in self:
            action = wizard.action_ids
            wizard.asks_labour = (
                wizard.verb == "finish"
                and len(action) == 1
                and (action.kind in LABOUR_KINDS or action.labour_hours > 0)
            )

    @api.depends("action_ids")
    def _compute_labour_hours_done(self):
        """Start from what was noted while the work went on."""
        for wizard in self:
            noted = len(wizard.action_ids) == 1 and wizard.action_ids.labour_hours_done
            wizard.labour_hours_done = noted or 0.0

    def _finish(self):
        """Note the hours first: who finishes an action may."""
        if self.asks_labour and self.labour_hours_done != self.action_ids.labour_hours_done:
            self.action_ids.labour_hours_done = self.labour_hours_done
        return super()._finish()
