from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

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
        """Open at the end of the time frame: the trend needs it as it was."""
        _start, end = self._get_complaint_timeframe()
        is_open = self.env["complaint.complaint"]._get_open_domain(end)
        self._count_complaints("kpi_complaint_open_value", is_open)

    def _compute_kpi_complaint_late_value(self):
        """Past a deadline at the end of the time frame."""
        _start, end = self._get_complaint_timeframe()
        is_late = self.env["complaint.complaint"]._get_late_domain(end)
        self._count_complaints("kpi_complaint_late_value", is_late)

    def _compute_kpi_complaint_received_value(self):
        start, end = self._get_complaint_timeframe()
        received = Domain("date_received", ">=", start) & Domain("date_received", "<", end)
        counted = Domain("is_counted", "=", True)
        self._count_complaints("kpi_complaint_received_value", counted & received)

    def _compute_kpi_complaint_justified_value(self):
        closed = self.env["complaint.complaint"]._get_closed_domain(
            *self._get_complaint_timeframe()
        )
        justified = Domain("validity", "in", JUSTIFIED)
        self._count_complaints("kpi_complaint_justified_value", closed & justified)

    def _compute_kpi_complaint_on_time_value(self):
        """In % of the deadlines due in the time frame that are decided, 0 without any: the mail
        says that none was (:meth:`_compute_kpis`).
        """
        self._check_complaint_reader()
        companies = {digest: digest.company_id or self.env.company for digest in self}
        counts = self._count_decided_clocks(self.env["res.company"].union(*companies.values()))
        for digest, company in companies.items():
            kept, decided = counts[company]
            digest.kpi_complaint_on_time_value = 100.0 * kept / decided if decided else 0.0

    def _count_decided_clocks(self, companies):
        """:param companies: ``res.company``
        :return: dict company → (kept, decided): deadlines that were due in the time frame
        """
        start, end = self._get_complaint_timeframe()
        of_figures = self.env["complaint.complaint"]._get_parts_domain("complaint_id")
        rows = self.env["complaint.clock"]._read_group(
            Domain("company_id", "in", companies.ids)
            & Domain("date_deadline", ">=", start)
            & Domain("date_deadline", "<", end)
            & Domain("state", "in", ("met", "breached"))
            & of_figures,
            ["company_id", "state"],
            ["__count"],
        )
        counts = dict.fromkeys(companies, (0, 0))
        for company, state, number in rows:
            kept, decided = counts[company]
            counts[company] = (kept + number * (state == "met"), decided + number)
        return counts

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
        """:return: tuple of start and end (UTC); without a mail all until now

        Moments are stored in whole seconds: the one in which a time frame ends is its last, and the
        next time frame begins behind it.
        """
        start = self.env.context.get("start_datetime") or fields.Datetime.to_datetime("1970-01-01")
        end = self.env.context.get("end_datetime") or fields.Datetime.now()
        second = timedelta(seconds=1)
        return tuple(fields.Datetime.to_string(moment + second) for moment in (start, end))

    # ------------------------------------------------------------
    # What the mail shows beside
    # ------------------------------------------------------------
    def _compute_kpis(self, company, user):
        """Deadlines kept are not known where none was due, which is no 0 %."""
        kpis = super()._compute_kpis(company, user)
        for kpi in kpis:
            if kpi["kpi_name"] != "kpi_complaint_on_time":
                continue
            for number, (_label, frames) in enumerate(self._compute_timeframes(company), 1):
                column = kpi[f"kpi_col{number}"]
                if not float(column["value"]) and not self._has_decided(company, user, frames[0]):
                    column["value"] = "–"
        return kpis

    def _has_decided(self, company, user, frame):
        """:param frame: tuple of start and end
        :return: whether a deadline was due then that is decided and the reader may see
        """
        digest = self.with_context(start_datetime=frame[0], end_datetime=frame[1])
        digest = digest.with_user(user).with_company(company)
        company = self.company_id or company
        return bool(digest._count_decided_clocks(company)[company][1])

    def _compute_kpis_actions(self, company, user):
        actions = super()._compute_kpis_actions(company, user)
        menu = self.env.ref("complaint_management.menu_complaint_root").id
        names = {
            "kpi_complaint_open": "complaint_complaint_action_open",
            "kpi_complaint_late": "complaint_complaint_action_late",
            "kpi_complaint_received": "complaint_complaint_action_received",
            "kpi_complaint_on_time": "complaint_clock_action_analysis",
            "kpi_complaint_justified": "complaint_complaint_action_justified",
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
        _start, end = digest._get_complaint_timeframe()
        domain = complaints._get_late_domain(end)
        domain &= Domain("company_id", "=", (self.company_id or user.company_id).id)
        number = complaints.search_count(domain)
        return complaints.search(domain, order="next_clock_deadline, id", limit=SHOWN_CASES), number
