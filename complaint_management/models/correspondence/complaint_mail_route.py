import ast

from odoo import api, models
from odoo.fields import Domain

from .mail_nature import MACHINE, REPLY
from .mail_numbers import get_numbers

# A machine's mail that answers nothing of ours opens no complaint (T8).
ASIDE_BY_NATURE = {REPLY: "reply", MACHINE: "machine"}


class ComplaintMailRoute(models.Model):
    """Where a mail belongs: into the complaint it answers, else into a new draft, once in each
    company, or nowhere (T7, T8).
    """

    _inherit = "complaint.complaint"

    @api.model
    def _settle_mail_routes(self, door, msg_dict, routes):
        """Go through the routes core found for a mail that is ours.

        :param door: ``MailDoor``
        :param dict msg_dict: the parsed mail
        :param list routes: tuples as core's ``message_route`` returns them
        :return: list of routes; those of other models stay as they are
        """
        settled = [] if door.forced else [r for r in routes if r[0] != self._name]
        companies = set()
        for _model, thread_id, values, user_id, alias in self._sort_mail_routes(door, routes):
            # Without the alias core sends no returned mail when something goes wrong: it is kept
            if thread_id:
                settled.append((self._name, thread_id, values, user_id, None))
                continue
            values = self._get_alias_values(door, values, alias)
            company = self._find_mail_team(values)[1]
            if company in companies:
                continue
            companies.add(company)
            thread = self._find_mail_thread(door, msg_dict, company)
            if thread:
                door.guessed = True
                settled.append((self._name, thread.id, None, self.env.uid, None))
            elif self._find_mailed(door.message_id, company):
                door.aside = "duplicate"
            elif door.nature in ASIDE_BY_NATURE and not door.forced:
                door.aside = ASIDE_BY_NATURE[door.nature]
            else:
                # Nobody becomes the creator of a case because his name is in a From header (T5)
                settled.append((self._name, False, values, self.env.uid, None))
        return settled

    @api.model
    def _sort_mail_routes(self, door, routes):
        """:return: our routes in the order in which the mail names their addresses"""
        ours = [route for route in routes if route[0] == self._name]
        if len(ours) < 2:
            return ours
        places = {address: number for number, address in enumerate(door.headers.get_recipients())}
        return sorted(
            ours,
            key=lambda r: places.get(r[4].alias_full_name, len(places)) if r[4] else len(places),
        )

    @api.model
    def _get_alias_values(self, door, values, alias):
        """:return: dict of what the alias says; an answer to a complaint that is gone has none"""
        if values and values.get("team_id"):
            return dict(values)
        found = alias or self.env["complaint.mail.kept"]._find_aliases(door)[:1]
        # sudo: what the alias of this mail says
        defaults = ast.literal_eval(found.sudo().alias_defaults or "{}") if found else {}
        return {**defaults, **(values or {})}

    # ------------------------------------------------------------
    # By our number in its subject
    # ------------------------------------------------------------
    @api.model
    def _find_mail_thread(self, door, msg_dict, company):
        """The complaint whose number is in the subject, if the sender has to do with it.

        Numbers are easily guessed and From headers easily forged, so this opens nothing: what is
        let in this way reaches colleagues only.

        :return: ``complaint.complaint``, may be empty
        """
        numbers = get_numbers(msg_dict.get("subject"))
        if not numbers or door.forced:
            return self.browse()
        # sudo: whether there is such a case; nothing of it is told
        named = self.sudo().search(
            [("name", "in", numbers), ("company_id", "=", company.id)], limit=5
        )
        _name, address = self._split_sender(msg_dict.get("email_from"))
        belonging = named.filtered(lambda c: c._is_mail_of_case(address))
        return belonging if len(belonging) == 1 else self.browse()

    def _is_mail_of_case(self, address):
        """:param str address: normalised
        :return: whether it is the sender's of this case, or one of the customer's people
        """
        self.ensure_one()
        if not address:
            return False
        if address in (self.sender_email, self.email_from):
            return True
        side = (self.partner_id | self.contact_id).commercial_partner_id
        return bool(side) and bool(
            self.env["res.partner"].search_count(
                Domain("email_normalized", "=", address)
                & Domain("commercial_partner_id", "in", side.ids),
                limit=1,
            )
        )
