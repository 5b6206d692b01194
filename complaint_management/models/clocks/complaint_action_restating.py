from odoo import models


class ComplaintActionRestating(models.Model):
    """The plan's action “restate to the customer” and the stamps answer each other (R9, R11)."""

    _inherit = "complaint.action"

    def _is_restating(self):
        """:return: whether this is the first talk with the customer its activity plan asks for,
        whatever the company called it
        """
        self.ensure_one()
        # sudo: the order of lines in an activity plan is configuration
        template = self.sudo().template_id
        if self.kind != "communication" or not template:
            return False
        lines = template.plan_id.template_ids.filtered(lambda t: t.action_kind == "communication")
        return lines.sorted(lambda t: (t.sequence, t.id))[:1] == template

    def _finish_each(self, notes, messages=None, verdict=None):
        """Whoever finishes that action has talked to the customer: stamp it."""
        result = super()._finish_each(notes, messages, verdict)
        restated = self.filtered(lambda a: a._is_restating())
        if restated:
            # sudo: finishing was checked; an owner need not be able to write the complaint
            complaints = restated.complaint_id.sudo()
            complaints._stamp_response()
            complaints._stamp_restated()
        return result
