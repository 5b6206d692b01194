from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ..analysis.complaint_overview import WORKING_STATES
from ..clocks.complaint_clock import CLIMBING_STATES
from ..complaint.complaint_complaint import INSIDE_GROUPS

JUSTIFIED = ("justified", "partly")
# Cases in the mail by name; the rest is a number and a link
SHOWN_CASES = 10


class DigestDigest(models.Model):
    """Figures of complaints in Odoo's periodic mail, with core's trend of each (R25).

    Each reader gets those of his own company and what he may see; who has no role in complaints
    gets none of them.
    """

    _inherit = "digest.digest"

    kpi_complaint_open = fields.Boolean("Open Complaints")
    kpi_complaint_open_value = fields.Integer(compute="_compute_kpi_complaint_open_value")
    kpi_complaint_late = fields.Boolean("Complaints Past a Deadline")
    kpi_complaint_late_value = fields.Integer(compute="_compute_kpi_complaint_late_value")
    kpi_complaint_received = fields.Boolean("Complaints Received")
    kpi_complaint_received_value = fields.Integer(compute="_compute_kpi_complaint_received_value")
    kpi_complaint_on_time = fields.Boolean("Deadlines Kept (%)")
    kpi_complaint_on_time_value = fields.Float(compute="_compute_kpi_complaint_on_time_value")
    kpi_complaint_justified = fields.Boolean("Complaints Closed as Justified")
    kpi_complaint_justified_value = fields.Integer(compute="_compute_kpi_complaint_justified_value")

    # ------------------------------------------------------------
    # Figures of the time frame in the context
    # ------------------------------------------------------------
    def _compute_kpi_complaint_open_value(self):
        """Registered and not over at the end of the time frame: the trend needs it as it was."""
        self._count_complaints("kpi_complaint_open_value", self._get_open_at_end_domain())

    def _compute_kpi_complaint_late_value(self):
        """Past a deadline at the end of the time frame."""
        late = Domain("clock_ids", "any", self._get_late_at_end_domain())
        self._count_complaints("kpi_complaint_late_value", self._get_open_at_end_domain() & late)

    def _compute_kpi_complaint_received_value(self):
        start, end = self._get_complaint_timeframe()
        received = Domain("date_received", ">=", start) & Domain("date_received", "<", end)
        counted = Domain("is_counted", "=", True)
        self._count_complaints("kpi_complaint_received_value", counted & received)

    def _compute_kpi_complaint_justified_value(self):
        start, end = self._get_complaint_timeframe()
        closed = Domain("date_closed", ">=", start) & Domain("date_closed", "<", end)
        counted = Domain("is_counted", "=", True) & Domain("validity", "in", JUSTIFIED)
        self._count_complaints("kpi_complaint_justified_value", counted & closed)

    def _compute_kpi_complaint_on_time_value(self):
        """In % of the deadlines due in the time frame that are decided, 0 without any."""
        self._check_complaint_reader()
        start, end = self._get_complaint_timeframe()
        companies = {digest: digest.company_id or self.env.company for digest in self}
        numbers = self.env["complaint.clock"]._read_group(
            Domain("company_id", "in", [company.id for company in companies.values()])
            & Domain("date_deadline", ">=", start)
            & Domain("date_deadline", "<", end)
            & Domain("state", "in", ("met", "breached"))
            & Domain("complaint_id.is_counted", "=", True),
            ["company_id", "state"],
            ["__count"],
        )
        numbers = {(company, state): number for company, state, number in numbers}
        for digest, company in companies.items():
            kept = numbers.get((company, "met"), 0)
            decided = kept + numbers.get((company, "breached"), 0)
            digest.kpi_complaint_on_time_value = 100.0 * kept / decided if decided else 0.0

    def _count_complaints(self, name, domain):
        """Write numbers of complaints.

        :param str name: field to write to
        :param domain: ``Domain`` of the complaints, without company
        :raise AccessError: for readers without a role in complaints; core then skips the figure
        """
        self._check_complaint_reader()
        companies = {digest: digest.company_id or self.env.company for digest in self}
        ids = [company.id for company in companies.values()]
        numbers = dict(
            self.env["complaint.complaint"]._read_group(
                domain & Domain("company_id", "in", ids), ["company_id"], ["__count"]
            )
        )
        for digest, company in companies.items():
            digest[name] = numbers.get(company, 0)

    def _check_complaint_reader(self):
        if not self.env.user.has_groups(INSIDE_GROUPS):
            raise AccessError(self.env._("Figures of complaints are for people who handle them."))

    # ------------------------------------------------------------
    # Domains
    # ------------------------------------------------------------
    @api.model
    def _get_complaint_timeframe(self):
        """:return: tuple of start and end (UTC); without a mail all until now"""
        end = self.env.context.get("end_datetime") or fields.Datetime.now()
        start = self.env.context.get("start_datetime") or fields.Datetime.to_datetime("1970-01-01")
        return fields.Datetime.to_string(start), fields.Datetime.to_string(end)

    @api.model
    def _get_open_at_end_domain(self):
        _start, end = self._get_complaint_timeframe()
        closed_later = Domain("date_closed", ">=", end) & Domain("date_closed", "!=", False)
        is_open = Domain("state", "in", WORKING_STATES) | closed_later
        return Domain("date_registered", "<", end) & is_open

    @api.model
    def _get_late_at_end_domain(self):
        """:return: ``Domain`` of deadlines that had passed and were not stopped"""
        _start, end = self._get_complaint_timeframe()
        running = Domain("date_stopped", "=", False) | Domain("date_stopped", ">=", end)
        late = Domain("date_deadline", "<", end) & Domain("state", "in", CLIMBING_STATES)
        return late & running

    # ------------------------------------------------------------
    # What the mail shows beside
    # ------------------------------------------------------------
    def _compute_kpis_actions(self, company, user):
        actions = super()._compute_kpis_actions(company, user)
        menu = self.env.ref("complaint_management.menu_complaint_root").id
        names = {
            "kpi_complaint_open": "complaint_complaint_action",
            "kpi_complaint_late": "complaint_complaint_action_late",
            "kpi_complaint_received": "complaint_complaint_action_received",
            "kpi_complaint_on_time": "complaint_clock_action_analysis",
            "kpi_complaint_justified": "complaint_complaint_action_analysis",
        }
        return {
            **actions,
            **{kpi: f"complaint_management.{name}?menu_id={menu}" for kpi, name in names.items()},
        }

    def _get_late_complaints(self, user):
        """Cases past a deadline; called by the mail's template.

        :param user: the reader, whose rights and company count
        :return: tuple of the first ``complaint.complaint`` and the number of all
        """
        self.ensure_one()
        complaints = self.env["complaint.complaint"].with_user(user).with_company(user.company_id)
        if not (self.kpi_complaint_late and user.has_groups(INSIDE_GROUPS)):
            return complaints, 0
        digest = self.with_env(complaints.env)
        domain = (
            digest._get_open_at_end_domain()
            & Domain("clock_ids", "any", digest._get_late_at_end_domain())
            & Domain("company_id", "=", (self.company_id or user.company_id).id)
        )
        number = complaints.search_count(domain)
        return complaints.search(domain, order="next_clock_deadline, id", limit=SHOWN_CASES), number
