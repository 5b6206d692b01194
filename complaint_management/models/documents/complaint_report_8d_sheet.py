from odoo import models

from .office.eightd import Sheet8d


class ComplaintReport8dSheet(models.Model):
    """The 8D report as a native workbook, made of the same values as its PDF (R44)."""

    _inherit = "complaint.report"

    def _make_8d_sheet(self):
        """:return: bytes of the workbook, in the report's language
        :raise AccessError: when the user may not read the report
        """
        self.ensure_one()
        env = self.with_context(lang=self.lang).env
        labels = {
            "version": env._("version"),
            "due": env._("due"),
            "sent": env._("sent"),
            "page": env._("Page"),
            "draft": "" if self.is_frozen else env._("DRAFT – not approved, not for the customer"),
        }
        return Sheet8d(self._get_print_8d(), labels).make()
