from odoo import api, models
from odoo.fields import Domain
from odoo.orm.domains import DomainCondition
from odoo.tools import SQL

from ..complaint.complaint_own_search import get_conjuncts, get_read_rules


class ComplaintOwnFiguresMixin(models.AbstractModel):
    """Figures of parts of cases, for who sees his own only: found by the cases' indexes (R60).

    For views with a stored ``complaint_id``. Their own rules are asked: whom they show parts of
    other cases, too, gets them as before.
    """

    _name = "complaint.own.figures.mixin"
    _description = "Figures of One's Own Complaints"

    @api.model
    def _search(self, domain, *args, bypass_access=False, **kwargs):
        """See super; the user's own cases are looked up first, as lists of cases do."""
        query = super()._search(domain, *args, bypass_access=bypass_access, **kwargs)
        if not (self.env.su or bypass_access or query.is_empty()):
            column = self._field_to_sql(self._table, "complaint_id", query)
            for rules in self._get_rules_of_cases():
                own = self.env["complaint.complaint"]._select_own(rules)
                if own:
                    # As an array: PostgreSQL then goes from these cases to their parts, and does
                    # not hash all cases for the rules
                    query.add_where(SQL("%s = ANY(ARRAY(%s))", column, own))
        return query

    @api.model
    def _get_rules_of_cases(self):
        """:return: list of ``Domain`` on cases: what the view's rules ask of ``complaint_id``"""
        return [
            part.value
            for part in get_conjuncts(get_read_rules(self))
            if isinstance(part, DomainCondition)
            and part.field_expr == "complaint_id"
            and part.operator in ("any", "any!")
            and isinstance(part.value, Domain)
        ]
