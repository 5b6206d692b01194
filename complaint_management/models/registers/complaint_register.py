from odoo import api, fields, models
from odoo.tools import format_date

from ..complaint.complaint_complaint import INSIDE_GROUPS
from ..handling.complaint_action import MEASURE_KINDS


class ComplaintRegister(models.Model):
    """What a case says in the register of complaints, one cell each (R57).

    Computed for all rows of a page at once: some queries a page, none a row. Only what may be read
    by whoever reads the case: operators, penalties, machines, shifts, costs, opinions and notes
    are in none of them, so that a register may lie on any desk.
    """

    _inherit = "complaint.complaint"

    register_goods = fields.Text(
        "Goods (names)", compute="_compute_register_goods", groups=INSIDE_GROUPS
    )
    register_result = fields.Text(
        "Result of the investigation",
        compute="_compute_register_result",
        groups=INSIDE_GROUPS,
        help="Whether it is justified, and what was found.",
    )
    register_cause = fields.Text(
        "Cause analysis", compute="_compute_register_causes", groups=INSIDE_GROUPS
    )
    register_department = fields.Char(
        "Departments of the causes", compute="_compute_register_causes", groups=INSIDE_GROUPS
    )
    register_measures = fields.Text(
        "Corrective and preventive measures",
        compute="_compute_register_measures",
        groups=INSIDE_GROUPS,
    )
    register_feedback = fields.Text(
        "Customer's answer",
        compute="_compute_register_feedback",
        groups=INSIDE_GROUPS,
        help="How it ended, how satisfied he is, what he said.",
    )
    register_rounds = fields.Text(
        "Earlier rounds", compute="_compute_register_rounds", groups=INSIDE_GROUPS
    )

    @api.depends("line_ids.product_id", "line_ids.name")
    @api.depends_context("lang")
    def _compute_register_goods(self):
        # sudo: what the goods of a case one may read are called
        for complaint in self.sudo():
            names = [line.product_id.display_name or line.name for line in complaint.line_ids]
            complaint.register_goods = "\n".join(dict.fromkeys(filter(None, names)))

    @api.depends("validity", "investigation_result")
    @api.depends_context("lang")
    def _compute_register_result(self):
        labels = self._get_register_labels("validity")
        for complaint in self:
            lines = (labels.get(complaint.validity), complaint.investigation_result)
            complaint.register_result = _join(lines)

    @api.depends("cause_ids.name", "cause_ids.state", "cause_ids.department_id")
    @api.depends_context("lang")
    def _compute_register_causes(self):
        # sudo: causes belong to a case one may read; their internal fields are not among it
        for complaint in self.sudo():
            complaint.register_cause = complaint._get_print_cause_text()
            complaint.register_department = complaint._get_print_departments()

    @api.depends(
        "action_ids.kind",
        "action_ids.name",
        "action_ids.state",
        "action_ids.deadline",
        "action_ids.date_done",
        "action_ids.department_id",
    )
    @api.depends_context("lang", "tz")
    def _compute_register_measures(self):
        # sudo: what is done about a case one may read, not who does it
        for complaint in self.sudo():
            actions = complaint.action_ids.filtered(
                lambda a: a.kind in MEASURE_KINDS and a.state != "cancelled"
            )
            complaint.register_measures = _join(
                complaint._get_register_measure(action)
                for action in actions.sorted(lambda a: (MEASURE_KINDS.index(a.kind), a.id))
            )

    def _get_register_measure(self, action):
        """:return: one line of the cell: what, by which department, done or due when"""
        facts = [action.department_id.name]
        if action.state == "done":
            facts.append(self.env._("done %s", self._get_print_day(action.date_done)))
        else:
            facts.append(self.env._("due %s", format_date(self.env, action.deadline)))
        return f"{action.name} ({', '.join(filter(None, facts))})"

    @api.depends("outcome", "satisfaction", "customer_feedback")
    @api.depends_context("lang")
    def _compute_register_feedback(self):
        outcomes = self._get_register_labels("outcome")
        satisfactions = self._get_register_labels("satisfaction")
        for complaint in self:
            facts = (outcomes.get(complaint.outcome), satisfactions.get(complaint.satisfaction))
            lines = (", ".join(filter(None, facts)), complaint.customer_feedback)
            complaint.register_feedback = _join(lines)

    @api.depends("round_ids.plan_summary", "round_ids.outcome", "round_ids.ending")
    @api.depends_context("lang")
    def _compute_register_rounds(self):
        endings = self.env["complaint.round"]._fields["ending"]._description_selection(self.env)
        # sudo: rounds belong to a case one may read
        for complaint in self.sudo():
            earlier = complaint.round_ids.filtered_domain([("number", "<", complaint.round)])
            complaint.register_rounds = _join(
                complaint._get_register_round(round_, dict(endings)) for round_ in earlier
            )

    def _get_register_round(self, round_, endings):
        """:return: what is said about an earlier round: its plan, and why it was not enough"""
        ended = _join((endings.get(round_.ending), round_.outcome), ": ")
        number = self.env._("Round %s", round_.number)
        return _join((number, round_.plan_summary, ended and f"→ {ended}"))

    def _get_register_customer(self):
        """:return: name of the customer, whoever of his people wrote"""
        # sudo: the name of the customer of a case one may read
        customer = self.sudo().partner_id.commercial_partner_id
        return customer.name or self.complainant_name or ""

    def _get_register_labels(self, name):
        """:return: dict value → label of a selection, in the reader's language"""
        return dict(self._fields[name]._description_selection(self.env))

    # ------------------------------------------------------------
    # Buttons
    # ------------------------------------------------------------
    def action_register_xlsx(self):
        """Button of the list: the register as a workbook, ticked rows or all the list shows.

        :return: client action that fetches it
        :raise AccessError: for contributors and people outside
        """
        return self.env["complaint.table.register"]._open_from_list("xlsx", self)

    def action_register_pdf(self):
        """Button of the list: the register on paper; parameters as :meth:`action_register_xlsx`."""
        return self.env["complaint.table.register"]._open_from_list("pdf", self)


def _join(texts, between="\n"):
    """:return: the texts that are not empty, one a line"""
    return between.join(filter(None, ((text or "").strip() for text in texts)))
