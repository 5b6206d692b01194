from odoo import fields, models

from .complaint_limit import SALESPERSON

LEADERSHIP = "leadership"
MANAGEMENT = "management"
USER_GROUP = "complaint_management.group_complaint_user"
LEADERSHIP_GROUP = "complaint_management.group_complaint_leadership"
# Roles that play a function where the team names nobody who can: nothing has to be configured.
FUNCTION_ROLES = {
    "customer_service": "complaint_management.group_complaint_service",
    "sales_manager": "complaint_management.group_complaint_manager",
    MANAGEMENT: LEADERSHIP_GROUP,
    LEADERSHIP: LEADERSHIP_GROUP,
}


class ComplaintAuthority(models.Model):
    """Who may grant how much in this very complaint (R38, R40).

    Functions come from the complaint's team, backups included; whom the case is about (R73), who
    left, and who does not work for its company has none. Leadership is the group of that name and
    has no limit; where the leadership decides whatever the amount, the general manager does too.
    """

    _inherit = "complaint.complaint"

    def _get_user_functions(self, user):
        """:param user: ``res.users``
        :return: set of the functions he has here, ``salesperson`` and ``leadership`` among them
        """
        self.ensure_one()
        if user._is_superuser():
            return {SALESPERSON}  # the system promises no more than any of its users
        # sudo: roles and functions decide here, whether or not the acting user may read them
        complaint, user = self.sudo(), user.sudo()
        if not complaint._is_at_work_here(user):
            return set()
        rows = complaint.team_id.function_ids
        candidates = {*rows.mapped("function"), *FUNCTION_ROLES}
        functions = {f for f in candidates if user in complaint._get_function_people(f)}
        if user in (complaint.user_id, complaint.create_uid) or user.has_group(USER_GROUP):
            functions.add(SALESPERSON)
        return functions

    def _get_function_people(self, function):
        """Who plays a function here, whoever is asked first in front (R27).

        :param str function: key of ``FUNCTIONS``, or ``leadership``
        :return: ``res.users``: holder and backup, where there is none who has the role
        """
        self.ensure_one()
        # sudo: who plays a function is configuration, not everybody's to read
        complaint = self.sudo()
        row = complaint.team_id.function_ids.filtered(lambda f: f.function == function)
        named = (row.user_id | row.backup_user_id).filtered(complaint._is_at_work_here)
        if named:
            first, _other = self._find_function_user(function, strict=True)
            return first.sudo() | named
        role = FUNCTION_ROLES.get(function)
        people = self.env.ref(role).sudo().all_user_ids if role else named
        people = people.filtered(complaint._is_at_work_here)
        # Who is there before who is out of office
        return people.sorted(lambda u: (complaint.team_id._is_out(u), u.name, u.id))

    def _is_at_work_here(self, user):
        """:return: whether ``user`` works for the complaint's company and it is not about him"""
        self.ensure_one()
        return self.team_id._is_available(user, self.company_id) and (
            user not in self._get_concerned_users()
        )

    def _is_leadership(self, user):
        """:return: whether ``user`` decides what the leadership decides whatever the amount"""
        return bool(self._get_user_functions(user) & {LEADERSHIP, MANAGEMENT})

    def _get_user_limit(self, user):
        """:return: what ``user`` may grant in this complaint by himself, in the company's currency;
        None: as much as he likes
        """
        self.ensure_one()
        amounts = self._get_limits()
        functions = self._get_user_functions(user) if amounts else {LEADERSHIP}
        if LEADERSHIP in functions:
            return None
        return max((amount for f, amount in amounts if f in functions), default=0.0)

    def _get_limits(self):
        """:return: list of (function, amount in the company's currency today), smallest first"""
        self.ensure_one()
        company = self.sudo().company_id  # sudo: its currency
        return self.env["complaint.limit"]._get_amounts(company, fields.Date.context_today(self))

    def _get_deciding_functions(self, total, needs_leadership):
        """Who may decide about something, the lowest first.

        :param float total: what the complaint's customer gets in all, in the company's currency
        :param bool needs_leadership: whatever the amount
        :return: list of functions
        """
        self.ensure_one()
        currency = self.sudo().company_id.currency_id  # sudo: its rounding
        limits = self._get_limits()
        able = [f for f, amount in limits if currency.compare_amounts(amount, total) >= 0]
        if needs_leadership:
            able = [f for f in able if f == MANAGEMENT] if limits else [MANAGEMENT]
        return [*(f for f in able if f != SALESPERSON), LEADERSHIP]

    def _get_function_label(self, function):
        """:return: what a function is called, in the user's language"""
        if function == LEADERSHIP:
            return self.env._("Leadership")
        return dict(self.env["complaint.limit"]._get_function_selection()).get(function, function)
