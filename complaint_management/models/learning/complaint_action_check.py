from datetime import timedelta

from odoo import api, fields, models

from ..handling.complaint_action import MEASURE_KINDS, ComplaintAction


class ComplaintActionCheck(models.Model):
    """Every corrective and preventive action has a day on which its effect is checked, and a
    criterion in words (R43).

    Both are proposed when it is done and stay what somebody wrote. What was imported as done was
    checked elsewhere, or never: nothing is proposed for it.
    """

    _inherit = "complaint.action"
    _VERSIONED_FIELDS = ComplaintAction._VERSIONED_FIELDS | {"check_date", "check_criterion"}

    check_date = fields.Date(
        "Check the effect on",
        compute="_compute_check",
        store=True,
        readonly=False,
        copy=False,
        help="Proposed when the measure is done: as many days later as the first check of effect "
        "in the category's activity plan, else as the settings say.",
    )
    check_criterion = fields.Text(
        "It works if",
        compute="_compute_check",
        store=True,
        readonly=False,
        copy=False,
        help="Internal; never printed for the customer.",
    )

    @api.model
    def _get_plan_fields(self):
        return super()._get_plan_fields() | {"check_date", "check_criterion"}

    @api.model_create_multi
    def create(self, vals_list):
        """An old register wakes nobody: no check of what was done long ago."""
        no_check = {"check_date": False, "check_criterion": False}
        actions = super().create(
            [{**no_check, **v} if v.get("state") == "done" else v for v in vals_list]
        )
        now = fields.Datetime.now()
        actions.filtered(
            lambda a: (
                a.state == "done"
                and a.check_date
                and a.check_date < a.complaint_id._get_company_day(now)
            )
        )._write_trusted({"check_held": True})
        return actions

    def _is_measure(self):
        """:return: whether it is to stop recurrence, here or elsewhere"""
        return self.kind in MEASURE_KINDS

    @api.depends("kind", "state", "date_done")
    def _compute_check(self):
        """Propose where nothing is written; a check before the measure was done checked nothing."""
        for action in self:
            is_done = action.state == "done" and action._is_measure()
            done = is_done and action._get_done_day()
            if not action._is_measure():
                action.check_date = action.check_criterion = False
                continue
            day = action.check_date
            if done and (not day or day < done):
                day = done + timedelta(days=action._get_check_days())
            action.check_date = day
            action.check_criterion = action.check_criterion or (
                is_done and action._get_proposed_criterion()
            )

    def _get_done_day(self):
        """:return: the day it was done, where the company is"""
        self.ensure_one()
        return self.complaint_id._get_company_day(self.date_done or fields.Datetime.now())

    def _get_check_days(self):
        """:return: calendar days from done to the check: those of the first check of effect in the
        plan of the case, else the company's
        """
        self.ensure_one()
        # sudo: plans and settings are configuration
        complaint = self.sudo().complaint_id
        lines = complaint._get_plan().template_ids.filtered(
            lambda x: x.action_kind == "verification" and x.delay_from != "before_plan_date"
        )
        start = complaint._get_company_day(fields.Datetime.now())
        days = [(line._get_date_deadline(start) - start).days for line in lines]
        return min(days, default=complaint.company_id.complaint_check_days)

    def _get_proposed_criterion(self):
        """:return: sentence naming what must not come again: what was not refuted (as likes say)"""
        self.ensure_one()
        # sudo: what the case is about, for whoever finishes a measure of it
        complaint = self.sudo().complaint_id
        said = complaint.point_ids
        points = said.filtered(lambda p: p.validity != "not_justified") or said
        lines = points.line_ids or complaint.line_ids
        defects = points.defect_id or lines.defect_id or complaint.defect_id
        goods = lines.product_id
        what = ", ".join(defects.mapped("name")) or complaint.subject or complaint.name
        if not goods:
            return self.env._("No further complaint about: %s.", what)
        return self.env._(
            "No further complaint about %(what)s on %(goods)s that carry the measure.",
            what=what,
            goods=", ".join(goods.mapped("display_name")),
        )
