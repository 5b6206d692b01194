from odoo import api, fields, models

from ..complaint.complaint_complaint import INSIDE_GROUPS


class ComplaintCircumstances(models.Model):
    """What only some kinds of complaint ask for; the form shows what the category wants (R10).

    Whether one of them is mandatory is the category's configuration, never code.
    """

    _inherit = "complaint.complaint"

    injury = fields.Selection(
        [("none", "Nobody hurt"), ("injured", "Somebody hurt"), ("unknown", "Not known yet")],
        copy=False,
    )
    package_opened = fields.Selection(
        [("no", "Still sealed"), ("yes", "Opened")], "Package", copy=False
    )
    measured_weight = fields.Float("Weight found (kg)", digits="Stock Weight", copy=False)
    delivery_remark = fields.Selection(
        [("yes", "Damage noted"), ("no", "Signed without remark")],
        "Remark on the proof of delivery",
        copy=False,
    )
    person_concerned = fields.Char(
        "Who it is about",
        copy=False,
        groups=INSIDE_GROUPS,
        help="The employee or office complained about, as named by the customer. Internal.",
    )
    document_concerned = fields.Char(
        "Document", copy=False, help="Number or kind of invoice, contract, certificate …"
    )
    claimed_amount = fields.Monetary("Amount in question", copy=False, groups=INSIDE_GROUPS)
    asked_fields = fields.Char(compute="_compute_asked_fields")

    @api.depends("category_id")
    def _compute_asked_fields(self):
        """Names of this complaint's own fields its category asks for; the form looks into it."""
        for complaint in self:
            required = complaint.category_id._get_required_fields()
            complaint.asked_fields = " ".join(
                name for model, name in required if model == complaint._name
            )
