from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from .search_term import read_term

MAX_RESULTS = 20
# So many of each kind that are no exact hit: the box is to find, not to list.
MAX_PARTS = 5
# What is meant first where several kinds are hit alike.
KINDS = (
    *("order", "customer_order", "delivery", "invoice", "lot", "complaint"),
    *("product", "phone", "customer"),
)


class ComplaintCallFind(models.AbstractModel):
    """One search box for whatever a caller names (R2): its kinds are added by aspects.

    Each kind is one query, served by an index: numbers by core's trigrams, codes by ordinary
    indexes, telephones by their last digits. Everything is searched with the user's rights.
    """

    _inherit = "complaint.call"

    @api.model
    @api.readonly
    def find(self, term=""):
        """Find what a caller names: number of an order (ours or the customer's), delivery,
        invoice, complaint, lot or serial, telephone in any notation, product, customer.

        :param str term: as typed or scanned; wildcards mean themselves
        :return: dict ``{term, results: [{kind, id, title, detail, exact, partner_id,
            partner_name, order_id, picking_id, complaint_id, sale_line_id}]}``: exact hits
            first, at most 20; nothing for less than two letters or digits
        :raise AccessError: for users who do not work on complaints
        """
        self._check_card_access()
        read = read_term(term)
        if not read:
            return {"term": term if isinstance(term, str) else "", "results": []}
        results = self._find_results(read)
        places = {kind: place for place, kind in enumerate(KINDS)}
        results.sort(key=lambda r: (not r["exact"], places.get(r["kind"], len(places))))
        results = results[:MAX_RESULTS]
        self._name_partners(results)
        return {"term": read.text, "results": results}

    @api.model
    def _find_results(self, term):
        """Find results of all kinds; each aspect adds its own.

        :param term: ``search_term.Term``
        :return: list of dicts made by :meth:`_prepare_result_vals`
        """
        return []

    @api.model
    def _search_ranked(self, model, exact, part, fields, order):
        """Search in one query that costs little however much there is.

        :param Domain exact: what is hit exactly; the latest of it
        :param Domain part: what is hit in part; some of it
        :param fields: names of the fields to fetch
        :param str order: of each of both
        :return: recordset
        """
        records = self.env[model]
        # No order inside: with one the database may walk through the table in that order
        queries = [
            records._search(exact, limit=MAX_RESULTS, order=order),
            records._search(part, limit=MAX_PARTS),
        ]

        def to_sql(model, alias, query):
            # One list of few ids, joined by key: two of them would be looked up row by row
            found = SQL(" UNION ").join(q.subselect() for q in queries if not q.is_empty())
            return SQL("%s IN (%s)", SQL.identifier(alias, "id"), found or SQL("NULL"))

        return records.search_fetch(Domain.custom(to_sql=to_sql), fields, order=order)

    @api.model
    def _prepare_result_vals(self, kind, record, title, details, exact, **ids):
        """One result.

        :param details: texts beside the title, empty ones are left out
        :param bool exact: whether this is what was typed, not a part of it
        :param ids: ``partner_id``, ``order_id``, ``picking_id``, ``complaint_id``,
            ``sale_line_id`` where there are any
        :return: dict
        """
        return {
            "kind": kind,
            "id": record.id,
            "title": title or "",
            "detail": " · ".join(filter(None, details)),
            "exact": exact,
            "partner_id": False,
            "partner_name": "",
            "order_id": False,
            "picking_id": False,
            "complaint_id": False,
            "sale_line_id": False,
            **ids,
        }

    @api.model
    def _name_partners(self, results):
        """Write the customers' names into the results."""
        # sudo: names of customers of documents the user may read, as core shows them there
        partners = self.env["res.partner"].sudo()
        partners = partners.browse({r["partner_id"] for r in results if r["partner_id"]})
        names = {partner.id: partner.complete_name or "" for partner in partners}
        for result in results:
            result["partner_name"] = names.get(result["partner_id"], "")

    @api.model
    def _get_readable(self, model, ids):
        """:return: set of those ``ids`` the user may read"""
        ids = [record_id for record_id in set(ids) if record_id]
        if not ids or not self.env[model].has_access("read"):
            return set()
        return set(self.env[model].search([("id", "in", ids)]).ids)
