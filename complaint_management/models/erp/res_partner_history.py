from markupsafe import Markup

from odoo import api, fields, models


class ResPartner(models.Model):
    """A customer's complaints beside his purchases, on his own form (R59)."""

    _inherit = "res.partner"

    complaint_history = fields.Html(
        "Complaints beside purchases",
        compute="_compute_complaint_history",
        sanitize=False,
        groups="complaint_management.group_complaint_user,"
        "complaint_management.group_complaint_leadership",
    )

    @api.depends_context("uid", "allowed_company_ids", "lang", "tz")
    def _compute_complaint_history(self):
        """The figures of the call card; for one form at a time, lists do not show them."""
        calls = self.env["complaint.call"]
        by_customer = self.grouped(lambda partner: calls._get_customer(partner._origin))
        for customer, partners in by_customer.items():
            partners.complaint_history = customer and self._render_complaint_history(
                calls._get_history(customer)
            )

    def _render_complaint_history(self, history):
        """:param dict history: of ``complaint.call._prepare_history``
        :return: ``Markup`` of a table; False where nothing was ordered or complained about
        """
        if not history["order_count"] and not history["complaint_count"]:
            return False
        currency = self.env["res.currency"].browse(history["currency_id"])
        heads = [
            "",
            self.env._("Orders"),
            self.env._("Before taxes"),
            self.env._("Complaints"),
            self.env._("Justified"),
            self.env._("Per 100 orders"),
        ]
        total = {**history, "label": self.env._("12 months")}
        rows = [(row, Markup("<tr>")) for row in history["quarters"]]
        rows.append((total, Markup('<tr class="fw-bold">')))
        cell = Markup('<td class="text-end text-nowrap">%s</td>')
        body = Markup("").join(
            tag
            + Markup("<td>%s</td>") % row["label"]
            + Markup("").join(
                cell % value
                for value in (
                    row["order_count"],
                    currency.format(row["order_amount"]),
                    row["complaint_count"],
                    row["justified_count"],
                    "–" if row["rate"] is None else row["rate"],
                )
            )
            + Markup("</tr>")
            for row, tag in rows
        )
        head = Markup("").join(Markup('<th class="text-end">%s</th>') % text for text in heads)
        table = Markup(
            '<div class="table-responsive"><table class="table table-sm mb-1">'
            "<thead><tr>%s</tr></thead><tbody>%s</tbody></table></div>"
        ) % (head, body)
        if history["granted_amount"]:
            granted = self.env._(
                "Granted for complaints of these months: %s",
                currency.format(history["granted_amount"]),
            )
            table += Markup('<div class="text-muted">%s</div>') % granted
        return table
