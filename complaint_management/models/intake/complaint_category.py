from odoo import api, fields, models
from odoo.tools import ormcache

from ..complaint.complaint_classification import SEVERITIES
from ..routing.complaint_function import FUNCTIONS
from .complaint_investigation import INVESTIGATIONS


class ComplaintCategory(models.Model):
    """Kind of complaint: decides the lead, the activity plan and what must be known (R10, R16)."""

    _name = "complaint.category"
    _description = "Complaint Category"
    _inherit = ["complaint.taxonomy.mixin"]

    description = fields.Text(translate=True)
    team_id = fields.Many2one("complaint.team", check_company=True)
    lead_function = fields.Selection(FUNCTIONS, required=True, default="quality")
    plan_id = fields.Many2one(
        "mail.activity.plan",
        "Activity plan",
        domain="[('res_model', '=', 'complaint.complaint')]",
        check_company=True,
        help="Started at registration. Without one the team's plan is used.",
    )
    default_severity = fields.Selection(SEVERITIES)
    default_urgency = fields.Selection([("normal", "Normal"), ("urgent", "Urgent")])
    required_field_ids = fields.Many2many(
        "ir.model.fields",
        "complaint_category_required_field_rel",
        "category_id",
        "field_id",
        "Mandatory to register",
        groups="complaint_management.group_complaint_admin",
        domain="[('id', 'in', choosable_field_ids)]",
        help="Registering is refused with the list of what is missing.",
    )
    investigation = fields.Selection(
        INVESTIGATIONS,
        required=True,
        default="required",
        help="What resolving asks for. On a single complaint the lead or quality may do without "
        "and say why.",
    )
    needs_report = fields.Boolean(
        default=True, help="Resolving needs a report sent to the customer."
    )
    question_ids = fields.One2many(
        "complaint.category.question", "category_id", "Questions to ask", copy=True
    )
    is_complaint = fields.Boolean(
        "Is a complaint",
        default=True,
        help="Suggestions, enquiries and praise run no clocks.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        """Forget what was mandatory, which is remembered between requests."""
        if "required_field_ids" in vals:
            self.env.registry.clear_cache()
        return super().write(vals)

    def _get_required_fields(self):
        """What must be filled before a complaint of this category is registered (R10).

        :return: tuple of (model name, field name)
        """
        return self._get_required_fields_cached(self.id) if self else ()

    @ormcache("category_id")
    def _get_required_fields_cached(self, category_id):
        # sudo: the list is configuration; ir.model.fields itself is closed to ordinary users
        rows = self.sudo().browse(category_id).required_field_ids
        return tuple((field.model, field.name) for field in rows.sorted("id"))
