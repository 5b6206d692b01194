from odoo import http
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal

from .intake import FORM, ComplaintIntakeMixin

THANKS_URL = "/complaint/thanks"
# What people never see and machines fill in.
DECOY = "company_website"


class ComplaintQrIntake(ComplaintIntakeMixin, CustomerPortal):
    """The form behind the QR code on a delivery slip: no login, nothing but what stands there (R5).

    A code that does not open the form says nothing about why. What is sent is marked as not
    verified. Machines are kept off by a captcha where one is set up, a decoy and caps.
    """

    @http.route(
        "/complaint/qr/<string:token>", type="http", auth="public", website=True, methods=["GET"]
    )
    def qr_complaint(self, token, **_kwargs):
        """Show the form."""
        picking = request.env["stock.picking"]._find_by_complaint_qr(token)
        if not picking:
            return self._refuse()
        return self._render_qr_form(token, picking, self._get_qr_goods(picking)[1])

    @http.route(
        "/complaint/qr/<string:token>/send",
        type="http",
        auth="public",
        website=True,
        methods=["POST"],
        captcha="complaint_qr",
        max_content_length=ComplaintIntakeMixin._get_body_limit,
    )
    def qr_send_complaint(self, token, **_kwargs):
        """Store what was filled in."""
        picking = request.env["stock.picking"]._find_by_complaint_qr(token)
        if not picking:
            return self._refuse()
        if request.httprequest.form.get(DECOY):
            return self._thank(None, THANKS_URL)
        prepared, goods = self._get_qr_goods(picking)
        form, errors, files = self._read_sent(goods, picking.company_id, must_be_reachable=True)
        key = f"qr:{picking.id}:{form['nonce']}"
        complaints = request.env["complaint.complaint"]
        known = complaints._find_by_intake_key(key)
        if known:
            return self._thank(known, THANKS_URL)
        source = complaints._hash_source(request.httprequest.remote_addr)
        if complaints._is_qr_busy(picking, source):
            return request.render("complaint_management.qr_busy", self._layout(), status=429)
        if not errors:
            door = complaints._prepare_qr_door(prepared, form)
            complaint, errors = self._store(door, form, goods, files, key, known=False)
            if complaint:
                complaint._mark_unverified(form, source)
                return self._thank(complaint, THANKS_URL)
        return self._render_qr_form(token, picking, goods, form, errors)

    @http.route(THANKS_URL, type="http", auth="public", website=True, methods=["GET"])
    def qr_complaint_thanks(self, **_kwargs):
        """We have it: the number and nothing else."""
        if "complaint_thanks" not in request.session:
            return self._refuse()
        values = {**self._layout(), "number": self._get_thanked().name}
        return request.render("complaint_management.qr_thanks", values)

    # ------------------------------------------------------------
    # Pages
    # ------------------------------------------------------------
    def _layout(self):
        return {"no_breadcrumbs": True, "page_name": "complaint_qr"}

    def _get_qr_goods(self, picking):
        """:return: tuple (prepared values, rows with what stands on the slip)"""
        prepared = request.env["complaint.complaint"]._prepare_qr_vals(picking)
        return prepared, request.env[FORM]._get_goods(prepared, merged=True)

    def _refuse(self):
        """One page for all codes that open nothing: forged, expired, switched off."""
        return request.render("complaint_management.qr_closed", self._layout(), status=404)

    def _render_qr_form(self, token, picking, goods, form=None, errors=None):
        """:return: response with the form; 422 where something has to be mended"""
        uploads = request.env["complaint.upload"]
        company = picking.company_id
        values = {
            **self._layout(),
            "action": f"/complaint/qr/{token}/send",
            "delivery": picking.name,
            "res_company": company,
            "goods": goods,
            "form": form or request.env[FORM]._new_form(),
            "errors": errors or {},
            "decoy": DECOY,
            "choices": request.env[FORM]._get_demand_choices(),
            "limits": uploads._get_limits(company),
            "hint": uploads._get_hint(company),
        }
        status = 422 if errors else 200
        return request.render("complaint_management.qr_form", values, status=status)
