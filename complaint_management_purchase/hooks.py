"""What Odoo calls when the app is removed."""

from odoo.addons.complaint_management.models.handling.complaint_action import OPEN_STATES


def uninstall_hook(env):
    """Cancel what asks to claim from vendors: without this app it would keep cases open (T19).

    :param env: superuser environment
    """
    env["complaint.action"].search(
        [("claim_party", "!=", False), ("state", "in", OPEN_STATES)]
    ).action_cancel()
