from odoo import api, models
from odoo.fields import Domain
from odoo.orm.domains import DomainAnd, DomainCondition, DomainOr
from odoo.tools import SQL

# What makes a case somebody's own in the record rules. Each is found by an index.
OWN_FIELDS = frozenset(
    {"user_id", "create_uid", "lead_user_id", "coordinator_user_id", "rule_action_ids"}
)
# What may be asked of each alternative: columns that are compared, nothing that is searched
PLAIN_OPERATORS = frozenset({"in", "not in", "<", ">", "<=", ">="})
# Open cases are few among all, and mostly looked at
OPEN = "WHERE state NOT IN ('closed', 'cancelled')"


class ComplaintOwnSearch(models.Model):
    """Who sees his own cases only finds them among a million by indexes (R60).

    Record rules of several groups are alternatives: PostgreSQL then reads the whole table, since no
    index answers "his, or opened by him, or with an action of his" at once. Here the same
    alternatives are said a second time, as a union of what each finds. The rules themselves stay
    in the query and decide.
    """

    _inherit = "complaint.complaint"

    # With the id: the union is made of indexes alone
    _user_own_idx = models.Index("(user_id, id)")
    _create_uid_own_idx = models.Index("(create_uid, id)")
    _open_idx = models.Index(f"(id) {OPEN}")
    _open_user_idx = models.Index(f"(user_id) {OPEN}")
    _open_create_uid_idx = models.Index(f"(create_uid) {OPEN}")

    @api.model
    def _search(self, domain, offset=0, limit=None, order=None, *, bypass_access=False, **kwargs):
        query = super()._search(domain, offset, limit, order, bypass_access=bypass_access, **kwargs)
        if self.env.su or bypass_access or query.is_empty():
            return query
        own = self._get_own_alternatives()
        if own:
            plain = self._get_plain_conditions(domain)
            found = [self._find_alternative(alternative, plain) for alternative in own]
            condition = SQL(" UNION ALL ").join(found)
            query.add_where(SQL("%s IN (%s)", SQL.identifier(self._table, "id"), condition))
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

    @api.model
    def _get_plain_conditions(self, domain):
        """:return: ``Domain``: the part of ``domain`` that compares columns; each alternative is
        asked for it, too, so that who looks at open cases reads open ones only
        """
        every = Domain(domain).optimize(self.sudo())
        parts = every.children if isinstance(every, DomainAnd) else (every,)
        return Domain.AND(
            part
            for part in parts
            if isinstance(part, DomainCondition)
            and part.operator in PLAIN_OPERATORS
            and (field := self._fields.get(part.field_expr))
            and field.store
            and field.column_type
            and not isinstance(part.value, str)
        )

    @api.model
    def _find_alternative(self, alternative, plain):
        """:return: ``SQL`` that selects the ids of the cases one alternative opens"""
        every = self.sudo().with_context(active_test=False)
        by_parts = isinstance(alternative, DomainCondition) and alternative.operator in (
            "any",
            "any!",
        )
        if by_parts and plain.is_true():
            field = self._fields[alternative.field_expr]
            if field.type == "one2many" and isinstance(alternative.value, Domain):
                # The cases of his actions, without looking the cases up
                actions = every.env[field.comodel_name]._search(alternative.value)
                return actions.select(SQL.identifier(actions.table, field.inverse_name))
        return every._search(alternative & plain, active_test=False).select()
