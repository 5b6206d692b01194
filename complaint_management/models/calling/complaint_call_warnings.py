from odoo import api, fields, models
from odoo.fields import Domain

# So many of a kind are named; the list of complaints shows the others.
NAMED = 3


class ComplaintCallWarnings(models.AbstractModel):
    """What one has to know before saying hello (R1): the gravest first."""

    _inherit = "complaint.call"

    @api.model
    @api.readonly
    def card(self, number="", partner_id=None):
        """Say so where the contact is gone that the card was asked for."""
        vals = super().card(number, partner_id)
        if partner_id and not vals["partner_id"]:
            gone = self.env._("This contact is no longer there.")
            vals["warnings"].insert(0, self._prepare_warning("warning", gone))
        return vals

    @api.model
    def _prepare_customer_vals(self, partner, customer, figures):
        vals = super()._prepare_customer_vals(partner, customer, figures)
        warnings = self._get_warnings(partner, customer, figures) if customer else []
        return {**vals, "warnings": warnings}

    @api.model
    def _get_warnings(self, partner, customer, figures):
        """Hook: what the card warns of.

        :return: list of dicts, the gravest first
        """
        return [
            *self._warn_of_complaints(figures.complaints),
            *self._warn_of_unpaid(customer),
            *self._warn_as_sales(partner, customer),
            *self._warn_of_tier(customer),
            *self._warn_of_archived(partner, customer),
        ]

    @api.model
    def _prepare_warning(self, level, text, record=None):
        """:param str level: ``danger``, ``warning`` or ``info``
        :param str text: translated
        :param record: what a click opens
        :return: dict
        """
        return {
            "level": level,
            "text": text,
            "model": record._name if record else False,
            "res_id": record.id if record else False,
        }

    @api.model
    def _warn_of_complaints(self, rows):
        """:param list rows: ``ComplaintFigures``"""
        complaints = self.env["complaint.complaint"]
        critical = [complaint_id for row in rows for complaint_id in row.critical_ids]
        overdue = [complaint_id for row in rows for complaint_id in row.overdue_ids]
        warnings = [
            self._prepare_warning(
                "danger",
                self.env._("Critical complaint open: %s", complaint.display_name),
                complaint,
            )
            for complaint in complaints.browse(critical[:NAMED])
        ]
        warnings += [
            self._prepare_warning(
                "warning", self.env._("Overdue: %s", complaint.display_name), complaint
            )
            for complaint in complaints.browse(overdue[:NAMED])
        ]
        number = sum(row.open for row in rows)
        if number > 1:
            text = self.env._("%s complaints are open.", number)
            warnings.append(self._prepare_warning("warning", text))
        return warnings

    @api.model
    def _get_unpaid_domain(self, customer):
        """Hook: :return: ``Domain`` on ``account.move``: the customer's overdue invoices"""
        return (
            Domain("commercial_partner_id", "=", customer.id)
            & Domain("move_type", "=", "out_invoice")
            & Domain("state", "=", "posted")
            & Domain("payment_state", "in", ("not_paid", "partial"))
            & Domain("invoice_date_due", "<", fields.Date.context_today(self))
        )

    @api.model
    def _warn_of_unpaid(self, customer):
        """Overdue invoices the user may read: a salesperson's own, as everywhere in Odoo."""
        invoices = self.env["account.move"]
        if not invoices.has_access("read"):
            return []
        groups = invoices._read_group(
            self._get_unpaid_domain(customer),
            ["company_id"],
            ["__count", "amount_residual_signed:sum", "invoice_date_due:min"],
        )
        number = sum(count for _company, count, _amount, _date in groups)
        if not number:
            return []
        amount = sum(
            # sudo: the currency of a company whose invoices the user may read
            self._convert(amount, company.sudo().currency_id)
            for company, _count, amount, _date in groups
        )
        since = min(date for _company, _count, _amount, date in groups)
        text = self.env._(
            "Unpaid invoices overdue: %(number)s, %(amount)s, since %(date)s",
            number=number,
            amount=self.env.company.currency_id.format(amount),
            date=fields.Date.to_string(since),
        )
        return [self._prepare_warning("warning", text)]

    @api.model
    def _warn_as_sales(self, partner, customer):
        """The words colleagues wrote for whoever sells to him; where core's setting shows them."""
        if not self.env.user.has_group("sale.group_warning_sale"):
            return []
        return [
            self._prepare_warning("warning", who.sale_warn_msg, who)
            for who in partner | customer
            if who.sale_warn_msg
        ]

    @api.model
    def _warn_of_tier(self, customer):
        may_weigh = customer._has_field_access(customer._fields["complaint_tier"], "read")
        if not may_weigh or customer.complaint_tier != "A":
            return []
        return [self._prepare_warning("info", self.env._("Tier A customer"), customer)]

    @api.model
    def _warn_of_archived(self, partner, customer):
        return [
            self._prepare_warning("info", self.env._("Archived contact: %s", who.display_name), who)
            for who in partner | customer
            if not who.active
        ]
