from odoo import api, fields, models

# Kinds of action that may be a visit.
VISIT_KINDS = ("communication", "correction", "investigation", "followup")


class ComplaintActionVisit(models.Model):
    """Somebody goes to the customer: when, where, with whom, and whether he apologised (R28)."""

    _inherit = "complaint.action"

    visit_date = fields.Datetime("Visit on", index="btree_not_null")
    visit_place = fields.Char("Place", help="Where the party meets the customer.")
    visit_user_ids = fields.Many2many(
        "res.users",
        "complaint_action_visit_user_rel",
        "action_id",
        "user_id",
        "Party",
        domain="[('share', '=', False)]",
    )
    visit_party = fields.Char("Others", help="Members without a login, and people of the customer.")
    visit_apologised = fields.Boolean("Apologised on site")
    is_visit = fields.Boolean("Is a visit", compute="_compute_is_visit", store=True)
    demand_id = fields.Many2one(
        "complaint.demand",
        "Customer request",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        groups=(
            "complaint_management.group_complaint_user,"
            "complaint_management.group_complaint_leadership"
        ),
    )

    @api.depends("visit_date", "visit_place", "visit_party", "visit_user_ids")
    def _compute_is_visit(self):
        for action in self:
            action.is_visit = bool(
                action.visit_date
                or action.visit_place
                or action.visit_party
                or action.visit_user_ids
            )

    @api.model
    def _get_plan_fields(self):
        return super()._get_plan_fields() | {
            "visit_date",
            "visit_place",
            "visit_user_ids",
            "visit_party",
        }

    @api.model_create_multi
    def create(self, vals_list):
        """The day of a visit is the day it is due: calendars show it there."""
        for vals in vals_list:
            if vals.get("visit_date") and not vals.get("deadline"):
                vals["deadline"] = self._get_visit_day(vals["visit_date"])
        return super().create(vals_list)

    def write(self, vals):
        """Moving a visit moves what is due, unless another day is given."""
        if vals.get("visit_date") and "deadline" not in vals:
            vals = {**vals, "deadline": self._get_visit_day(vals["visit_date"])}
        return super().write(vals)

    @api.onchange("visit_date")
    def _onchange_visit_date(self):
        if self.visit_date:
            self.deadline = self._get_visit_day(self.visit_date)

    @api.model
    def _get_visit_day(self, moment):
        """:return: day of a visit where the user is

        :param moment: ``datetime`` (UTC) or its text
        """
        moment = fields.Datetime.to_datetime(moment)
        return fields.Datetime.context_timestamp(self, moment).date()

    def _get_visit_line(self):
        """:return: the visit in one line for the internal form; empty where there is none"""
        self.ensure_one()
        if not self.is_visit:
            return ""
        when = self.visit_date and fields.Datetime.context_timestamp(self, self.visit_date)
        parts = [
            when and when.strftime("%Y-%m-%d %H:%M"),
            self.visit_place,
            ", ".join([*self.visit_user_ids.mapped("name"), *filter(None, [self.visit_party])]),
            self.visit_apologised and self.env._("apologised on site"),
        ]
        return self.env._("Visit: %s", " · ".join(part for part in parts if part))
