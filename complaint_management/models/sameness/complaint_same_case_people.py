from odoo import models
from odoo.fields import Command

from ..complaint.complaint_classification import SEVERITIES

# Filled in where the case that goes on does not know it yet; never with another customer's.
FILLED_FIELDS = ("customer_reference", "customer_order_ref", "sale_order_id", "picking_id")
CUSTOMER_FIELDS = ("contact_id", "phone", "email_from")
GRADES = [key for key, _label in SEVERITIES]


class ComplaintSameCasePeople(models.Model):
    """People and fields the case that goes on takes over from its duplicate (R5, R8, R73)."""

    _inherit = "complaint.complaint"

    def _take_concerned(self, duplicate):
        """Whom the one is about, the other is about, before anything of it can be read (R73)."""
        new = duplicate._get_concerned_users() - self._get_concerned_users()
        if new:
            self.write({"concerned_user_ids": [Command.link(user.id) for user in new]})

    def _take_fields(self, duplicate):
        """Fill what is empty, and keep the graver grade: the same case is as grave as it is."""
        names = []
        if not duplicate._is_other_customers(self):
            names += [*FILLED_FIELDS, *CUSTOMER_FIELDS]
        if not self.partner_id:
            names += ["partner_id"]
        vals = {}
        for name in names:
            if duplicate[name] and not self[name]:
                value = duplicate[name]
                vals[name] = value.id if self._fields[name].relational else value
        if GRADES.index(duplicate.severity or "minor") > GRADES.index(self.severity or "minor"):
            vals["severity"] = duplicate.severity
            vals["severity_reason"] = self.env._("As graded in %s, the same case", duplicate.name)
        if vals:
            self.write(vals)

    def _take_followers(self, duplicate):
        """Who follows the one follows the other: colleagues who may read it, and people of its
        customer. Nobody is let in by following.
        """
        # sudo: who follows; what they may read is asked for each of them
        partners = duplicate.sudo().message_partner_ids - self.sudo().message_partner_ids
        customer = self.sudo().partner_id.commercial_partner_id
        fitting = partners.browse()
        for partner in partners:
            users = partner.user_ids.filtered(lambda user: not user.share)
            if users:
                fitting += partner if self.with_user(users[0]).has_access("read") else fitting[:0]
            elif customer and partner.commercial_partner_id == customer:
                fitting += partner
        if fitting:
            self.message_subscribe(fitting.ids)
