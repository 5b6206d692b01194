from odoo import http
from odoo.exceptions import AccessError, MissingError
from odoo.fields import Domain
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal

from ..models.portal.complaint_customer_access import to_id
from .intake import FORM, ComplaintIntakeMixin

URL = "/my/complaints/new"
SEND_URL = "/my/complaints/new/send"
THANKS_URL = "/my/complaints/thanks"
# So many of his orders are proposed; all are on their own page.
RECENT_ORDERS = 20


class ComplaintPortalIntake(ComplaintIntakeMixin, CustomerPortal):
    """The customer complains himself, from his order or delivery or about something else (R3, R5).

    What he may complain about is what core lets him see: the access check comes before any sudo.
    Colleagues open complaints in the back office.
    """

    # ------------------------------------------------------------
    # What it is about
    # ------------------------------------------------------------
    def _get_source(self, order, delivery):
        """The order or delivery named in the URL, when he may see it.

        :param str order: number of a ``sale.order``, not trusted
        :param str delivery: number of a ``stock.picking``, not trusted
        :return: the record with sudo; None where none is named
        :raise AccessError, MissingError: when it is not his, or there is none
        """
        if delivery:
            return self._get_delivery(to_id(delivery))
        if order:
            return self._document_check_access("sale.order", to_id(order)).sudo()
        return None

    def _get_delivery(self, picking_id):
        """A delivery he may see: by core's rule, or as a part of an order he may see."""
        try:
            return self._document_check_access("stock.picking", picking_id).sudo()
        except AccessError:
            # sudo: which order it belongs to; he may see it with the order
            order = request.env["stock.picking"].sudo().browse(picking_id).sale_id
            self._document_check_access("sale.order", order.id or 0)
            return order.picking_ids.filtered(lambda picking: picking.id == picking_id)

    def _prepare_source(self, source):
        """:return: tuple (prepared values or None, sentence why it cannot be complained about)"""
        if source is None:
            return None, None
        complaints = request.env["complaint.complaint"]
        if source._name == "sale.order":
            if source.state == "sale":
                return complaints._prepare_from_order(source), None
            return None, self.env._(
                "Nothing was sold with %s. Tell us below in your words what it is about.",
                source.name,
            )
        moves = source.move_ids.filtered(request.env["complaint.line"]._is_delivery)
        if moves:
            return complaints._prepare_from_picking(source), None
        return None, self.env._(
            "%s has not been delivered. Tell us below in your words what it is about.", source.name
        )

    def _get_recent_orders(self):
        """:return: the customer's last orders, with sudo for what is shown of them"""
        orders = request.env["sale.order"]
        if not orders.has_access("read"):
            return orders
        firm = request.env.user.partner_id.commercial_partner_id
        domain = Domain("partner_id", "child_of", firm.ids) & Domain("state", "=", "sale")
        # sudo: dates and names of orders this user may read
        return orders.search(domain, order="date_order desc, id desc", limit=RECENT_ORDERS).sudo()

    # ------------------------------------------------------------
    # Routes
    # ------------------------------------------------------------
    @http.route(URL, type="http", auth="user", website=True, methods=["GET"])
    def portal_new_complaint(self, order=None, delivery=None, other=None, **_kwargs):
        """Choose what it is about, or fill in what is wrong with it."""
        if request.env.user._is_internal():
            return request.redirect("/my")
        try:
            source = self._get_source(order, delivery)
        except (AccessError, MissingError):
            return request.redirect("/my")
        orders = self._get_recent_orders() if source is None and not other else None
        if orders:
            values = {**self._prepare_portal_layout_values(), "orders": orders}
            values["page_name"] = "new_complaint"
            return request.render("complaint_management.portal_complaint_choose", values)
        prepared, notice = self._prepare_source(source)
        goods = request.env[FORM]._get_goods(prepared) if prepared else []
        phone = request.env.user.partner_id.phone or ""
        form = request.env[FORM]._new_form(phone=phone)
        return self._render_form(source if prepared else None, goods, form, notice=notice)

    @http.route(
        SEND_URL,
        type="http",
        auth="user",
        website=True,
        methods=["GET", "POST"],
        max_content_length=ComplaintIntakeMixin._get_body_limit,
    )
    def portal_send_complaint(self, **_kwargs):
        """Store what he filled in; what is wrong is shown beside it and nothing is lost."""
        user = request.env.user
        if user._is_internal():
            return request.redirect("/my")
        if request.httprequest.method != "POST":
            # The address of the form's answer, opened from the history or after a new login
            return request.redirect(URL)
        sent = request.httprequest.form
        try:
            source = self._get_source(sent.get("order"), sent.get("delivery"))
        except (AccessError, MissingError):
            return request.redirect("/my")
        prepared, _notice = self._prepare_source(source)
        goods = request.env[FORM]._get_goods(prepared) if prepared else []
        company = source.company_id if prepared else request.env.company
        form, errors, files = self._read_sent(goods, company)
        if not errors:
            complaints = request.env["complaint.complaint"]
            door = complaints._prepare_portal_door(user, prepared, company)
            key = f"portal:{user.id}:{form['nonce']}"
            complaint, errors = self._store(door, form, goods, files, key)
            if complaint:
                return self._thank(complaint, THANKS_URL)
        return self._render_form(source if prepared else None, goods, form, errors)

    @http.route(THANKS_URL, type="http", auth="user", website=True, methods=["GET"])
    def portal_complaint_thanks(self, **_kwargs):
        """We have it; what happens next."""
        complaint = self._get_thanked()
        if not complaint or complaint.create_uid != request.env.user:
            return request.redirect("/my")
        values = {**self._prepare_portal_layout_values(), "page_name": "new_complaint"}
        values.update({"number": complaint.name, "url": complaint.access_url})
        return request.render("complaint_management.portal_complaint_thanks", values)

    def _render_form(self, source, goods, form, errors=None, notice=None):
        """:return: response with the form; 422 where something has to be mended"""
        company = source.company_id if source else request.env.company
        values = {
            **self._prepare_portal_layout_values(),
            "page_name": "new_complaint",
            "source": source,
            "source_field": "order" if source and source._name == "sale.order" else "delivery",
            "action": SEND_URL,
            "goods": goods,
            "form": form,
            "errors": errors or {},
            "notice": notice,
            "choices": request.env[FORM]._get_demand_choices(),
            "limits": request.env["complaint.upload"]._get_limits(company),
            "hint": request.env["complaint.upload"]._get_hint(company),
        }
        status = 422 if errors else 200
        return request.render("complaint_management.portal_complaint_form", values, status=status)
