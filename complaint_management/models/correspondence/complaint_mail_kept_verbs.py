from odoo import SUPERUSER_ID, fields, models
from odoo.exceptions import UserError

from .mail_door import MailDoor

DECIDABLE_STATES = ("kept", "rejected")


class ComplaintMailKeptVerbs(models.Model):
    """What customer service does with a kept mail: try again, or dismiss with a reason (T6)."""

    _inherit = "complaint.mail.kept"

    def action_retry(self):
        """Try again to make a complaint of these mails, whoever or whatever wrote them.

        Whoever presses has looked at them: the cap and the rules for machines count no more. A mail
        that fails again stays here, with what went wrong.

        :return: action that shows the complaint where there is one, else a notification
        :raise AccessError: for those below customer service
        :raise UserError: for mails that are decided already
        """
        self._check_decidable()
        self._check_complete()
        for mail in self:
            mail._retry()
        done = self.filtered(lambda mail: mail.state == "done")
        if len(self) == 1 and done:
            return done.complaint_id._get_form_action()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success" if done == self else "warning",
                "message": self._get_retry_text(done),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def _get_retry_text(self, done):
        """:return: translated sentence about how trying again went"""
        if done == self:
            return self.env._("%s mails became complaints.", len(done))
        failed = (self - done)[:1]
        return self.env._(
            "%(count)s of %(all)s mails could still not be taken: %(error)s",
            count=len(self - done),
            all=len(self),
            error=(failed.error or "").strip()[:200],
        )

    def action_dismiss(self, reason=None):
        """No complaint: say why, so that the next one who looks knows.

        :param str reason: without it the wizard is returned
        :raise AccessError: for those below customer service
        :raise UserError: for mails that are decided already
        """
        self._check_decidable()
        if not (reason or "").strip():
            return self._open_dismiss_wizard()
        self._decide("dismissed", dismiss_reason=reason.strip())
        return True

    def _open_dismiss_wizard(self):
        wizard = self.env["complaint.mail.dismiss.wizard"].create({"mail_ids": self.ids})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Dismiss: why is it no complaint?"),
            "res_model": wizard._name,
            "res_id": wizard.id,
            "views": [(False, "form")],
            "view_mode": "form",
            "target": "new",
        }

    def _check_decidable(self):
        """:raise AccessError: for those who may only read
        :raise UserError: naming a mail that is decided already
        """
        self.check_access("write")
        for mail in self:
            if mail.state not in DECIDABLE_STATES:
                raise UserError(self.env._("“%s” is decided already: reload the page.", mail.name))

    def _check_complete(self):
        """:raise UserError: naming a mail that was here before: nothing of it was kept twice"""
        # bin_size: whether there is a file, without reading it
        for mail in self.with_context(bin_size=True):
            if not mail.raw:
                raise UserError(
                    self.env._("“%s” was delivered twice: the first is here already.", mail.name)
                )

    def _retry(self):
        """Let one mail in again, as the mail server does; what goes wrong stays in this row."""
        self.ensure_one()
        # sudo: pressing was checked; letting mails in is the gateway's, with its own guards
        mail = self.with_user(SUPERUSER_ID).with_company(self.company_id)
        mail._let_in(MailDoor(mail._get_raw_bytes(), forced=True), kept=mail)
        self.invalidate_recordset()
        if self.state == "done":
            self._decide("done")

    def _decide(self, state, **vals):
        """Write what was decided, and by whom; its activity is done."""
        # sudo: the caller has checked the right to decide; the fields are written by code only
        mails = self.sudo()
        mails._write_trusted(
            {
                "state": state,
                "decided_user_id": self.env.uid,
                "date_decided": fields.Datetime.now(),
                **vals,
            }
        )
        mails.activity_ids.unlink()
