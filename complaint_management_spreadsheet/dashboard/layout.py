"""The dashboard of complaints: what it shows, and where.

All figures are of complaints that count (``is_counted``): of cases and of their cost it is asked
here, deadlines (``complaint.analysis.clock``), measures (``complaint.analysis.action``) and ppm
(``complaint.analysis.ppm``) have no others. The sample, which Odoo shows as
long as there is no complaint, has the same sheets with invented figures in place of formulas.
"""

from . import parts

COUNTED = [["is_counted", "=", True]]
# Never by rows with bad parts: the rest of what was delivered belongs to the ppm
BAD_PRODUCTS = [["has_bad_parts", "=", True]]
CLOCKS = {
    "response": "First response on time (%)",
    "plan": "Plan on time (%)",
    "handling": "Handling on time (%)",
    "report": "Report on time (%)",
}
# How many bars a Pareto has, and rows the table of products
TOP = 10
MENU = "complaint_management.menu_complaint_"
# Chart → menu its title leads to
MENUS = {
    "received": f"{MENU}all",
    "justified": f"{MENU}analysis_complaints",
    "hours": f"{MENU}analysis_complaints",
    "cost": f"{MENU}analysis_cost",
    **{f"on_time_{kind}": f"{MENU}clock_analysis" for kind in CLOCKS},
    "defects": f"{MENU}analysis_complaints",
    "causes": f"{MENU}analysis_causes",
    "trend": f"{MENU}analysis_complaints",
    "cost_kinds": f"{MENU}analysis_cost",
    "effect": f"{MENU}analysis_action",
    "map": f"{MENU}analysis_complaints",
}
SAMPLE_PARETO = (
    [("Foreign body", 14), ("Wet", 11), ("Short delivery", 7), ("Print too pale", 4), ("Rust", 2)],
    [("Method", 9), ("Machine", 8), ("Material", 5), ("Transport", 3), ("Supplier", 1)],
)
SAMPLE_TREND = [("May", 12), ("June", 9), ("July", 14), ("August", 8), ("September", 6)]
SAMPLE_COST = [("Credit", 2400), ("Replaced goods", 1800), ("Freight", 650), ("Labour", 420)]
SAMPLE_EFFECT = [("Effective", 17), ("Pending", 6), ("Ineffective", 2)]
SAMPLE_MAP = [("Germany", 12), ("France", 9), ("China", 8), ("United States", 5)]
SAMPLE_PRODUCTS = [
    ("Facial tissue", 12000, 36, 3000),
    ("Screwdriver", 5400, 8, 1481),
    ("Paper napkin", 48000, 30, 625),
]


# ----------------------------------------------------------------------------------------------
# Where the figures come from
# ----------------------------------------------------------------------------------------------
# This year: whole months alone would leave the dashboard of a new house empty for weeks
FILTERS = [
    {"id": "period", "type": "date", "label": "Period", "defaultValue": "year_to_date"},
    {"id": "team", "type": "relation", "label": "Team", "modelName": "complaint.team"},
    {"id": "salesperson", "type": "relation", "label": "Salesperson", "modelName": "res.users"},
]


def matching(date, team="team_id", user="user_id", type_="datetime", offset=0):
    """Global filter → field; without ``team`` the model knows none."""
    fields = {"period": {"chain": date, "type": type_, "offset": offset}}
    if team:
        fields["team"] = {"chain": team, "type": "many2one"}
        fields["salesperson"] = {"chain": user, "type": "many2one"}
    return fields


COMPLAINTS = matching("date_received")
CLOCK = matching("date_received", user="salesperson_id")
COST = matching("date", type_="date")
ACTIONS = matching("date_received", user="salesperson_id")
# Goods were shipped by no team
PPM = matching("date", team=None, type_="date")


def make_pivots():
    """Numbers are what formulas call them by."""
    complaint = "complaint.complaint"
    before = matching("date_received", offset=-1)
    cost_before = matching("date", type_="date", offset=-1)
    pivots = [
        (1, "Received", complaint, ["__count", "hours_to_resolve"], COMPLAINTS, (), COUNTED),
        (2, "Received before", complaint, ["__count", "hours_to_resolve"], before, (), COUNTED),
        (3, "Validity", complaint, ["__count"], COMPLAINTS, ["validity"], COUNTED),
        (4, "Validity before", complaint, ["__count"], before, ["validity"], COUNTED),
        (5, "Cost", "complaint.analysis.cost", ["amount"], COST, (), COUNTED),
        (6, "Cost before", "complaint.analysis.cost", ["amount"], cost_before, (), COUNTED),
        (7, "Deadlines", "complaint.analysis.clock", ["on_time"], CLOCK, ["kind"]),
        (8, "Defects", complaint, ["__count"], COMPLAINTS, ["defect_id"], known("defect_id")),
        (
            9,
            "Causes",
            complaint,
            ["__count"],
            COMPLAINTS,
            ["main_cause_category_id"],
            known("main_cause_category_id"),
        ),
        (
            10,
            "Products",
            "complaint.analysis.ppm",
            ["quantity_delivered", "quantity_confirmed", "ppm"],
            PPM,
            ["product_id"],
            BAD_PRODUCTS,
        ),
    ]
    sort = {8: "__count", 9: "__count", 10: "ppm"}
    return {str(row[0]): parts.pivot(*row, sort=sort.get(row[0])) for row in pivots}


