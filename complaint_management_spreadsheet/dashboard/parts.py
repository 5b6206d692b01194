"""Parts of a spreadsheet dashboard, as Odoo's JSON wants them.

Nothing here knows complaints: what is shown is in ``layout``.
"""

TITLE = {"bold": True, "color": "#434343", "fontSize": 14}
TONES = {"plain": "#FFFFFF", "blue": "#EFF6FF", "sand": "#FFF7ED"}
# From red to green at 80 % and 95 %
SECTIONS = {
    "colors": {"lowerColor": "#cc0000", "middleColor": "#f1c232", "upperColor": "#6aa84f"},
    "rangeMin": "0",
    "rangeMax": "100",
    "lowerInflectionPoint": {"type": "number", "value": "80", "operator": "<"},
    "upperInflectionPoint": {"type": "number", "value": "95", "operator": "<"},
}


def figure(name, place, data):
    """A chart on the sheet.

    :param str name: its id, unique in the file
    :param place: (x, y, width, height) in pixels
    """
    x, y, width, height = place
    return {
        "id": name,
        "tag": "chart",
        "col": 0,
        "row": 0,
        "offset": {"x": x, "y": y},
        "width": width,
        "height": height,
        "data": {"chartId": name, **data},
    }


def chart(kind, title, tone="plain", **data):
    """What all charts have."""
    return {
        "type": kind,
        "title": {"text": title, **TITLE},
        "background": TONES[tone],
        **data,
    }


def scorecard(title, key, baseline, tone="blue"):
    """A number and how it changed since the period before; both are cells."""
    return chart(
        "scorecard",
        title,
        tone,
        keyValue=key,
        baseline=baseline,
        baselineMode="percentage",
        baselineDescr={"text": "since last period"},
        # More complaints, hours and money are no good news
        baselineColorUp="#DC6965",
        baselineColorDown="#00A04A",
        humanize=False,
    )


def gauge(title, cell):
    """A share in % between red and green."""
    return chart("gauge", title, "plain", dataRange=cell, sectionRule=SECTIONS)


def pareto(title, labels, numbers, shares):
    """Columns from the highest down, and the line of the cumulative share; ranges of cells.

    The legend says which is which: titles of axes are not translated by Odoo.
    """
    return chart(
        "combo",
        title,
        labelRange=labels,
        dataSets=[
            {"dataRange": numbers, "yAxisId": "y", "type": "bar", "backgroundColor": "#4EA7F2"},
            {"dataRange": shares, "yAxisId": "y1", "type": "line", "backgroundColor": "#EA6175"},
        ],
        dataSetsHaveTitle=True,
        legendPosition="top",
        aggregated=False,
    )


def from_cells(kind, title, labels, numbers, **data):
    """A chart of a range of cells: what the sample shows instead of the database."""
    return chart(
        kind,
        title,
        labelRange=labels,
        dataSets=[{"dataRange": numbers, "yAxisId": "y"}],
        dataSetsHaveTitle=False,
        legendPosition="none",
        aggregated=False,
        stacked=False,
        **data,
    )


def from_model(kind, title, model, group, matching, measure="__count", domain=(), **data):
    """A chart of records; pressed, it opens them.

    :param dict matching: global filter → field of the model
    """
    mode = kind if kind == "line" else "bar"
    return chart(
        f"odoo_{kind}",
        title,
        metaData={
            "groupBy": [group],
            "measure": measure,
            "order": None,
            "resModel": model,
            "mode": mode,
            "cumulatedStart": False,
        },
        searchParams={
            "comparison": None,
            "context": {"group_by": []},
            "domain": list(domain),
            "groupBy": [group],
            "orderBy": [],
        },
        dataSets=[{}],
        legendPosition="none",
        verticalAxisPosition="left",
        stacked=False,
        fieldMatching=matching,
        **data,
    )


def pivot(number, name, model, measures, matching, rows=(), domain=(), sort=None):
    """A pivot formulas read.

    :param list measures: names of fields, or ``(field, title)``
    :param str sort: measure by which rows stand, from the highest down
    """
    titled = [(m, None) if isinstance(m, str) else m for m in measures]
    return {
        "id": str(number),
        "formulaId": str(number),
        "type": "ODOO",
        "name": name,
        "model": model,
        "domain": list(domain),
        "context": {},
        "columns": [],
        "rows": [{"fieldName": row} for row in rows],
        "measures": [
            {"id": m, "fieldName": m, **({"userDefinedName": title} if title else {})}
            for m, title in titled
        ],
        "sortedColumn": {"measure": sort, "order": "desc", "domain": []} if sort else None,
        "fieldMatching": matching,
    }


def sheet(name, rows, columns, cells, **parts):
    """:param dict columns: number → width in pixels"""
    return {
        "id": name.lower(),
        "name": name,
        "colNumber": max(columns) + 1,
        "rowNumber": rows,
        "rows": {},
        "cols": {str(number): {"size": width} for number, width in columns.items()},
        "merges": [],
        "cells": cells,
        "styles": {},
        "formats": {},
        "borders": {},
        "conditionalFormats": [],
        "dataValidationRules": [],
        "figures": [],
        "tables": [],
        "areGridLinesVisible": False,
        "isVisible": True,
        "headerGroups": {"ROW": [], "COL": []},
        "comments": {},
        **parts,
    }
