from odoo import fields, models


class ComplaintVerbs(models.Model):
    """What people do with a complaint, one public method a verb.

    Each checks by ``_check_verb`` and moves by ``_move``; both are in ``complaint_lifecycle``.
    """

    _inherit = "complaint.complaint"

    def action_submit(self):
        """Hand a draft to the team that registers it (only where the team asks for a review).

        :raise UserError: naming everything missing, or from another state
        """
        self._check_verb("submit")
        self._move("submit")

    def action_register(self):
        """Take the complaint in: lines left at zero go, everybody concerned is told (R10, R21).

        Opens the first round and starts the category's activity plan.

        :raise UserError: naming everything missing at once, or from another state
        """
        self._check_verb("register")
        self.line_ids.filtered(lambda line: line._is_left_out()).unlink()
        talked = self.filtered(lambda c: c.channel_id.counts_as_response and not c.date_responded)
        talked._write_trusted({"date_responded": fields.Datetime.now()})
        self._open_round("first")
        self._move("register")

    def action_release(self):
        """Release the handling plan; assignees may object within the team's window (R23, R64).

        :raise UserError: without a plan, from another state, or when pressed by somebody who is
            neither lead nor quality
        """
        self._check_verb("release")
        self._move("release")

    def action_execute(self):
        """Start without waiting for the end of the objection window.

        :raise UserError: from another state, or while an action is objected to
        """
        self._check_verb("execute")
        self._move("execute")

    def action_resolve(self):
        """Everything promised is done: remedies, actions, cause, report (ISO 10002 § 8.7).

        A simple case goes here straight from ``registered``.

        :raise UserError: naming everything that is still open
        """
        self._check_verb("resolve")
        now = fields.Datetime.now()
        self.filtered(lambda c: not c.date_handled)._write_trusted({"date_handled": now})
        self._write_current_rounds({"date_resolved": now})
        self._move("resolve")

    def action_close(self, outcome=None, reason=None, duplicate_of_id=None, feedback=None):
        """Close a resolved complaint with its outcome (R48).

        :param str outcome: key of the ``outcome`` selection; without it the wizard is returned
        :param str reason: why; mandatory where the customer did not agree
        :param int duplicate_of_id: the complaint that goes on, for the outcome ``duplicate``
        :param str feedback: what the customer said to the solution
        :raise UserError: from another state, with an unknown outcome, or without what it needs
        """
        self._check_verb("close")
        if not outcome:
            return self._open_reason_wizard("close")
        self._close(outcome, reason, duplicate_of_id, feedback)

    def action_cancel(self, reason=None):
        """Cancel with a reason, from any open state.

        :param str reason: kept on the complaint; without it the wizard is returned
        :raise UserError: from another state
        """
        self._check_verb("cancel")
        if not (reason or "").strip():
            return self._open_reason_wizard("cancel")
        self._end_round("cancelled", reason)
        self._move("cancel", cancel_reason=reason)

    def action_object(self, reason=None):
        """Record the customer's objection: the next round begins (R47).

        :param str reason: what the customer objects to; without it the wizard is returned
        :raise UserError: from another state
        """
        self._check_verb("object")
        if not (reason or "").strip():
            return self._open_reason_wizard("object")
        self._open_round("objection", reason)
        self._move("object")

    def action_reopen(self, reason=None):
        """Open a closed complaint again, as a new round.

        :param str reason: why; without it the wizard is returned
        :raise UserError: from another state
        """
        self._check_verb("reopen")
        if not (reason or "").strip():
            return self._open_reason_wizard("reopen")
        self._open_round("reopened", reason)
        self._move("reopen", **self._prepare_reopen_vals())

    def _open_reason_wizard(self, verb):
        """:return: action of the wizard that asks for what ``verb`` needs"""
        titles = {
            "close": self.env._("Close: how did it end?"),
            "cancel": self.env._("Cancel: why?"),
            "object": self.env._("The customer objects: to what?"),
            "reopen": self.env._("Reopen: why?"),
            "dissatisfied": self.env._("The customer is dissatisfied: with what?"),
            "waive_investigation": self.env._("No investigation: why not?"),
        }
        wizards = self.env["complaint.reason.wizard"]
        wizard = wizards.create(
            {
                "verb": verb,
                "complaint_ids": self.ids,
                "seen_version": self.version if len(self) == 1 else 0,
                **wizards._prepare_wizard_vals(verb, self),
            }
        )
        return {
            "type": "ir.actions.act_window",
            "name": titles[verb],
            "res_model": wizard._name,
            "res_id": wizard.id,
            "view_mode": "form",
            "target": "new",
        }
