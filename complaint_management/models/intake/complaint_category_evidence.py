from odoo import fields, models

from ..documents.complaint_evidence import EVIDENCE_KINDS


class ComplaintCategoryEvidence(models.Model):
    """One entry of a category's checklist: to collect, or to say why there is none (R8)."""

    _name = "complaint.category.evidence"
    _description = "Evidence to Collect"
    _inherit = ["complaint.remembered.mixin"]
    _order = "category_id, sequence, id"

    category_id = fields.Many2one(
        "complaint.category", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="category_id.company_id", store=True, index=True)
    sequence = fields.Integer(default=10)
    name = fields.Char("What to collect", required=True, translate=True)
    kind = fields.Selection(EVIDENCE_KINDS, help="Empty: evidence of any kind will do.")
    due = fields.Selection(
        [
            ("register", "Before registering"),
            ("resolve", "Before resolving"),
            ("optional", "If it can be had"),
        ],
        required=True,
        default="register",
        help="Until then it is there, or it is said why there is none.",
    )

    # ------------------------------------------------------------
    # Rows of "still missing" on a complaint
    # ------------------------------------------------------------
    def action_add(self):
        """Open the dialog that adds this evidence to the complaint the button stands on.

        The complaint comes from the button and only pre-fills the dialog: saving it checks every
        right.

        :return: action
        """
        self.ensure_one()
        return self._get_evidence_action(
            self.name, "complaint_management.complaint_evidence_view_form"
        )

    def action_not_available(self):
        """Open the dialog that asks why this evidence cannot be had.

        :return: action
        """
        self.ensure_one()
        return self._get_evidence_action(
            self.env._("Not available: %s", self.name),
            "complaint_management.complaint_evidence_view_form_missing",
        )

    def _get_evidence_action(self, title, view):
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": "complaint.evidence",
            "views": [(self.env.ref(view).id, "form")],
            "target": "new",
            "context": {
                "default_complaint_id": self.env.context.get("complaint_id"),
                "default_requirement_id": self.id,
                "default_kind": self.kind or "photo",
                "default_name": self.name,
            },
        }
