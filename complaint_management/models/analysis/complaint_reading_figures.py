from odoo import api, models
from odoo.tools import SQL

# Bytes a sort or hash of one view may use before it goes to the disk.
WORK_MEMORY = 32 * 2**20
# Where the cursor remembers it; core forgets that with each rollback, also to a savepoint
PREPARED = "complaint_reading_figures"


class ComplaintReadingFigures(models.AbstractModel):
    """Views of figures are read by other settings than PostgreSQL has for short queries.

    * Their plans are long. Compiling them (``jit``) takes seconds, however few rows there are: what
      requests cost by kind took 7 s with it and 1.8 s without, among a million cases.
    * What they group goes to the disk with the 4 MB PostgreSQL allows by default.

    Both hold until the end of the transaction; more memory that was granted stays granted.
    """

    _inherit = "complaint.grouping.mixin"

    @api.model
    def _search(self, *args, **kwargs):
        """See super; lists, counts and groups begin here."""
        self._prepare_reading()
        return super()._search(*args, **kwargs)

    def _prepare_reading(self):
        """Set what reading a view needs, once a transaction; tables need nothing."""
        if self._auto or self.env.cr.cache.get(PREPARED):
            return
        self.env.cr.cache[PREPARED] = True
        self.env.cr.execute(
            SQL(
                """SELECT set_config('jit', 'off', TRUE),
                          set_config('work_mem', GREATEST(
                              pg_size_bytes(current_setting('work_mem')), %s) / 1024 || 'kB', TRUE)
                """,
                WORK_MEMORY,
            )
        )
