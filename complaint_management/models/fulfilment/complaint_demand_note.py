from odoo import api, fields, models

from ..complaint.complaint_complaint import INSIDE_GROUPS


class ComplaintDemandNote(models.Model):
    """How far an accepted request is: why it waits, and what no longer changes (R37)."""

    _inherit = "complaint.demand"

    execution_note = fields.Text(
        "Waits",
        compute="_compute_execution_note",
        groups=INSIDE_GROUPS,
        help="Why the accepted request cannot be carried out yet.",
    )
    has_documents = fields.Boolean(compute="_compute_has_documents", groups=INSIDE_GROUPS)
    has_open_documents = fields.Boolean(compute="_compute_has_documents", groups=INSIDE_GROUPS)

    @api.depends("can_execute")
    @api.depends_context("uid", "lang")
    def _compute_execution_note(self):
        """Nothing where Done is the way, where it was carried out, or for who only reads."""
        waiting = self.filtered(lambda d: d.id and d.state == "accepted" and not d.can_execute)
        writable = waiting._filtered_access("write")
        for demand in self:
            waits = (
                demand in writable and demand._get_executor() and demand._has_something_to_make()
            )
            demand.execution_note = demand._get_execution_obstacle() if waits else False

    @api.depends("document_summary")
    def _compute_has_documents(self):
        """Goods are frozen by living documents; Done waits for those under way."""
        for demand in self:
            states = [d._get_remedy_state() for d in demand._get_living_documents()]
            demand.has_documents = bool(states)
            demand.has_open_documents = "open" in states
