from odoo import fields, models

from .complaint_round import ROUND_STAMPS


class ComplaintRounds(models.Model):
    """Opening and ending rounds; called by verbs that have checked everything (R47)."""

    _inherit = "complaint.complaint"

    def _open_round(self, kind, reason=None):
        """End the current round, if any, and open the next one with stamps of its own.

        The plan's words stay on the complaint: the lead revises them; what was released is in the
        earlier round.

        :param str kind: key of the round's ``kind``
        :param str reason: why it is opened, in the customer's or the user's words
        """
        later = self.filtered("round")
        later._end_round(kind, reason)
        later._write_trusted(dict.fromkeys(ROUND_STAMPS, False))
        for number, complaints in self.grouped("round").items():
            complaints._write_trusted({"round": number + 1})
        # sudo: rounds are written by verbs only, which have checked the complaint
        self.env["complaint.round"].sudo().create(
            [c._prepare_round_vals(kind, reason) for c in self]
        )

    def _end_round(self, ending, outcome=None, closing_outcome=None):
        """End the current rounds: plan, stamps and outcome go into their records (R47).

        A round that ended already, by closing, stays as it is.

        :param str ending: key of the round's ``ending``
        :param str outcome: how the round ended, in words
        :param str closing_outcome: key of the ``outcome`` the complaint closes with
        """
        now = fields.Datetime.now()
        for current in self._get_current_rounds().filtered(lambda r: not r.date_ended):
            # sudo: rounds are written by verbs only, which have checked the complaint
            vals = current._prepare_end_vals(now, ending, outcome)
            current.sudo().write({**vals, "closing_outcome": closing_outcome})

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
