from odoo import api, fields, models
from odoo.exceptions import UserError

from ..complaint.complaint_complaint import OVER_STATES, UNREGISTERED_STATES
from ..complaint.complaint_state_guard import TRUSTED

# The one table of a sample's custody: step -> (states it leaves, state it reaches or None to stay).
SAMPLE_TRANSITIONS = {
    "requested": ((False,), "requested"),
    "received": ((False, "requested"), "received"),
    "inspected": (("received", "inspected"), "inspected"),
    "passed": (("received", "inspected"), None),
    "returned": (("received", "inspected"), "returned"),
}
# How the custody of a sample may begin.
FIRST_STEPS = ("requested", "received")


class ComplaintSample(models.Model):
    """The way of a sample: requested, received, inspected, handed on, returned (R8).

    State and place move by verbs only; each leaves a ``complaint.sample.move``. A sample may still
    go back to the customer when the case is over.
    """

    _inherit = "complaint.evidence"

    sample_move_ids = fields.One2many(
        "complaint.sample.move", "evidence_id", "Custody", readonly=True
    )
    can_sample_requested = fields.Boolean(compute="_compute_can_sample")
    can_sample_received = fields.Boolean(compute="_compute_can_sample")
    can_sample_inspected = fields.Boolean(compute="_compute_can_sample")
    can_sample_passed = fields.Boolean(compute="_compute_can_sample")
    can_sample_returned = fields.Boolean(compute="_compute_can_sample")

    @api.depends("kind", "sample_state", "complaint_id.state")
    def _compute_can_sample(self):
        for evidence in self:
            for step in SAMPLE_TRANSITIONS:
                evidence[f"can_sample_{step}"] = evidence._may_take_step(step)

    def _may_take_step(self, step):
        """:return: whether ``step`` comes next; hides the button and guards the verb"""
        self.ensure_one()
        sources, _target = SAMPLE_TRANSITIONS[step]
        over = step == "requested" and self.complaint_id.state in OVER_STATES
        return self.kind == "sample" and self.sample_state in sources and not over

    # ------------------------------------------------------------
    # Verbs
    # ------------------------------------------------------------
    def action_sample_requested(self, note=None):
        """Ask the customer for the sample: he gets a mail once the complaint is registered.

        :param str note: e.g. how to pack it
        :raise UserError: when it was asked for already, or the case is over
        """
        self._check_sample_step("requested")
        self._take_sample_step("requested", note=note)

    def action_sample_received(self, place=None, holder=None, note=None, date=None):
        """The sample reached us.

        :param str place: where it is kept; without it the wizard is returned
        :param str holder: who has it
        :param str note: its condition, its seal
        :param datetime date: when (UTC); default now
        :raise UserError: from another state, or for a date that cannot be
        """
        return self._press_sample_step("received", place, holder, note, date)

    def action_sample_inspected(self, place=None, holder=None, note=None, date=None):
        """The sample was looked at; parameters as :meth:`action_sample_received`."""
        return self._press_sample_step("inspected", place, holder, note, date)

    def action_sample_passed(self, place=None, holder=None, note=None, date=None):
        """Somebody else has it now, e.g. a laboratory; parameters as above."""
        return self._press_sample_step("passed", place, holder, note, date)

    def action_sample_returned(self, place=None, holder=None, note=None, date=None):
        """The customer has it back, or it was used up; parameters as above."""
        return self._press_sample_step("returned", place, holder, note, date)

    def _press_sample_step(self, step, place, holder, note, date):
        self._check_sample_step(step)
        if not (place or "").strip():
            return self._open_sample_wizard(step)
        self._check_sample_date(date)
        self._take_sample_step(step, place=place, holder=holder, note=note, date=date)
        return None

    def _check_sample_step(self, step):
        """:raise AccessError: without write access
        :raise UserError: naming the sample that cannot take this step
        """
        self.check_access("write")
        states = dict(self._fields["sample_state"]._description_selection(self.env))
        for evidence in self:
            if not evidence._may_take_step(step):
                raise UserError(
                    self.env._(
                        "“%(name)s” cannot take this step: its sample is “%(state)s”. Reload the "
                        "page to see where it is.",
                        name=evidence.name,
                        state=states.get(evidence.sample_state, self.env._("not requested yet")),
                    )
                )

    def _check_sample_date(self, date):
        """:raise UserError: for a date in the future, or before the step before"""
        if not date:
            return
        date = fields.Datetime.to_datetime(date)
        for evidence in self:
            last = max(evidence.sample_move_ids.mapped("date"), default=date)
            if date > fields.Datetime.now() or date < last:
                raise UserError(
                    self.env._(
                        "“%s”: custody has no gaps. Give a time between the step before and now.",
                        evidence.name,
                    )
                )

    def _take_sample_step(self, step, **vals):
        """Write the step and its custody line; callers have checked that it may happen."""
        target = SAMPLE_TRANSITIONS[step][1]
        moved = {"sample_state": target} if target else {}
        if vals.get("place"):
            moved["sample_place"] = vals["place"]
        if moved:
            self._write_trusted(moved)
        # sudo: nobody writes custody but the verbs, which have checked the evidence
        moves = self.env["complaint.sample.move"].sudo().with_context(complaint_transition=TRUSTED)
        moves.create([evidence._prepare_sample_move_vals(step, **vals) for evidence in self])
        self._after_sample_step(step)

    def _prepare_sample_move_vals(self, step, place=None, holder=None, note=None, date=None):
        """Values of a custody line; called by :meth:`_take_sample_step`."""
        self.ensure_one()
        return {
            "complaint_id": self.complaint_id.id,
            "evidence_id": self.id,
            "step": step,
            "date": date or fields.Datetime.now(),
            "user_id": self.env.user.id,
            "holder": holder,
            "place": place or self.sample_place,
            "note": note,
        }

    def _after_sample_step(self, step):
        """Called once on the batch that took ``step``; a request is told at once."""
        if step == "requested":
            told = self.complaint_id.filtered(lambda c: c.state not in UNREGISTERED_STATES)
            told._tell_sample_request()

    def _open_sample_wizard(self, step):
        """:return: action of the wizard that asks where the sample is and who has it"""
        wizard = self.env["complaint.sample.wizard"].create(
            {
                "step": step,
                "evidence_ids": self.ids,
                "place": self[:1].sample_place,
                "holder": self.env.user.name if step != "returned" else False,
            }
        )
        steps = dict(wizard._fields["step"]._description_selection(self.env))
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Sample: %s", steps[step]),
            "res_model": wizard._name,
            "res_id": wizard.id,
            "view_mode": "form",
            "target": "new",
        }

    # ------------------------------------------------------------
    # How custody begins
    # ------------------------------------------------------------
    @api.model_create_multi
    def create(self, vals_list):
        """A sample may be recorded as requested or received; custody begins with that step.

        Administrators import samples with a past.

        :raise UserError: for everybody else who begins with a later state
        """
        begun, plain = [], []
        for vals in vals_list:
            first = vals.get("sample_state") in FIRST_STEPS
            begun.append((vals["sample_state"], vals.get("sample_place")) if first else None)
            later = {key: value for key, value in vals.items() if not key.startswith("sample_")}
            plain.append({**later, "kind": "sample"} if first else vals)
        evidence = super().create(plain)
        for record, start in zip(evidence, begun, strict=True):
            if start:
                record._take_sample_step(start[0], place=start[1])
        return evidence

    @api.model
    def _get_verb_fields(self):
        return super()._get_verb_fields() | {"sample_state", "sample_place"}
