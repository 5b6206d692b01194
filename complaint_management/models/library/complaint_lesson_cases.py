from collections.abc import Iterable

from odoo import api, models
from odoo.fields import Command, Domain

# What says from which cases a lesson comes, and how one asks for it by ids.
ID_OPERATORS = ("in", "not in", "=", "!=")
CASE_FIELDS = ("source_ids", "helped_ids")


class ComplaintLessonCases(models.Model):
    """From which cases a lesson comes is said to whoever may read them, to nobody else (R73)."""

    _inherit = "complaint.lesson"

    @api.model
    def _search(self, domain, offset=0, limit=None, order=None, **kwargs):
        """Core looks up ids in a many2many without asking for the right to what they name."""
        if not self.env.su:
            domain = Domain(domain).map_conditions(self._through_rights)
        return super()._search(domain, offset, limit, order, **kwargs)

    @api.model
    def _through_rights(self, condition):
        """:return: ``condition``, on a case found only as far as the user may read it"""
        values = condition.value
        if condition.field_expr not in CASE_FIELDS or condition.operator not in ID_OPERATORS:
            return condition
        if isinstance(values, str) or not isinstance(values, Iterable):
            values = [values]
        if any(isinstance(value, str) for value in values):
            return condition  # names are looked for among what the user may read
        ids = [value for value in values if value]
        domain = Domain(condition.field_expr, "any", [("id", "in", ids)])
        if not all(values):
            domain |= Domain(condition.field_expr, "not any", [])
        return ~domain if condition.operator in ("not in", "!=") else domain

    def copy(self, default=None):
        """A copy comes from the same cases: their names are looked for in it, and it is closed to
        the same people (R73).
        """
        copies = super().copy(default)
        # sudo: also cases which whoever copies may not read
        for lesson, copied in zip(self.sudo(), copies.sudo(), strict=True):
            if not copied.source_ids:
                copied._write_trusted({"source_ids": [Command.set(lesson.source_ids.ids)]})
        return copies
