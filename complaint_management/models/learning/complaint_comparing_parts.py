from odoo import api, models

from .complaint_action_clean_point import CLEAN_FIELDS

# What of a part decides whether a complaint says that something happened again.
LINE_FIELDS = frozenset(
    {
        "product_id",
        "lot_ids",
        "production_date",
        "date_shipped",
        "defect_id",
        "product_uom_id",
        "quantity_confirmed",
    }
)
POINT_FIELDS = frozenset({"finding", "line_ids", "defect_id"})
CAUSE_FIELDS = frozenset({"state", "category_id"})
ACTION_FIELDS = CLEAN_FIELDS | {"kind", "state", "cause_id"}


class ComplaintLine(models.Model):
    """Other goods, another answer (R43)."""

    _inherit = "complaint.line"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.complaint_id._compare_again()
        return lines

    def write(self, vals):
        """Flag the complaint to be compared anew."""
        result = super().write(vals)
        if LINE_FIELDS.intersection(vals):
            self.complaint_id._compare_again()
        return result


class ComplaintPoint(models.Model):
    """Another finding, another answer (R43, R63)."""

    _inherit = "complaint.point"

    @api.model_create_multi
    def create(self, vals_list):
        points = super().create(vals_list)
        points.complaint_id._compare_again()
        return points

    def write(self, vals):
        """Flag the complaint to be compared anew."""
        result = super().write(vals)
        if POINT_FIELDS.intersection(vals):
            self.complaint_id._compare_again()
        return result


class ComplaintCause(models.Model):
    """Verified causes tell what is alike, and what a measure is to stop (R43)."""

    _inherit = "complaint.cause"

    def write(self, vals):
        """Flag complaint and measures to be compared anew."""
        result = super().write(vals)
        if CAUSE_FIELDS.intersection(vals):
            self.complaint_id._compare_again()
            # sudo: a flag of ours on measures of other departments
            self.sudo().complaint_id.action_ids._compare_measures_again()
        return result


class ComplaintAction(models.Model):
    """Another clean point, another answer (R43)."""

    _inherit = "complaint.action"

    @api.model_create_multi
    def create(self, vals_list):
        actions = super().create(vals_list)
        actions._compare_measures_again()
        return actions

    def write(self, vals):
        """Flag measures to be compared anew; what lost its clean point is taken back, too."""
        result = super().write(vals)
        if ACTION_FIELDS.intersection(vals):
            self._compare_measures_again()
        return result

    def _compare_measures_again(self):
        """Have the job compare those of these that have a clean point, or had one."""
        # sudo: a flag of ours
        again = self.sudo().filtered(
            lambda a: not a.comparison_due and (a.has_clean_point or a.date_compared)
        )
        if again:
            again._write_trusted({"comparison_due": True})
            again._note_clean_points()
            self.env["complaint.complaint"]._wake_learning()
