from odoo import fields, models

# What the customer waits for; how soon we answer first or plan is our own affair.
AWAITED_KINDS = ("handling", "report")


class ComplaintPromiseDelay(models.Model):
    """A promise put off or broken is a delay the customer hears of (R65)."""

    _inherit = "complaint.promise"

    def write(self, vals):
        """Notice when a promise is put off."""
        before = {p: p.deadline for p in self if "deadline" in vals and p.state == "open"}
        result = super().write(vals)
        for promise in self.filtered(lambda p: p in before and p.deadline > before[p]):
            promise.complaint_id._note_delay(promise.deadline)
        return result

    def _break(self):
        """A promise we do not keep."""
        broken = self.filtered(lambda p: p.state == "open")
        result = super()._break()
        broken.complaint_id._note_delay()
        return result


class ComplaintClockDelay(models.Model):
    """So are deadlines of handling and report that are put off or missed."""

    _inherit = "complaint.clock"

    def action_extend(self, hours=0.0, days=0.0, reason=None):
        """Allow more time, and have the customer told of it; see the clock's own verb."""
        before = {clock: clock.date_deadline for clock in self}
        result = super().action_extend(hours=hours, days=days, reason=reason)
        self._note_delays(before)
        return result

    def action_resume(self):
        """Run again, and have the customer told of the later date; see the clock's own verb."""
        before = {clock: clock.date_deadline for clock in self}
        result = super().action_resume()
        self._note_delays(before)
        return result

    def _stamp_breaches(self):
        """Have the customer told of what was missed."""
        now = fields.Datetime.now()
        late = self.filtered(lambda c: c.state == "running" and c.date_deadline <= now)
        result = super()._stamp_breaches()
        late.filtered(lambda c: c.kind in AWAITED_KINDS).complaint_id._note_delay()
        return result

    def _note_delays(self, before):
        """Have the customer told of deadlines that are later than they were.

        :param dict before: clock → its deadline
        """
        for clock in self.filtered(
            lambda c: c.kind in AWAITED_KINDS and c.date_deadline > before[c]
        ):
            clock.complaint_id._note_delay(clock.date_deadline)
