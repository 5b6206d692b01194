from odoo import models
from odoo.tools import SQL


class ComplaintFigureMixin(models.AbstractModel):
    """Figures that stay true in every group of a pivot, a graph or a list (R63).

    * What is measured in units is summed within one unit only: pieces and kilograms, dollars and
      euros together are no figure, and nothing is shown rather than a wrong one. What nobody named
      a unit of is in none of the others.
    * A ratio of a group is the ratio of its sums, never the mean of the ratios of its rows.
    """

    _name = "complaint.figure.mixin"
    _description = "Figures"
    _inherit = ["complaint.grouping.mixin"]

    # Measure → many2one of what it is measured in.
    _UNITS = {}
    # Measure → (measure above, measure below, factor).
    _RATIOS = {}

    def _read_group_select(self, aggregate_spec, query):
        """See super; ``sum`` and ``avg`` keep units apart, a ratio is one of sums."""
        name, _colon, function = aggregate_spec.partition(":")
        if function not in ("sum", "avg"):
            return super()._read_group_select(aggregate_spec, query)
        if name in self._RATIOS:
            above, below, factor = self._RATIOS[name]
            top = self._field_to_sql(self._table, above, query)
            base = self._field_to_sql(self._table, below, query)
            figure = SQL("SUM(%s) * %s / NULLIF(SUM(%s), 0)", top, factor, base)
            measured = SQL("(%s <> 0 OR %s <> 0)", top, base)
            return self._within_one_unit(figure, self._UNITS[below], measured, query)
        figure = super()._read_group_select(aggregate_spec, query)
        if name not in self._UNITS:
            return figure
        value = self._field_to_sql(self._table, name, query)
        # Nothing of another unit changes no sum, but it does change a mean
        measured = SQL("%s <> 0", value) if function == "sum" else SQL("%s IS NOT NULL", value)
        return self._within_one_unit(figure, self._UNITS[name], measured, query)

    def _get_total_parts(self, spec):
        """See super: a total of several units is none, though each cell may have its own."""
        is_measured = spec.partition(":")[0] in {*self._UNITS, *self._RATIOS}
        return [] if is_measured else super()._get_total_parts(spec)

    def _within_one_unit(self, figure, unit, measured, query):
        """:param figure: ``SQL`` of an aggregate
        :param str unit: many2one of what it is measured in
        :param measured: ``SQL`` condition: which rows take part
        :return: ``SQL``: the figure, or nothing where rows that take part differ in their unit
        """
        return SQL(
            """CASE WHEN MIN(%(unit)s) FILTER (WHERE %(measured)s)
                    IS NOT DISTINCT FROM MAX(%(unit)s) FILTER (WHERE %(measured)s)
               THEN %(figure)s END""",
            # A minimum passes over what is empty
            unit=SQL("COALESCE(%s, 0)", self._field_to_sql(self._table, unit, query)),
            measured=measured,
            figure=figure,
        )
