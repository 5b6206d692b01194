from datetime import timedelta

from odoo import api, fields, models

# Kinds that are work: one action stands for all goods of the request.
LABOUR_KINDS = ("rework", "repair", "service")
# Who does it, where the team names somebody.
LABOUR_FUNCTIONS = {"rework": "production", "repair": "production", "service": "customer_service"}
# Calendar days where neither the chosen option nor the deadline of the case says another day.
LABOUR_DAYS = 5


class ComplaintDemandLabour(models.Model):
    """Work that makes a complaint good is an action with an estimate of its labour (R37).

    What it costs is on the action (``handling/complaint_action_labour``). Where the app *Repairs*
    is there, ``complaint_management_repair`` makes repair orders instead.
    """

    _inherit = "complaint.demand"

    def _execute_rework(self):
        """Plan the rework; called by :meth:`action_execute`.

        :return: the ``complaint.action``, empty where there is one
        """
        return self._plan_labour()

    def _execute_repair(self):
        """Plan the repair; called by :meth:`action_execute`.

        :return: the ``complaint.action``, empty where there is one
        """
        return self._plan_labour()

    def _execute_service(self):
        """Plan the service; called by :meth:`action_execute`.

        :return: the ``complaint.action``, empty where there is one
        """
        return self._plan_labour()

    def _plan_labour(self):
        """:return: the action that does the work, empty where one is under way or done"""
        self.ensure_one()
        actions = self.env["complaint.action"]
        if self._get_living_actions():
            return actions
        return actions.create(self._prepare_labour_vals())

    def _get_living_actions(self):
        """:return: actions that meet this request and are not cancelled, as superuser"""
        self.ensure_one()
        # sudo: whether there is one
        return self.sudo().action_ids.filtered(lambda a: a.state != "cancelled")

    def _prepare_labour_vals(self):
        """Values of the action that does the work; called by :meth:`_plan_labour`."""
        self.ensure_one()
        kinds = dict(self._fields["remedy_kind"]._description_selection(self.env))
        goods = ", ".join(self._get_labour_lines().mapped("product_id.display_name"))
        kind = kinds[self.remedy_kind]
        return {
            "complaint_id": self.complaint_id.id,
            "demand_id": self.id,
            "kind": "correction",
            "name": f"{kind}: {goods}" if goods else self.name or kind,
            "description": self._get_labour_words(),
            "user_id": self._get_labour_owner().id,
            "deadline": self._get_labour_day(),
        }

    def _get_labour_lines(self):
        """:return: goods of the request the action is about; others may have documents instead"""
        self.ensure_one()
        return self.line_ids

    def _get_labour_owner(self):
        """:return: ``res.users`` who plays the function, else the lead or whoever presses"""
        complaint = self.complaint_id
        function = LABOUR_FUNCTIONS[self.remedy_kind]
        user, _other = complaint._find_function_user(function, strict=True)
        return user or complaint.lead_user_id or self.env.user

    def _get_labour_words(self):
        """:return: instructions: what was asked for and answered, and the goods with quantities"""
        goods = [
            f"{line.quantity:g} {line.product_uom_id.name} {line.product_id.display_name}"
            for line in self._get_labour_lines()
        ]
        chosen = self.option_ids.filtered(lambda o: o.state == "chosen")
        texts = [self.name, chosen.name, chosen.description, self.answer, *goods]
        return "\n".join(text for text in texts if text)

    def _get_labour_day(self):
        """:return: by when: as promised with the option, else the deadline of the case"""
        today = fields.Date.context_today(self)
        chosen = self.option_ids.filtered(lambda o: o.state == "chosen")
        deadline = self.complaint_id.handling_deadline
        due = chosen.date or (deadline and fields.Datetime.context_timestamp(self, deadline).date())
        return due if due and due >= today else today + timedelta(days=LABOUR_DAYS)

    # ------------------------------------------------------------
    # Followed like documents
    # ------------------------------------------------------------
    def _get_documents(self):
        """Add the actions: visits, rework, services."""
        # sudo: whether there are some; nothing of them is shown
        return [*super()._get_documents(), self.sudo().action_ids]

    @api.depends("action_ids.state", "action_ids.user_id")
    def _compute_document_summary(self):
        return super()._compute_document_summary()


class ComplaintDemandLineLabour(models.Model):
    """What an action stands for already."""

    _inherit = "complaint.demand.line"

    def _get_covered_quantity(self):
        """One action does the work on all goods of its request."""
        covered = super()._get_covered_quantity()
        demand = self.demand_id
        if demand.remedy_kind not in LABOUR_KINDS or self not in demand._get_labour_lines():
            return covered
        return max(covered, self.quantity) if demand._get_living_actions() else covered
