from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

# Outcomes the customer did not agree to: they need their reason in words (R48).
REASONED_OUTCOMES = ("rejected", "exhausted", "withdrawn")


class ComplaintClosing(models.Model):
    """How a complaint ends, and what each outcome has to say (R46, R48, R69)."""

    _inherit = "complaint.complaint"

    closing_note = fields.Text(
        "Why it ended so", readonly=True, copy=False, help="Internal; not printed."
    )

    @api.model
    def _get_verb_fields(self):
        return super()._get_verb_fields() | {"closing_note"}

    # ------------------------------------------------------------
    # Duplicates
    # ------------------------------------------------------------
    @api.constrains("duplicate_of_id", "company_id")
    def _check_duplicate(self):
        """A duplicate points to another complaint of its company, never in a circle.

        :raise ValidationError: naming the complaint
        """
        # sudo: only which complaint and company it is, nothing is shown
        duplicates = self.sudo().filtered("duplicate_of_id")
        for complaint in duplicates:
            if complaint.duplicate_of_id.company_id != complaint.company_id:
                raise ValidationError(
                    self.env._("%s: the other complaint is another company's.", complaint.name)
                )
        if duplicates._has_cycle("duplicate_of_id"):
            raise ValidationError(
                self.env._("A complaint cannot be a duplicate of itself, nor of its own duplicate.")
            )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_original_readable(vals)
        return super().create(vals_list)

    def write(self, vals):
        """Refuse to point to a complaint one may not read: its name would be shown (T3)."""
        self._check_original_readable(vals)
        return super().write(vals)

    def _check_original_readable(self, vals):
        """:raise AccessError: for a complaint the user may not read"""
        if vals.get("duplicate_of_id"):
            self.browse(vals["duplicate_of_id"]).check_access("read")

    @api.model
    def _get_counted_domain(self):
        """What figures count: a duplicate is the case it belongs to, which is counted already.

        One that is merely marked is a case until it ended as duplicate: marking hides nothing.

        :return: ``Domain``; the filter *Without Duplicates* says the same
        """
        ended = Domain("state", "=", "cancelled") & Domain("duplicate_of_id", "!=", False)
        return Domain("outcome", "!=", "duplicate") & ~ended

    # ------------------------------------------------------------
    # Outcome
    # ------------------------------------------------------------
    def _close(self, outcome, reason=None, duplicate_of_id=None, feedback=None):
        """Close checked complaints; called by :meth:`action_close` and by tacit closing.

        :param str outcome: key of the ``outcome`` selection
        :param str reason: why, in words
        :param int duplicate_of_id: the complaint that goes on
        :param str feedback: what the customer said to it
        :raise UserError: naming what the outcome needs
        """
        reason = (reason or "").strip()
        self._check_outcome(outcome, reason, duplicate_of_id)
        if duplicate_of_id:
            self.write({"duplicate_of_id": duplicate_of_id})
        if feedback:
            self.write({"customer_feedback": feedback})
        self._end_round("closed", reason, outcome)
        self._move("close", outcome=outcome, closing_note=reason)

    def _check_outcome(self, outcome, reason, duplicate_of_id):
        """:raise UserError: for an unknown outcome, or naming what it needs"""
        labels = dict(self._fields["outcome"]._description_selection(self.env))
        if outcome not in labels:
            raise UserError(self.env._("“%s” is no outcome of a complaint.", outcome))
        if outcome in REASONED_OUTCOMES and not reason:
            raise UserError(
                self.env._("“%s” needs its reason: it stays with the complaint.", labels[outcome])
            )
        lost = self.filtered(lambda c: not (duplicate_of_id or c.duplicate_of_id))
        if outcome == "duplicate" and lost:
            raise UserError(
                self.env._("%s: say which complaint it is a duplicate of.", lost[0].name)
            )

    # ------------------------------------------------------------
    # Dissatisfied (R69)
    # ------------------------------------------------------------
    def action_dissatisfied(self, reason=None):
        """The customer is not satisfied with what we did: the next round begins.

        For a follow-up after resolving or closing; everything else is as for an objection or a
        reopening, with their hooks.

        :param str reason: what he is dissatisfied with; without it the wizard is returned
        :raise UserError: from another state
        """
        for state, complaints in self.grouped("state").items():
            complaints._check_verb("object" if state == "resolved" else "reopen")
        if not (reason or "").strip():
            return self._open_reason_wizard("dissatisfied")
        closed = self.filtered(lambda c: c.state == "closed")
        self._open_round("dissatisfied", reason)
        (self - closed)._move("object")
        closed._move("reopen", **self._prepare_reopen_vals())

    @api.model
    def _prepare_reopen_vals(self):
        """Values that a reopened complaint loses; called by the verbs that reopen one."""
        return {"date_closed": False, "outcome": False, "closing_note": False}
