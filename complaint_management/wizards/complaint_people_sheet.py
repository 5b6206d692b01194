from dateutil.relativedelta import relativedelta

from odoo import Command, api, fields, models


class ComplaintPeopleSheet(models.TransientModel):
    """Figures of salespeople or teams on screen: choose the months, read, print (R56)."""

    _name = "complaint.people.sheet"
    _description = "Figures of Salespeople and Teams"

    by = fields.Selection(
        [("user", "Salespeople"), ("team", "Teams")], required=True, default="user"
    )
    date_from = fields.Date(
        "First month",
        required=True,
        default=lambda self: self._get_this_month() - relativedelta(months=2),
    )
    date_to = fields.Date("Last month", required=True, default=lambda self: self._get_this_month())
    team_id = fields.Many2one("complaint.team")
    before_text = fields.Char("Compared with", compute="_compute_before_text")
    minimum = fields.Integer(compute="_compute_before_text")
    # Stored: a press on a button saves the sheet, and what is not stored would be gone from the
    # screen. Read with the rights of who looks, as everything here.
    line_ids = fields.One2many(
        "complaint.people.sheet.line",
        "sheet_id",
        "Figures",
        compute="_compute_line_ids",
        compute_sudo=False,
        store=True,
    )

    @api.model
    def _get_this_month(self):
        return fields.Date.context_today(self).replace(day=1)

    def _compute_display_name(self):
        for sheet in self:
            sheet.display_name = dict(sheet._fields["by"]._description_selection(self.env)).get(
                sheet.by
            )

    def _get_months(self):
        """:return: ``(first day, first day after)`` of the months chosen
        :raise UserError: for months that end before they begin, or too many
        """
        self.ensure_one()
        start = (self.date_from or self._get_this_month()).replace(day=1)
        last = (self.date_to or self._get_this_month()).replace(day=1)
        self.env["complaint.table.people"]._check_years(start, last)
        end = last + relativedelta(months=1)
        self.env["complaint.table.people"]._check_period(start, end)
        return start, end

    @api.onchange("date_from")
    def _onchange_date_from(self):
        """No month is last before the first: the other one goes along."""
        if self.date_from and self.date_to and self.date_to < self.date_from:
            self.date_to = self.date_from

    @api.onchange("date_to")
    def _onchange_date_to(self):
        """See :meth:`_onchange_date_from`"""
        if self.date_from and self.date_to and self.date_to < self.date_from:
            self.date_from = self.date_to

    @api.depends("date_from", "date_to")
    @api.depends_context("allowed_company_ids", "lang")
    def _compute_before_text(self):
        people = self.env["complaint.analysis.salesperson"]
        table = self.env["complaint.table.people"]
        for sheet in self:
            start, end = sheet._get_months()
            before = people._get_start_before(start, end)
            sheet.before_text = table._get_months_text(before, start)
            sheet.minimum = max(self.env.companies.mapped("complaint_figures_minimum"))

    @api.depends("by", "date_from", "date_to", "team_id")
    def _compute_line_ids(self):
        people = self.env["complaint.analysis.salesperson"]
        for sheet in self:
            start, end = sheet._get_months()
            rows = people._get_people(start, end, sheet.by, sheet.team_id or None)
            sheet.line_ids = [
                Command.clear(),
                *(Command.create(sheet._prepare_line_vals(row)) for row in rows),
            ]

    def _prepare_line_vals(self, row):
        """Values of a line; called by :meth:`_compute_line_ids`."""
        is_team = not row["user"]
        name = row["user"].name
        if is_team:
            name = self.env._("Whole team") if self.by == "user" else row["team"].name
        return {
            "name": name or self.env._("Without team"),
            "team_name": row["team"].name or self.env._("Without team"),
            "is_team": is_team,
            **{figure: self._get_rate_text(pair) for figure, pair in row["rates"].items()},
        }

    @api.model
    def _get_rate_text(self, pair):
        """:return: a share with its change, as one reads it: “92 % ▲ 4”"""
        if pair[0] is None:
            return self.env._("too few")
        text = f"{round(100 * pair[0])} %"
        change = self.env["complaint.analysis.salesperson"]._get_change(pair)
        if change is None:
            return text
        sign = "▲" if change > 0 else "▼" if change < 0 else "="
        return f"{text} {sign} {abs(change)}" if change else f"{text} {sign}"

    # ------------------------------------------------------------
    # Buttons
    # ------------------------------------------------------------
    def _open_table(self, file_format):
        start, end = self._get_months()
        return self.env["complaint.table.people"]._open(
            file_format,
            by=self.by,
            start=start.isoformat(),
            end=end.isoformat(),
            team=self.team_id.id or None,
        )

    def action_xlsx(self):
        """:return: client action that fetches the figures as a workbook"""
        self.ensure_one()
        return self._open_table("xlsx")

    def action_pdf(self):
        """:return: client action that fetches the figures on paper"""
        self.ensure_one()
        return self._open_table("pdf")

    def action_open_months(self):
        """:return: action of the same figures month by month"""
        self.ensure_one()
        start, end = self._get_months()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "complaint_management.complaint_analysis_salesperson_action"
        )
        domain = [("user_id", "!=", False), ("month", ">=", start), ("month", "<", end)]
        if self.team_id:
            domain.append(("team_id", "=", self.team_id.id))
        group = "search_default_group_team" if self.by == "team" else "search_default_group_user"
        return {**action, "domain": domain, "context": {group: 1}}


class ComplaintPeopleSheetLine(models.TransientModel):
    """One person or team of the figures on screen, for who asked for them."""

    _name = "complaint.people.sheet.line"
    _description = "Figures of a Salesperson or Team"

    sheet_id = fields.Many2one("complaint.people.sheet", ondelete="cascade")
    name = fields.Char()
    team_name = fields.Char("Team")
    is_team = fields.Boolean()
    response = fields.Char("First response on time")
    handling = fields.Char("Handled on time")
    report = fields.Char("Report on time")
    promise = fields.Char("Promises kept")
    satisfaction = fields.Char("Satisfied customers")
    repurchase = fields.Char("Bought again")
