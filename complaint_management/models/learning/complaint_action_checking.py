from datetime import timedelta

from odoo import api, fields, models

from ..handling.complaint_action import OPEN_STATES

# What makes a check that could not be made worth another try.
CHECK_FIELDS = frozenset({"state", "check_date"})


class ComplaintActionChecking(models.Model):
    """On the day of its check a measure gets a check of effect, where no plan made one (R43).

    One for all measures of a case that are due together. The verdict is its owner's: he sees what
    the figures propose. What is done again is checked again.
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
    check_held = fields.Boolean(
        readonly=True,
        copy=False,
        help="No check could be made, or its day was over when the measure was imported: none is "
        "made until the day or the state changes.",
    )

    @api.model
    def _get_verb_fields(self):
        return super()._get_verb_fields() | {"check_action_id", "check_held"}

    def write(self, vals):
        """Another day, or done again: another check."""
        if not CHECK_FIELDS.intersection(vals):
            return super().write(vals)
        again = self.browse()
        if vals.get("state") == "done":
            # What it was done with stays when it is opened again
            again = self.filtered(lambda a: a.state != "done" and a.completion_note)
        result = super().write(vals)
        # sudo: what follows is not written by whoever finishes or plans
        self.sudo()._follow_check(vals)
        again.sudo()._forget_verdict()
        return result

    def _follow_check(self, vals):
        """Let go of checks that say nothing about these measures as they are now."""
        self.filtered("check_held")._write_trusted({"check_held": False})
        checked = self.filtered(lambda a: a.check_action_id.state in ("done", "cancelled"))
        if vals.get("state") in OPEN_STATES or "check_date" in vals:
            checked._write_trusted({"check_action_id": False})
        if vals.get("state") == "cancelled":
            self.checked_measure_ids._postpone_check()
        if vals.get("state") == "done":
            # Open again when their check was finished: it judged them not
            unjudged = self.checked_measure_ids.filtered(lambda a: a.state != "done")
            unjudged._write_trusted({"check_action_id": False})

    def _postpone_check(self):
        """Nobody wants to check these measures now: they are due again as if just done."""
        for measure in self:
            today = measure.complaint_id._get_company_day(fields.Datetime.now())
            vals = {"check_action_id": False}
            if measure.state == "done":
                vals["check_date"] = today + timedelta(days=measure._get_check_days())
            # Without sync: as its making, no change of a plan that goes out again
            measure._without_sync()._write_trusted(vals)

    def _forget_verdict(self):
        """A verdict on what was done before is none on what is done now. Complaints that speak
        against it go on doing so.
        """
        judged = self.filtered(lambda a: a._is_measure() and not a.is_refuted)
        judged._write_trusted({"effectiveness": "pending"})

    # ------------------------------------------------------------
    # Making checks
    # ------------------------------------------------------------
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
        """Values of the check of measures of one case, in the language of who gets it; called by
        :meth:`_make_checks`.
        """
        complaint = self.complaint_id
        user = complaint._find_function_user("quality")[0]
        env = self.with_context(lang=user.lang or self.env.lang).env
        criteria = [f"{action.name}: {action.check_criterion or '–'}" for action in self]
        return {
            "complaint_id": complaint.id,
            "kind": "verification",
            "name": env._("Does it work? %s", ", ".join(self.mapped("name"))),
            "description": "\n".join(criteria),
            "user_id": user.id,
            "deadline": complaint._get_company_day(fields.Datetime.now()),
            "cause_id": self.cause_id.id if len(self.cause_id) == 1 else False,
        }
