from odoo import api, fields, models

from ..complaint.complaint_complaint import OVER_STATES, UNREGISTERED_STATES
from ..complaint.complaint_lifecycle import OPEN_STATES
from .complaint_action import OPEN_STATES as OPEN_ACTION_STATES


class ComplaintNextStep(models.Model):
    """What happens next, by whom, until when: the first thing the form says (R25)."""

    _inherit = "complaint.complaint"

    next_action_id = fields.Many2one(
        "complaint.action", compute="_compute_next_action", store=True, index="btree_not_null"
    )
    next_user_id = fields.Many2one(
        "res.users", "Next: who", compute="_compute_next_action", store=True, index="btree_not_null"
    )
    next_deadline = fields.Date("Next: until", compute="_compute_next_action", store=True)
    next_step = fields.Char(compute="_compute_next_step", compute_sudo=True)
    is_overdue = fields.Boolean(compute="_compute_is_overdue", search="_search_is_overdue")
    action_total = fields.Integer("Actions (number)", compute="_compute_progress")
    action_done = fields.Integer("Actions done", compute="_compute_progress")
    progress = fields.Integer("Progress (%)", compute="_compute_progress")

    # The order of the list: its first page is read off the index, however many are closed
    _next_deadline_idx = models.Index("(next_deadline, id DESC)")

    @api.depends(
        "state",
        "round",
        "user_id",
        "lead_user_id",
        "action_ids.state",
        "action_ids.deadline",
        "action_ids.user_id",
        "action_ids.round_number",
        "next_clock_deadline",
    )
    def _compute_next_action(self):
        for complaint in self:
            actions = complaint._get_awaited_actions()
            action = actions.sorted(lambda a: (a.deadline or fields.Date.today(), a.id))[:1]
            complaint.next_action_id = action
            complaint.next_deadline = (
                complaint.next_action_id.deadline or complaint._get_next_clock_date()
            )
            # An objected action waits for the lead, one whose owner left for his successor.
            waiting = complaint.next_action_id and complaint.next_action_id._get_activity_user()
            complaint.next_user_id = waiting or complaint._get_waiting_user()

    def _get_awaited_actions(self):
        """:return: open actions the case waits for now

        While a further round is handled, what lives on from an earlier one (a preventive measure, a
        follow-up call) is not what comes next; nor is it in a case that is closed.
        """
        self.ensure_one()
        if self.state in (*UNREGISTERED_STATES, *OVER_STATES):
            return self.env["complaint.action"]
        return self.action_ids.filtered(
            lambda a: (
                a.state in OPEN_ACTION_STATES
                and (self.state == "resolved" or a.round_number >= self.round)
            )
        )

    def _get_waiting_user(self):
        """:return: who has to move the complaint on where no action is open"""
        self.ensure_one()
        if self.state in ("closed", "cancelled"):
            return self.env["res.users"]
        if self.state in ("registered", "planned", "executing"):
            answering = self._get_next_clock().kind == "response"
            return (not answering and self.lead_user_id) or self.user_id
        return self.user_id

    @api.depends(
        "state",
        "next_action_id.name",
        "next_action_id.state",
        "team_id.requires_review",
        "next_clock_deadline",
    )
    @api.depends_context("lang")
    def _compute_next_step(self):
        labels = self._get_next_step_labels()
        for complaint in self:
            complaint.next_step = (
                complaint._get_action_step()
                or complaint._get_clock_step()
                or labels.get(complaint.state, "")
            )

    def _get_action_step(self):
        """:return: what the next action asks for; of an objected one the lead owes an answer"""
        action = self.next_action_id
        if action.state == "objected":
            return self.env._("Answer the objection to “%s”", action.name)
        return action.name

    @api.model
    def _get_next_step_labels(self):
        """:return: dict state -> translated step where no action says it"""
        return {
            "draft": self.env._("Write down what the customer said, then register"),
            "submitted": self.env._("Check and register"),
            "registered": self.env._("Write the plan and release it"),
            "planned": self.env._("Wait for objections"),
            "executing": self.env._("Resolve"),
            "resolved": self.env._("Ask the customer, then close"),
        }

    @api.depends("state", "next_deadline", "next_action_id", "next_clock_deadline")
    def _compute_is_overdue(self):
        today, now = fields.Date.context_today(self), fields.Datetime.now()
        for complaint in self:
            clock = not complaint.next_action_id and complaint.next_clock_deadline
            complaint.is_overdue = complaint.state in OPEN_STATES and bool(
                (complaint.next_deadline and complaint.next_deadline < today)
                or (clock and clock < now)
            )

    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        late_clock = fields.Domain("next_action_id", "=", False) & fields.Domain(
            "next_clock_deadline", "<", "now"
        )
        overdue = fields.Domain("state", "in", OPEN_STATES) & (
            fields.Domain("next_deadline", "<", "today") | late_clock
        )
        return overdue if True in value else ~overdue

    @api.depends("action_ids.state")
    def _compute_progress(self):
        counts = self._count_actions()
        for complaint in self:
            total, done = counts[complaint]
            complaint.action_total = total
            complaint.action_done = done
            complaint.progress = round(100 * done / total) if total else 0

    def _count_actions(self):
        """:return: dict complaint → (actions not cancelled, those done); a list counts in the
        database, since reading hundreds of actions costs more than all the rest of it
        """
        # Records of a form are no rows (``ids`` names those they are of)
        if len(self) == 1 or not all(self._ids):
            states = {complaint: complaint.action_ids.mapped("state") for complaint in self}
            return {
                complaint: (len(found) - found.count("cancelled"), found.count("done"))
                for complaint, found in states.items()
            }
        counts = dict.fromkeys(self, (0, 0))
        groups = self.env["complaint.action"]._read_group(
            [("complaint_id", "in", self.ids), ("state", "!=", "cancelled")],
            ["complaint_id", "state"],
            ["__count"],
        )
        for complaint, state, number in groups:
            total, done = counts[complaint]
            counts[complaint] = (total + number, done + (number if state == "done" else 0))
        return counts
