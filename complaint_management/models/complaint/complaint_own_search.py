from collections.abc import Collection

from odoo import api, models
from odoo.fields import Domain
from odoo.orm.domains import DomainAnd, DomainCondition, DomainOr
from odoo.tools import SQL

# What makes a case somebody's own in the record rules. Each is found by an index.
OWN_FIELDS = frozenset(
    {"user_id", "create_uid", "lead_user_id", "coordinator_user_id", "rule_action_ids"}
)
# Operator, and whether it names closed cases: where they are left out
OPEN_CONDITIONS = (("in", False), ("not in", True))
# So many cases named by their ids are looked up by them
FEW = 1000
# Open cases are few among all, and mostly looked at
OPEN = "WHERE state NOT IN ('closed', 'cancelled')"


def get_conjuncts(domain):
    """:return: the ``Domain`` parts all of which a ``Domain`` asks for"""
    return domain.children if isinstance(domain, DomainAnd) else (domain,)


def is_few(domain):
    """:return: whether a ``Domain`` names at most ``FEW`` records by their ids; how many a query
    names is not known
    """
    return any(
        isinstance(part, DomainCondition)
        and part.field_expr == "id"
        and part.operator in ("=", "in")
        and (
            isinstance(part.value, int)
            or (isinstance(part.value, Collection) and len(part.value) <= FEW)
        )
        for part in get_conjuncts(domain)
    )


def get_read_rules(records):
    """:return: ``Domain`` of what the user's rules ask of records of a model to be read"""
    return records.env["ir.rule"]._compute_domain(records._name, "read")


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
    # The state beside the id: cases of somebody's actions are found in it without their rows
    _open_idx = models.Index(f"(id) INCLUDE (state) {OPEN}")
    _open_user_idx = models.Index(f"(user_id) {OPEN}")
    _open_create_uid_idx = models.Index(f"(create_uid) {OPEN}")

    @api.model
    def _search(self, domain, offset=0, limit=None, order=None, *, bypass_access=False, **kwargs):
        query = super()._search(domain, offset, limit, order, bypass_access=bypass_access, **kwargs)
        if not (self.env.su or bypass_access or query.is_empty() or is_few(Domain(domain))):
            own = self._select_own(get_read_rules(self), domain)
            if own:
                query.add_where(SQL("%s IN (%s)", SQL.identifier(self._table, "id"), own))
        return query

    @api.model
    def _narrow_to_own(self, domain):
        """Look up the user's own cases once, for a screen that asks for them several times.

        :param domain: what the screen asks of cases
        :return: ``Domain`` of the same cases: by their ids, too, where he sees his own only, open
            ones are asked for, and few answer
        """
        domain = Domain(domain)
        if self.env.su or is_few(domain) or self._get_open_condition(domain).is_true():
            return domain
        if not self._get_own_alternatives(get_read_rules(self)):
            return domain
        ids = self._search(domain, limit=FEW + 1).get_result_ids()
        return domain if len(ids) > FEW else domain & Domain("id", "in", ids)

    @api.model
    def _select_own(self, rules, domain=()):
        """Say a second time which cases are the user's own, where he sees no others.

        :param rules: ``Domain`` of what his rules ask of a case; they are in the query and decide
        :param domain: what is asked of the cases beside the rules
        :return: ``SQL`` that selects their ids, some more than once; None where he sees others, too
        """
        own = self._get_own_alternatives(rules)
        if not own:
            return None
        state = self._get_open_condition(domain)
        return SQL(" UNION ALL ").join(
            self._find_alternative(alternative, state) for alternative in own
        )

    @api.model
    def _get_own_alternatives(self, rules):
        """:return: list of ``Domain``, one of which the user's rules ask for; empty where they open
        more than his own cases, such as a team's, which no index makes few
        """
        for part in get_conjuncts(rules):
            if isinstance(part, DomainOr):
                names = {leaf.field_expr.split(".")[0] for leaf in part.iter_conditions()}
                if names <= OWN_FIELDS:
                    return list(part.children)
        return []

    @api.model
    def _get_open_condition(self, domain):
        """:return: ``Domain`` on the state, where ``domain`` leaves out closed cases: open ones are
        few, and each alternative finds them by an index of theirs. Nothing else is asked of the
        alternatives: what is somebody's own is few already, and comes from indexes alone.
        """
        every = Domain(domain).optimize(self.sudo())
        for part in get_conjuncts(every):
            if (
                isinstance(part, DomainCondition)
                and part.field_expr == "state"
                and isinstance(part.value, Collection)
                and (part.operator, "closed" in part.value) in OPEN_CONDITIONS
            ):
                return part
        return Domain.TRUE

    @api.model
    def _find_alternative(self, alternative, state):
        """:return: ``SQL`` that selects the ids of the cases one alternative opens, in a state"""
        every = self.sudo().with_context(active_test=False)
        by_parts = isinstance(alternative, DomainCondition) and alternative.operator in (
            "any",
            "any!",
        )
        if by_parts and state.is_true():
            field = self._fields[alternative.field_expr]
            if field.type == "one2many" and isinstance(alternative.value, Domain):
                # The cases of his actions, without looking the cases up
                actions = every.env[field.comodel_name]._search(alternative.value)
                return actions.select(SQL.identifier(actions.table, field.inverse_name))
        return every._search(alternative & state, active_test=False).select()
