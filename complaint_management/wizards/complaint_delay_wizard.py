from odoo import fields, models


class ComplaintDelayWizard(models.TransientModel):
    """Asks for the new date and tells it to the customer: a promise and a letter (R65)."""

    _name = "complaint.delay.wizard"
    _description = "New Date for a Customer"

    complaint_id = fields.Many2one("complaint.complaint", required=True, readonly=True)
    what = fields.Char(
        "What he gets then",
        required=True,
        default=lambda self: self._get_default_what(),
        help="The customer reads it.",
    )
    deadline = fields.Datetime("By when", required=True)

    def _get_default_what(self):
        """:return: our answer, in the customer's language: he reads it"""
        complaint = self.env["complaint.complaint"].browse(
            self.env.context.get("default_complaint_id") or ()
        )
        lang = (complaint and complaint._get_document_lang()) or self.env.lang
        return self.with_context(lang=lang).env._("Our complete answer")

    def action_send(self):
        """Promise the new date and send the letter as it is proposed.

        :raise UserError: for a date that is over, or without an address
        """
        self._promise()
        self.complaint_id._send_letter("delay")
        return {"type": "ir.actions.act_window_close"}

    def action_edit(self):
        """Promise the new date and open the letter; the delay ends when it was sent.

        :return: action of the composer
        :raise UserError: for a date that is over
        """
        self._promise()
        template = self.env.ref(
            "complaint_management.mail_template_delay", raise_if_not_found=False
        )
        action = self.complaint_id.action_write_customer()
        return {**action, "context": self.complaint_id._prepare_letter_context(template)}

    def action_told(self):
        """Promise the new date; the customer was told by phone.

        :raise UserError: for a date that is over
        """
        promise = self._promise()
        self.complaint_id.action_log_call("outgoing", self.env._("Told the new date."))
        self.complaint_id._log_promise(promise)
        self.complaint_id._end_delay()
        return {"type": "ir.actions.act_window_close"}

    def _promise(self):
        """:return: the ``complaint.promise`` of the new date
        :raise AccessError: for those who may only read the complaint
        """
        self.ensure_one()
        self.complaint_id.check_access("write")
        return self.complaint_id._promise_new_date(self.what.strip(), self.deadline)
