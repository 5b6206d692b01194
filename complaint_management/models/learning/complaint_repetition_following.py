from datetime import timedelta

from odoo import api, models
from odoo.fields import Command


class ComplaintRepetitionFollowing(models.Model):
    """What becomes of a repetition while complaints come, change and go (R53).

    N within M days: any M days, whatever the order they were registered in. A proposed one takes in
    what comes until somebody decides. What lapsed is over: it comes back when the very complaints
    that made it count again, and never by new ones, for nobody was told of those.
    """

    _inherit = "complaint.repetition"

    @api.model
    def _follow(self, key, known, cases):
        """Let what is proposed grow or lapse and what lapsed come back, or say what is new.

        :param known: repetitions of ``key``
        :param list cases: :class:`Case`, all that count now
        :return: values of a new repetition, or None
        """
        company = self.env["res.company"].browse(key.company_id)
        needed, days = company.complaint_repetition_count, company.complaint_repetition_days
        proposed = known.filtered(lambda r: r.state == "proposed")
        lapsed = known.filtered(lambda r: r.state == "lapsed")
        lapsed._count(cases)
        cases = self._get_unhandled(cases, proposed, known - proposed - lapsed)
        found = self._get_repeated(cases, needed, timedelta(days=days))
        if not proposed:
            # Quality was told of these; with a new one among them it is another repetition
            ids = {case.id for case in found}
            proposed = lapsed.filtered(lambda r: ids and ids <= set(r.complaint_ids.ids))[:1]
        if proposed:
            proposed._grow(cases, found)
            return None
        return self._prepare_vals(key, found, needed, days) if found else None

    @api.model
    def _get_unhandled(self, cases, proposed, handled):
        """:param handled: repetitions that were decided
        :return: those of ``cases`` that came after the decision, or wait for one
        """
        waiting, over = set(proposed.complaint_ids.ids), set(handled.complaint_ids.ids)
        decided = max(handled.mapped("date_decided"), default=None)
        return [
            case
            for case in cases
            if case.id in waiting
            or (case.id not in over and not (decided and case.registered <= decided))
        ]

    @staticmethod
    def _get_repeated(cases, needed, length):
        """:param list cases: :class:`Case`
        :param int needed: how many make a repetition; 0: none does
        :param length: ``timedelta`` within which they came
        :return: those of them that are part of a repetition, in order
        """
        cases, found = sorted(cases), set()
        first = 0
        for last, case in enumerate(cases):
            while case.received - cases[first].received > length:
                first += 1
            together = cases[first : last + 1]
            # What was imported is known; with what came since it counts
            if 0 < needed <= len(together) and not all(c.is_imported for c in together):
                found.update(together)
        return sorted(found)

    def _grow(self, cases, found):
        """Take what came; nobody is told again. Who made it stays readable when it lapses, and lets
        it come back.

        :param list cases: :class:`Case` that count now
        :param list found: those that are part of a repetition
        """
        self.ensure_one()
        ids = {case.id for case in found} | set(self.complaint_ids.ids)
        if self.state == "proposed":
            # While it waits for a decision every further one belongs to it
            ids |= {case.id for case in cases if case.received >= self.date_last}
        members = [case for case in sorted(cases) if case.id in ids]
        length = timedelta(days=self.needed_days)
        if not (found or self._get_repeated(members, self.needed_count, length)):
            self._write_trusted({"state": "lapsed", "complaint_count": len(members)})
            return
        vals = {"state": "proposed"} if self.state != "proposed" else {}
        if set(self.complaint_ids.ids) != {case.id for case in members}:
            vals |= self._prepare_member_vals(members)
        if vals:
            self._write_trusted(vals)

    def _count(self, cases):
        """Say how many are left of what lapsed.

        :param list cases: :class:`Case` that count now
        """
        counting = {case.id for case in cases}
        for repetition in self:
            count = len(counting.intersection(repetition.complaint_ids.ids))
            if repetition.complaint_count != count:
                repetition._write_trusted({"complaint_count": count})

    # ------------------------------------------------------------
    # Values
    # ------------------------------------------------------------
    @api.model
    def _prepare_vals(self, key, cases, needed, days):
        """Values of a new repetition; called by :meth:`_follow`."""
        return {
            **key._asdict(),
            **self._prepare_member_vals(cases),
            "needed_count": needed,
            "needed_days": days,
        }

    @api.model
    def _prepare_member_vals(self, cases):
        """Values that follow from its complaints.

        :param list cases: :class:`Case` in order
        """
        return {
            "complaint_ids": [Command.set([case.id for case in cases])],
            "complaint_count": len(cases),
            "date_first": cases[0].received,
            "date_last": cases[-1].received,
        }
