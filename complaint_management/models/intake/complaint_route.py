from odoo import api, fields, models
from odoo.tools import ormcache

from ..remedies.complaint_demand import DEMAND_KINDS


class ComplaintRoute(models.Model):
    """What the customer's purpose means for the way a case takes (R19).

    Advice in one sentence for whoever records or handles it; nothing is decided here.
    """

    _name = "complaint.route"
    _description = "Route by Customer Request"
    _inherit = ["complaint.remembered.mixin", "complaint.taxonomy.mixin"]

    name = fields.Char("Advice", help="What to do, who decides, in one sentence.")
    kind = fields.Selection(DEMAND_KINDS, "Customer asks for", required=True)
    complainant_type = fields.Selection(
        selection=lambda self: (
            self.env["complaint.complaint"]
            ._fields["complainant_type"]
            ._description_selection(self.env)
        ),
        string="Complainant",
        help="Only for these; such a line goes before the one for everybody.",
    )

    @api.model
    def _get_advice(self, company, kind, complainant_type):
        """:return: list of sentences for a request of ``kind`` by such a complainant"""
        rows = [
            (of_type, text)
            for of_kind, of_type, text in self._get_rows_cached(company.id, self.env.lang)
            if of_kind == kind and of_type in (False, complainant_type)
        ]
        special = [text for of_type, text in rows if of_type]
        return special or [text for _of_type, text in rows]

    @ormcache("company_id", "lang")
    def _get_rows_cached(self, company_id, lang):
        # sudo: configuration, remembered for everybody of the company
        routes = self.sudo().with_context(lang=lang, active_test=True)
        found = routes.search([("company_id", "in", (False, company_id))])
        return tuple((route.kind, route.complainant_type, route.name) for route in found)
