import xmlrpc.client
from functools import partial

from odoo import api, models
from odoo.exceptions import AccessError

from ..correspondence.mail_door import MailDoor
from ..correspondence.mail_nature import MACHINE, PERSON, REPLY

COMPLAINT = "complaint.complaint"


class MailThread(models.AbstractModel):
    """Mails for complaints come in through a door that loses none (T5, T6, T7, T8).

    All others are core's own business: for them nothing changes but one or two short queries.
    """

    _inherit = "mail.thread"

    @api.model
    def message_process(
        self,
        model,
        message,
        custom_values=None,
        save_original=False,
        strip_attachments=False,
        thread_id=None,
    ):
        """Let a mail in, see core. One that is ours never raises: it is kept instead (T6).

        :raise AccessError: for logins of outsiders, who write mails
        """
        if isinstance(message, xmlrpc.client.Binary):
            message = message.data
        raw = message.encode("utf-8") if isinstance(message, str) else bytes(message)
        core = super().message_process
        options = {
            "custom_values": custom_values,
            "save_original": save_original,
            "strip_attachments": strip_attachments,
            "thread_id": thread_id,
        }
        if self._get_complaint_door():
            return core(model, raw, **options)
        mails = self.env["complaint.mail.kept"]
        door = MailDoor(raw)
        if not mails._is_for_complaints(door, model):
            return core(model, raw, **options)
        if not (self.env.su or self.env.user._is_internal()):
            raise AccessError(self.env._("Please send it by e-mail."))

        def process():
            # Files are what a complaint lives from: the server's wish to drop them is not heard
            options["strip_attachments"] = False
            gateway = self.with_context(**mails._get_gateway_context(door))
            return gateway.message_process(model, raw, **options)

        return mails._let_in(door, process)

    @api.model
    def _get_complaint_door(self):
        """:return: ``MailDoor`` of a mail of ours that is being let in, or None"""
        return self.env[COMPLAINT]._get_mail_door()

    @api.private
    @api.model
    def message_parse(self, message, save_original=False):
        """Read a mail of ours however broken it is, and name it by its content without a name."""
        door = self._get_complaint_door()
        if not door:
            return super().message_parse(message, save_original=save_original)
        try:
            door.mend(message)
            parsed = super().message_parse(message, save_original=save_original)
        except Exception:  # parsers raise all sorts of errors on broken mails
            parsed = super().message_parse(door.repair(), save_original=False)
        if door.forced and self._is_name_taken(door.message_id):
            door.rename()
        return door.clean(parsed)

    @api.model
    def _is_name_taken(self, message_id):
        # sudo: whether a mail of that name is here does not depend on who asks
        messages = self.env["mail.message"].sudo()
        return bool(messages.search_count([("message_id", "=", message_id)], limit=1))

    @api.private
    @api.model
    def message_route(self, message, message_dict, model=None, thread_id=None, custom_values=None):
        """Settle where a mail of ours belongs."""
        routes = super().message_route(
            message,
            message_dict,
            model=model,
            thread_id=thread_id,
            custom_values=custom_values,
        )
        door = self._get_complaint_door()
        if not door:
            return routes
        return self.env[COMPLAINT]._settle_mail_routes(door, message_dict, routes or [])

    @api.model
    def _routing_check_route(self, message, message_dict, route, raise_exception=True):
        """Note that an alias of ours refuses the sender; who looked at his mail lets it in."""
        door = self._get_complaint_door()
        if door and door.forced and route[0] == COMPLAINT:
            # Without the alias core asks nobody whether the sender may write there
            route = (*route[:4], None)
        result = super()._routing_check_route(
            message, message_dict, route, raise_exception=raise_exception
        )
        if door and result is False and route[0] == COMPLAINT:
            door.aside = "refused"
        return result

    @api.model
    def _detect_loop_sender(self, message, message_dict, routes):
        """Core drops what is too much; ours is kept (T8). Other models' routes are core's own."""
        door = self._get_complaint_door()
        if not door:
            return super()._detect_loop_sender(message, message_dict, routes)
        ours = [route for route in routes if route[0] == COMPLAINT]
        others = [route for route in routes if route[0] != COMPLAINT]
        if others and super()._detect_loop_sender(message, message_dict, others):
            others = []
        flooding = self.env[COMPLAINT]._filter_flooding(door, message_dict, ours)
        if flooding:
            door.aside = "flood"
        routes[:] = [*others, *(route for route in ours if route not in flooding)]
        return False

    @api.model
    def _message_parse_post_process(self, message, message_dict, routes):
        """Nobody is named in a complaint because a stranger wrote his address (T5)."""
        values = super()._message_parse_post_process(message, message_dict, routes)
        door = self._get_complaint_door()
        if door and any(route[0] == COMPLAINT for route in routes or ()):
            people = self.env[COMPLAINT]._prepare_mail_people(door, message_dict, values, routes)
            door.core_values = {
                name: values.get(name, message_dict.get(name, False)) for name in people
            }
            values.update(people)
        return values

    @api.model
    def _message_route_process(self, message, message_dict, routes):
        """A mail to an address of ours and to another app's becomes both; where ours fails, it is
        kept, and the other's stays (T6).
        """
        door = self._get_complaint_door()
        ours = [route for route in routes or () if route[0] == COMPLAINT]
        others = [route for route in routes or () if route[0] != COMPLAINT]
        if not (door and ours and others):
            return super()._message_route_process(message, message_dict, routes)
        # Core takes out of the mail what it has used
        theirs = {**message_dict, **door.core_values}
        result = super()._message_route_process(message, theirs, others)
        process = partial(super()._message_route_process, message, message_dict, ours)
        return self.env["complaint.mail.kept"]._try_mail(door, process) or result

    @api.model
    def _routing_create_bounce_email(self, email_from, body_html, message, **mail_values):
        """Return no mail to a machine, and none that nobody asked for (T8)."""
        door = self._get_complaint_door()
        if door and door.nature != PERSON:
            return None
        return super()._routing_create_bounce_email(email_from, body_html, message, **mail_values)

    @api.model
    def _routing_handle_bounce(self, email_message, message_dict):
        """A returned mail is noted in the complaint it was about (T8)."""
        result = super()._routing_handle_bounce(email_message, message_dict)
        door = self._get_complaint_door()
        if door:
            door.aside = "bounce"
        bounced = message_dict.get("bounced_message")
        if bounced and bounced.model == COMPLAINT and bounced.res_id:
            # sudo: the complaint of the mail that came back, whoever the gateway runs as
            complaint = self.env[COMPLAINT].sudo().browse(bounced.res_id).exists()
            complaint._note_bounce(email_message, message_dict)
            if door and complaint:
                door.landed.append(("reply", complaint.id))
        return result

    @api.model
    def _is_automatic_mail(self, message):
        """What is found in the head of a mail of ours counts besides (T8)."""
        door = self._get_complaint_door()
        return super()._is_automatic_mail(message) or (
            door is not None and door.nature in (REPLY, MACHINE)
        )
