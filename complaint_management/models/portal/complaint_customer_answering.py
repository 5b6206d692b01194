import hashlib
from typing import NamedTuple

from markupsafe import Markup, escape

from odoo import models
from odoo.exceptions import UserError

MAX_WORDS = 5000


class Answerer(NamedTuple):
    """Who answers on the customer's page, and how he got there.

    :param partner: ``res.partner`` of the customer's side
    :param str way: ``login`` or ``link``
    :param str address: network address, for the note that proves the answer
    """

    partner: object
    way: str
    address: str


class ComplaintCustomerAnswering(models.Model):
    """What all answers of a customer have in common (R35, R46–R48, T17).

    Verbs are in ``complaint_customer_verbs`` and ``complaint_customer_confirming``. Each is called
    by the customer's page after it made sure who answers (``controllers/portal_answer``), on
    records with all rights. Each does nothing when it was done already (a double click, a retry),
    refuses when what the customer read has changed since, says in the chatter who said what from
    where, and tells the salesperson.
    """

    _inherit = "complaint.complaint"

    # ------------------------------------------------------------
    # What he saw
    # ------------------------------------------------------------
    def _get_customer_version(self):
        """What his page carries back with an answer (T17): the state of all he decides about.

        The complaint's own ``version`` counts what colleagues do, too: an answer refused because
        somebody noted a cause would be no kindness.

        :return: str; another one as soon as an offer, its options or the stage changed
        """
        self.ensure_one()
        offers = [
            (
                demand.id,
                demand.state,
                demand.name,
                demand.answer,
                demand.alternative,
                [
                    (option.id, option.name, option.description, option.date, option.state)
                    for option in demand.option_ids
                ],
            )
            for demand in self.demand_ids
        ]
        content = repr((self.state, self.round, offers)).encode()
        return hashlib.sha256(content).hexdigest()[:16]

    def _check_seen_by_customer(self, seen):
        """:raise UserError: when what he decides about changed after he opened the page"""
        if seen != self._get_customer_version():
            raise UserError(
                self.env._(
                    "Something changed since you opened this page. Please look at it again, below "
                    "is how it is now; then tell us your answer."
                )
            )

    # ------------------------------------------------------------
    # What he says
    # ------------------------------------------------------------
    @staticmethod
    def _clean_words(text):
        """:return: what somebody typed, as plain text the database takes"""
        words = text if isinstance(text, str) else ""
        return words.replace("\0", "").strip()[:MAX_WORDS]

    def _note_customer(self, who, words, remark=None):
        """Put what the customer said into the chatter, as his message, and where it came from.

        :param who: :class:`Answerer`
        :param str words: what he said, translated
        :param str remark: what he added
        """
        self.ensure_one()
        body = escape(words)
        if remark:
            body += Markup("<br/>") + Markup("<br/>").join(map(escape, remark.splitlines()))
        # Without following: he would get what colleagues write to each other
        thread = self.with_context(mail_post_autofollow_author_skip=True)
        thread.message_post(
            author_id=who.partner.id,
            email_from=who.partner.email_formatted or None,
            body=Markup("<p>%s</p>") % body,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )
        self._message_log(
            body=self.env._(
                "Said on the customer's page by %(name)s, %(way)s, from %(address)s.",
                name=who.partner.name,
                way=self._get_way_label(who.way),
                address=who.address,
            )
        )

    def _get_way_label(self, way):
        """:return: how somebody came to his page, translated"""
        return {
            "login": self.env._("logged in"),
            "link": self.env._("with the personal link sent to him"),
        }[way]

    def _tell_customer_answered(self, get_words):
        """Tell whoever takes care that the customer answered.

        :param get_words: callable ``env`` → what he said, in the language of ``env``
        """

        def get_text(complaints, env):
            return "\n".join(
                env._("%(complaint)s: %(words)s", complaint=c.display_name, words=get_words(env))
                for c in complaints
            )

        self._announce("customer_answered", text=get_text)
