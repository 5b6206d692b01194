from odoo import api, models

from .complaint_complaint import OVER_STATES


class ComplaintKanban(models.Model):
    """Columns of what is over are folded beside columns of what is not.

    They grow for ever and nobody works in them: their cards are read when somebody opens them.
    """

    _inherit = "complaint.complaint"

    @api.model
    @api.readonly
    def web_read_group(
        self,
        domain,
        groupby,
        aggregates=(),
        limit=None,
        offset=0,
        order=None,
        *,
        auto_unfold=False,
        **options,
    ):
        """See super; each column of a board would look up the user's own cases anew.

        Groups of a list stay closed (``auto_unfold``), and are counted once.
        """
        if auto_unfold:
            domain = self._narrow_to_own(domain)
        return super().web_read_group(
            domain, groupby, aggregates, limit, offset, order, auto_unfold=auto_unfold, **options
        )

    def _web_read_group_format(self, groupby, aggregates, groups):
        """See super; core asks stages whether they are folded, a selection cannot say it."""
        result = super()._web_read_group_format(groupby, aggregates, groups)
        is_board = tuple(groupby) == ("state",) and self._web_read_group_field_expand(groupby)
        if is_board and "__count" in aggregates:
            over = [group for group in result if group["state"] in OVER_STATES]
            # Who looks for closed ones only sees them
            if any(group["__count"] for group in result if group not in over):
                for group in over:
                    group["__fold"] = True
        return result
