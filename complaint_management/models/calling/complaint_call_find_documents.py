from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL, format_date

INVOICES = ("out_invoice", "out_refund", "out_receipt")
COMPLAINT_TEXTS = ("name", "customer_reference", "complainant_name")
SHIPPING = ("outgoing", "dropship")


class ComplaintCallFindDocuments(models.AbstractModel):
    """The search box finds orders, deliveries, invoices and complaints by their numbers (R2)."""

    _inherit = "complaint.call"

    @api.model
    def _find_results(self, term):
        results = super()._find_results(term) + self._find_complaints(term)
        for model, find in (
            ("sale.order", self._find_orders),
            ("stock.picking", self._find_deliveries),
            ("account.move", self._find_invoices),
        ):
            if self.env[model].has_access("read"):
                results += find(term)
        return results

    @api.model
    def _find_orders(self, term):
        """:return: list of results: our number (core's trigrams) or the customer's (ours)"""
        orders = self._search_ranked(
            "sale.order",
            Domain("name", "=ilike", term.exact) | Domain("client_order_ref", "=ilike", term.exact),
            Domain("name", "=ilike", term.part) | Domain("client_order_ref", "=ilike", term.part),
            ["name", "client_order_ref", "date_order", "partner_id"],
            "date_order DESC, id DESC",
        )
        results = []
        for order in orders:
            texts = [order.name, order.client_order_ref]
            is_ours = term.equals(order.name) or (
                not term.equals(order.client_order_ref) and term.is_in(order.name)
            )
            if not is_ours:
                texts.reverse()
            results.append(
                self._prepare_result_vals(
                    "order" if is_ours else "customer_order",
                    order,
                    texts[0],
                    [texts[1], self._show_date(order.date_order)],
                    term.equals(*texts),
                    partner_id=order.partner_id.id,
                    order_id=order.id,
                )
            )
        return results

    @api.model
    def _find_deliveries(self, term):
        """:return: list of results: what left the house, and what came back (core's trigrams)"""
        kind = Domain("picking_type_id.code", "in", SHIPPING) | Domain("sale_id", "!=", False)
        pickings = self._search_ranked(
            "stock.picking",
            kind & Domain("name", "=ilike", term.exact),
            kind & Domain("name", "=ilike", term.part),
            ["name", "origin", "date_done", "scheduled_date", "partner_id", "sale_id"],
            "scheduled_date DESC, id DESC",
        )
        readable = self._get_readable("sale.order", pickings.sale_id.ids)
        return [
            self._prepare_result_vals(
                "delivery",
                picking,
                picking.name,
                [picking.origin, self._show_date(picking.date_done)],
                term.equals(picking.name),
                partner_id=picking.partner_id.id,
                picking_id=picking.id,
                order_id=picking.sale_id.id in readable and picking.sale_id.id,
            )
            for picking in pickings
        ]

    @api.model
    def _find_invoices(self, term):
        """:return: list of results: invoices and credit notes (core's trigrams)"""
        kind = Domain("move_type", "in", INVOICES)
        invoices = self._search_ranked(
            "account.move",
            kind & Domain("name", "=ilike", term.exact),
            kind & Domain("name", "=ilike", term.part),
            ["name", "invoice_origin", "invoice_date", "partner_id"],
            "invoice_date DESC, id DESC",
        )
        orders = self._get_orders_of_invoices(invoices)
        return [
            self._prepare_result_vals(
                "invoice",
                invoice,
                invoice.name,
                [invoice.invoice_origin, self._show_date(invoice.invoice_date)],
                term.equals(invoice.name),
                partner_id=invoice.partner_id.id,
                order_id=orders.get(invoice.id, False),
            )
            for invoice in invoices
        ]

    @api.model
    def _get_orders_of_invoices(self, invoices):
        """:return: dict id of an invoice → id of the latest of its orders the user may read"""
        orders = self.env["sale.order"]
        if not invoices or not orders.has_access("read"):
            return {}
        self.env["account.move.line"].flush_model(["move_id"])
        self.env["sale.order.line"].flush_model(["order_id", "invoice_lines"])
        readable = orders._search(Domain.TRUE)
        rows = self.env.execute_query(
            SQL(
                """
                SELECT invoiced.move_id, max(line.order_id)
                FROM account_move_line invoiced
                JOIN sale_order_line_invoice_rel rel ON rel.invoice_line_id = invoiced.id
                JOIN sale_order_line line ON line.id = rel.order_line_id
                WHERE invoiced.move_id IN %s AND line.order_id IN %s
                GROUP BY invoiced.move_id
                """,
                tuple(invoices.ids),
                readable.subselect(),
            )
        )
        return dict(rows)

    @api.model
    def _find_complaints(self, term):
        """:return: list of results: our number or the customer's, who complained (our indexes),
        and the telephone of a consumer without contact
        """
        numbers = self._read_numbers(term.text) if term.is_phone else []
        complaints = self._search_ranked(
            "complaint.complaint",
            Domain("active", "=", True)
            & (
                Domain("name", "=ilike", term.exact)
                | Domain("customer_reference", "in", term.variants)
                | (self._get_phone_domain(numbers) & Domain("contact_id", "=", False))
            ),
            Domain("active", "=", True)
            & (
                Domain("name", "=ilike", term.part)
                | Domain("complainant_name", "=ilike", term.part)
            ),
            [
                *(*COMPLAINT_TEXTS, "subject", "state", "phone", "partner_id", "company_id"),
            ],
            "date_received DESC, id DESC",
        )
        ranks = self._rank_phones(numbers, complaints) if numbers else {}
        states = dict(complaints._fields["state"]._description_selection(self.env))
        return [
            self._prepare_result_vals(
                "complaint",
                complaint,
                complaint.name,
                [complaint.complainant_name, complaint.subject, states.get(complaint.state)],
                complaint in ranks or term.equals(complaint.name, complaint.customer_reference),
                partner_id=complaint.partner_id.id,
                complaint_id=complaint.id,
            )
            for complaint in complaints
            # A number that only ends alike is no hit
            if complaint in ranks
            or not numbers
            or term.is_in(*(complaint[name] for name in COMPLAINT_TEXTS))
        ]

    @api.model
    def _show_date(self, date):
        """:return: str in the user's notation, empty without a date"""
        return format_date(self.env, date) if date else ""
