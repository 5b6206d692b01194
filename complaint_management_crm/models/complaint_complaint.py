from odoo import api, fields, models
from odoo.exceptions import UserError


class ComplaintComplaint(models.Model):
    """The sales opportunity a follow-up found, one a complaint (R49)."""

    _inherit = "complaint.complaint"

    opportunity_id = fields.Many2one(
        "crm.lead",
        readonly=True,
        copy=False,
        index="btree_not_null",
        groups="sales_team.group_sale_salesman",
        check_company=True,
    )

    @api.model
    def _get_verb_fields(self):
        return super()._get_verb_fields() | {"opportunity_id"}

    def _open_lead(self, note):
        """Open the complaint's opportunity, unless it has one; for whoever finishes a follow-up.

        :param str note: what was found, for the salesperson
        :return: the ``crm.lead``
        :raise UserError: for users who may not create opportunities
        """
        self.ensure_one()
        # sudo: whether there is one, whatever the user may see of it
        complaint = self.sudo()
        if complaint.opportunity_id:
            return complaint.opportunity_id.sudo(False)
        leads = self.env["crm.lead"]
        if not leads.has_access("create"):
            raise UserError(
                self.env._(
                    "You may not open sales opportunities: choose “Satisfied” and tell the "
                    "salesperson in your note."
                )
            )
        # sudo: he may open leads, and this one is the salesperson's, whose leads may not be his
        lead = leads.sudo().create(complaint._prepare_lead_vals(note)).sudo(False)
        complaint._write_trusted({"opportunity_id": lead.id})
        self._message_log(body=self.env._("A sales opportunity was opened."))
        return lead

    def _prepare_lead_vals(self, note):
        """Values of the opportunity; called by :meth:`_open_lead`.

        Nothing of the case but its number: salespeople read leads whose complaints they may not.
        """
        self.ensure_one()
        vals = {
            "name": self.env._("Follow-up of %s", self.name),
            "type": "opportunity",
            "company_id": self.company_id.id,
            "user_id": self.user_id.id or self.env.uid,
            "partner_id": (self.contact_id or self.partner_id).id,
            "description": note,
        }
        if not vals["partner_id"]:
            vals.update(
                contact_name=self.complainant_name, email_from=self.email_from, phone=self.phone
            )
        return vals

    def action_open_opportunity(self):
        """:return: action of the complaint's opportunity
        :raise AccessError: for those who may not read it
        """
        self.ensure_one()
        self.opportunity_id.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": "crm.lead",
            "res_id": self.opportunity_id.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }
