from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ..clocks.complaint_clock import CLIMBING_STATES, KINDS
from ..complaint.complaint_complaint import UNREGISTERED_STATES
from ..complaint.complaint_lifecycle import OPEN_STATES

# What we work on: a draft hides nobody's work, it is nobody's yet but its writer's.
WORKING_STATES = tuple(state for state in OPEN_STATES if state not in UNREGISTERED_STATES)
# In the time zone of whoever looks; the same words stand in the filters of the search view.
MONTH_START = "=1d"
LAST_MONTH_START = "-1m =1d"
# The same moment a month ago; of a longer month the end of the shorter one
SAME_SPAN_END = "-1m"
# Of older cases no deadline is asked for: with five years of cases the table would be read in full
DUE_FROM = "-4m =1d"


class ComplaintOverview(models.Model):
    """The figures above the list of complaints (R25), each of which is a filter of the search view.

    How they are counted is in ``complaint_overview_counting``. A card that is pressed sets the
    filters of its name (``views/analysis/complaint_overview_search.xml``); a test keeps both equal.
    """

    _inherit = "complaint.complaint"

    @api.model
    @api.readonly
    def retrieve_overview(self):
        """Count what the user may see, for the cards above the list (R25).

        Called by the list's and board's header. Archived complaints are not counted, drafts,
        suggestions and praise neither; what the user may not read is not in it.

        :return: dict ``scopes``: dict ``mine``, ``team`` (only of who is in a team), ``all`` →
            dict of figures: ``open``, ``overdue``, ``late_<kind of clock>``, ``waiting_customer``,
            ``due_today`` (numbers of complaints), ``received`` (dict ``month``, ``same_span``,
            ``last_month``: numbers received this month until now, last month until the same day
            and hour, last month) and ``on_time`` (dict ``month``, ``last_month`` → dict ``kept``,
            ``decided``: deadlines due then, of what was received from ``DUE_FROM`` on). Months are
            those of the user's time zone.
        :raise AccessError: for people outside
        """
        if not self.env.user._is_internal():
            raise AccessError(self.env._("These figures are for our own people."))
        scopes = self._get_overview_scopes()
        figures = {scope: self._prepare_overview_figures() for scope in scopes}
        self._count_overview_open(scopes, figures)
        self._count_overview_received(scopes, figures)
        self._count_overview_on_time(scopes, figures)
        return {"scopes": figures}

    # ------------------------------------------------------------
    # What is counted: the search view has a filter of each name
    # ------------------------------------------------------------
    @api.model
    def _get_overview_scopes(self):
        """Hook: whose complaints are counted apart.

        :return: dict name of the scope → ``Domain``
        """
        uid = self.env.uid
        people = ("user_id", "lead_user_id", "create_uid", "next_user_id")
        scopes = {"mine": Domain.OR(Domain(field, "=", uid) for field in people)}
        # sudo: in which teams the user is himself
        teams = self.env["complaint.team"].sudo()
        teams = teams.search(Domain("member_ids", "in", uid) | Domain("user_id", "=", uid))
        if teams:
            scopes["team"] = Domain("team_id", "in", teams.ids)
        return {**scopes, "all": Domain.TRUE}

    @api.model
    def _get_overview_domains(self):
        """Hook: what is counted of complaints that are open (``_get_open_domain``).

        :return: dict name of the figure, which is that of its card and filter → ``Domain``
        """
        return {
            "overdue": Domain("is_overdue", "=", True),
            "waiting_customer": Domain("state", "=", "resolved"),
            "due_today": Domain("next_deadline", "=", "today"),
        }

    @api.model
    def _get_overview_clock_domains(self):
        """Hook: what is counted by deadlines; a name of both hooks counts who is in either.

        Waiting for the customer: asked whether he is satisfied, or a deadline waits for him (R14).

        :return: dict name of the figure → ``Domain`` of ``complaint.clock``, stored fields only,
            among those that are not stopped (``UNSTOPPED_STATES``)
        """
        late = Domain("state", "in", CLIMBING_STATES) & Domain("date_deadline", "<", "now")
        return {
            **{f"late_{kind}": late & Domain("kind", "=", kind) for kind, _label in KINDS},
            "waiting_customer": Domain("state", "=", "paused"),
        }

    @api.model
    def _prepare_overview_figures(self):
        """:return: dict of figures without anything counted"""
        return {
            "open": 0,
            **dict.fromkeys(self._get_overview_clock_domains(), 0),
            **dict.fromkeys(self._get_overview_domains(), 0),
            "received": {"month": 0, "same_span": 0, "last_month": 0},
            "on_time": {
                "month": {"kept": 0, "decided": 0},
                "last_month": {"kept": 0, "decided": 0},
            },
        }
