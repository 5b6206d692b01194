from odoo import http
from odoo.exceptions import AccessError, MissingError
from odoo.fields import Domain
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal
from odoo.addons.portal.controllers.portal import pager as portal_pager

from ..models.portal.complaint_customer_access import MAX_ID

MODEL = "complaint.complaint"
OPEN_STATES = ("draft", "submitted", "registered", "planned", "executing", "resolved")


class ComplaintPortal(CustomerPortal):
    """*My complaints*: the list and each case in the customer's words (R46–R48, T1).

    Every route resolves its case by :meth:`_get_complaint` before any sudo. A link with the case's
    token shows it; answering takes a login of the customer's or a personal link
    (:meth:`_get_actor`). Routes that change something are POST with CSRF or session JSON.
    """

    _items_per_page = 20

    # ------------------------------------------------------------
    # Whose case it is
    # ------------------------------------------------------------
    def _get_complaint(self, complaint_id, access_token=None):
        """The one way from a URL to a case, for all routes of customers.

        :param int complaint_id: from the URL, not trusted
        :param str access_token: the case's token, not trusted
        :return: the complaint, with all rights: its callers show values chosen for customers only
        :raise AccessError: when neither the user's rights nor the token open it
        :raise MissingError: when there is none
        """
        if not 0 < complaint_id <= MAX_ID:
            raise MissingError(self.env._("This complaint does not exist."))
        # Comparing anything but ASCII text in constant time is an error of its own
        if not (isinstance(access_token, str) and access_token.isascii()):
            access_token = None
        complaint = self._document_check_access(MODEL, complaint_id, access_token=access_token)
        # sudo(False): whether he got in by his own rights or by the token alone
        own = complaint.with_env(request.env)
        if not own.has_access("read") and not own._is_open_to_link():
            raise AccessError(
                self.env._("This link has ended. Please log in, or ask us for another.")
            )
        return complaint

    def _get_actor(self, complaint, pid=None, hash=None):
        """Who may answer here: not everybody who may look.

        :param complaint: as returned by :meth:`_get_complaint`
        :param pid: number of the partner a personal link was made for, not trusted
        :param str hash: its signature, not trusted
        :return: ``res.partner`` of the customer's side, or an empty one: colleagues who look at the
            page, and holders of a link that was passed on, answer nothing
        """
        user = request.env.user
        # sudo: who answers is compared and named, nothing else of him is shown
        nobody = request.env["res.partner"].sudo()
        if user._is_internal():
            return nobody
        if not user._is_public() and complaint.with_env(request.env).has_access("read"):
            partner = user.partner_id.sudo()
        else:
            partner = complaint._get_link_partner(pid, hash)
        return partner if complaint._is_customer(partner) else nobody

    def _redirect_away(self):
        """Answer to everything one may not open: the same for *not yours* and *does not exist*."""
        return request.redirect("/my")

    # ------------------------------------------------------------
    # Home
    # ------------------------------------------------------------
    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        complaints = request.env[MODEL]
        readable = complaints.has_access("read")
        if "complaint_count" in counters:
            domain = self._get_complaints_domain()
            values["complaint_count"] = complaints.search_count(domain) if readable else 0
        if "complaint_waiting_count" in counters:
            domain = self._get_complaints_domain() & self._get_waiting_domain()
            values["complaint_waiting_count"] = complaints.search_count(domain) if readable else 0
        return values

    # ------------------------------------------------------------
    # List
    # ------------------------------------------------------------
    def _get_complaints_domain(self):
        """:return: ``Domain`` of the list; the user's rights narrow it. Colleagues see what a
        customer of the same company would
        """
        if not request.env.user._is_internal():
            return Domain.TRUE
        firm = request.env.user.partner_id.commercial_partner_id
        return request.env[MODEL]._get_sides_domain(firm)

    def _get_waiting_domain(self):
        """:return: ``Domain`` of complaints that wait for the customer"""
        # sudo: which of his own complaints wait; the search itself runs with his rights
        waiting = request.env[MODEL].sudo()._get_waiting_for_customer_domain()
        mine = request.env[MODEL]._search(self._get_complaints_domain())
        found = request.env[MODEL].sudo().search(waiting & Domain("id", "in", mine))
        return Domain("id", "in", found.ids)

    def _get_complaint_sortings(self):
        return {
            "date": {"label": self.env._("Newest"), "order": "date_received desc, id desc"},
            "oldest": {"label": self.env._("Oldest"), "order": "date_received, id"},
            "name": {"label": self.env._("Number"), "order": "name"},
            "reference": {
                "label": self.env._("Your number"),
                "order": "customer_reference, id desc",
            },
        }

    def _get_complaint_filters(self):
        return {
            "open": {"label": self.env._("Open"), "domain": Domain("state", "in", OPEN_STATES)},
            "waiting": {
                "label": self.env._("Waiting for you"),
                "domain": self._get_waiting_domain(),
            },
            "all": {"label": self.env._("All"), "domain": Domain.TRUE},
        }

    def _get_complaint_inputs(self):
        return {
            "all": {"input": "all", "label": self.env._("Search in all")},
            "number": {"input": "number", "label": self.env._("Search in numbers")},
            "words": {"input": "words", "label": self.env._("Search in your words")},
        }

    def _get_complaint_search_domain(self, search_in, search):
        """:return: ``Domain`` of what somebody looks for, within what he may read"""
        names = {
            "number": ("name", "customer_reference"),
            "words": ("description",),
        }.get(search_in, ("name", "customer_reference", "description"))
        return Domain.OR(Domain(name, "ilike", search.replace("\0", "")[:200]) for name in names)

    @http.route(
        ["/my/complaints", "/my/complaints/page/<int:page>"],
        type="http",
        auth="user",
        website=True,
        methods=["GET"],
        readonly=True,
    )
    def portal_my_complaints(
        self, page=1, sortby=None, filterby=None, search=None, search_in=None, **_kwargs
    ):
        """The customer's complaints: open ones first in view, all by a filter."""
        complaints = request.env[MODEL]
        if not complaints.has_access("read"):
            return self._redirect_away()
        sortings, filters = self._get_complaint_sortings(), self._get_complaint_filters()
        inputs = self._get_complaint_inputs()
        sortby = sortby if sortby in sortings else "date"
        filterby = filterby if filterby in filters else "open"
        search_in = search_in if search_in in inputs else "all"
        domain = self._get_complaints_domain() & filters[filterby]["domain"]
        if search:
            domain &= self._get_complaint_search_domain(search_in, search)
        pager = portal_pager(
            url="/my/complaints",
            url_args={
                "sortby": sortby,
                "filterby": filterby,
                "search": search,
                "search_in": search_in,
            },
            total=complaints.search_count(domain),
            page=page,
            step=self._items_per_page,
        )
        found = complaints.search(
            domain,
            order=sortings[sortby]["order"],
            limit=self._items_per_page,
            offset=pager["offset"],
        )
        request.session["my_complaints_history"] = found.ids[:100]
        values = {
            **self._prepare_portal_layout_values(),
            # sudo: values chosen for customers, of complaints this user may read
            "complaints": found.sudo()._prepare_customer_rows(),
            "page_name": "complaint",
            "default_url": "/my/complaints",
            "pager": pager,
            "searchbar_sortings": sortings,
            "sortby": sortby,
            "searchbar_filters": filters,
            "filterby": filterby,
            "searchbar_inputs": inputs,
            "search_in": search_in,
            "search": search,
        }
        return request.render("complaint_management.portal_my_complaints", values)

    # ------------------------------------------------------------
    # One case
    # ------------------------------------------------------------
    @http.route(
        "/my/complaints/<int:complaint_id>",
        type="http",
        auth="public",
        website=True,
        methods=["GET"],
    )
    def portal_my_complaint(self, complaint_id, access_token=None, pid=None, hash=None, **kwargs):
        """One complaint in the customer's words."""
        try:
            complaint = self._get_complaint(complaint_id, access_token)
        except (AccessError, MissingError):
            return self._redirect_away()
        actor = self._get_actor(complaint, pid, hash)
        values = self._prepare_complaint_page_values(complaint, actor, access_token, pid, hash)
        values = self._get_page_view_values(
            complaint, access_token, values, None, False, pid=pid, hash=hash
        )
        values.update(self._get_neighbours(complaint))
        if values["is_preview"]:
            # As the customer sees it: by the token messages are narrowed to his
            values["token"] = complaint._portal_ensure_token()
        return request.render("complaint_management.portal_my_complaint", values)

    def _get_neighbours(self, complaint):
        """:return: dict with the addresses of the complaints before and after in his list; core's
        own would hand out tokens
        """
        history = request.session.get("my_complaints_history", [])
        if complaint.id not in history:
            return {}
        index = history.index(complaint.id)
        before, after = history[index - 1 : index][:1], history[index + 1 : index + 2]
        return {
            "prev_record": before and f"/my/complaints/{before[0]}",
            "next_record": after and f"/my/complaints/{after[0]}",
        }

    def _prepare_complaint_page_values(self, complaint, actor, access_token, pid, hash):
        """Values of the page; other rooms and addons add theirs with super()."""
        reader = actor or complaint._get_customer_reader(request.env.user, pid, hash)
        is_preview = request.env.user._is_internal()
        return {
            "page_name": "complaint",
            "case": complaint._prepare_customer_page(reader),
            "actor": actor,
            "disable_composer": not actor,
            "is_preview": is_preview,
            "backend_url": f"/odoo/complaints/{complaint.id}",
        }
