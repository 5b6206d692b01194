from odoo import models
from odoo.tools.misc import formatLang


class ComplaintSameCaseLeft(models.Model):
    """What stays behind in a duplicate is said before and noted after: nothing is dropped in
    silence (R5, T17).
    """

    _inherit = "complaint.complaint"

    def _get_left_behind(self, duplicate, take_requests=True):
        """Looked at before anything is taken over.

        :param duplicate: the complaint that ends
        :param bool take_requests: whether its requests are asked for here
        :return: list of translated sentences: what this case does not take over
        """
        self.ensure_one()
        requests = duplicate.demand_ids.filtered(lambda d: d.state == "open")
        if take_requests:
            requests -= self._get_lacking_requests(duplicate)
        left = []
        if requests:
            names = ", ".join(requests.mapped("display_name"))
            left.append(self.env._("Requests: %s", names))
        goods = duplicate.line_ids.filtered(lambda line: line._is_about_goods())
        if duplicate._is_other_customers(self):
            if goods:
                names = ", ".join(goods.mapped("display_name"))
                left.append(self.env._("Goods of the other customer: %s", names))
            return left
        return left + [text for line in goods if (text := self._get_quantity_left(line))]

    def _get_quantity_left(self, line):
        """:param line: ``complaint.line`` of the duplicate
        :return: sentence where this case complains about another quantity of the same goods
        """
        known = self._find_same_goods(line)
        if not (known and known._is_about_goods()):
            return ""
        here, there = known.quantity_complained, line.quantity_complained
        if here == there:
            return ""
        return self.env._(
            "%(goods)s: %(there)s complained about there, %(here)s here",
            goods=line.display_name,
            there=formatLang(self.env, there, dp="Product Unit"),
            here=formatLang(self.env, here, dp="Product Unit"),
        )
