from odoo import api, fields, models


class ComplaintIntakeKey(models.Model):
    """What came in twice is one complaint: a mail delivered again, a form sent twice (T7)."""

    _inherit = "complaint.complaint"

    intake_key = fields.Char(
        "Intake key",
        readonly=True,
        copy=False,
        help="Identifies the mail or form this complaint was made from, so that the same one is "
        "not taken twice.",
    )

    _intake_key_unique = models.UniqueIndex(
        "(intake_key) WHERE intake_key IS NOT NULL",
        "This was received already: it is a complaint.",
    )

    @api.model
    def _get_verb_fields(self):
        return super()._get_verb_fields() | {"intake_key"}

    @api.model
    def _find_by_intake_key(self, key):
        """Look up what was made from this before.

        :param str key: Message-ID, or nonce of a form
        :return: ``complaint.complaint``, archived ones too; by sudo: the caller decides what of it
            may be shown
        """
        if not key:
            return self.browse()
        # sudo: whether it came in before does not depend on who asks
        everything = self.sudo().with_context(active_test=False)
        return everything.search([("intake_key", "=", key)], limit=1)