def known(field):
    """:return: domain of complaints that count and have a value there"""
    return [*COUNTED, [field, "!=", False]]


# ----------------------------------------------------------------------------------------------
# The sheet behind
# ----------------------------------------------------------------------------------------------
def share(pivot):
    """:return: formula: confirmed of what is decided, in %"""
    justified, partly, not_justified = (
        f'PIVOT.VALUE({pivot},"__count","validity","{value}")'
        for value in ("justified", "partly", "not_justified")
    )
    decided = f"({justified}+{partly}+{not_justified})"
    return f'=IFERROR(ROUND(100*({justified}+{partly})/{decided}),"")'


def rounded(formula):
    """:return: formula of a whole number, empty where nothing is known: rounded that would be 0"""
    return f'=IFERROR(IF({formula}="","",ROUND({formula})),"")'


def before_or_nothing(formula):
    """:return: formula of the period before, empty where it was nothing: no change is endless"""
    formula = formula.removeprefix("=")
    return f'=IFERROR(IF({formula}=0,"",{formula}),"")'


def make_key_cells(is_sample):
    """Rows 1 to 10: label, figure, figure of the period before."""
    cells = {"A1": '=_t("Figure")', "B1": '=_t("Period")', "C1": '=_t("Period before")'}
    hours = 'PIVOT.VALUE({},"hours_to_resolve")'
    keys = [
        ("Complaints received", '=PIVOT.VALUE(1,"__count")', '=PIVOT.VALUE(2,"__count")', 38, 41),
        ("Justified (%)", share(3), share(4), 72, 70),
        (
            "Working hours to resolve",
            rounded(hours.format(1)),
            rounded(hours.format(2)),
            46,
            52,
        ),
        ("Cost", '=PIVOT.VALUE(5,"amount")', '=PIVOT.VALUE(6,"amount")', 5270, 6120),
    ]
    for row, (label, now, before, sample, sample_before) in enumerate(keys, 2):
        cells[f"A{row}"] = translated(label)
        cells[f"B{row}"] = str(sample) if is_sample else now
        cells[f"C{row}"] = str(sample_before) if is_sample else before_or_nothing(before)
    for row, (kind, label) in enumerate(CLOCKS.items(), 7):
        cells[f"A{row}"] = translated(label)
        on_time = rounded(f'PIVOT.VALUE(7,"on_time","kind","{kind}")')
        cells[f"B{row}"] = str(100 - 3 * row + 16) if is_sample else on_time
    return cells


def make_pareto_cells(first, pivot, field, label, sample):
    """Rows from ``first`` on: title, then the highest down with the cumulative share.

    :param list sample: invented rows, or None
    """
    last = first + TOP
    cells = {
        f"A{first}": f'=_t("{label}")',
        f"B{first}": '=_t("Complaints")',
        f"C{first}": '=_t("Cumulative (%)")',
    }
    for place in range(1, TOP + 1):
        row = first + place
        if sample:
            name, number = sample[place - 1] if place <= len(sample) else ("", "")
            name = name and translated(name)
        else:
            position = f'"#{field}",{place}'
            name = f"=PIVOT.HEADER({pivot},{position})"
            number = plain(f'PIVOT.VALUE({pivot},"__count",{position})')
        total = f"SUM(B${first + 1}:B${last})" if sample else f'PIVOT.VALUE({pivot},"__count")'
        cells[f"A{row}"], cells[f"B{row}"] = name, str(number)
        cells[f"C{row}"] = f'=IF(B{row}="","",ROUND(100*SUM(B${first + 1}:B{row})/{total}))'
    return {cell: content for cell, content in cells.items() if content}


def plain(formula):
    """:return: formula of a number without its format, in which an axis prints half steps whole"""
    return f'=IF({formula}="","",VALUE({formula}&""))'


def make_product_cells(first):
    """Heads in row ``first``, then the products with the highest ppm.

    Not as one ``PIVOT()``: it would show the pivot's name, which is not translated.
    """
    measures = ("quantity_delivered", "quantity_confirmed", "ppm")
    cells = {f"A{first}": translated("Product")}
    for column, measure in zip("BCD", measures, strict=True):
        cells[f"{column}{first}"] = f'=PIVOT.HEADER(10,"measure","{measure}")'
        for place in range(1, TOP + 1):
            position = f'"#product_id",{place}'
            cells[f"A{first + place}"] = f"=PIVOT.HEADER(10,{position})"
            cells[f"{column}{first + place}"] = f'=PIVOT.VALUE(10,"{measure}",{position})'
    return cells


def translated(text):
    """:return: formula of a text in the reader's language"""
    return f'=_t("{text}")'


def make_sample_cells(first, rows):
    """Invented rows a chart of the sample reads."""
    cells = {}
    for row, (label, number) in enumerate(rows, first):
        cells[f"A{row}"], cells[f"B{row}"] = translated(label), str(number)
    return cells
