from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools.misc import format_date

from ..complaint.complaint_complaint import INSIDE_GROUPS
from ..remedies.complaint_demand import OPEN_STATES

# level: icon, colour; what a reader hears
MARKS = {
    "ok": ("fa-check", "text-success"),
    "warning": ("fa-exclamation-triangle", "text-warning"),
    "danger": ("fa-times-circle", "text-danger"),
}


class ComplaintDemandFeasibility(models.Model):
    """Can we do it? Looked at live, before it is promised (R36, R29).

    It warns and forbids nothing: what must not be promised is refused by
    ``_get_promise_obstacle``. Aspects and other addons add lines to :meth:`_get_feasibility`.
    """

    _inherit = "complaint.demand"

    feasibility = fields.Html(
        "Can we do it?",
        compute="_compute_feasibility",
        sanitize=False,
        groups=INSIDE_GROUPS,
    )
    is_infeasible = fields.Boolean(
        compute="_compute_feasibility",
        groups=INSIDE_GROUPS,
        help="Something of it cannot be done as it stands; promising it asks once more.",
    )

    @api.depends(
        "state",
        "remedy_kind",
        "amount",
        "currency_id",
        "customer_answer",
        "line_ids.product_id",
        "line_ids.quantity",
        "line_ids.product_uom_id",
        "option_ids.state",
        "option_ids.remedy_kind",
        "option_ids.product_id",
        "option_ids.quantity",
        "option_ids.amount",
        "option_ids.date",
        "complaint_id.state",
        "complaint_id.responsibility",
    )
    @api.depends_context("uid", "lang")
    def _compute_feasibility(self):
        for demand in self:
            lines = demand._get_feasibility() if demand._is_feasibility_asked() else []
            demand.is_infeasible = any(line["level"] == "danger" for line in lines)
            demand.feasibility = demand._render_feasibility(lines) if lines else False

    def _is_feasibility_asked(self):
        """:return: whether something is still to be done for the customer"""
        self.ensure_one()
        handled = self.complaint_id.state in ("registered", "planned", "executing")
        return handled and self.state in OPEN_STATES and not self._get_living_documents()

    def _get_feasibility(self):
        """What speaks for and against promising it, read and not written; add yours with super().

        :return: list of dicts ``level`` (``ok``, ``warning``, ``danger``: it cannot be done) and
            ``text``, a translated sentence
        """
        self.ensure_one()
        return [
            *self._get_feasibility_fault(),
            *self._get_feasibility_goods(),
            *self._get_feasibility_guarantee(),
            *self._get_feasibility_refused(),
        ]

    @api.model
    def _render_feasibility(self, lines):
        """:return: ``Markup`` of the coloured lines, what cannot be first"""
        order = ["danger", "warning", "ok"]
        words = {
            "ok": self.env._("Good"),
            "warning": self.env._("Mind"),
            "danger": self.env._("Not possible"),
        }
        rows = Markup().join(
            Markup(
                '<div class="o_complaint_advice_line"><i class="fa %s %s" role="img" '
                'aria-label="%s" title="%s"></i><span>%s</span></div>'
            )
            % (*MARKS[line["level"]], words[line["level"]], words[line["level"]], line["text"])
            for line in sorted(lines, key=lambda line: order.index(line["level"]))
        )
        return Markup('<div class="o_complaint_advice"><h5>%s</h5>%s</div>') % (
            self.env._("Can we do it?"),
            rows,
        )

    # ------------------------------------------------------------
    # What the offer holds
    # ------------------------------------------------------------
    def _get_plans(self):
        """What we would do: each option, else the request itself.

        :return: list of ``(name, kind, goods, date)``; the goods are ``complaint.demand.line`` with
            sudo, unsaved where they are merely proposed; the name is empty where there is one plan
        """
        self.ensure_one()
        options = self._get_open_options()
        if not options:
            return [("", self.remedy_kind, self._get_planned_goods(), False)]
        named = len(options) > 1
        return [
            ((named and option.name) or "", option.remedy_kind, option._get_goods(), option.date)
            for option in options
        ]

    # ------------------------------------------------------------
    # Beside the goods
    # ------------------------------------------------------------
    def _get_feasibility_fault(self):
        obstacle = self._get_fault_obstacle(self._get_offered_kinds())
        return [{"level": "danger", "text": obstacle}] if obstacle else []

    def _get_feasibility_guarantee(self):
        """Whether the goods were still guaranteed when he complained (R4)."""
        lines = self._get_affected_lines().filtered("warranty_end")
        if not lines or not self._is_about_complained_goods():
            return []
        late = lines.filtered(lambda line: not line.in_warranty)
        if not late:
            day = format_date(self.env, min(lines.mapped("warranty_end")))
            text = self.env._("In guarantee (until %s).", day)
            return [{"level": "ok", "text": text}]
        return [
            {
                "level": "warning",
                "text": self.env._(
                    "Out of guarantee: %(goods)s (until %(day)s).",
                    goods=", ".join(late.mapped("name")),
                    day=format_date(self.env, max(late.mapped("warranty_end"))),
                ),
            }
        ]

    def _is_about_complained_goods(self):
        """:return: whether he would get something for the goods he complains about"""
        self.ensure_one()
        kinds = {kind for _name, kind, _goods, _date in self._get_plans()}
        return bool(kinds - {"explanation", "apology", "cause_prevention", "onsite", "gift"})

    def _get_feasibility_refused(self):
        """Who refused twice needs another kind of offer, not a third of the same (R51)."""
        if self.times_refused < 2 and (self.complaint_id.round or 1) < 2:
            return []
        return [
            {
                "level": "warning",
                "text": self.env._(
                    "What we offered did not satisfy him so far: offer several ways, another kind "
                    "of help, or a compensation."
                ),
            }
        ]
