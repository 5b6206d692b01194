from odoo import api, fields, models


class ComplaintComplainant(models.Model):
    """Who complains, how to reach him, and the way it came (R5, R6, R61, R62)."""

    _inherit = "complaint.complaint"

    # Restrict: who complained does not vanish with an address book (T20); merging stays possible
    partner_id = fields.Many2one(
        "res.partner",
        "Customer",
        index=True,
        tracking=True,
        check_company=True,
        ondelete="restrict",
    )
    contact_id = fields.Many2one("res.partner", index="btree_not_null")
    complainant_type = fields.Selection(
        [
            ("customer", "Customer"),
            ("consumer", "Consumer"),
            ("dealer", "Dealer"),
            ("supermarket", "Supermarket"),
            ("affiliate", "Affiliated company"),
            ("authority", "Authority or media"),
        ],
        required=True,
        default="customer",
    )
    complainant_name = fields.Char(
        "Complainant", help="Who complains, where that is not the customer: a consumer, a hotel."
    )
    complainant_id = fields.Many2one(
        "res.partner",
        "Complainant's address",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        help="Where somebody else than the customer complains and gets the report himself.",
    )
    email_from = fields.Char("Email", compute="_compute_contact_data", store=True, readonly=False)
    phone = fields.Char(compute="_compute_contact_data", store=True, readonly=False)
    channel_id = fields.Many2one("complaint.channel", index="btree_not_null")
    customer_reference = fields.Char(
        "Customer's complaint number", index="btree_not_null", copy=False
    )
    place = fields.Char("Where it happened")
    purchase_place = fields.Char("Where bought")
    date_occurred = fields.Date("Noticed on")

    @api.depends("partner_id", "contact_id")
    def _compute_contact_data(self):
        for complaint in self:
            person = complaint.contact_id or complaint.partner_id
            complaint.email_from = person.email or complaint.email_from
            complaint.phone = person.phone or complaint.phone
