import os

from odoo import api, fields, models


class IrCron(models.Model):
    """Jobs of complaints are woken by what happens to a case; nobody waits for the next round."""

    _inherit = "ir.cron"

    @api.model
    def _wake_complaint_job(self, xmlid, moments=None):
        """Run a job at ``moments``, at once for those that have passed.

        This is what ``_trigger`` does, in one query: the job itself is not read, because every
        registration wakes several. Waking one that is switched off leaves a trigger that core
        clears away; overrides of ``_trigger_list`` are not asked.

        :param str xmlid: full external id of the ``ir.cron``; nothing happens where it was deleted
        :param moments: iterable of ``datetime`` (UTC); default: once this transaction is committed
        """
        now = fields.Datetime.now()
        moments = [now] if moments is None else list(moments)
        cron_id = self.env["ir.model.data"]._xmlid_to_res_id(xmlid)
        if not cron_id or not moments:
            return
        # sudo: jobs belong to the system; waking one does nothing it would not do later
        self.env["ir.cron.trigger"].sudo().create(
            [{"cron_id": cron_id, "call_at": moment} for moment in moments]
        )
        # The second as in core: where something else than its workers runs jobs
        if min(moments) <= now or os.getenv("ODOO_NOTIFY_CRON_CHANGES"):
            self.env.cr.postcommit.add(self.sudo().browse(cron_id)._notifydb)
