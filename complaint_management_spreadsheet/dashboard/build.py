"""Write the files of the dashboard; a test fails when they are not what this writes.

cd complaint_management_spreadsheet && python3 -m dashboard.build
"""

import json
from pathlib import Path

from . import layout, parts
from .layout import CLOCKS, TOP

FILES = Path(__file__).parent.parent / "data" / "files"
DEFECTS, CAUSES = 20, 35
# Rows of the sample's own charts on the sheet behind
TREND, COST, EFFECT, MAP = 50, 60, 70, 80
# Where the table of products begins on the first sheet
PRODUCTS = 75
WIDE, HALF = 1000, 490


def make_top(is_sample):
    """Key figures, gauges, trend."""
    scorecards = [
        ("received", "Complaints received", 2, "blue"),
        ("justified", "Justified (%)", 3, "blue"),
        ("hours", "Working hours to resolve", 4, "sand"),
        ("cost", "Cost", 5, "sand"),
    ]
    figures = [
        parts.figure(
            name,
            (place * 253, 10, 241, 100),
            parts.scorecard(title, f"Data!B{row}", f"Data!C{row}", tone),
        )
        for place, (name, title, row, tone) in enumerate(scorecards)
    ]
    figures += [
        parts.figure(
            f"on_time_{kind}",
            (place * 253, 125, 241, 160),
            parts.gauge(title, f"Data!B{7 + place}"),
        )
        for place, (kind, title) in enumerate(CLOCKS.items())
    ]
    title = "Complaints received by month"
    if is_sample:
        trend = parts.from_cells("line", title, *get_ranges(TREND, layout.SAMPLE_TREND))
    else:
        trend = parts.from_model(
            "line",
            title,
            "complaint.complaint",
            "date_received:month",
            layout.COMPLAINTS,
            domain=layout.COUNTED,
            fillArea=True,
        )
    return [*figures, parts.figure("trend", (0, 300, WIDE, 300), trend)]


def make_paretos():
    """What is wrong, and why."""
    return [
        parts.figure(
            name,
            (place * 510, 615, HALF, 350),
            parts.pareto(
                title,
                f"Data!A{first}:A{first + TOP}",
                f"Data!B{first}:B{first + TOP}",
                f"Data!C{first}:C{first + TOP}",
            ),
        )
        for place, (name, title, first) in enumerate(
            (("defects", "Defects", DEFECTS), ("causes", "Main causes", CAUSES))
        )
    ]


def make_bottom(is_sample):
    """Cost, effect of measures, where from."""
    charts = [
        ("cost_kinds", "bar", "Cost by kind", COST, layout.SAMPLE_COST, (0, 980, HALF, 300)),
        # No pie: the format lets nobody say which part has which colour
        (
            "effect",
            "bar",
            "Effect of measures",
            EFFECT,
            layout.SAMPLE_EFFECT,
            (510, 980, HALF, 300),
        ),
        ("map", "geo", "Complaints by country", MAP, layout.SAMPLE_MAP, (0, 1295, WIDE, 380)),
    ]
    models = {
        "cost_kinds": ("complaint.analysis.cost", "kind", layout.COST, "amount", layout.COUNTED),
        "effect": (
            "complaint.analysis.action",
            "effectiveness",
            layout.ACTIONS,
            "__count",
            [["effectiveness", "!=", False]],
        ),
        "map": (
            "complaint.complaint",
            "country_id",
            layout.COMPLAINTS,
            "__count",
            layout.known("country_id"),
        ),
    }
    figures = []
    for name, kind, title, first, sample, place in charts:
        extra = {"colorScale": "blues"} if kind == "geo" else {}
        if is_sample:
            data = parts.from_cells(kind, title, *get_ranges(first, sample), **extra)
        else:
            model, group, matching, measure, domain = models[name]
            data = parts.from_model(kind, title, model, group, matching, measure, domain, **extra)
        figures.append(parts.figure(name, place, data))
    return figures


def get_ranges(first, rows):
    """:return: ranges of labels and numbers of sample rows"""
    last = first + len(rows) - 1
    return f"Data!A{first}:A{last}", f"Data!B{first}:B{last}"


