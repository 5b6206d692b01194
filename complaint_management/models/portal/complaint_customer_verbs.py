import logging

from odoo import models
from odoo.exceptions import UserError

from ..complaint.complaint_lifecycle import TRANSITIONS

_logger = logging.getLogger(__name__)

HANDLED_STATES = ("registered", "planned", "executing")


class ComplaintCustomerVerbs(models.Model):
    """The customer answers our offers: accepts one, declines, objects with a reason (R35, R47).

    See ``complaint_customer_answering`` for what all answers have in common. ``who`` is an
    ``Answerer``, ``seen`` what ``_get_customer_version`` was on his page.
    """

    _inherit = "complaint.complaint"

    def _customer_accept(self, who, demand_id, option_id=None, remark=None, seen=None):
        """He takes our offer, or one of its options.

        :param int demand_id: the request; not trusted
        :param int option_id: the option he chose, where there are several; not trusted
        :param str remark: what he adds
        :return: whether anything was done
        :raise UserError: without an offer, an option, or when they changed since
        """
        demand = self._find_customer_demand(demand_id)
        option = demand.option_ids.filtered(lambda o: o.id == option_id)
        chosen = demand.option_ids.filtered(lambda o: o.state == "chosen")
        # An offer that waits for its approval keeps his answer: pressing again takes it
        taken = demand.customer_answer == "accepted" and demand.state != "offered"
        if taken and option == chosen:
            return False
        self._check_seen_by_customer(seen)
        self._check_offered(demand)
        if demand.option_ids and not option:
            raise UserError(self.env._("Please choose one of the options first."))
        remark = self._clean_words(remark)
        try:
            demand._answer_by_customer("accepted", who.partner.name, remark, option)
        except UserError as refusal:
            # What stands in the way is ours: findings, limits, stock. He reads none of it.
            _logger.info("%s: accepting was refused: %s", self.name, refusal)
            raise UserError(
                self.env._(
                    "We are looking at this offer once more. Please call us or send us a message: "
                    "we come back to you at once."
                )
            ) from refusal
        self._note_customer_answer(who, demand, option, "accepted", remark)
        return True

    def _customer_decline(self, who, demand_id, remark=None, seen=None):
        """He does not want what we offer; we look for another way.

        :param int demand_id: the request; not trusted
        :param str remark: what he adds
        :return: whether anything was done
        :raise UserError: without an offer, or when it changed since
        """
        demand = self._find_customer_demand(demand_id)
        if demand.customer_answer == "declined":
            return False
        self._check_seen_by_customer(seen)
        self._check_offered(demand)
        remark = self._clean_words(remark)
        demand._answer_by_customer("declined", who.partner.name, remark)
        self._note_customer_answer(who, demand, None, "declined", remark)
        self._ask_to_answer("declined", remark)
        return True

    def _customer_object(self, who, reason, demand_id=None, seen=None):
        """He objects to an offer, or to all that we did: the next round begins (R47).

        An offer made before there is a plan opens no round: the request is open again.

        :param str reason: why, in his words
        :param int demand_id: the request whose offer he objects to; not trusted
        :return: whether anything was done
        :raise UserError: without a reason, with nothing to object to, or when it changed since
        """
        reason = self._clean_words(reason)
        demand = self._find_customer_demand(demand_id) if demand_id else self.demand_ids.browse()
        if self._has_objected(demand, reason):
            return False
        self._check_seen_by_customer(seen)
        if not reason:
            raise UserError(self.env._("Please tell us in a few words what is not right."))
        opens_round = self.state in TRANSITIONS["object"][0]
        if demand:
            self._check_offered(demand)
            demand._answer_by_customer("objected", who.partner.name, reason)
        elif self.state != "resolved":
            raise UserError(self.env._("There is nothing to object to yet. Send us a message."))
        self._note_customer_answer(who, demand, None, "objected", reason, tell=not opens_round)
        if opens_round:
            # The round's opening is announced with his reason
            self.with_context(seen_version=None).action_object(reason)
        self._ask_to_answer("objected", reason)
        return True

    # ------------------------------------------------------------
    # Behind the verbs
    # ------------------------------------------------------------
    def _find_customer_demand(self, demand_id):
        """:return: the request of this complaint
        :raise UserError: for a number that is none of its requests
        """
        demand = self.demand_ids.filtered(lambda d: d.id == demand_id)
        if not demand:
            raise UserError(self.env._("This is no request of complaint %s.", self.name))
        return demand

    def _check_offered(self, demand):
        """:raise UserError: when the request has no offer that waits for an answer"""
        if demand.state != "offered" or self.state not in HANDLED_STATES:
            raise UserError(
                self.env._("No offer waits for your answer to “%s”.", demand.display_name)
            )

    def _has_objected(self, demand, reason):
        """:return: whether he said exactly this already: a second click, a retry"""
        if demand:
            return demand.customer_answer == "objected" and demand.customer_remark == reason
        current = self._get_current_rounds()
        return bool(reason) and current.kind == "objection" and current.reason == reason

    def _note_customer_answer(self, who, demand, option, answer, remark, tell=True):
        """Chatter and telling of one answer; parameters as of the verbs."""

        def get_words(env):
            what = demand.with_env(env).display_name
            if answer == "accepted":
                if option:
                    return env._(
                        "I choose for “%(what)s”: %(option)s", what=what, option=option.name
                    )
                return env._("I accept your offer for “%s”.", what)
            if answer == "declined":
                return env._("I decline your offer for “%s”.", what)
            if demand:
                return env._("I object to your offer for “%s”.", what)
            return env._("I am not content with what was done.")

        self._note_customer(who, get_words(self.env), remark)
        if tell:
            self._tell_customer_answered(get_words)
