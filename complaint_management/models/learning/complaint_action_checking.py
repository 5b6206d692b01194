from odoo import fields, models

from ..handling.complaint_action import OPEN_STATES


class ComplaintActionChecking(models.Model):
    """On the day of its check a measure gets a check of effect, where no plan made one (R43).

    One for all measures of a case that are due together. The verdict is its owner's: he sees what
    the figures propose.
    """

    _inherit = "complaint.action"

    check_action_id = fields.Many2one(
        "complaint.action",
        "Checked by",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    checked_measure_ids = fields.One2many("complaint.action", "check_action_id", "Made to check")

    def _make_checks(self):
        """Make the checks of these measures; callers are jobs."""
        for complaint, measures in self.grouped("complaint_id").items():
            if complaint.action_ids.filtered(
                lambda a: a.kind == "verification" and a.state in OPEN_STATES
            ):
                continue
            vals = measures._prepare_check_vals()
            # Without sync: made by the calendar, which changes no plan
            check = self._without_sync().create(vals).with_env(self.env)
            measures._write_trusted({"check_action_id": check.id})
            check._sync_activities()

    def _prepare_check_vals(self):
        """Values of the check of measures of one case; called by :meth:`_make_checks`."""
        complaint = self.complaint_id
        criteria = [f"{action.name}: {action.check_criterion or '–'}" for action in self]
        return {
            "complaint_id": complaint.id,
            "kind": "verification",
            "name": self.env._("Does it work? %s", ", ".join(self.mapped("name"))),
            "description": "\n".join(criteria),
            "user_id": complaint._find_function_user("quality")[0].id,
            "deadline": complaint._get_company_day(fields.Datetime.now()),
            "cause_id": self.cause_id.id if len(self.cause_id) == 1 else False,
        }
