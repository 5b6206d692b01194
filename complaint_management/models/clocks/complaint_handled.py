from odoo import api, fields, models

from ..handling.complaint_action import OPEN_STATES as OPEN_ACTION_STATES
from ..remedies.complaint_demand import OPEN_STATES as OPEN_DEMAND_STATES

# Kinds of actions that mend this case; the others find out why and prevent it elsewhere.
MENDING_KINDS = ("containment", "correction")


class ComplaintHandled(models.Model):
    """The moment everything for this customer is done: it stops the handling clock (R13).

    It is stamped by itself while the plan is executed; resolving stamps it anyway.
    """

    _inherit = "complaint.complaint"

    def _after_execute(self):
        result = super()._after_execute()
        self._stamp_handled()
        return result

    def _stamp_handled(self):
        """Stamp where nothing for the customer is open any more; take it back where it is again."""
        # sudo: who finishes his action need not be allowed to write the complaint
        executing = self.sudo().filtered(lambda c: c.state == "executing")
        handled = executing.filtered(lambda c: c._is_handled())
        stamped = handled.filtered(lambda c: not c.date_handled)
        if stamped:
            stamped._write_trusted({"date_handled": fields.Datetime.now()})
        reopened = (executing - handled).filtered(lambda c: c.date_handled and c._has_open_remedy())
        if reopened:
            reopened._write_trusted({"date_handled": False})

    def _is_handled(self):
        """:return: whether there was something to do for the customer, and all of it is done"""
        self.ensure_one()
        return not self._has_open_remedy() and (
            any(demand.state in ("done", "declined") for demand in self.demand_ids)
            or any(action.state == "done" for action in self._get_mending_actions())
        )

    def _has_open_remedy(self):
        self.ensure_one()
        return any(demand.state in OPEN_DEMAND_STATES for demand in self.demand_ids) or any(
            action.state in OPEN_ACTION_STATES for action in self._get_mending_actions()
        )

    def _get_mending_actions(self):
        """:return: actions of the current round that mend this case"""
        return self.action_ids.filtered(
            lambda a: a.kind in MENDING_KINDS and a.round_number == self.round
        )


class ComplaintAction(models.Model):
    """The last mending action to end handles the complaint."""

    _inherit = "complaint.action"

    @api.model_create_multi
    def create(self, vals_list):
        actions = super().create(vals_list)
        actions.filtered(lambda a: a.kind in MENDING_KINDS).complaint_id._stamp_handled()
        return actions

    def _move(self, verb, **vals):
        result = super()._move(verb, **vals)
        # sudo: an owner may not read the complaint his action belongs to
        self.sudo().filtered(lambda a: a.kind in MENDING_KINDS).complaint_id._stamp_handled()
        return result


class ComplaintDemand(models.Model):
    """The last request to be answered handles the complaint."""

    _inherit = "complaint.demand"

    @api.model_create_multi
    def create(self, vals_list):
        demands = super().create(vals_list)
        demands.complaint_id._stamp_handled()
        return demands

    def _set_state(self, state, **kwargs):
        result = super()._set_state(state, **kwargs)
        self.complaint_id._stamp_handled()
        return result
