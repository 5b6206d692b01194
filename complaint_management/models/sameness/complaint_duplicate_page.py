from odoo import models


class ComplaintDuplicatePage(models.Model):
    """The customer's page of a duplicate leads to the case that goes on (R62, T1)."""

    _inherit = "complaint.complaint"

    def _prepare_customer_page(self, reader):
        page = super()._prepare_customer_page(reader)
        page["goes_on"] = self._prepare_customer_goes_on(reader)
        if page["goes_on"]:
            # Steps nobody took here, and requests that are answered there
            page["steps"] = []
            going = self.demand_ids.filtered(lambda d: d.state != "cancelled")
            page["requests"] = [self._prepare_customer_request(demand) for demand in going]
        return page

    def _can_rate(self):
        """Nobody is asked how content he is with a case that was handled as another one."""
        # sudo: the customer asks; he may read little of the complaint
        return self.sudo().outcome != "duplicate" and super()._can_rate()

    def _prepare_customer_goes_on(self, reader):
        """:param reader: ``res.partner`` as whom the page is shown
        :return: dict ``number`` and ``url`` of the case that goes on, as far as the reader may know
            and open it; empty for every other complaint
        """
        self.ensure_one()
        if self.outcome != "duplicate":
            return {}
        user = self.env.user
        # sudo: who may know of it is decided here
        root = self._get_root_case().sudo()
        if not root._is_customer(reader):
            return {"number": "", "url": ""}
        # A link opens one case: to another one leads a login only
        is_open = not user._is_public() and root.with_user(user).has_access("read")
        return {"number": root.name, "url": root.access_url if is_open else ""}
