from odoo import api, models
from odoo.orm.domains import DomainAnd, DomainOr
from odoo.tools import SQL

# What makes a case somebody's own in the record rules. Each is found by an index.
OWN_FIELDS = frozenset(
    {"user_id", "create_uid", "lead_user_id", "coordinator_user_id", "rule_action_ids"}
)


class ComplaintOwnSearch(models.Model):
    """Who sees his own cases only finds them among a million by indexes (R60).

    Record rules of several groups are alternatives: PostgreSQL then reads the whole table, since no
    index answers "his, or opened by him, or with an action of his" at once. Here the same
    alternatives are said a second time, as a union of what each finds. The rules themselves stay
    in the query and decide.
    """

    _inherit = "complaint.complaint"

    _create_uid_idx = models.Index("(create_uid)")

    @api.model
    def _search(self, domain, offset=0, limit=None, order=None, *, bypass_access=False, **kwargs):
        query = super()._search(domain, offset, limit, order, bypass_access=bypass_access, **kwargs)
        if self.env.su or bypass_access or query.is_empty():
            return query
        own = self._get_own_alternatives()
        if own:
            every = self.sudo().with_context(active_test=False)
            found = SQL(" UNION ALL ").join(
                every._search(alternative, active_test=False).select() for alternative in own
            )
            query.add_where(SQL("%s IN (%s)", SQL.identifier(self._table, "id"), found))
        return query

    @api.model
    def _get_own_alternatives(self):
        """:return: list of ``Domain``, one of which the user's rules ask for; empty where they open
        more than his own cases, such as a team's, which no index makes few
        """
        rules = self.env["ir.rule"]._compute_domain(self._name, "read").optimize(self.sudo())
        for part in rules.children if isinstance(rules, DomainAnd) else (rules,):
            if isinstance(part, DomainOr):
                names = {leaf.field_expr.split(".")[0] for leaf in part.iter_conditions()}
                if names <= OWN_FIELDS:
                    return list(part.children)
        return []
