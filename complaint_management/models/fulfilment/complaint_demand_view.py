from odoo import models
from odoo.exceptions import UserError


class ComplaintDemandView(models.Model):
    """The way from a request to what was made of it."""

    _inherit = "complaint.demand"

    def action_view_documents(self):
        """Open what was made to meet the request, as far as the user may see it.

        :return: action of the one document, or of a list; the living ones before cancelled ones
        :raise AccessError: without read access to the request
        :raise UserError: where nothing of it is the user's to open
        """
        self.ensure_one()
        self.check_access("read")
        for documents in self._get_documents():
            readable = documents.sudo(False)._filtered_access("read")
            # sudo: how far it is, of what the user may read
            living = readable.filtered(lambda d: d.sudo()._get_remedy_state() != "cancelled")
            if readable and self._may_open(readable[:1]):
                return self._get_documents_action(living or readable)
        raise UserError(
            self.env._(
                "What was made for “%s” is not yours to open; its state is shown here.",
                self.display_name,
            )
        )

    def _get_documents_action(self, documents):
        """:return: action that opens documents of one model"""
        action = {
            "type": "ir.actions.act_window",
            "name": self.display_name,
            "res_model": documents._name,
            "context": {"create": False},
        }
        if len(documents) == 1:
            form = {"res_id": documents.id, "view_mode": "form", "views": [(False, "form")]}
            return {**action, **form}
        return {
            **action,
            "domain": [("id", "in", documents.ids)],
            "view_mode": "list,form",
            "views": [(False, "list"), (False, "form")],
        }
