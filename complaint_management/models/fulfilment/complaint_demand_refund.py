from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools.misc import clean_context

from .credit_room import CreditRoom

# Ways to meet a request that are a credit note
REFUNDED_KINDS = ("credit", "discount", "compensation", "deduction")


class ComplaintDemandRefund(models.Model):
    """Credit notes a request makes: whose, in which journal, checked and posted by finance (R37).

    They are drafts. The accepted request is the authority to draft one; posting stays a matter of
    who may post.
    """

    _inherit = "complaint.demand"

    # ------------------------------------------------------------
    # What there is
    # ------------------------------------------------------------
    def _get_living_refunds(self):
        """:return: ``account.move`` with sudo: credit notes of these requests not cancelled"""
        # sudo: whether there is a credit note; callers may work on the request
        refunds = self.sudo().refund_ids
        return refunds.filtered(lambda m: m._get_remedy_state() != "cancelled")

    def _get_invoices(self):
        """:return: ``account.move`` with sudo: posted invoices of the goods the complaint is about,
        else of its orders; the latest first
        """
        self.ensure_one()
        # sudo: invoices of the sale that is complained about, to who works on the complaint
        complaint = self.sudo().complaint_id
        sold = complaint.line_ids.sale_line_id | complaint.line_ids.move_id.sale_line_id
        invoices = self._filter_invoices(sold.invoice_lines.move_id)
        if not invoices:
            orders = complaint.sale_order_id | sold.order_id
            invoices = self._filter_invoices(orders.order_line.invoice_lines.move_id)
        return invoices.sorted(lambda m: (m.date, m.id), reverse=True)

    def _filter_invoices(self, invoices):
        """:return: those of ``invoices`` that can be credited, of the complaint's company"""
        return invoices.filtered(
            lambda m: CreditRoom.is_invoice(m) and m.company_id == self.company_id
        )

    def _get_customer_orders(self):
        """:return: ``sale.order`` with sudo the complaint is about"""
        self.ensure_one()
        # sudo: the sale that is complained about, to who works on the complaint
        complaint = self.sudo().complaint_id
        return complaint.sale_order_id | complaint.line_ids.sale_order_id

    # ------------------------------------------------------------
    # What stands in the way
    # ------------------------------------------------------------
    def _get_making_obstacle(self):
        """See super; a button is drawn without looking for journals."""
        obstacle = super()._get_making_obstacle()
        if obstacle or self.remedy_kind not in REFUNDED_KINDS:
            return obstacle
        return self._get_accounting_obstacle()

    def _get_accounting_obstacle(self):
        """:return: sentence where the company has no accounting to draft a credit note in"""
        self.ensure_one()
        journal = self._find_sale_journal()
        if journal and journal.default_account_id:
            return ""
        return self.env._(
            "%s has no sales journal with an account: let finance set up its accounting first.",
            self.company_id.name,
        )

    def _find_sale_journal(self):
        """:return: ``account.journal`` with sudo: the first sales journal of the company"""
        # sudo: where finance keeps its credit notes is configuration
        journals = self.env["account.journal"].sudo().with_company(self.company_id)
        domain = [*journals._check_company_domain(self.company_id), ("type", "=", "sale")]
        return journals.search(domain, limit=1)

    # ------------------------------------------------------------
    # Making
    # ------------------------------------------------------------
    def _make_refund(self, vals):
        """Draft a credit note of an amount and hand it to finance; one of a request at a time.

        :param dict vals: of :meth:`_prepare_refund_vals`
        :return: ``account.move``
        """
        self.ensure_one()
        refund = self._get_entries().create(vals)
        self._hand_over_refunds(refund)
        return refund

    def _get_entries(self):
        """:return: empty ``account.move`` to draft a credit note with, as superuser"""
        # sudo: the salesperson may not write entries; the accepted request is his authority
        moves = self.env["account.move"].sudo().with_company(self.company_id)
        # A caller's default_… would end up in the entry
        return moves.with_env(moves.env(context=clean_context(moves.env.context)))

    def _prepare_refund_vals(self, invoice, line_vals_list):
        """Values of a credit note of an amount; called by discount, compensation and deduction.

        :param invoice: ``account.move`` it lowers, may be empty
        :param list line_vals_list: values of its lines
        """
        self.ensure_one()
        partner = invoice.partner_id or self._get_invoice_partner()
        # sudo: number and salesperson of the complaint the caller works on
        complaint = self.sudo().complaint_id
        vals = {
            "move_type": "out_refund",
            "journal_id": self._get_refund_journal(invoice).id,
            "partner_id": partner.id,
            "currency_id": self.currency_id.id,
            "ref": self._get_refund_reference(),
            "invoice_origin": ", ".join(self._get_customer_orders().mapped("name"))
            or complaint.name,
            "invoice_user_id": (invoice.invoice_user_id or complaint.user_id).id,
            "invoice_line_ids": [Command.create(line) for line in line_vals_list],
        }
        if invoice:
            vals.update(
                reversed_entry_id=invoice.id,
                fiscal_position_id=invoice.fiscal_position_id.id,
                partner_shipping_id=invoice.partner_shipping_id.id,
            )
        return vals

    def _get_refund_journal(self, invoice):
        """:return: the invoice's journal while it is in use, else the company's first"""
        return invoice.journal_id.filtered("active") or self._find_sale_journal()

    def _get_invoice_partner(self):
        """:return: ``res.partner`` with sudo the company's customer has his invoices sent to"""
        self.ensure_one()
        if orders := self._get_customer_orders():
            return orders[0].partner_invoice_id
        # sudo: the customer's address, to somebody who works on his complaint
        customer = self.sudo().complaint_id.partner_id
        return customer.browse(customer.address_get(["invoice"])["invoice"])

    def _get_refund_reference(self):
        """:return: what finance and the customer find it by: the complaint's number"""
        self.ensure_one()
        return self._get_customer_env()._("Complaint %s", self.complaint_id.name)

    def _get_customer_env(self):
        """:return: environment in the customer's language, for what he reads"""
        lang = self._get_invoice_partner().lang
        return self.with_context(lang=lang or self.env.lang).env

    def _hand_over_refunds(self, refunds):
        """Link drafted credit notes to their request and give them to finance."""
        refunds._link_to_demand(self)
        refunds._note_grant()
        refunds._plan_complaint_check()

    def _check_amount_fits(self, invoice, room, amount):
        """:param room: ``CreditRoom``
        :param float amount: in the request's currency, before taxes
        :raise UserError: when more would be credited than is left of the invoice
        """
        left = self._convert_from(invoice, room.get_amount(invoice))
        if self.currency_id.compare_amounts(amount, left) > 0:
            raise UserError(
                self.env._(
                    "Only %(left)s of invoice %(invoice)s are left to credit, “%(request)s” asks "
                    "for %(amount)s. Lower the amount.",
                    left=self._format_amount(max(left, 0.0)),
                    invoice=invoice.name,
                    request=self.display_name,
                    amount=self._format_amount(amount),
                )
            )

    def _convert_from(self, invoice, amount):
        """:return: an amount of the invoice in the request's currency, as of today"""
        return invoice.currency_id._convert(amount, self.currency_id, self.company_id)

    def _format_amount(self, amount, currency=None):
        """:return: text of an amount with its currency"""
        return (currency or self.currency_id).format(amount)
