from pytz import timezone, utc

from odoo import models


class ComplaintClockStep(models.Model):
    """What the clocks say comes next, where no action says it (R25)."""

    _inherit = "complaint.complaint"

    def _get_next_clock(self):
        """:return: the open clock of the current round that ends first; may be empty"""
        self.ensure_one()
        if not self.next_clock_deadline:
            return self.env["complaint.clock"]
        clocks = self._get_open_clocks().filtered(lambda c: c.state in ("running", "breached"))
        return clocks.sorted(lambda c: (c.date_deadline, c.id))[:1]

    def _get_next_clock_date(self):
        """:return: ``date`` of the next deadline where the lead lives, or False"""
        self.ensure_one()
        if not self.next_clock_deadline or self.state in ("closed", "cancelled"):
            return False
        zone = timezone((self.lead_user_id or self.user_id).tz or "UTC")
        return utc.localize(self.next_clock_deadline).astimezone(zone).date()

    def _get_clock_step(self):
        """:return: translated step that stops the next clock, or an empty text where the state
        of the complaint says it better
        """
        self.ensure_one()
        kind = self._get_next_clock().kind
        if kind == "response":
            return self.env._("Answer the customer")
        if kind == "report":
            return self.env._("Send the report to the customer")
        if kind == "handling" and self.state == "executing":
            return self.env._("Do what was promised to the customer, then resolve")
        return ""
