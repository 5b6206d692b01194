from odoo import fields, models


class ComplaintDemandOptions(models.Model):
    """A request we answer with several options (R35)."""

    _inherit = "complaint.demand"

    option_ids = fields.One2many("complaint.demand.option", "demand_id", "Options")

    def _has_answer(self, state):
        """Options are an answer, but a refusal needs its words."""
        return super()._has_answer(state) or (state == "offered" and bool(self.option_ids))

    def _set_state(self, state, needs_answer=False):
        """Options follow: what is offered anew is open again, a refusal declines them."""
        result = super()._set_state(state, needs_answer)
        if state in ("open", "offered"):
            self.option_ids._write_trusted({"state": "open"})
        elif state in ("declined", "cancelled"):
            self.option_ids._write_trusted({"state": "declined"})
        return result
