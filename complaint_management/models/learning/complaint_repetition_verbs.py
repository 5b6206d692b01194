from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..complaint.complaint_complaint import QUALITY_GROUP


class ComplaintRepetitionVerbs(models.Model):
    """What quality makes of a repetition: a measure, or a reason why not (R53)."""

    _inherit = "complaint.repetition"

    can_decide = fields.Boolean(compute="_compute_can_decide")

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_can_decide(self):
        decides = self._is_decider()
        for repetition in self:
            repetition.can_decide = decides and repetition.state in ("proposed", "lapsed")

    @api.model
    def _is_decider(self):
        """:return: whether the user is of quality, as managers are"""
        return self.env.su or self.env.user.has_group(QUALITY_GROUP)

    def action_accept(self, vals=None):
        """Something is done about it: a preventive action on one of its complaints, or a lesson.

        :param dict vals: ``complaint_id``; ``way``, key of the wizard's field, default
            ``measure``; of a measure ``name``, ``user_id``, ``deadline``; without them the wizard
            is returned
        :return: action of the wizard, or of what was made
        :raise AccessError: for others than quality and managers
        :raise UserError: when it was decided already, or without a complaint of this repetition
        """
        self._check_decide()
        if not vals:
            return self._open_wizard("accept")
        complaint = self.complaint_ids.filtered(lambda c: c.id == vals.get("complaint_id"))
        if not complaint:
            raise UserError(self.env._("Choose one of the complaints of this repetition."))
        accept = getattr(self, f"_accept_by_{vals.get('way') or 'measure'}", None)
        if not accept:
            raise UserError(self.env._("Choose what is done about it."))
        action = accept(complaint, vals)
        self._decide("accepted")
        return action

    def action_dismiss(self, reason=None):
        """Nothing is done about it.

        :param str reason: why; without it the wizard is returned
        :raise AccessError: for others than quality and managers
        :raise UserError: when it was decided already
        """
        self._check_decide()
        if not (reason or "").strip():
            return self._open_wizard("dismiss")
        self._decide("dismissed", reason=reason.strip())
        return None

    def _accept_by_measure(self, complaint, vals):
        """:return: action of the new preventive action; called by :meth:`action_accept`"""
        complaint.check_access("write")
        measure = self.env["complaint.action"].create(self._prepare_measure_vals(complaint, vals))
        measure._write_trusted({"repetition_id": self.id})
        return {
            "type": "ir.actions.act_window",
            "res_model": measure._name,
            "res_id": measure.id,
            "views": [(False, "form")],
            "view_mode": "form",
        }

    def _prepare_measure_vals(self, complaint, vals):
        """Values of the measure against it; called by :meth:`_accept_by_measure`."""
        return {
            "kind": "preventive",
            "name": vals.get("name") or self._get_measure_name(),
            "complaint_id": complaint.id,
            "user_id": vals.get("user_id"),
            "deadline": vals.get("deadline"),
        }

    def _get_measure_name(self):
        """:return: wording proposed for the measure"""
        self.ensure_one()
        return self.env._("Stop it from coming again: %s", self.display_name)

    def _check_decide(self):
        """:raise AccessError: for who may not decide
        :raise UserError: for what was decided
        """
        self.ensure_one()
        self.check_access("read")
        if not self._is_decider():
            raise AccessError(self.env._("Quality and complaint managers decide on repetitions."))
        if not self.can_decide:
            raise UserError(self.env._("“%s” was decided already.", self.display_name))

    def _decide(self, state, **vals):
        """Stamp the decision; callers have checked that it may be taken."""
        # sudo: written by code only
        self.sudo()._write_trusted(
            {
                **vals,
                "state": state,
                "date_decided": fields.Datetime.now(),
                "decided_by_id": self.env.uid,
            }
        )

    def _open_wizard(self, verb):
        """:return: action of the wizard that asks for what ``verb`` needs"""
        titles = {
            "accept": self.env._("What is done about it?"),
            "dismiss": self.env._("Why is nothing done about it?"),
        }
        wizards = self.env["complaint.repetition.wizard"]
        wizard = wizards.create(wizards._prepare_wizard_vals(self, verb))
        return {
            "type": "ir.actions.act_window",
            "name": titles[verb],
            "res_model": wizard._name,
            "res_id": wizard.id,
            "views": [(False, "form")],
            "view_mode": "form",
            "target": "new",
        }
