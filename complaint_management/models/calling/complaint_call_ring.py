import json
import re
from datetime import timedelta
from urllib.parse import unquote
from uuid import uuid4

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.bus.models.bus import channel_with_db, json_dump

RING = "complaint.call/incoming"
RINGER_GROUP = "complaint_management.group_complaint_telephone"
MAX_NUMBER_LENGTH = 255
# "Hanna" <sip:+15550100101@pbx.example.com;user=phone>, tel:+1-555-010-0101;ext=7
ADDRESS = re.compile(r"\b(?:sips?|tel):([^@;>?]*)", re.IGNORECASE)
# What telephone systems write where the caller shows no number.
WITHHELD = {
    "anonymous",
    "blocked",
    "none",
    "private",
    "restricted",
    "unavailable",
    "unknown",
    "withheld",
}
# A telephone system that sends the same call again within these seconds means one call.
RING_SECONDS = 10
# Two callers without a number cannot be told apart but by the seconds between them.
WITHHELD_SECONDS = 2
# More calls of one person than anybody could take within them are a mistake of a program.
RING_LIMIT = 20
# Nobody lets it ring longer.
RINGING = timedelta(minutes=2)
# The calls are looked for among the last messages of the bus only: it has no index but its key.
BUS_MESSAGES = 2000


