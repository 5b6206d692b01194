"""Mails as bytes, let in as the mail server does, and what became of them."""

from email.message import EmailMessage
from email.policy import SMTP

from odoo.tools import mute_logger

from ..common import ComplaintCommon

DOMAIN = "our-company.example.com"
ADDRESS = f"complaints-test@{DOMAIN}"
CUSTOMER = '"Hanna Harbour" <hanna@harbour-hotel.example.com>'
AUTHSERV = "mx.our-company.example.com"
VERIFIED = f"{AUTHSERV}; dmarc=pass header.from=harbour-hotel.example.com"
# 1 x 1 pixel, made as large as a photo
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6260f8cfc0000000030001018dd5b60000000049454e44ae426082"
)
PHOTO = PIXEL + b"\0" * 8000


class MailCommon(ComplaintCommon):
    """A team with an address; ``_receive`` lets a mail in, ``_count`` says what there is."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.alias_domain = cls.env["mail.alias.domain"].create({"name": DOMAIN})
        cls.company.alias_domain_id = cls.alias_domain
        cls.team.alias_name = "complaints-test"
        cls.number = 0
        cls.env["complaint.channel"].search([("code", "=", "email")]).user_id = cls.user_service
        cls.env.flush_all()

    # ------------------------------------------------------------
    # Making mails
    # ------------------------------------------------------------
    @classmethod
    def _message_id(cls):
        cls.number += 1
        return f"<{cls.number}.test@harbour-hotel.example.com>"

    @classmethod
    def _mail(cls, text="The napkins are torn.", files=(), html=None, **headers):
        """A mail as bytes; headers are named with underscores, ``None`` leaves one out.

        :param files: tuples (name, bytes, MIME type)
        """
        message = EmailMessage(policy=SMTP)
        given = {
            "From": CUSTOMER,
            "To": ADDRESS,
            "Subject": "Torn napkins",
            "Date": "Fri, 27 Nov 2026 10:00:00 +0000",
            "Message_Id": cls._message_id(),
            **headers,
        }
        for name, value in given.items():
            if value is not None:
                message[name.replace("_", "-")] = value
        if text is not None:
            message.set_content(text)
        if html:
            message.add_alternative(html, subtype="html")
        for name, content, kind in files:
            main, sub = kind.split("/")
            message.add_attachment(content, maintype=main, subtype=sub, filename=name)
        return message.as_bytes()

    # ------------------------------------------------------------
    # Letting them in
    # ------------------------------------------------------------
    @classmethod
    def _receive(cls, raw, model=None):
        """Let one mail in as the job that fetches mails does.

        :return: the complaint it became or answered, empty where it was kept
        """
        # Core tells at INFO what it ignores; only what goes wrong in our own code may be louder
        result = cls.env["mail.thread"].message_process(model, raw)
        cls.env.flush_all()
        return cls.env["complaint.complaint"].browse(result or ())

    @classmethod
    def _receive_broken(cls, raw):
        """As :meth:`_receive`, for mails over which core's parser warns."""
        with mute_logger("odoo.addons.mail.models.mail_thread", "odoo.tools.mail", "odoo.sql_db"):
            return cls._receive(raw)

    @classmethod
    def _kept(cls, **vals):
        """:return: rows of mails that became no complaint, newest first"""
        domain = [(name, "=", value) for name, value in vals.items()]
        return cls.env["complaint.mail.kept"].search(domain, order="id desc")

    @classmethod
    def _count(cls):
        """:return: tuple (complaints, mails in their chatters, kept mails)"""
        mails = [("model", "=", "complaint.complaint"), ("message_type", "=", "email")]
        return (
            cls.env["complaint.complaint"].with_context(active_test=False).search_count([]),
            cls.env["mail.message"].search_count(mails),
            cls.env["complaint.mail.kept"].search_count([]),
        )

    @classmethod
    def _outgoing(cls):
        """:return: mails that go out to somebody outside"""
        colleagues = cls.env["res.users"].search([("share", "=", False)]).partner_id
        mails = cls.env["mail.mail"].search([])
        return mails.filtered(
            lambda m: m.email_to or any(p not in colleagues for p in m.recipient_ids)
        )

    @classmethod
    def _trust_server(cls):
        """From now on the findings of our own mail server count."""
        cls.env["ir.config_parameter"].set_param("complaint_management.mail_authserv_id", AUTHSERV)
