import uuid

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import email_normalize

from ..complaint.complaint_complaint import OVER_STATES

# Mails a person or a job wrote; notifications of changes lead nowhere.
LETTER_TYPES = ("comment", "email_outgoing", "auto_comment")


class ComplaintCustomerLink(models.Model):
    """Letters lead the customer to his page, where he answers without a login (R35, R46, R48).

    The link is no part of the letter: it is put into the one mail that leaves for its partner
    (``mail.mail._personalize_outgoing_body``). So it stands neither in the chatter nor in the mail
    queue, and whoever gets a copy gets none.
    """

    _inherit = "complaint.complaint"

    customer_link = fields.Char(
        "The customer's link",
        compute="_compute_customer_link",
        groups="complaint_management.group_complaint_user",
        exportable=False,
        help="Whoever has it sees the customer's page and answers in his name: for him alone.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        """The key of links is ours, and there from the first day: a mail going out writes none."""
        return super().create([{**vals, "access_token": str(uuid.uuid4())} for vals in vals_list])

    # ------------------------------------------------------------
    # Who gets one
    # ------------------------------------------------------------
    def _get_letter_link(self, partner, mail):
        """The personal link for one mail, or none where anything is in doubt.

        :param partner: ``res.partner`` the mail leaves for; empty for addresses without one
        :param mail: the ``mail.mail``, of the complaint or one of its reports
        :return: str, absolute URL; None where the company does without, where the mail is no letter
            to the customer alone, and where ``partner`` may not answer for him
        """
        self.ensure_one()
        # sudo: mails are sent by jobs and by whoever wrote them; the link goes to its partner only
        complaint, partner, mail = self.sudo(), partner.sudo(), mail.sudo()
        if not partner or not complaint.company_id.complaint_letter_link:
            return None
        # At the end there is nothing left to answer but a report
        if complaint.state in OVER_STATES and mail.model == complaint._name:
            return None
        if not (complaint._is_letter_to(partner, mail) and complaint._may_get_link(partner)):
            return None
        return complaint._get_customer_url(partner)

    def _is_letter_to(self, partner, mail):
        """:return: whether ``mail`` is a letter to ``partner``, and nobody of another company gets
        it too: answers to all quote what they answer
        """
        message = mail.mail_message_id
        internal = message.is_internal or message.subtype_id.internal
        copies = mail.email_to or mail.email_cc or message.outgoing_email_to
        if internal or copies or message.message_type not in LETTER_TYPES:
            return False
        addressed = message.partner_ids
        if not mail.is_notification:
            addressed |= mail.recipient_ids
        reached = addressed | mail.recipient_ids | message.notification_ids.res_partner_id
        outside = reached.filtered("partner_share").commercial_partner_id
        return partner in addressed and outside == partner.commercial_partner_id

    def _may_get_link(self, partner):
        """:return: whether ``partner`` may answer for the customer, and his address is known to be
        his; colleagues, people it is about and addresses nobody vouched for get none
        """
        # One address: a second one in the field may be anybody's
        email = email_normalize(partner.email or "")
        if not email or not partner.partner_share or not self._is_customer(partner):
            return False
        if partner in self.concerned_user_ids.partner_id:
            return False
        unverified = self.sender_state == "unverified" and email_normalize(self.sender_email or "")
        if email == unverified or not self._is_open_to_link():
            return False
        return email not in self._find_own_addresses({email})

    # ------------------------------------------------------------
    # Sending one oneself
    # ------------------------------------------------------------
    @api.depends("partner_id", "contact_id")
    def _compute_customer_link(self):
        """As strong as what it opens: for those who may write the complaint."""
        for complaint in self:
            partner = complaint.contact_id or complaint.partner_id
            shown = partner and complaint.id and complaint.has_access("write")
            # sudo: the customer's own link; the right to write was checked
            complaint.customer_link = bool(shown) and complaint.sudo()._get_customer_url(partner)

    def action_copy_customer_link(self):
        """Show the customer's personal link to copy it into a chat or a mail of one's own (R46).

        :return: action of the dialog
        :raise AccessError: for those who may only read the complaint
        :raise UserError: where no customer is known yet
        """
        self.ensure_one()
        self.check_access("write")
        if not (self.contact_id or self.partner_id):
            raise UserError(self.env._("Choose the customer first: the link is his alone."))
        view = self.env.ref("complaint_management.complaint_complaint_view_form_copy_link")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("The customer's link"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "views": [(view.id, "form")],
            "target": "new",
        }

    # ------------------------------------------------------------
    # Taking links back
    # ------------------------------------------------------------
    def action_withdraw_links(self):
        """End every link to these complaints: shared ones, and those in letters that went out.

        Logins of the customer go on, and letters from now on carry new links.

        :raise AccessError: for those who may only read the complaints
        """
        self.check_access("write")
        for complaint in self:
            # sudo: keys of links are nobody's to write; the right to write was checked
            complaint.sudo().access_token = str(uuid.uuid4())
            complaint._message_log(
                body=self.env._(
                    "The customer's links to this complaint were withdrawn: they open nothing any "
                    "more. The next letter carries a new one."
                )
            )
