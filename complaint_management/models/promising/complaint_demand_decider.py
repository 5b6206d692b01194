from odoo import models


class ComplaintDemandDecider(models.Model):
    """Who decides about a request that is above somebody's limit (R38, R40, R66, R73, T16).

    Four eyes, whatever the company's setting for reports says: who asked and who wrote what the
    customer gets do not approve it. The approver's own limit has to suffice.
    """

    _inherit = "complaint.demand"

    def _get_decision_refusal(self, user, requester=None, deciding=None):
        """Why ``user`` may not decide about this request.

        :param requester: ``res.users`` who asks; default the acting user
        :param list deciding: result of :meth:`_get_deciding_functions`, where many are asked about
        :return: translated sentence, or an empty text when he may
        """
        self.ensure_one()
        requester = self.env.user if requester is None else requester
        # sudo: who wrote it, and what it is worth, decide; nothing is shown but the user's limit
        demand = self.sudo()
        complaint = demand.complaint_id
        if user in complaint._get_concerned_users():
            return self.env._("Whom a complaint is about decides nothing in it.")
        if user == requester:
            return self.env._("Four eyes: who asks for an approval does not give it.")
        if user in demand.value_author_ids:
            return self.env._(
                "Four eyes: who wrote amount, goods or options does not approve them."
            )
        deciding = demand._get_deciding_functions() if deciding is None else deciding
        if complaint._get_user_functions(user).intersection(deciding):
            return ""
        if demand._get_policy_demands().leadership:
            return self.env._("Only the leadership decides about “%s”.", demand.display_name)
        currency = demand.company_id.currency_id
        return self.env._(
            "Your limit of %(limit)s does not cover %(total)s, what the customer gets in all.",
            limit=currency.format(complaint._get_user_limit(user) or 0.0),
            total=currency.format(demand._get_complaint_total()),
        )

    def _get_deciding_functions(self):
        """:return: list of the functions that may decide about it, the lowest first"""
        self.ensure_one()
        return self.complaint_id._get_deciding_functions(
            self._get_complaint_total(), self._get_policy_demands().leadership
        )

    def _find_decider(self, requester=None):
        """Who is asked: the lowest function that suffices, whoever is there (R27).

        :param requester: ``res.users`` who asks; default the acting user
        :return: tuple (function, ``res.users``), empty where nobody may
        """
        self.ensure_one()
        nobody = self.env["res.users"]
        deciding = self._get_deciding_functions()
        for function in deciding:
            for user in self.complaint_id._get_function_people(function):
                if not self._get_decision_refusal(user, requester, deciding) and (
                    self.with_user(user).has_access("read")
                ):
                    return function, user.sudo(False)
        return "", nobody

    def _get_decider_text(self):
        """:return: whom to ask, with his function: “Sales manager (Maria)”"""
        function, user = self._find_decider()
        if not user:
            return self.env._(
                "but nobody may give it; name somebody in the complaint's team, or give the role "
                "“Leadership” to somebody"
            )
        return self.env._(
            "%(function)s (%(name)s)",
            function=self.complaint_id._get_function_label(function),
            name=user.sudo().name,  # sudo: a colleague's name
        )
