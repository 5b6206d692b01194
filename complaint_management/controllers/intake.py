from odoo.exceptions import UserError
from odoo.http import request

FORM = "complaint.customer.form"


class ComplaintIntakeMixin:
    """What the customers' doors share: reading a form, storing it, showing it (T7, T9, T10)."""

    def _get_body_limit(self):
        """:return: bytes of a request; called by core before anything of the body is read"""
        return request.env["complaint.upload"]._get_body_limit()

    def _read_sent(self, goods, company, must_be_reachable=False):
        """Read what was sent to this request.

        :param list goods: rows the form offered
        :param company: ``res.company`` whose limits hold
        :return: tuple (form, errors, files)
        """
        http = request.httprequest
        forms = request.env[FORM]
        form, errors = forms._read_form(http.form, goods)
        if must_be_reachable:
            forms._check_reachable(form, errors)
        files = []
        try:
            files = request.env["complaint.upload"]._read_uploads(
                http.files.getlist("files"), company
            )
        except UserError as problem:
            errors["files"] = str(problem)
        return form, errors, files

    def _store(self, door, form, goods, files, key, **how):
        """Store a checked form.

        :param how: more for ``complaint._receive_form``
        :return: tuple (complaint or None, dict of errors)
        """
        complaints = request.env["complaint.complaint"]
        try:
            with request.env.cr.savepoint():
                return complaints._receive_form(door, form, goods, files, key, **how), {}
        except UserError as problem:
            return None, {"form": str(problem)}

    def _thank(self, complaint, url):
        """Answer a stored form: seen again, the page of thanks sends nothing.

        :param complaint: the stored one, or None for a machine that is to think so
        """
        request.session["complaint_thanks"] = complaint.id if complaint else 0
        return request.redirect(url, code=303)

    def _get_thanked(self):
        """:return: the complaint this visitor has just sent, with sudo; empty after the session"""
        # sudo: its number only, to whoever's session made it
        complaints = request.env["complaint.complaint"].sudo()
        found = request.session.get("complaint_thanks")
        return complaints.browse(found).exists() if isinstance(found, int) else complaints
