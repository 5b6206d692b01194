from odoo import models


class ComplaintActionTelling(models.Model):
    """What happens to actions and is announced (R26, R64); whom and how: ``complaint.notice``."""

    _inherit = "complaint.action"

    def _move(self, verb, **vals):
        """An objection goes to the lead at once: the window to answer is short."""
        result = super()._move(verb, **vals)
        if verb == "object":
            self._announce_actions("action_objected", self._get_objection_text)
        return result

    def _tell_finished(self, messages):
        """Tell that actions are done (R26).

        :param messages: ``mail.message`` that say so on the complaints
        """
        self._announce_actions("action_done", self._get_done_text, messages=messages)

    def _announce_actions(self, event, get_text, messages=None):
        """Announce what happened to these actions on their complaints.

        :param get_text: callable (action, env) → sentence in the language of ``env``
        """
        # sudo: an owner without further rights tells people he may not read
        actions = self.sudo()

        def text(complaints, env):
            own = actions.filtered(lambda action: action.complaint_id in complaints)
            return "\n".join(get_text(action, env) for action in own)

        actions.complaint_id._announce(event, text=text, messages=messages)

    @staticmethod
    def _get_done_text(action, env):
        return env._(
            "Done: %(action)s (%(complaint)s)",
            action=action.name,
            complaint=action.complaint_id.name,
        )

    @staticmethod
    def _get_objection_text(action, env):
        return env._(
            "%(owner)s objects to “%(action)s” (%(complaint)s): %(reason)s",
            owner=action.user_id.name,
            action=action.name,
            complaint=action.complaint_id.name,
            reason=action.objection_reason or "",
        )
