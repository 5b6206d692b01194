"""Whom a level means, for a batch of complaints: every question is asked once."""

from ..routing.complaint_function import FUNCTIONS

FUNCTION_KEYS = frozenset(key for key, _label in FUNCTIONS)


class EscalationPeople:
    """Finds who is told; answers are remembered, so that 10,000 cases ask for a team once.

    Whoever left, works elsewhere, is out of office or is complained about is passed over in favour
    of the next in line (R5, R73). Everything is read with all rights: nobody sees what is read.
    """

    def __init__(self, env):
        self._env = env
        self._known = {}

    def find(self, complaint, recipient, owner=None):
        """:param complaint: ``complaint.complaint`` (sudo)
        :param str recipient: key of ``complaint.escalation.recipient.recipient``
        :param owner: ``res.users`` who has to move now; default whoever the next step waits for
        :return: ``res.users``, never empty as long as the company has a complaint manager
        """
        if recipient in FUNCTION_KEYS:
            return self._remember(
                (complaint.team_id, complaint.company_id, recipient, *self._get_takers(complaint)),
                lambda: complaint._find_function_user(recipient)[0],
            )
        owner = owner or complaint.next_user_id
        if recipient == "backup":
            line = (self._get_backup(complaint, owner), complaint.team_id.user_id)
        elif recipient == "leader":
            line = (complaint.team_id.user_id,)
        else:
            person = {
                "owner": owner,
                "lead": complaint.lead_user_id,
                "salesperson": complaint.user_id,
            }[recipient]
            line = (person, self._get_backup(complaint, person), complaint.team_id.user_id)
        return self._pick(complaint, (*line, complaint.lead_user_id, complaint.user_id))

    def find_all(self, complaint, recipients, owner=None):
        """:return: ``res.users`` of all ``recipients``; parameters as of :meth:`find`"""
        users = self._env["res.users"]
        return users.concat(*(self.find(complaint, key, owner) for key in recipients)) | users

    def _get_backup(self, complaint, user):
        """:return: who stands in for ``user`` in one of his functions in the team, may be nobody"""
        if not user:
            return user
        team = complaint.team_id
        return self._remember(
            (team, "backup", user.id),
            lambda: team.function_ids.filtered(lambda f: f.user_id == user).backup_user_id[:1],
        )

    def _get_takers(self, complaint):
        """:return: ids of those who decide about the answer besides team and function"""
        concerned = complaint.concerned_user_ids
        return (tuple(concerned.ids), complaint.user_id.id, complaint.create_uid.id)

    def _pick(self, complaint, line):
        concerned = complaint.concerned_user_ids
        key = (complaint.team_id, complaint.company_id, concerned, tuple(u.id for u in line))
        return self._remember(
            key,
            lambda: (
                complaint.team_id._pick_present(line, complaint.company_id, concerned)
                or complaint.team_id._get_last_resort(complaint.company_id, concerned)
            ),
        )

    def _remember(self, key, ask):
        if key not in self._known:
            self._known[key] = ask().with_env(self._env)
        return self._known[key]
