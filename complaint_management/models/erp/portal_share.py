from odoo import models


class PortalShare(models.TransientModel):
    """The mail with the link names the complaint by its number: the title is ours."""

    _inherit = "portal.share"

    def _send_public_link(self, partners=None):
        shared = self.with_context(complaint_for_customer=True)
        return super(PortalShare, shared)._send_public_link(partners)

    def _send_signup_link(self, partners=None):
        shared = self.with_context(complaint_for_customer=True)
        return super(PortalShare, shared)._send_signup_link(partners)
