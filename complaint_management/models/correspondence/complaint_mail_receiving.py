import base64
import logging
from functools import partial

from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

from ..complaint.complaint_state_guard import TRUSTED
from .mail_door import DOOR
from .mail_headers import clean_text

_logger = logging.getLogger(__name__)

COMPLAINT = "complaint.complaint"
INTAKE_CONSTRAINT = "complaint_complaint_intake_key_unique"
# Reasons with which a mail waits for a person; with all others it is set aside.
TO_DECIDE = ("error", "flood", "machine", "reused")


class ComplaintMailReceiving(models.Model):
    """Letting a mail in: it becomes a complaint or an answer, or it is kept here (T6, T7, T8).

    Core marks a fetched mail as handled also when it raised; so nothing raises here. Each mail
    has its savepoint: a poison mail takes nothing with it.
    """

    _inherit = "complaint.mail.kept"

    # ------------------------------------------------------------
    # Is it ours?
    # ------------------------------------------------------------
    @api.model
    def _is_for_complaints(self, door, model):
        """:param door: ``MailDoor``
        :param str model: fallback model of the mail server, may be empty
        :return: whether a mail goes to an alias of complaints or answers a complaint's message
        """
        if model == COMPLAINT:
            return True
        if self._find_aliases(door):
            return True
        references = door.headers.get_references()
        # sudo: which record a mail answers, whoever lets it in
        return bool(references) and bool(
            self.env["mail.message"]
            .sudo()
            .search_count([("message_id", "in", references), ("model", "=", COMPLAINT)], limit=1)
        )

    @api.model
    def _find_aliases(self, door):
        """:return: ``mail.alias`` of complaints the mail is addressed to, in its order"""
        if door.aliases is not None:
            return door.aliases.with_env(self.env).sudo()
        addresses = door.headers.get_recipients()
        # sudo: aliases are read by the gateway, whoever it runs as
        aliases = self.env["mail.alias"].sudo()
        if not addresses:
            door.aliases = aliases
            return aliases
        found = aliases.search(
            [
                ("alias_model_id.model", "=", COMPLAINT),
                "|",
                ("alias_full_name", "in", addresses),
                "&",
                ("alias_name", "in", [address.split("@")[0] for address in addresses]),
                ("alias_incoming_local", "=", True),
            ]
        )
        places = {address: number for number, address in reversed([*enumerate(addresses)])}
        door.aliases = found.sorted(lambda a: places.get(a.alias_full_name, len(places)))
        return door.aliases

    # ------------------------------------------------------------
    # Letting in
    # ------------------------------------------------------------
    @api.model
    def _is_mail_server(self):
        """Core lets every login hand in mails over RPC, with whatever head he wrote himself.

        :return: whether it is the job that fetches mails, or the administrator a mail server uses
        """
        return self.env.su or self.env.user.has_group("base.group_system")

    @api.model
    def _let_in(self, door, process=None, kept=None):
        """Let a mail in, whatever it is.

        :param door: ``MailDoor``
        :param process: function () that calls core's ``message_process``; default: into the team
            of ``kept``
        :param kept: row of a mail that is tried again
        :return: what core returned: id of the complaint, or False
        """
        door.trusted = not door.forced and self._is_mail_server()
        process = process or partial(self._process_again, kept, door)
        result = self._try_mail(door, process)
        self._settle(door, result, door.error, kept)
        return result if door.landed else False

    @api.model
    def _try_mail(self, door, process):
        """Do something with a mail; what fails is undone and noted at the door.

        :param door: ``MailDoor``
        :param process: function ()
        :return: what it returned, or False
        """
        result, error = False, None
        try:
            with self.env.cr.savepoint():
                result = process()
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY as problem:
            # Over RPC the whole call is made again; fetching marks the mail as handled
            if not self.env.context.get("fetchmail_cron_running"):
                raise
            error = problem
        except UniqueViolation as problem:
            # The same mail was let in by somebody else at this moment (T7)
            door.landed = []
            if problem.diag.constraint_name == INTAKE_CONSTRAINT:
                door.aside = "duplicate"
            else:
                error = problem
        except Exception as problem:  # whatever a mail can bring about
            error = problem
        if error is not None:
            door.landed, door.aside, door.error = [], "error", error
            _logger.info("Mail %s is kept: %r", door.message_id, error, exc_info=error)
        return result

    @api.model
    def _get_gateway_context(self, door):
        """:return: dict for the context in which core lets the mail in: the door, and the language
        of the company that gets it, for what is noted beside it
        """
        company = self._get_alias_team(self._find_aliases(door)[:1]).company_id or self.env.company
        # sudo: a language
        return {DOOR: door, "lang": company.sudo().partner_id.lang or self.env.user.lang}

    @api.model
    def _process_again(self, kept, door):
        """Let core process a kept mail once more, into its team."""
        gateway = self.env["mail.thread"].with_context(**self._get_gateway_context(door))
        values = {"team_id": kept.team_id.id} if kept.team_id else {}
        return gateway.message_process(COMPLAINT, door.raw, custom_values=values)

    @api.model
    def _settle(self, door, result, error, kept):
        """Note what became of a mail that did not land, or of a kept one that did."""
        if door.landed:
            if kept:
                kept._write_trusted({"state": "done", "complaint_id": door.landed[0][1]})
            return
        if not door.aside:
            door.aside = self._find_reason(door, result)
        vals = self._prepare_kept_vals(door, error)
        if kept:
            # What was kept stays: only what happened now is added
            kept._write_trusted(
                {"error": vals["error"], "reason": vals["reason"], "tries": kept.tries + 1}
            )
            return
        # sudo: whoever the gateway runs as, the mail is kept. Trusted: rows are made here only
        rows = self.sudo().with_context(complaint_transition=TRUSTED, mail_create_nolog=True)
        rows.create(vals).with_env(self.sudo().env)._ask_to_decide()

    @api.model
    def _find_reason(self, door, result):
        """:return: key of ``KEPT_REASONS`` for a mail core let nowhere near a complaint"""
        if result:
            return "elsewhere"
        # sudo: whether it was here before does not depend on who asks
        message = (
            self.env["mail.message"].sudo().search([("message_id", "=", door.message_id)], limit=1)
        )
        if not message:
            return "loop"
        same = (door.subject or "").split() == (message.subject or "").split()
        return "duplicate" if same else "reused"

    @api.model
    def _prepare_kept_vals(self, door, error):
        """Values of the row of a mail that did not land; called by :meth:`_settle`."""
        alias = self._find_aliases(door)[:1]
        team = self._get_alias_team(alias)
        company = team.company_id or self.env.company
        get = door.headers.get
        duplicate = door.aside == "duplicate" and self.env[COMPLAINT]._find_mailed(
            door.message_id, company
        )
        return {
            "name": get("Subject")[:250] or self.env._("(no subject)"),
            "state": "kept" if door.aside in TO_DECIDE else "rejected",
            "reason": door.aside,
            "error": clean_text(f"{type(error).__name__}: {error}")[:2000] if error else False,
            "email_from": get("From")[:250],
            "email_to": ", ".join(door.headers.get_recipients())[:500],
            "message_id": door.message_id,
            "date_received": fields.Datetime.now(),
            "raw": base64.b64encode(door.raw) if door.aside != "duplicate" else False,
            "size": (len(door.raw) + 1023) // 1024,
            "company_id": company.id,
            "team_id": team.id,
            "complaint_id": duplicate.id if duplicate else False,
        }

    @api.model
    def _get_alias_team(self, alias):
        """:return: ``complaint.team`` a mail to ``alias`` is for, by sudo; archived ones too"""
        teams = self.env["complaint.team"].sudo()  # sudo: which team, whoever lets the mail in
        if alias.alias_parent_model_id.model != teams._name:
            return teams
        return teams.browse(alias.alias_parent_thread_id).exists()

    def _get_raw_bytes(self):
        """:return: the mail as it came
        :raise UserError: where only its head was noted
        """
        self.ensure_one()
        return base64.b64decode(self.with_context(bin_size=False).raw or b"")

    # ------------------------------------------------------------
    # Who looks at it
    # ------------------------------------------------------------
    def _ask_to_decide(self):
        """Give whoever watches the e-mail channel one activity while mails of his team wait."""
        self.ensure_one()
        if self.state != "kept":
            return
        waiting = self.search_count(
            [
                ("state", "=", "kept"),
                ("company_id", "=", self.company_id.id),
                ("team_id", "=", self.team_id.id),
                ("activity_ids", "!=", False),
            ],
            limit=1,
        )
        user = self.env[COMPLAINT]._get_mail_watcher(self.team_id, self.company_id)
        if waiting or not user:
            return
        env = self.with_context(lang=user.lang).env
        self.activity_schedule(
            "complaint_management.mail_activity_incoming_mail",
            summary=env._("Mails wait: make complaints of them, or dismiss them"),
            user_id=user.id,
        )
