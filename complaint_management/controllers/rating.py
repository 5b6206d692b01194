from werkzeug.exceptions import BadRequest

from odoo import http

from odoo.addons.rating.controllers.main import MAPPED_RATES, Rating

FIGURES = {str(figure) for figure in MAPPED_RATES.values()}


class ComplaintRatingPage(Rating):
    """The page of the survey mail: a figure it does not know is told, no server error (T10)."""

    @http.route(methods=["GET"])
    def action_open_rating(self, token, rate, **kwargs):
        """As core's.

        :raise BadRequest: for a figure no survey offers
        """
        self._check_figure(token, rate)
        return super().action_open_rating(token, rate, **kwargs)

    @http.route(methods=["GET", "POST"])
    def action_submit_rating(self, token, rate=0, **kwargs):
        """As core's.

        :raise BadRequest: for a figure no survey offers
        """
        if http.request.httprequest.method == "POST":
            self._check_figure(token, rate)
        return super().action_submit_rating(token, rate, **kwargs)

    def _check_figure(self, token, rate):
        """:raise BadRequest: for a figure no survey of a complaint offers; surveys of other models
        are core's own
        """
        # By sudo as core does: the token is the key
        rating, _record = self._get_rating_and_record(token)
        if rating.res_model == "complaint.complaint" and str(rate) not in FIGURES:
            raise BadRequest(self.env._("Please choose one of the faces in the mail we sent you."))
