from odoo.tests import HttpCase


class BrowserCase(HttpCase):
    """Tests in a real browser, on machines that may be busy with other things.

    How long a step takes is no matter of right or wrong here: the time limits only end what hangs.
    """

    # Core's 20 seconds are for a page whose requests wait for each other; a loaded machine needs
    # more, and a request that gives up shows as an error of the page.
    test_cursor_lock_timeout = 120

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._allow_seconds(120)

    @classmethod
    def _allow_seconds(cls, seconds):
        """Let a document take so long; 0: as shipped."""
        parameters = cls.env["ir.config_parameter"].sudo()
        parameters.set_param("complaint_management.document_seconds", seconds or False)

    def start_tour(self, url_path, tour_name, step_delay=None, **kwargs):
        """Give every tour three minutes instead of core's one."""
        kwargs.setdefault("timeout", 180)
        return super().start_tour(url_path, tour_name, step_delay=step_delay, **kwargs)
