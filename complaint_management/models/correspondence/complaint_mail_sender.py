from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import email_normalize, parse_contact_from_email

from .mail_nature import is_sender_verified

AUTHSERV_PARAMETER = "complaint_management.mail_authserv_id"


class ComplaintMailSender(models.Model):
    """Who sent the mail a complaint was made of is proposed, not believed (T5).

    A From header is as easily forged as the back of an envelope. Only our own mail server's finding
    (``Authentication-Results`` with the name set in the settings) or a colleague makes it true.
    """

    _inherit = "complaint.complaint"

    sender_state = fields.Selection(
        [
            ("unverified", "Sender not verified"),
            ("verified", "Verified by the mail server"),
            ("confirmed", "Confirmed by a colleague"),
        ],
        "Sender",
        readonly=True,
        copy=False,
    )
    sender_email = fields.Char(
        "Sender's address", readonly=True, copy=False, help="As the mail says, not verified."
    )
    sender_name = fields.Char("Sender's name", readonly=True, copy=False)

    @api.model
    def _get_verb_fields(self):
        return super()._get_verb_fields() | {"sender_state", "sender_email", "sender_name"}

    # ------------------------------------------------------------
    # Who it may be
    # ------------------------------------------------------------
    @api.model
    def _is_mail_verified(self, door, address):
        """:param door: ``MailDoor``
        :param str address: normalised address of the From header
        :return: whether the mail server we trust vouches for the sender
        """
        if not door.trusted:
            return False
        # sudo: a setting of the gateway
        authserv = self.env["ir.config_parameter"].sudo().get_param(AUTHSERV_PARAMETER) or ""
        return is_sender_verified(door.headers, authserv, address)

    @api.model
    def _find_mail_customer(self, address, company):
        """The customer an address belongs to, where it is exactly one.

        :param str address: normalised
        :return: tuple (customer, person); both may be empty
        """
        # sudo: who has that address, whoever lets the mail in
        partners = self.env["res.partner"].sudo()
        if not address:
            return partners, partners
        found = partners.search(
            [
                ("email_normalized", "=", address),
                ("company_id", "in", [False, company.id]),
                # A colleague who forwards a mail is not the customer
                ("user_ids", "not any", [("share", "=", False)]),
            ],
            limit=20,
        )
        customers = found.commercial_partner_id
        if len(customers) != 1:
            return partners, partners
        people = found - customers
        return customers, people if len(people) == 1 else partners

    @api.model
    def _find_mail_colleague(self, address, company):
        """:return: ``res.users`` of ours with that address who work in ``company``"""
        users = self.env["res.users"].sudo()  # sudo: see above
        if not address:
            return users
        return users.search(
            [
                ("email_normalized", "=", address),
                ("share", "=", False),
                ("company_ids", "in", company.ids),
            ],
            limit=1,
        )

    @api.model
    def _prepare_mail_people(self, door, msg_dict, values, routes):
        """Whom the message of a mail names: colleagues among its recipients, and its author unless
        he would be a colleague for whom nobody vouches.

        The customer has our mails, and so what an answer refers to: an answer in a colleague's
        name is a note for colleagues unless our mail server, named in the settings, vouches for it.

        :param dict values: what core found, see ``_message_parse_post_process``
        :return: dict of values of the message, ``author_id`` and ``partner_ids`` among them
        """
        partners = self.env["res.partner"].sudo()  # sudo: who is a colleague
        recipients = partners.browse(values.get("partner_ids") or ())
        author = partners.browse(values.get("author_id") or ())
        _name, address = self._split_sender(msg_dict.get("email_from"))
        people = {
            "author_id": author.id,
            "partner_ids": recipients.filtered(lambda p: not p.partner_share).ids,
        }
        answered = self.browse([r[1] for r in routes if r[0] == self._name and r[1]])
        if self._is_mail_verified(door, address):
            return people
        if author and not author.partner_share:
            people["author_id"] = False
        elif not answered._is_mail_of_ours(address):
            return people
        if answered:
            door.doubtful = True
            # Core names whom a note answers among its recipients
            parent = self.env["mail.message"].sudo().browse(msg_dict.get("parent_id") or ())
            people["is_internal"] = True
            people["parent_id"] = not parent.author_id.partner_share and parent.id
        return people

    def _is_mail_of_ours(self, address):
        """:param str address: normalised, may be empty
        :return: whether it is a colleague's, a company's or an alias's, or in a domain of ours
        """
        domain = (address or "").rpartition("@")[2]
        if not domain:
            return False
        # sudo: only whether an address is ours
        domains = self.env["mail.alias.domain"].sudo()
        return bool(
            domains.search_count([("name", "=ilike", domain)], limit=1)
            or self._find_own_addresses({address})
        )

    # ------------------------------------------------------------
    # Buttons
    # ------------------------------------------------------------
    def action_confirm_sender(self):
        """Whoever presses knows that the mail comes from whom it names.

        :raise UserError: where no mail waits for that
        :raise AccessError: for those who may not write the complaint
        """
        self.check_access("write")
        for complaint in self:
            if complaint.sender_state != "unverified":
                raise UserError(
                    self.env._("%s: there is no sender to confirm.", complaint.display_name)
                )
        self._write_trusted({"sender_state": "confirmed"})
        self._note_in_chatter(
            {c: [self.env._("Sender confirmed: %s.", c.sender_email or "")] for c in self}
        )

    def action_create_sender_contact(self):
        """Make the sender a contact: of the customer where one is chosen, else one of his own.

        :return: None; the new contact is on the complaint
        :raise UserError: without an address, or where the address is a contact's already
        :raise AccessError: for those who may not make contacts
        """
        self.ensure_one()
        self.check_access("write")
        address = email_normalize(self.sender_email or "")
        if not address:
            raise UserError(self.env._("The mail names no usable address: type the contact in."))
        partners = self.env["res.partner"]
        known = partners.search([("email_normalized", "=", address)], limit=1)
        if known:
            raise UserError(
                self.env._(
                    "%(address)s belongs to %(partner)s already: choose that contact.",
                    address=address,
                    partner=known.display_name,
                )
            )
        contact = partners.create(self._prepare_sender_contact_vals(address))
        if self.partner_id:
            self.contact_id = contact
        else:
            self.partner_id = contact

    def _prepare_sender_contact_vals(self, address):
        """Values of the contact; called by :meth:`action_create_sender_contact`."""
        self.ensure_one()
        return {
            "name": self.sender_name or address,
            "email": address,
            "parent_id": self.partner_id.commercial_partner_id.id,
            "company_id": self.partner_id.company_id.id,
            "user_id": self.user_id.id,
        }

    # ------------------------------------------------------------
    # Answers go to the customer
    # ------------------------------------------------------------
    def _message_get_suggested_recipients_batch(self, *args, **kwargs):
        """Propose colleagues and the customer's people only: whom a sender put in copy is nobody we
        write to without having chosen him (T5).
        """
        suggested = super()._message_get_suggested_recipients_batch(*args, **kwargs)
        partners = self.env["res.partner"].browse(
            {r["partner_id"] for found in suggested.values() for r in found if r["partner_id"]}
        )
        # sudo: whether somebody proposed is a colleague
        shared = {partner.id for partner in partners.sudo() if partner.partner_share}
        for complaint in self:
            suggested[complaint.id] = [
                recipient
                for recipient in suggested[complaint.id]
                if (recipient["partner_id"] and recipient["partner_id"] not in shared)
                or complaint._is_complaining(
                    {
                        "id": recipient["partner_id"],
                        "share": True,
                        "email_normalized": email_normalize(recipient["email"] or ""),
                    }
                )
            ]
        return suggested

    @api.model
    def _split_sender(self, sender):
        """:param str sender: a From header
        :return: tuple (name, normalised address); both may be empty
        """
        name, address = parse_contact_from_email(sender or "")
        normalized = email_normalize(sender or "", strict=False) or email_normalize(address or "")
        return (name or "").strip()[:120] or False, normalized or False
