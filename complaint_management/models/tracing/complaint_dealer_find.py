from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from .codes import read_code

# Proposed at once, the most likely first.
MAX_PROPOSED = 20
# Without a lot, deliveries of the product that old are proposed at most.
PRODUCT_WINDOW = timedelta(days=730)


class ComplaintDealerFind(models.Model):
    """Which dealer a consumer's goods came from (R7, R61): his batch code leads to lots, those to
    deliveries, the place where he bought to the likeliest of them.
    """

    _inherit = "complaint.complaint"

    def _propose_dealers(self, code, product, place, produced=None):
        """:param str code: batch code as the consumer reads it; may be empty
        :param product: ``product.product``, may be empty
        :param str place: where he bought it, in his words
        :param produced: date of production, where he read one
        :return: tuple (list of ``Delivered`` the user may read, likeliest first; translated
            sentence about what was found and what was not)
        """
        self.ensure_one()
        lots = self._find_lots_of_code(code, product)
        delivered = []
        if lots:
            domain = Domain("lot_id", "in", lots.ids)
            delivered = self.env["complaint.line"]._find_deliveries(
                domain, self._get_dealer_restriction()
            )
        by_product = not delivered and bool(product)
        if by_product:
            delivered = self._find_product_deliveries(product, place)
        readable = [d for d in delivered if d.source and d.move.company_id == self.company_id]
        said = self._describe_proposal(code, lots, by_product, readable)
        if len(readable) < len(delivered):
            said += " " + self.env._(
                "It went to others, too, in orders that you may not open: if none of these fits, "
                "customer service can look."
            )
        rank = self._get_dealer_rank(place, produced)
        return sorted(readable, key=rank)[:MAX_PROPOSED], said

    def _find_lots_of_code(self, code, product):
        """:return: ``stock.lot`` with sudo: called so, else called so but for case and dashes; of
        the product, if some are
        """
        names = read_code(code)["lots"]
        line_model = self.env["complaint.line"]
        if not names:
            # sudo: an empty recordset like the others
            return self.env["stock.lot"].sudo()
        lots = line_model._find_lots(names) or line_model._find_lots(names, exact=False)
        return lots.filtered(lambda lot: lot.product_id == product) or lots

    def _get_dealer_restriction(self):
        """:return: the customer whose deliveries alone count, empty where a consumer complains"""
        return self.env["res.partner"] if self._is_complained_by_other() else self._get_customer()

    def _find_product_deliveries(self, product, place):
        """Deliveries of the product of the last years, first those to where it was bought."""
        since = (self.date_received or fields.Datetime.now()) - PRODUCT_WINDOW
        domain = Domain([("product_id", "=", product.id), ("date", ">=", since)])
        line_model = self.env["complaint.line"]
        customer = self._get_dealer_restriction()
        near = []
        place = (place or "").strip()
        if place:
            named = Domain.OR(
                Domain(f"picking_id.partner_id.{name}", "ilike", place)
                for name in ("name", "city", "commercial_partner_id.name")
            )
            near = line_model._find_deliveries(domain & named, customer)
        return near or line_model._find_deliveries(domain, customer)

    def _describe_proposal(self, code, lots, by_product, proposed):
        code = read_code(code)["text"]
        if proposed and not by_product:
            return self.env._("Deliveries of lot %s, the likeliest first.", code)
        parts = []
        if code:
            parts.append(
                self.env._("Lot %s was not delivered to anybody whom you may see.", code)
                if lots
                else self.env._("There is no lot called “%s”.", code)
            )
        if proposed:
            parts.append(self.env._("These are deliveries of the product, the likeliest first."))
        elif by_product:
            parts.append(self.env._("No delivery of the product was found either."))
        else:
            parts.append(
                self.env._(
                    "Choose the product and write where it was bought to look among its deliveries."
                )
            )
        return " ".join(parts)

    # ------------------------------------------------------------
    # The likeliest first
    # ------------------------------------------------------------
    def _get_dealer_rank(self, place, produced):
        """:return: sort key of a ``Delivered``: possible before impossible, near before far, then
        shipped soon after production or, where that is unknown, lately
        """
        noticed = self.date_occurred or (self.date_received or fields.Datetime.now()).date()

        def rank(delivered):
            shipped = delivered.move.date.date()
            impossible = shipped > noticed or bool(produced and shipped < produced)
            since = (shipped - produced).days if produced else (noticed - shipped).days
            return impossible, not self._is_near(delivered, place), abs(since), -delivered.move.id

        return rank

    @api.model
    def _is_near(self, delivered, place):
        """:return: whether the consumer's words name the dealer, his branch or his town"""
        words = " ".join((place or "").casefold().split())
        if not words:
            return False
        order = delivered.order
        partners = delivered.picking.partner_id | order.partner_id | order.partner_shipping_id
        partners |= delivered.customer
        names = {
            " ".join(name.casefold().split())
            for partner in partners
            for name in (partner.name, partner.city)
            if name
        }
        return any(len(name) > 1 and (name in words or words in name) for name in names)
