from odoo import fields, models


class ComplaintRounds(models.Model):
    """Opening and ending rounds; called by verbs that have checked everything (R47)."""

    _inherit = "complaint.complaint"

    def _open_round(self, kind, reason=None):
        """End the current round, if any, and open the next one."""
        self._write_current_rounds(
            {"date_ended": fields.Datetime.now(), "outcome": reason or False}
        )
        for number, complaints in self.grouped("round").items():
            complaints._write_trusted({"round": number + 1})
        # sudo: rounds are written by verbs only, which have checked the complaint
        self.env["complaint.round"].sudo().create(
            [c._prepare_round_vals(kind, reason) for c in self]
        )

    def _prepare_round_vals(self, kind, reason=None):
        """Values of the round ``round`` stands for; called by :meth:`_open_round` and imports."""
        self.ensure_one()
        return {
            "complaint_id": self.id,
            "number": self.round or 1,
            "kind": kind,
            "reason": reason,
        }

    def _get_current_rounds(self):
        """:return: the current ``complaint.round`` of each complaint"""
        return self.round_ids.filtered(lambda r: r.number == r.complaint_id.round)

    def _write_current_rounds(self, vals):
        """Write the current rounds; callers are verbs that have checked the complaint."""
        # sudo: rounds are read-only for everybody, so that no round is rewritten (T20)
        self._get_current_rounds().sudo().write(vals)
