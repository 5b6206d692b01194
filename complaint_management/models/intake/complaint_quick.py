from odoo import models

QUICK_ACTION = "complaint_management.complaint_complaint_action_quick"


class ComplaintQuick(models.Model):
    """The quick form of a draft: what one asks while the customer talks, and nothing else (R3)."""

    _inherit = "complaint.complaint"

    def _get_quick_action(self):
        """:return: action of the quick form of a draft, of a new complaint for an empty recordset;
        of the whole form once others work on it
        """
        if self and self.state != "draft":
            return self._get_form_action()
        action = self.env["ir.actions.act_window"]._for_xml_id(QUICK_ACTION)
        return {**action, "res_id": self.id, "context": {}}

    def action_open_details(self):
        """Open the whole form of a draft from its quick form.

        :return: window action
        :raise AccessError: without read access
        """
        self.check_access("read")
        return self._get_form_action()