def make_products(is_sample):
    """The table of products with the highest ppm."""
    link = {
        "viewType": "pivot",
        "action": {
            "domain": layout.BAD_PRODUCTS,
            "context": {"group_by": ["product_id"]},
            "modelName": "complaint.analysis.ppm",
            "views": [[False, "pivot"], [False, "graph"], [False, "list"], [False, "search"]],
        },
        "threshold": 0,
        "name": "Bad Parts per Million",
    }
    cells = {f"A{PRODUCTS}": f"[Products with the highest ppm](odoo://view/{json.dumps(link)})"}
    if not is_sample:
        return {**cells, **layout.make_product_cells(PRODUCTS + 1)}
    rows = [('=_t("Product")', '=_t("Delivered")', '=_t("Confirmed")', "ppm")]
    rows += [(layout.translated(name), *figures) for name, *figures in layout.SAMPLE_PRODUCTS]
    cells[f"A{PRODUCTS}"] = '=_t("Products with the highest ppm")'
    for row, values in enumerate(rows, PRODUCTS + 1):
        cells.update({f"{column}{row}": str(v) for column, v in zip("ABCD", values, strict=True)})
    return cells


def make_data_cells(is_sample):
    """The sheet behind."""
    defects, causes = layout.SAMPLE_PARETO if is_sample else (None, None)
    cells = {
        **layout.make_key_cells(is_sample),
        **layout.make_pareto_cells(DEFECTS, 8, "defect_id", "Defect", defects),
        **layout.make_pareto_cells(CAUSES, 9, "main_cause_category_id", "Main cause", causes),
    }
    if is_sample:
        for first, rows in (
            (TREND, layout.SAMPLE_TREND),
            (COST, layout.SAMPLE_COST),
            (EFFECT, layout.SAMPLE_EFFECT),
            (MAP, layout.SAMPLE_MAP),
        ):
            cells.update(layout.make_sample_cells(first, rows))
    return cells


def _get_data_formats(is_sample):
    """:return: dict range → number of a format; cost has that of the company's currency"""
    figures = ("B2:C10",) if is_sample else ("B2:C4", "B6:C10")
    return dict.fromkeys((*figures, f"C{DEFECTS}:C{CAUSES + TOP}"), 1)


def make_dashboard(is_sample=False):
    """:return: dict as Odoo's dashboards want it"""
    first = parts.sheet(
        "Dashboard",
        PRODUCTS + TOP + 4,
        {0: 460, 1: 180, 2: 180, 3: 180},
        make_products(is_sample),
        styles={f"A{PRODUCTS}": 1, f"A{PRODUCTS + 1}:D{PRODUCTS + 1}": 2},
        formats={f"B{PRODUCTS + 2}:D{PRODUCTS + 1 + TOP}": 1},
        borders={f"A{PRODUCTS}:D{PRODUCTS}": 1},
        figures=[*make_top(is_sample), *make_paretos(), *make_bottom(is_sample)],
    )
    data = parts.sheet(
        "Data",
        100,
        {0: 220, 1: 120, 2: 120},
        make_data_cells(is_sample),
        formats=_get_data_formats(is_sample),
    )
    pivots = {} if is_sample else layout.make_pivots()
    return {
        "version": "18.5.10",
        "sheets": [first, data],
        "styles": {
            "1": {"textColor": "#01666b", "bold": True, "fontSize": 16},
            "2": {"bold": True, "textColor": "#434343"},
        },
        "formats": {"1": "#,##0"},
        "borders": {"1": {"bottom": {"style": "thin", "color": "#CCCCCC"}}},
        "revisionId": "START_REVISION",
        "uniqueFigureIds": True,
        "settings": {},
        "pivots": pivots,
        "pivotNextId": len(pivots) + 1,
        "customTableStyles": {},
        "globalFilters": [] if is_sample else layout.FILTERS,
        "lists": {},
        "listNextId": 1,
        "chartOdooMenusReferences": {} if is_sample else layout.MENUS,
    }


def make_files():
    """:return: dict path → content of every file of the dashboard"""
    return {
        FILES / f"complaint_{middle}dashboard.json": json.dumps(
            make_dashboard(is_sample), indent=2, ensure_ascii=False
        )
        + "\n"
        for middle, is_sample in (("", False), ("sample_", True))
    }


if __name__ == "__main__":
    for path, content in make_files().items():
        path.write_text(content, encoding="utf-8")
