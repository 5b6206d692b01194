"""What is measured: each screen of ours beside the screen of the peer that shows the same."""

from ast import literal_eval
from dataclasses import dataclass
from datetime import date

COMPLAINT, TICKET, CLAIM = "complaint.complaint", "helpdesk.ticket", "crm.claim"
MODELS = {"complaint": COMPLAINT, "ticket": TICKET, "claim": CLAIM}
OPEN = [("state", "not in", ["closed", "cancelled"])]
COUNTED = [("is_counted", "=", True), ("date_received", ">=", f"{date.today().year}-01-01")]
TICKET_OPEN = [("closed", "=", False)]
# What a dimension of ours is called in a ticket; measures it has none.
TICKET_DIMENSIONS = {
    "category_id": "category_id",
    "defect_id": "tag_ids",
    "product_id": "tag_ids",
    "partner_id": "partner_id",
    "commercial_partner_id": "partner_id",
    "department_id": "team_id",
    "responsible_department_id": "team_id",
    "user_id": "user_id",
    "lead_user_id": "user_id",
    "salesperson_id": "user_id",
    "team_id": "team_id",
    "state": "stage_id",
    "severity": "priority",
    "urgency": "priority",
    "channel_id": "channel_id",
    "company_id": "company_id",
}


@dataclass
class Screen:
    """One row of the table: calls of ours, of the first peer, of the second where it has such."""

    name: str
    ours: list
    theirs: list
    claims: list | None = None


def get_screens(client, words):
    """:param dict words: what is searched and opened: ``number, ticket_number, ticket_id, …``
    :return: list of ``Screen`` as this user sees them
    """
    return [
        *_get_list_screens(client),
        *_get_search_screens(client, words),
        Screen(
            "form: open one",
            client.form_calls(COMPLAINT, words["complaint_id"]),
            client.form_calls(TICKET, words["ticket_id"]),
            client.form_calls(CLAIM, words["claim_id"]),
        ),
        Screen(
            "register: first page",
            client.list_calls(COMPLAINT, COUNTED, view_id=words["register_view_id"]),
            client.list_calls(TICKET, []),
            client.list_calls(CLAIM, []),
        ),
    ]


def _get_list_screens(client):
    lists, kanbans = client.list_calls, client.kanban_calls
    by_date = "date_received desc, id desc"
    return [
        Screen(
            "list, as the menu opens it",
            lists(COMPLAINT, OPEN),
            lists(TICKET, []),
            lists(CLAIM, []),
        ),
        Screen("list, open only", lists(COMPLAINT, OPEN), lists(TICKET, TICKET_OPEN)),
        Screen("list, all", lists(COMPLAINT, []), lists(TICKET, []), lists(CLAIM, [])),
        Screen(
            "list, all, newest first",
            lists(COMPLAINT, [], by_date),
            lists(TICKET, [], "create_date desc"),
            lists(CLAIM, [], "date desc"),
        ),
        Screen("kanban, as the menu opens it", kanbans(COMPLAINT, OPEN), kanbans(TICKET, [])),
        Screen("kanban, open only", kanbans(COMPLAINT, OPEN), kanbans(TICKET, TICKET_OPEN)),
        Screen("kanban, all", kanbans(COMPLAINT, []), kanbans(TICKET, [])),
    ]


def _get_search_screens(client, words):
    """The search box, with and without the filter the menu sets."""
    ours = [
        "|",
        "|",
        *([name, "ilike", None] for name in ("name", "subject", "customer_reference")),
    ]

    def with_term(domain, term):
        return [leaf if isinstance(leaf, str) else [*leaf[:2], term] for leaf in domain]

    theirs = ["|", ["number", "ilike", None], ["name", "ilike", None]]
    text = [["description", "ilike", None]]
    number, word = words["number"], words["word"]
    lists = client.list_calls
    return [
        Screen(
            "search: a number",
            lists(COMPLAINT, with_term(ours, number)),
            lists(TICKET, with_term(theirs, words["ticket_number"])),
        ),
        Screen(
            "search: a word of the title",
            lists(COMPLAINT, with_term(ours, word)),
            lists(TICKET, with_term(theirs, word)),
            lists(CLAIM, [["name", "ilike", word]]),
        ),
        Screen(
            "search: the customer's words",
            lists(COMPLAINT, with_term(text, word)),
            lists(TICKET, with_term(text, word)),
        ),
        Screen(
            "search: a customer",
            lists(COMPLAINT, [["partner_id", "child_of", words["partner_id"]]]),
            lists(TICKET, [["partner_id", "=", words["partner_id"]]]),
            lists(CLAIM, [["partner_id", "=", words["partner_id"]]]),
        ),
    ]


def get_header_screen():
    """Figures above the list; the peer has them above its teams."""
    counts = ("todo_ticket_count", "todo_ticket_count_unassigned", "todo_ticket_count_unattended")
    teams = {"domain": [], "specification": {name: {} for name in ("display_name", *counts)}}
    return Screen(
        "figures above the list",
        [(COMPLAINT, "retrieve_overview", {})],
        [
            ("helpdesk.ticket.team", "retrieve_dashboard", {}),
            ("helpdesk.ticket.team", "web_search_read", teams),
        ],
    )


# ------------------------------------------------------------
# Pivots
# ------------------------------------------------------------
def get_pivots(client, filters):
    """The pivots one opens without a favourite, then every favourite of ours.

    :param filters: list of dicts ``name, model_id, domain, context`` of shared favourites
    :return: list of ``Screen``
    """
    found = [
        _get_pivot(
            client,
            "pivot: category × month",
            COMPLAINT,
            [],
            ["category_id"],
            ["date_received:month"],
        ),
        _get_pivot(client, "pivot: state × team", COMPLAINT, [], ["state"], ["team_id"]),
        _get_pivot(client, "pivot: customer", COMPLAINT, [], ["partner_id"], []),
    ]
    for favourite in filters:
        context = literal_eval(favourite["context"] or "{}")
        rows = context.get("pivot_row_groupby") or context.get("group_by") or []
        rows = [rows] if isinstance(rows, str) else rows
        found.append(
            _get_pivot(
                client,
                f"favourite: {favourite['name']}",
                favourite["model_id"],
                _read_domain(favourite["domain"], client),
                rows,
                context.get("pivot_column_groupby") or [],
                context.get("pivot_measures") or [],
            )
        )
    return found


def _read_domain(text, client):
    """:return: a favourite's domain as the client sends it"""
    return literal_eval(text.replace("uid", str(client.uid))) if text else []


def _get_pivot(client, name, model, domain, rows, columns, measures=()):
    measures = _get_aggregates(client, model, measures)
    theirs = [_get_dimension(group) for group in (*rows[:1], *columns[:1])]
    if len(theirs) == 2 and theirs[0] == theirs[1]:
        theirs[1] = "priority"
    return Screen(
        name,
        client.pivot_calls(model, domain, list(rows), list(columns), measures),
        client.pivot_calls(TICKET, [], theirs[: len(rows[:1])], theirs[len(rows[:1]) :]),
    )


def _get_aggregates(client, model, measures):
    if not measures:
        return []
    described = client.call(model, "fields_get", attributes=["aggregator", "type"])
    return [
        f"{name}:{described[name].get('aggregator') or 'sum'}"
        for name in measures
        if name != "__count"
    ]


def _get_dimension(group):
    """:return: the ticket's dimension for one of ours: same kind, similarly many values"""
    name, _colon, interval = group.partition(":")
    if interval:
        return f"create_date:{interval}"
    return TICKET_DIMENSIONS.get(name, "category_id")