class ComplaintCallRing(models.AbstractModel):
    """A telephone system tells whose telephone rings; his browser shows who calls (R1).

    What is sent holds the number and nothing we know about it: the browser of the person called
    asks for the rest, with his own rights. The telephone system needs no right to read anything.
    """

    _inherit = "complaint.call"

    @api.model
    def incoming(self, number, login=None):
        """Tell a user that somebody calls him; for ``POST /json/2/complaint.call/incoming``.

        Sent twice within ``RING_SECONDS`` it is one call; without a number, within
        ``WITHHELD_SECONDS``.

        :param str number: the caller's number as the telephone system has it, in any notation, as
            ``sip:`` or ``tel:`` address, too; empty or ``anonymous`` where it is withheld
        :param str login: who is called; default: the owner of the key
        :return: ``{"notified": True}``
        :raise AccessError: who is neither called himself nor a telephone system
        :raise UserError: for what is no number, for a login of nobody who takes complaints, and
            for more calls than a person can get
        """
        called = self._get_called_user(login)
        number = self._read_number(number)
        recent = self._get_recent_rings(called)
        if not self._is_sent_again(number, recent):
            if len(recent) >= RING_LIMIT:
                raise UserError(
                    self.env._("“%s” is called too often: wait some seconds.", called.login)
                )
            called._bus_send(RING, self._prepare_incoming_vals(number))
        return {"notified": True}

    @api.model
    @api.readonly
    def caller(self, number="", date=None):
        """Who calls, in a few words: all that the notification shows (R1).

        :param str number: as in :meth:`incoming`
        :param str date: when it rang, as the bus said (UTC): what a browser hears of only later,
            after its computer slept, is no call any more
        :return: dict; see :meth:`_prepare_ring_vals`
        :raise AccessError: for users who do not work on complaints
        :raise UserError: for what is no number
        """
        self._check_card_access()
        number = self._read_number(number)
        callers = self._find_callers(number) if number else self.env["res.partner"]
        consumers = self._find_consumers(number, callers)
        vals = self._prepare_ring_vals(number, callers, consumers)
        rang = fields.Datetime.to_datetime(date) or fields.Datetime.now()
        return {**vals, "is_over": fields.Datetime.now() - rang > RINGING}

    # ------------------------------------------------------------
    # Who is called
    # ------------------------------------------------------------
    @api.model
    def _get_called_user(self, login):
        """Find whom a call is announced to; what is refused does not tell which logins exist.

        :param login: see :meth:`incoming`
        :return: ``res.users`` who may open the call card
        :raise AccessError: who may not announce calls to this login
        :raise UserError: when nobody with this login takes complaints
        """
        user = self.env.user
        if login is not None and not isinstance(login, str):
            raise UserError(self.env._("“login” is the login of a user, as a text."))
        login = (login or "").strip()
        if not self._may_announce_calls():
            self._check_card_access()
            if login and login != user.login:
                raise AccessError(self.env._("You may announce your own calls only."))
        elif login:
            # sudo: the telephone system reads no users; it gets nothing of this one but a yes or no
            users = self.env["res.users"].sudo()
            user = users.search(users._get_login_domain(login), limit=1)
        if not user or not self.with_user(user)._takes_calls():
            raise UserError(
                self.env._(
                    "“%s” is no user who takes complaints: “login” says who is called.",
                    login or user.login,
                )
            )
        return user

    @api.model
    def _may_announce_calls(self):
        """:return: whether this user may tell others that somebody calls them"""
        groups = (RINGER_GROUP, "complaint_management.group_complaint_admin")
        return any(self.env.user.has_group(group) for group in groups)

    @api.model
    def _takes_calls(self):
        """:return: whether this user, one of ours and still here, may open the call card"""
        return self.env.user._is_internal() and self.env["complaint.complaint"].has_access("create")

    # ------------------------------------------------------------
    # What is told
    # ------------------------------------------------------------
    @api.model
    def _read_number(self, number):
        """:return: what a telephone system means by a number, empty where it is withheld

        :raise UserError: for what cannot be a number
        """
        if not isinstance(number, str) or len(number) > MAX_NUMBER_LENGTH:
            raise UserError(
                self.env._(
                    "“number” is a telephone number: a text of at most %s characters, "
                    "empty where the number is withheld.",
                    MAX_NUMBER_LENGTH,
                )
            )
        address = ADDRESS.search(number)
        number = unquote(address[1]) if address else number
        number = "".join(char if char.isprintable() else " " for char in number).strip()
        return "" if number.casefold() in WITHHELD else number

    @api.model
    def _prepare_incoming_vals(self, number):
        """What goes over the bus: as little as possible, and nothing we know about the number."""
        return {
            "id": uuid4().hex,
            "number": number,
            "date": fields.Datetime.to_string(fields.Datetime.now()),
        }

    @api.model
    def _prepare_ring_vals(self, number, callers, consumers):
        """What the notification shows; called by :meth:`caller`.

        :param callers: ``res.partner`` whose number this is, best match first
        :param consumers: ``complaint.complaint`` that carry this number, where no contact does
        """
        caller, complaint = callers[:1], consumers[:1]
        # sudo: the name of the company behind a contact the user may read
        customer = caller.commercial_partner_id.sudo()
        return {
            "number": self._format_number(number),
            "known": bool(caller or complaint),
            "partner_id": caller.id,
            "name": caller.name or complaint.complainant_name or complaint.name or "",
            "customer_name": customer.name if customer != caller else "",
            "city": caller.city or customer.city or "",
            "others": max(len(callers) - 1, 0),
        }

    @api.model
    def _is_sent_again(self, number, recent):
        """:param list recent: of :meth:`_get_recent_rings`
        :return: whether a telephone system repeats itself
        """
        seconds = RING_SECONDS if number else WITHHELD_SECONDS
        since = fields.Datetime.to_string(fields.Datetime.now() - timedelta(seconds=seconds))
        return any(ring["number"] == number and ring["date"] >= since for ring in recent)

    @api.model
    def _get_recent_rings(self, user):
        """:return: list of the calls announced to a user within the last ``RING_SECONDS``, as
        :meth:`_prepare_incoming_vals`
        """
        # sudo: messages of this kind to this user, of which the caller learns nothing
        bus = self.env["bus.bus"].sudo()
        messages = bus.search_fetch(
            [
                ("id", ">", bus._bus_last_id() - BUS_MESSAGES),
                ("channel", "=", json_dump(channel_with_db(self.env.cr.dbname, user.partner_id))),
                ("create_date", ">=", self.env.cr.now() - timedelta(seconds=RING_SECONDS)),
            ],
            ["message"],
        )
        contents = [json.loads(message.message) for message in messages]
        return [c["payload"] for c in contents if c["type"] == RING]
