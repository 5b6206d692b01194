from odoo import api, fields, models

RECEIPT = "complaint_management.mail_template_receipt"
RECEIPT_REMARK = "complaint_management.mail_template_receipt_remark"


class ComplaintAcknowledging(models.Model):
    """The customer hears at once that we have his complaint, and how we understood it (R9).

    Registering acknowledges, and so does each door through which customers come by themselves: a
    complaint is acknowledged once in its life. It is a machine's mail: the first answer is still a
    person's (R11).
    """

    _inherit = "complaint.complaint"

    date_acknowledged = fields.Datetime(
        "Acknowledged on",
        readonly=True,
        copy=False,
        help="When the automatic acknowledgement was sent; it is no answer of a person.",
    )

    @api.model
    def _get_verb_fields(self):
        return super()._get_verb_fields() | {"date_acknowledged"}

    def _after_register(self):
        result = super()._after_register()
        self._acknowledge()
        return result

    def _acknowledge(self):
        """Send the automatic acknowledgement where none was sent yet; pressing twice sends one.

        For verbs and doors, which have checked that the complaint is what they say it is. Nothing
        goes out where the company does without, or to whom no machine may write.

        :return: the complaints whose acknowledgement is queued
        """
        # sudo: a machine's mail and stamp; a customer's door may read little of the complaint
        due = self.sudo().filtered(
            lambda c: not c.date_acknowledged and c.company_id.complaint_acknowledge
        )
        queued = due.browse()
        for template, complaints in due.grouped(lambda c: c._get_receipt_template()).items():
            queued |= complaints._send_automatic(template, stamp="date_acknowledged")
        return queued.with_env(self.env)

    def _get_receipt_template(self):
        """:return: external id of the template: praise and enquiries are no trouble we regret"""
        self.ensure_one()
        category = self.category_id
        return RECEIPT_REMARK if category and not category.is_complaint else RECEIPT
