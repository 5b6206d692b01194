from odoo import models


class ComplaintPrintHandling(models.Model):
    """Instruction and visits on the internal form; neither is on any customer's document."""

    _inherit = "complaint.complaint"

    def _get_print_internal(self):
        """Add the leadership's instruction, read with the user's own rights (R66)."""
        values = super()._get_print_internal()
        values["instruction"] = {
            "text": self.leadership_instruction or "",
            "by": self.instruction_user_id.name or "",
            "date": self._get_print_day(self.date_instructed),
        }
        return values

    def _get_print_actions_internal(self):
        """Add to each action when and where somebody goes to the customer (R28)."""
        rows = super()._get_print_actions_internal()
        for row, action in zip(rows, self.action_ids, strict=True):
            row["visit"] = action._get_visit_line()
            row["owner"] = ", ".join(filter(None, (row["owner"], action.performer_name)))
        return rows
