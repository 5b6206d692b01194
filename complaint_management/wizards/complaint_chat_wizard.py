from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.correspondence.complaint_chat import MOMENTS


class ComplaintChatWizard(models.TransientModel):
    """A short text to copy into a chat; it counts when the user says that he sent it."""

    _name = "complaint.chat.wizard"
    _description = "Text for a Chat with a Customer"

    complaint_id = fields.Many2one("complaint.complaint", required=True, readonly=True)
    moment = fields.Selection(
        MOMENTS,
        "About",
        required=True,
        compute="_compute_moment",
        store=True,
        readonly=False,
        precompute=True,
    )
    text = fields.Text(compute="_compute_text", store=True, readonly=False)

    @api.depends("complaint_id")
    def _compute_moment(self):
        for wizard in self:
            wizard.moment = wizard.complaint_id and wizard.complaint_id._get_chat_moment()

    @api.depends("complaint_id", "moment")
    def _compute_text(self):
        for wizard in self:
            complaint = wizard.complaint_id
            wizard.text = (
                complaint._get_chat_text(wizard.moment) if complaint and wizard.moment else False
            )

    def action_sent(self):
        """Log what was sent; it is an answer like a call.

        :raise AccessError: for those who may only read the complaint
        :raise UserError: without a text
        """
        self.ensure_one()
        if not (self.text or "").strip():
            raise UserError(self.env._("Write what you sent."))
        self.complaint_id._log_chat(self.text)
        return {"type": "ir.actions.act_window_close"}
