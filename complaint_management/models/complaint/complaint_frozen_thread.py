from odoo import api, models

# Only code of this process can hold it: core tidies up after itself (a mail that keeps nothing,
# the file of a finished activity). Compared with ``is``, so no caller's context can forge it.
TIDYING = object()


class ComplaintFrozenThread(models.AbstractModel):
    """Which messages and files of a record are kept as they are (T20)."""

    _inherit = "complaint.state.guard"

    def _keeps_thread(self):
        """:return: whether messages and loose files of this record are kept"""
        self.ensure_one()
        return "registered" in self._get_frozen_stages()

    def _keeps_file(self, name):
        """Whether a file of this record is kept.

        :param name: the binary field that holds it, empty for a loose file
        """
        self.ensure_one()
        return bool(self._get_frozen_names([name])) if name else self._keeps_thread()

    @api.model
    def _browse_keepers(self, pairs):
        """:param pairs: iterable of (model name, record id) as messages and attachments name them
        :return: dict of the pairs that are existing records of complaints → record, by sudo
        """
        guard = self.env.registry["complaint.state.guard"]
        ids = {}
        for name, res_id in pairs:
            if name and res_id and name in self.env and isinstance(self.env[name], guard):
                ids.setdefault(name, set()).add(res_id)
        return {
            (name, record.id): record
            # sudo: only what keeps a message or file is asked, nothing is shown
            for name, found in ids.items()
            for record in self.env[name].sudo().browse(sorted(found)).exists()
        }
