"""What Odoo calls when the app is installed or removed."""


def uninstall_hook(env):
    """Take the number ranges along that were made for each company (T19).

    :param env: superuser environment
    """
    sequences = env["ir.sequence"].with_context(active_test=False)
    sequences.search([("code", "=", "complaint.complaint")]).unlink()
