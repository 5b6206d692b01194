from urllib.parse import urlencode

from odoo import http
from odoo.exceptions import AccessError, MissingError, UserError
from odoo.http import request

from ..models.portal.complaint_customer_access import to_id
from ..models.portal.complaint_customer_answering import Answerer
from .portal import ComplaintPortal

FLASH = "complaint_flash"
# No part of a link of ours is longer; an address repeats nothing that is.
MAX_LINK_PART = 200


class ComplaintPortalAnswer(ComplaintPortal):
    """What the customer says on his page (R35, R46–R48, R50): each a POST, none a link (T1).

    Each route finds its case and who answers before anything else; what is done is the model's
    (``models/portal``). A refusal comes back as a sentence on his page.
    """

    # ------------------------------------------------------------
    # Behind the routes
    # ------------------------------------------------------------
    def _answer(self, complaint_id, post, verb, done):
        """Run ``verb`` for whoever may answer, and go back to his page.

        :param int complaint_id: from the URL, not trusted
        :param dict post: the form, not trusted; with the link's parts where he came by one
        :param verb: callable ``(complaint, who, post)``; answers whether anything was done, or with
            what the page says instead of ``done``
        :param str done: what the page says afterwards, translated
        :return: a redirect
        """
        try:
            complaint = self._get_complaint(complaint_id, post.get("access_token"))
        except (AccessError, MissingError):
            return self._redirect_away()
        try:
            who = self._get_answerer(complaint, post)
            # All of it or nothing; a sentence for him instead of half an answer
            with request.env.cr.savepoint():
                answer = verb(complaint, who, post)
        except UserError as error:
            self._flash(complaint, "warning", str(error.args[0]))
        else:
            self._flash(complaint, "success", answer if isinstance(answer, str) else done)
        return request.redirect(self._get_page_url(complaint, post))

    def _get_answerer(self, complaint, post):
        """:return: ``Answerer``
        :raise UserError: for colleagues who look at the page, and holders of a passed-on link
        """
        actor = self._get_actor(complaint, post.get("pid"), post.get("hash"))
        if not actor:
            if request.env.user._is_internal():
                raise UserError(
                    self.env._(
                        "This is the customer's page: only the customer answers here. Note in the "
                        "complaint what they told you."
                    )
                )
            raise UserError(
                self.env._("To answer, please log in or use the link in the mail we sent you.")
            )
        own = complaint.with_env(request.env).has_access("read")
        way = "login" if own and not request.env.user._is_public() else "link"
        return Answerer(actor, way, request.httprequest.remote_addr or "–")

    def _get_page_url(self, complaint, post):
        """:return: address of the page for whoever came by login or by link"""
        query = {
            name: post[name]
            for name in ("access_token", "pid", "hash")
            if isinstance(post.get(name), str) and 0 < len(post[name]) <= MAX_LINK_PART
        }
        return f"{complaint.access_url}?{urlencode(query)}" if query else complaint.access_url

    def _flash(self, complaint, kind, text):
        """Say something once, on the next page of this visitor."""
        request.session[FLASH] = {"id": complaint.id, "kind": kind, "text": text}

    def _prepare_complaint_page_values(self, complaint, actor, access_token, pid, hash):
        values = super()._prepare_complaint_page_values(complaint, actor, access_token, pid, hash)
        flash = request.session.pop(FLASH, None)
        return {
            **values,
            "flash": flash if flash and flash["id"] == complaint.id else None,
            # Where forms carry the link's parts on
            "link": {"access_token": access_token, "pid": pid, "hash": hash},
            "query": self._get_link_query(access_token, pid, hash),
        }

    def _get_link_query(self, access_token, pid, signature):
        """:return: what is appended to addresses of the same case for whoever came by a link"""
        query = {"access_token": access_token, "pid": pid, "hash": signature}
        query = {name: value for name, value in query.items() if value}
        return f"?{urlencode(query)}" if query else ""

    # ------------------------------------------------------------
    # Offers
    # ------------------------------------------------------------
    @http.route(
        "/my/complaints/<int:complaint_id>/accept",
        type="http",
        auth="public",
        website=True,
        methods=["POST"],
    )
    def portal_accept(self, complaint_id, **post):
        """He takes an offer, or one of its options."""
        return self._answer(
            complaint_id,
            post,
            lambda complaint, who, form: complaint._customer_accept(
                who,
                to_id(form.get("demand_id")),
                to_id(form.get("option_id")),
                form.get("remark"),
                form.get("seen"),
            ),
            self.env._("Thank you. We have noted your choice and go on with it."),
        )

    @http.route(
        "/my/complaints/<int:complaint_id>/decline",
        type="http",
        auth="public",
        website=True,
        methods=["POST"],
    )
    def portal_decline(self, complaint_id, **post):
        """He does not want what we offer."""
        return self._answer(
            complaint_id,
            post,
            lambda complaint, who, form: complaint._customer_decline(
                who,
                to_id(form.get("demand_id")),
                # One field of the page for both: why not
                form.get("remark") or form.get("reason"),
                form.get("seen"),
            ),
            self.env._("Thank you for telling us. We look for another way and come back to you."),
        )

    @http.route(
        "/my/complaints/<int:complaint_id>/object",
        type="http",
        auth="public",
        website=True,
        methods=["POST"],
    )
    def portal_object(self, complaint_id, **post):
        """He objects, to one offer or to all that was done, with a reason."""
        return self._answer(
            complaint_id,
            post,
            lambda complaint, who, form: complaint._customer_object(
                who, form.get("reason"), to_id(form.get("demand_id")), form.get("seen")
            ),
            self.env._("Thank you for telling us. We look at it again and come back to you."),
        )

    # ------------------------------------------------------------
    # The end
    # ------------------------------------------------------------
    @http.route(
        "/my/complaints/<int:complaint_id>/confirm",
        type="http",
        auth="public",
        website=True,
        methods=["POST"],
    )
    def portal_confirm(self, complaint_id, **post):
        """It is settled."""
        return self._answer(
            complaint_id,
            post,
            lambda complaint, who, form: complaint._customer_confirm(
                who, form.get("remark"), form.get("seen")
            ),
            self.env._("Thank you. We are glad that it is settled."),
        )

    @http.route(
        "/my/complaints/<int:complaint_id>/test",
        type="http",
        auth="public",
        website=True,
        methods=["POST"],
    )
    def portal_test(self, complaint_id, **post):
        """He tests first and tells us later."""
        return self._answer(
            complaint_id,
            post,
            lambda complaint, who, form: complaint._customer_test(
                who, to_id(form.get("days")), form.get("seen")
            ),
            self.env._("Of course. Take your time; we do not ask before."),
        )

    @http.route(
        "/my/complaints/<int:complaint_id>/rate",
        type="http",
        auth="public",
        website=True,
        methods=["POST"],
    )
    def portal_rate(self, complaint_id, **post):
        """How content he is."""
        return self._answer(
            complaint_id,
            post,
            lambda complaint, _who, form: complaint._rate_by_customer(
                form.get("rating") or "", form.get("comment")
            ),
            self.env._("Thank you for your opinion. It helps us to do better."),
        )
