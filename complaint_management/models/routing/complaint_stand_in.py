from odoo import api, models


class ComplaintStandIn(models.Model):
    """Who plays a function now: its holder, or by itself whoever stands in (R5, R16, R27).

    Somebody who left, works for another company or is concerned by the complaint is passed over;
    somebody out of office (core's setting in his preferences) is, as long as his backup or the
    team leader is there.
    """

    _inherit = "complaint.team"

    def _get_function_user(self, function, fallback, company=None, without=None):
        """Who plays a function now; never fails.

        :param str function: key of ``FUNCTIONS``
        :param fallback: ``res.users`` in order of preference, used when neither the function's
            holder, nor his backup, nor the team leader can take it
        :param company: ``res.company`` the work is for; default the team's
        :param without: ``res.users`` passed over, whom the complaint is about (R73)
        :return: tuple (``res.users``, whether it is somebody else than the holder)
        """
        company = company or self.company_id or self.env.company
        without = without or self.env["res.users"]
        # sudo: who plays a function is configuration; not everybody who registers may read it
        team = self.sudo()
        row = team.function_ids.filtered(lambda f: f.function == function)[:1]
        line = [row.user_id, row.backup_user_id, team.user_id]
        candidates = [
            (user, rank > 0)
            for rank, user in enumerate([*line, *fallback, self.env.user])
            if user not in without and self._is_available(user, company)
        ]
        known = [(user, other) for user, other in candidates if user in line]
        here = [(user, other) for user, other in known if not self._is_out(user)]
        for user, other in here or known or candidates:
            return user.sudo(False), other
        return self._get_last_resort(company, without), True

    @api.model
    def _pick_present(self, users, company, without=None):
        """:param users: iterable of ``res.users`` in order of preference, empty ones allowed
        :param company: ``res.company`` the work is for
        :param without: ``res.users`` passed over
        :return: the first who is there, else the first who has not left, else nobody
        """
        without = without or self.env["res.users"]
        able = [u for u in users if u and u not in without and self._is_available(u, company)]
        here = [u for u in able if not self._is_out(u)]
        return next(iter(here or able), self.env["res.users"])

    @api.model
    def _get_last_resort(self, company, without=None):
        """:param without: ``res.users`` passed over
        :return: a complaint manager of ``company``, for what the system registers by itself
        where no team was set up; empty when the company has none
        """
        group = self.env.ref("complaint_management.group_complaint_manager")
        # sudo: finding somebody who can take it; nothing else of him is read
        users = (
            self.env["res.users"]
            .sudo()
            .with_context(active_test=True)
            .search(
                [
                    ("all_group_ids", "in", group.ids),
                    ("company_ids", "in", company.ids),
                    ("share", "=", False),
                    ("id", "not in", without.ids if without else []),
                ],
                order="id",
                limit=1,
            )
        )
        return users.sudo(False)

    @api.model
    def _is_available(self, user, company):
        """:return: whether ``user`` works for ``company`` and has not left"""
        # sudo: being active and for whom are no secrets, but not everybody may read users
        user = user.sudo()
        return bool(user) and user.active and not user.share and company in user.company_ids

    @api.model
    def _is_out(self, user):
        """:return: whether ``user`` is out of office now, as he said in his preferences"""
        # sudo: core shows colleagues the same beside his name
        user = user.sudo()
        # The date first: core asks for his groups before it looks at it
        return bool(user.out_of_office_from) and user.is_out_of_office
