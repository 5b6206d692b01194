from odoo import api, fields, models

# What an administrator may make mandatory or ask about, in the order of the form (R10).
REQUIRABLE_FIELDS = {
    "complaint.complaint": (
        "sale_order_id",
        "customer_order_ref",
        "contact_id",
        "complainant_name",
        "phone",
        "email_from",
        "channel_id",
        "customer_reference",
        "defect_id",
        "date_occurred",
        "place",
        "purchase_place",
        "injury",
        "package_opened",
        "measured_weight",
        "delivery_remark",
        "carrier_name",
        "tracking_ref",
        "service_dimension",
        "person_concerned",
        "document_concerned",
        "claimed_amount",
        "impact_id",
        "risk_id",
        "emotion_id",
    ),
    "complaint.line": (
        "product_id",
        "quantity_complained",
        "lot_ids",
        "production_date",
        "date_shipped",
        "defect_id",
    ),
    "complaint.demand": ("kind", "name"),
    "complaint.evidence": ("file", "sample_state"),
}


class ComplaintCategory(models.Model):
    """Which fields an administrator is offered when he says what is mandatory (R10).

    A short list in the order of the form: nobody finds his way among a hundred technical fields.
    Fields added in Odoo's own screens (``x_…``) are offered, too.
    """

    _inherit = "complaint.category"

    choosable_field_ids = fields.Many2many(
        "ir.model.fields",
        compute="_compute_choosable_field_ids",
        groups="complaint_management.group_complaint_admin",
    )

    def _compute_choosable_field_ids(self):
        # sudo: names of fields only
        found = self.env["ir.model.fields"].sudo().search(self._get_choosable_domain())
        for category in self:
            category.choosable_field_ids = found.sudo(False)

    @api.model
    def _get_requirable_fields(self):
        """:return: dict model → names of fields that may be mandatory; other addons add theirs"""
        return dict(REQUIRABLE_FIELDS)

    @api.model
    def _get_choosable_domain(self):
        """:return: domain of the ``ir.model.fields`` an administrator may choose from"""
        own = fields.Domain.OR(
            fields.Domain("model", "=", model) & fields.Domain("name", "in", names)
            for model, names in self._get_requirable_fields().items()
        )
        added = fields.Domain("state", "=", "manual") & fields.Domain(
            "model", "in", list(self._get_requirable_fields())
        )
        return own | (
            added
            & fields.Domain("store", "=", True)
            & fields.Domain("readonly", "=", False)
            & fields.Domain("ttype", "!=", "one2many")
        )
