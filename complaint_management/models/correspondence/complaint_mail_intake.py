from odoo import api, models

from .mail_door import DOOR, MailDoor
from .mail_nature import PERSON
from .mail_text import get_words

MAX_SUBJECT = 200


class ComplaintMailIntake(models.Model):
    """A mail to a team's address becomes a draft (R5): the sender's words, his files, and what may
    be known of him. A person completes and registers it.
    """

    _inherit = "complaint.complaint"

    # ------------------------------------------------------------
    # The door
    # ------------------------------------------------------------
    @api.model
    def _get_mail_door(self):
        """:return: ``MailDoor`` of the mail that is being let in, or None

        Compared by type: no caller's context can hold one.
        """
        door = self.env.context.get(DOOR)
        return door if isinstance(door, MailDoor) else None

    @api.model
    def _get_mail_key(self, message_id, company):
        """:return: intake key of a mail: one mail makes one complaint in each company (T7)"""
        return f"{message_id} {company.id}"

    @api.model
    def _find_mailed(self, message_id, company):
        """:return: the complaint a mail became in ``company``, by sudo"""
        return self._find_by_intake_key(self._get_mail_key(message_id, company))

    @api.private
    @api.model
    def message_new(self, msg_dict, custom_values=None):
        """Open a draft from a mail; called by the mail gateway only.

        :param dict msg_dict: the parsed mail, see core's ``message_parse``
        :param dict custom_values: what the alias says, e.g. the team
        :return: the new ``complaint.complaint``
        """
        vals = self._prepare_mail_vals(msg_dict, custom_values or {})
        company = self.env["res.company"].browse(vals["company_id"])
        complaints = self.with_company(company).with_context(mail_create_nosubscribe=True)
        # The address is normalised, and may be missing
        parsed = {**msg_dict, "email_from": vals["email_from"]}
        stamps = self._prepare_sender_vals(msg_dict, vals)
        complaint = super(ComplaintMailIntake, complaints).message_new(parsed, vals)
        complaint._write_trusted(stamps)
        door = self._get_mail_door()
        if door:
            door.landed.append(("new", complaint.id))
        return complaint

    # ------------------------------------------------------------
    # Values
    # ------------------------------------------------------------
    @api.model
    def _prepare_mail_vals(self, msg_dict, values):
        """Values of a draft from a mail; called by :meth:`message_new`.

        :param dict msg_dict: the parsed mail
        :param dict values: what the alias says; it wins
        :return: dict of create values
        """
        team, company = self._find_mail_team(values)
        _name, address = self._split_sender(msg_dict.get("email_from"))
        customer, person = self._find_mail_customer(address, company)
        subject = " ".join((msg_dict.get("subject") or "").split())[:MAX_SUBJECT]
        words = get_words(msg_dict.get("body"), subject)
        channel = self.env.ref("complaint_management.channel_email", raise_if_not_found=False)
        vals = {
            "subject": subject or False,
            "description": words or subject or self.env._("(a mail without words)"),
            "channel_id": channel.id if channel else False,
            "partner_id": customer.id,
            "contact_id": person.id,
            "email_from": address,
            **values,
            "team_id": team.id,
            "company_id": company.id,
            # Not what core would call it, the subject: numbers are given by create()
            "name": "/",
        }
        vals["user_id"] = self._find_mail_salesperson(vals, team, company).id
        return vals

    @api.model
    def _find_mail_team(self, values):
        """:return: tuple (``complaint.team``, ``res.company``) a mail is for: the alias's, while
        its team works; else the first team of the same company
        """
        # sudo: whom a mail is for, whoever lets it in
        team = self.env["complaint.team"].sudo().browse(values.get("team_id")).exists()
        company = self.env["res.company"].sudo().browse(values.get("company_id")).exists()
        company = team.company_id or company or self.env.company
        if not team.active:
            team = team._get_default_team(company)
        return team, company

    @api.model
    def _find_mail_salesperson(self, vals, team, company):
        """Who gets the draft: a colleague the mail server vouches for, the customer's salesperson,
        else nobody: it waits for whoever watches the channel.

        :return: ``res.users``, may be empty
        """
        # sudo: whose customer it is
        partner = self.env["res.partner"].sudo().browse(vals["contact_id"] or vals["partner_id"])
        door = self._get_mail_door()
        colleague = self.env["res.users"]
        if door and self._is_mail_verified(door, vals["email_from"]):
            colleague = self._find_mail_colleague(vals["email_from"], company)
        line = (colleague, partner.user_id, partner.commercial_partner_id.user_id)
        return team._pick_present(line, company)

    @api.model
    def _prepare_sender_vals(self, msg_dict, vals):
        """Values of what is known of the sender, and of what the mail is; for code only."""
        name, address = self._split_sender(msg_dict.get("email_from"))
        door = self._get_mail_door()
        company = self.env["res.company"].browse(vals["company_id"])
        verified = door and self._is_mail_verified(door, address)
        return {
            "sender_state": "verified" if verified else "unverified",
            "sender_email": address or (msg_dict.get("email_from") or "")[:250] or False,
            "sender_name": name,
            "intake_key": self._get_mail_key(msg_dict["message_id"], company),
        }

    # ------------------------------------------------------------
    # Who looks at it
    # ------------------------------------------------------------
    @api.model
    def _get_mail_watcher(self, team, company):
        """:return: ``res.users`` who watches incoming mails: of the channel, else the team (R5)"""
        channel = self.env.ref("complaint_management.channel_email", raise_if_not_found=False)
        # sudo: whom the channel belongs to
        channel = (channel or self.env["complaint.channel"]).sudo()
        service = team.sudo().function_ids.filtered(lambda f: f.function == "customer_service")
        line = (
            channel.user_id,
            channel.backup_user_id,
            service.user_id,
            service.backup_user_id,
            team.sudo().user_id,
        )
        return team._pick_present(line, company) or team._get_last_resort(company)

    # ------------------------------------------------------------
    # After the mail is in the chatter
    # ------------------------------------------------------------
    def _message_post_after_hook(self, message, msg_vals):
        """The files of the mail are proposed as evidence; a person gets his acknowledgement."""
        result = super()._message_post_after_hook(message, msg_vals)
        door = self._get_mail_door()
        # sudo: the mail that is being let in
        if door and message.sudo().message_type == "email":
            self._take_mail_files(message.sudo())
            if ("new", self.id) in door.landed:
                self._tell_arrival()
                self._acknowledge_mail(door)
        return result

    def _acknowledge_mail(self, door):
        """Confirm receipt to a person the mail server vouches for; nobody else hears from us before
        somebody looked (T5, T8): an address in a From header may be anybody's.
        """
        if door.nature == PERSON and self.sender_state == "verified" and not door.forced:
            self._acknowledge()
