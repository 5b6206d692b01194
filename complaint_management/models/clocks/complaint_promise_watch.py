from collections import defaultdict
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ..complaint.batches import in_batches, run_isolated

BATCH_SIZE = 100


class ComplaintPromiseWatch(models.Model):
    """Nobody has to remember promises: those not kept in time are broken by themselves (R65)."""

    _inherit = "complaint.promise"

    def _wake_watch(self):
        """Wake the cron after each deadline, so that a broken promise shows within the minute.

        A second later: at the deadline itself the promise may still be kept.
        """
        second = timedelta(seconds=1)
        moments = {p.deadline + second for p in self if p.state == "open" and p.deadline}
        cron = self.env.ref("complaint_management.ir_cron_watch_promises", raise_if_not_found=False)
        if moments and cron:
            # sudo: waking a scheduled job is nobody's right
            cron.sudo()._trigger(moments)

    @api.model
    def _get_broken_domain(self):
        """:return: domain of open promises whose moment is over; closing a case keeps none"""
        return Domain(
            [
                ("state", "=", "open"),
                ("deadline", "<", fields.Datetime.now()),
                ("complaint_id.state", "!=", "cancelled"),
            ]
        )

    @api.model
    def _cron_watch_promises(self, batch_size=BATCH_SIZE):
        """Break the promises whose moment is over and tell who made them (R65, T14).

        Selects by state and deadline: killed and started again, it goes on where it stopped.

        :param int batch_size: promises per transaction
        """
        broken = self.search(self._get_broken_domain())
        for batch in in_batches(broken, batch_size):
            run_isolated(batch, type(self)._break)

    def _break(self):
        """Stamp open promises as broken and tell their owners."""
        broken = self.filtered(lambda p: p.state == "open")
        broken._write_trusted({"state": "broken", "date_broken": fields.Datetime.now()})
        people, names = defaultdict(self.env["res.users"].browse), defaultdict(list)
        for promise in broken:
            people[promise.complaint_id] |= promise.user_id
            names[promise.complaint_id.id].append(promise.name)
        if not people:
            return

        def get_text(complaints, env):
            return env._(
                "Promise to the customer not kept: %s",
                "; ".join(f"{c.name}: {', '.join(names[c.id])}" for c in complaints),
            )

        complaints = self.env["complaint.complaint"].concat(*people)
        complaints._announce("promise_broken", people=dict(people), text=get_text)
