from odoo import models
from odoo.exceptions import UserError


class ComplaintDraft(models.Model):
    """Drafts that save themselves while somebody types (R3): nothing is registered or sent."""

    _inherit = "complaint.complaint"

    def save_draft(self, vals, specification, seen_version=None):
        """Save what was typed so far; the browser calls it a moment after the last key.

        Like core's ``web_save``, for one draft or a new one: a complaint others work on is not
        changed by itself, and single strokes are no history worth a message in the chatter.

        :param dict vals: changed values, as for ``write`` and ``create``
        :param dict specification: what is read back, as for ``web_read``
        :param int seen_version: the version the form shows (T17)
        :return: dict with ``records`` (as of ``web_save``) and ``is_seen``: whether nobody else
            changed the draft since; the form goes on showing the old version where somebody did,
            so that its buttons are refused until the page is loaded again
        :raise UserError: when it is no draft any more
        :raise AccessError: without write access
        """
        self.check_access("write" if self else "create")
        if len(self) > 1 or not isinstance(vals, dict) or not isinstance(specification, dict):
            raise UserError(self.env._("One draft is saved at a time."))
        if self and self.state != "draft":
            raise UserError(
                self.env._(
                    "%s is no draft any more: reload the page and look at what was registered.",
                    self.name,
                )
            )
        is_seen = not self or self.version == seen_version
        records = self.with_context(mail_notrack=True).web_save(vals, specification)
        return {"records": records, "is_seen": is_seen}

    def _track_prepare(self, fields_iter):
        """The title of a draft grows with its words: that is no history worth a message."""
        names = set(fields_iter)
        if "subject" not in names:
            # Also asked for what nobody tracks, by people who may not read the complaint
            return super()._track_prepare(names)
        drafts = self.filtered(lambda complaint: complaint.state == "draft")
        super(ComplaintDraft, drafts)._track_prepare(names - {"subject"})
        return super(ComplaintDraft, self - drafts)._track_prepare(names)
