import functools

from odoo import models

# How the figure of a group follows from those of its parts; an average from a sum and a number
TOTALS = {"count": sum, "sum": sum, "sum_currency": sum, "max": max, "min": min}
# Fields of which a row is in one group, and whose groups Python sorts as PostgreSQL does
PLAIN_TYPES = ("many2one", "selection", "boolean", "integer", "date", "datetime")


class ComplaintGroupingOnce(models.AbstractModel):
    """A pivot groups its rows once; its totals and its order follow from its cells.

    A pivot asks for rows, columns, cells and the total at once (``GROUPING SETS``), in the order of
    what its groups are called. PostgreSQL then joins those tables to every row, adds up in one
    process and sorts or hashes each row once for each grouping. Cells are few beside a million
    rows: grouped by them alone, rows are read and added up in parallel, and the rest is done here.
    """

    _inherit = "complaint.grouping.mixin"

    def _read_grouping_sets(self, domain, grouping_sets, aggregates=(), order=None):
        """See super: the same answer, in one pass wherever totals follow from the cells."""
        specs = list(dict.fromkeys(spec for groupby in grouping_sets for spec in groupby))
        by_name = [part.strip() for part in (order or "").split(",")] == specs
        if (order and not by_name) or not self._is_adding_up(specs, grouping_sets, aggregates):
            return super()._read_grouping_sets(domain, grouping_sets, aggregates, order)
        asked = [part for spec in ("__count", *aggregates) for part in self._get_total_parts(spec)]
        asked = list(dict.fromkeys(asked))
        cells = self._read_group(domain, specs, asked)
        if not cells:
            return super()._read_grouping_sets(domain, grouping_sets, aggregates, order)
        ranks = [
            self._get_group_ranks(spec, {cell[number] for cell in cells}, by_name)
            for number, spec in enumerate(specs)
        ]
        cells.sort(key=lambda cell: self._get_rank(ranks, cell))
        positions = {spec: number for number, spec in enumerate((*specs, *asked))}
        return [
            self._add_up(cells, positions, groupby, aggregates, ranks) for groupby in grouping_sets
        ]

    def _web_read_group_groupby_formatter(self, groupby_spec, values):
        """See super: what a group is called is said once, however many cells it has."""
        formatter = super()._web_read_group_groupby_formatter(groupby_spec, values)
        # By type, too: False is no 0
        return functools.lru_cache(maxsize=None, typed=True)(formatter)

    # ------------------------------------------------------------
    # When
    # ------------------------------------------------------------
    def _is_adding_up(self, specs, grouping_sets, aggregates):
        """:return: whether one grouping has all of ``specs``, and every figure adds up"""
        if len(grouping_sets) < 2 or specs not in [list(groupby) for groupby in grouping_sets]:
            return False
        return all(map(self._is_plain_group, specs)) and all(map(self._get_total_parts, aggregates))

    def _is_plain_group(self, spec):
        """:return: whether a row is in one group of ``spec``, whose order is that of its value"""
        name, _colon, granularity = spec.partition(":")
        field = self._fields.get(name)
        return bool(field) and field.type in PLAIN_TYPES and granularity != "day_of_week"

    def _get_total_parts(self, spec):
        """Hook: which figures of its cells a total is made of.

        Whoever gives an aggregate another meaning (``_read_group_select``) says here that it does
        not add up.

        :param str spec: ``field:aggregate``
        :return: list of such; empty where the database has to look at every row again
        """
        name, _colon, func = spec.partition(":")
        if name == "__count" or func in TOTALS:
            return [spec]
        return [f"{name}:sum", f"{name}:count"] if func == "avg" else []

    # ------------------------------------------------------------
    # Order
    # ------------------------------------------------------------
    def _get_group_ranks(self, spec, values, by_name):
        """:param values: set of the groups there are
        :param bool by_name: records in the order of their model, else of their ids
        :return: dict group → what it is sorted by; the group without a value is last
        """
        field = self._fields[spec.partition(":")[0]]
        if field.type == "boolean":
            return {value: value for value in values}
        if field.type != "many2one":
            return {value: (value is False, 0 if value is False else value) for value in values}
        ids = [record.id for record in values if record]
        if by_name and ids:
            # sudo: only the order of what was found; core joins the table without rules, too
            comodel = self.env[field.comodel_name].sudo().with_context(active_test=False)
            ids = comodel.search([("id", "in", ids)]).ids
        else:
            ids.sort()
        numbers = {number: rank for rank, number in enumerate(ids)}
        return {record: numbers.get(record.id, len(numbers)) for record in values}

    def _get_rank(self, ranks, values):
        """:return: tuple by which a row is sorted; ``values`` begins with its groups"""
        return tuple(rank[value] for rank, value in zip(ranks, values, strict=False))

    # ------------------------------------------------------------
    # Totals
    # ------------------------------------------------------------
    def _add_up(self, cells, positions, groupby, aggregates, ranks):
        """:return: list of tuples as core has them for one grouping, from the sorted ``cells``"""
        own = [positions[spec] for spec in groupby]
        groups = {}
        for cell in cells:
            groups.setdefault(tuple(cell[position] for position in own), []).append(cell)
        own_ranks = [ranks[position] for position in own]
        keys = sorted(groups, key=lambda key: self._get_rank(own_ranks, key))
        return [
            (*key, *(self._get_total(groups[key], positions, spec) for spec in aggregates))
            for key in keys
        ]

    def _get_total(self, cells, positions, spec):
        """:return: the figure ``spec`` of a group of cells; what is unknown takes no part"""
        parts = [
            [value for cell in cells if (value := cell[positions[part]]) is not False]
            for part in self._get_total_parts(spec)
        ]
        if not parts[0]:
            return self._read_group_empty_value(spec)
        if len(parts) == 2:
            return sum(parts[0]) / sum(parts[1])
        return TOTALS[spec.partition(":")[2] or "count"](parts[0])
