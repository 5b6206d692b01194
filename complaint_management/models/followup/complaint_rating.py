from odoo import api, fields, models
from odoo.exceptions import UserError

from ..complaint.complaint_complaint import UNREGISTERED_STATES

# As core counts them: 1 is worst, 5 is best.
SATISFACTIONS = [
    ("1", "Very dissatisfied"),
    ("2", "Dissatisfied"),
    ("3", "Neutral"),
    ("4", "Satisfied"),
    ("5", "Very satisfied"),
]
# From here down somebody calls him.
DISSATISFIED = 2
MAX_COMMENT = 5000
DONE_STATES = ("resolved", "closed")


class ComplaintRating(models.Model):
    """How satisfied the customer is with what we did, by Odoo's own ratings (R45, R50).

    A figure per round, by whatever way it came: the survey's mail, his page, the signed sheet, a
    call. The round is on the rating (``rating_rating``).
    """

    _inherit = "complaint.complaint"

    satisfaction = fields.Selection(
        SATISFACTIONS,
        compute="_compute_satisfaction",
        store=True,
        copy=False,
        index="btree_not_null",
        help="What the customer said last.",
    )

    # Not read-only, so that creating can say that nobody has rated yet; writing is for verbs
    rating_last_value = fields.Float(readonly=False)

    @api.depends("rating_ids.rating", "rating_ids.consumed")
    def _compute_satisfaction(self):
        known = dict(SATISFACTIONS)
        # sudo: the figure is shown to whoever reads the complaint
        for complaint in self.sudo():
            given = complaint.rating_ids.filtered(lambda r: r.consumed and r.rating)
            last = given.sorted(lambda r: (r.rated_on or r.create_date, r.id))[-1:]
            key = str(round(last.rating)) if last else False
            complaint.satisfaction = key if key in known else False

    @api.model_create_multi
    def create(self, vals_list):
        """Nobody has rated a new complaint: core would ask the database for each batch."""
        return super().create([{**vals, "rating_last_value": 0.0} for vals in vals_list])

    @api.model
    def _get_verb_fields(self):
        return super()._get_verb_fields() | {"satisfaction", "rating_last_value"}

    # ------------------------------------------------------------
    # Who rates whom
    # ------------------------------------------------------------
    def _rating_get_partner(self):
        """:return: the person we dealt with, else his company"""
        self.ensure_one()
        return self.contact_id or self.partner_id

    def _rating_get_operator(self):
        """:return: nobody: it is our work that is rated, and figures rank no salesperson"""
        return self.env["res.partner"]

    # ------------------------------------------------------------
    # Rating
    # ------------------------------------------------------------
    def _can_rate(self):
        """:return: whether the customer may rate: we are done, he did not rate this round"""
        self.ensure_one()
        # sudo: the customer asks; he may read little of the complaint
        complaint = self.sudo()
        return complaint.state in DONE_STATES and not complaint._get_round_rating().consumed

    def _rate_by_customer(self, rating, comment=None, source="portal"):
        """Note how satisfied the customer is; for doors and verbs that have checked whose it is.

        :param rating: 1 (very dissatisfied) to 5 (very satisfied), a number or its digits
        :param str comment: his words, plain text
        :param str source: key of the rating's ``complaint_source``
        :return: the ``rating.rating``
        :raise UserError: for another figure, before we are done, or when this round was rated
        """
        self.ensure_one()
        # sudo: the customer rates; ratings are nobody's to write
        complaint = self.sudo()
        value = complaint._check_rating(rating, source)
        given = complaint._get_round_rating()
        if given.consumed:
            raise UserError(self.env._("You have rated this already, thank you."))
        given = given or complaint._create_rating()
        given.complaint_source = source
        comment = (comment or "").replace("\0", "").strip()[:MAX_COMMENT]
        return complaint.rating_apply(value, rating=given, feedback=comment)

    def _check_rating(self, rating, source):
        """:return: the figure as a number; a sheet may be signed before all is done
        :raise UserError: for another figure, or before there is something to rate
        """
        digits = str(rating).strip()
        if digits not in dict(SATISFACTIONS):
            raise UserError(self.env._("Choose one of the five ratings."))
        waiting = source == "portal" and self.state not in DONE_STATES
        if waiting or self.state in (*UNREGISTERED_STATES, "cancelled"):
            raise UserError(self.env._("%s: there is nothing to rate yet.", self.name))
        return int(digits)

    @api.private
    def rating_apply(self, rate, token=None, rating=None, feedback=None, **kwargs):
        """A figure that was given stays; what is said later is kept as a message (T20).

        :return: the ``rating.rating``
        """
        if not rating and token:
            # sudo: the token is the customer's right to this rating
            rating = self.env["rating.rating"].sudo().search([("access_token", "=", token)])
        if rating and rating.consumed:
            if (feedback or "").strip():
                self._note_later_comment(rating, feedback)
            return rating
        result = super().rating_apply(rate, token, rating, feedback, **kwargs)
        result.filtered(lambda r: not r.complaint_source).complaint_source = "survey"
        self._after_rated(result)
        return result

    def message_post(self, **kwargs):
        """A message carries no figure: core would note it for whoever posts."""
        kwargs.pop("rating_value", None)
        return super().message_post(**kwargs)

    def _note_later_comment(self, rating, feedback):
        """Post what the customer added to a figure he had given; called by :meth:`rating_apply`."""
        self.message_post(
            author_id=rating.partner_id.id or None,
            body=feedback.replace("\0", "").strip()[:MAX_COMMENT],
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )

    def _after_rated(self, rating):
        """A rating is an answer; somebody calls a customer who is not satisfied. Hook for more.

        :param rating: the ``rating.rating`` that was given
        """
        self.ensure_one()
        self._note_answer()
        if rating.rating > DISSATISFIED or self.state == "cancelled":
            return
        user = self._get_reminding_user()
        # In his language, not in that of the customer who rates
        env = self.with_context(lang=user.lang).env
        self.activity_schedule(
            "mail.mail_activity_data_call",
            summary=env._("The customer is not satisfied: call him"),
            note=rating.feedback or False,
            user_id=user.id,
        )

    # ------------------------------------------------------------
    # One a round
    # ------------------------------------------------------------
    def _get_round_rating(self):
        """:return: the ``rating.rating`` of the current round, given or only asked for; by sudo"""
        self.ensure_one()
        # sudo: ratings belong to the case, whoever looks
        complaint = self.sudo()
        ratings = complaint.rating_ids.filtered(lambda r: r.complaint_round == complaint.round)
        return ratings.sorted(lambda r: (not r.consumed, r.id))[:1]

    def _create_rating(self):
        """:return: an empty ``rating.rating`` of the current round"""
        # sudo: ratings are nobody's to write; callers have checked
        return self.env["rating.rating"].sudo().create(self._prepare_rating_vals())

    def _prepare_rating_vals(self):
        """Values of a rating of the current round; called by :meth:`_create_rating`."""
        self.ensure_one()
        return {
            "partner_id": self._rating_get_partner().id,
            "rated_partner_id": self._rating_get_operator().id,
            "res_model_id": self.env["ir.model"]._get_id(self._name),
            "res_id": self.id,
            "is_internal": False,
            "complaint_round": self.round,
        }

    def _rating_get_access_token(self, partner=None):
        """:return: token of this round's rating, which its mail and page use

        :raise AccessError: for those who may not read the complaint
        """
        self.check_access("read")
        return (self._get_round_rating() or self._create_rating()).access_token
