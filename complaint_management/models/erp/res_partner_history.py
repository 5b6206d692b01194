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
        # A narrow screen shows the others only
        wide = "d-none d-sm-table-cell"
        columns = [
            (self.env._("Orders"), "", lambda row: row["order_count"]),
            (self.env._("Before taxes"), wide, lambda row: currency.format(row["order_amount"])),
            (self.env._("Complaints"), "", lambda row: row["complaint_count"]),
            (self.env._("Justified"), wide, lambda row: row["justified_count"]),
            (
                self.env._("Per 100 orders"),
                "",
                lambda row: "–" if row["rate"] is None else row["rate"],
            ),
        ]
        head = Markup("").join(
            Markup('<th class="text-end %s">%s</th>') % (place, text) for text, place, _v in columns
        )
        total = {**history, "label": self.env._("12 months")}
        body = Markup("").join(
            Markup('<tr><td class="%s">%s</td>%s</tr>')
            % (
                weight,
                row["label"],
                Markup("").join(
                    Markup('<td class="text-end text-nowrap %s %s">%s</td>')
                    % (weight, place, value(row))
                    for _text, place, value in columns
                ),
            )
            for row, weight in [*((row, "") for row in history["quarters"]), (total, "fw-bold")]
        )
        table = Markup(
            '<table class="table table-sm mb-1"><thead><tr><th></th>%s</tr></thead>'
            "<tbody>%s</tbody></table>"
        ) % (head, body)
        if history["granted_amount"]:
            granted = self.env._(
                "Granted for complaints of these months: %s",
                currency.format(history["granted_amount"]),
            )
            table += Markup('<div class="text-muted">%s</div>') % granted
        return table
