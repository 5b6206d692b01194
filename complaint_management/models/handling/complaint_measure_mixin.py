from odoo import api, models


class ComplaintMeasureMixin(models.AbstractModel):
    """What an approval of cause and measures covers: changing its content voids it (R33, T16).

    Contract: ``_APPROVED_FIELDS`` names the content, ``_VOID_STATE`` the state that takes a record
    out of what was approved, :meth:`_is_measure` says which records count. The rule sits in
    ``create``, ``write`` and ``unlink``, so that it holds for every door.
    """

    _name = "complaint.measure.mixin"
    _description = "Covered by the Approval of Measures"

    _APPROVED_FIELDS = frozenset()
    _VOID_STATE = None

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        measures = records.filtered(lambda r: r._is_measure())
        measures._touch_measures(measures.filtered(lambda r: not r._is_written_by_plan()))
        return records

    def write(self, vals):
        """Void the approval when something approved gets another content (T16)."""
        changed = self.filtered(lambda r: r._is_content_changed(vals))
        measures = changed.filtered(lambda r: r._is_measure())
        moved = self.filtered(lambda r: r._is_measure() and r._is_taken_out(vals))
        result = super().write(vals)
        written = measures | changed.filtered(lambda r: r._is_measure())
        (written | moved)._touch_measures(written)
        return result

    def unlink(self):
        """Void the approval of what loses a cause or a measure (T16)."""
        measures = self.filtered(lambda r: r._is_measure())
        measures._touch_measures(measures)
        return super().unlink()

    def _is_measure(self):
        """:return: whether an approval covers this record"""
        self.ensure_one()
        return True

    def _is_written_by_plan(self):
        """:return: whether an activity plan wrote it: then nobody is its author yet"""
        self.ensure_one()
        return False

    def _is_content_changed(self, vals):
        """:return: whether ``vals`` gives any approved field another value"""
        self.ensure_one()
        for name in self._APPROVED_FIELDS.intersection(vals):
            field = self._fields[name]
            new = field.convert_to_cache(vals[name], self)
            if (new or False) != (field.convert_to_cache(self[name], self) or False):
                return True
        return False

    def _is_taken_out(self, vals):
        """:return: whether ``vals`` takes the record out of what was approved, or back in"""
        self.ensure_one()
        states = {self.state, vals.get("state", self.state)}
        return len(states) == 2 and self._VOID_STATE in states

    def _touch_measures(self, written):
        """Void the approval of the complaints of ``self``; the user is author of ``written``."""
        self.complaint_id._void_measures_approval()
        written.complaint_id._add_measures_author(self.env.user)
